//! [`FigureHandle`]: a figure in somebody's page.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

use super::fault::Fault;
use super::object::plain;
use super::options::Options;
use super::ramp::sentences;
use crate::state::schema;
use crate::state::{Change, Session, link};
use crate::view::{APP, AppRoot, EmbeddedFigure, Host, Model, Shared, set_base, show_panics};

/// A figure that lives in an element until it is destroyed.
#[wasm_bindgen]
pub struct FigureHandle {
    app_root: Option<AppRoot>,
    figure: Rc<EmbeddedFigure>,
    model: Rc<RefCell<Option<Shared<Model>>>>,
    /// What it began with, until the app has told of itself.
    began: Session,
    /// What its owner has asked for, until the app has told of a change: the app draws in turns,
    /// and the owner's next call must not begin from before the last one.
    asked: Rc<RefCell<Option<Session>>>,
}

/// Makes a figure, whose [`root`](FigureHandle::root) then is put where it should stand. `options` as for
/// [`ramp`](super::ramp); `on_change` is called without arguments after every change of the state;
/// `base` is the address, with its last `/`, of the folder that the files beside the app lie in.
///
/// # Errors
/// [`Fault`] `arguments` or `preset`.
#[wasm_bindgen(js_name = mountFigure)]
pub fn mount_figure(
    options: &JsValue,
    on_change: Function,
    base: &str,
) -> Result<FigureHandle, JsValue> {
    let began = Options::read(options)?.session();
    let no_place = || Fault::new("internal", "the document makes no elements");
    let mut app_root = AppRoot::get().ok_or_else(no_place)?;
    set_base(base);
    show_panics();
    let model = Rc::new(RefCell::new(None));
    let asked = Rc::new(RefCell::new(None));
    let on_change = {
        let (model, asked) = (Rc::clone(&model), Rc::clone(&asked));
        Callback::from(move |next: Shared<Model>| {
            let before: Option<Shared<Model>> = model.replace(Some(next.clone()));
            // The first news is what it began with.
            let Some(before) = before else { return };
            asked.take();
            if before.state != next.state {
                // What its owner does with the news is theirs; an exception there is logged.
                if let Err(error) = on_change.call0(&JsValue::NULL) {
                    gloo::console::error!(error);
                }
            }
        })
    };
    let figure = Rc::new(EmbeddedFigure {
        root: app_root.root.clone(),
        fragment: link::write(&began.state),
        on_change,
        dispatch: RefCell::default(),
        early: RefCell::default(),
    });
    app_root.play(Host::Figure(Rc::clone(&figure)), APP);
    Ok(FigureHandle { app_root: Some(app_root), figure, model, began, asked })
}

#[wasm_bindgen]
impl FigureHandle {
    /// The element that the figure stands in.
    #[wasm_bindgen(getter)]
    pub fn root(&self) -> Element {
        self.figure.root.clone()
    }

    /// What could not be used of what it began with, in sentences.
    #[wasm_bindgen(getter)]
    pub fn problems(&self) -> Array {
        sentences(&self.began.problems)
    }

    /// Every parameter of the present state by its key.
    ///
    /// # Errors
    /// None of its own.
    pub fn state(&self) -> Result<JsValue, JsValue> {
        Ok(plain(&schema::values(&self.present().state))?)
    }

    /// The link's fragment that recreates the present state, with its `#`.
    pub fn link(&self) -> String {
        link::write(&self.present().state)
    }

    /// Changes some parameters, or opens a preset or a link. Another step of the story (`view`, `page`,
    /// `room`) brings its layer. Gives what could not be used, in sentences.
    ///
    /// # Errors
    /// [`Fault`] `arguments` or `preset`; `destroyed` once it is.
    #[wasm_bindgen(js_name = setState)]
    pub fn set_state(&self, options: &JsValue) -> Result<Array, JsValue> {
        let options = Options::read(options)?;
        let next = match &options.link {
            Some(_) => options.session(),
            None => {
                let mut present = self.present();
                present.problems.clear();
                options.change(&present)
            }
        };
        if self.app_root.is_none() {
            return Err(Fault::new("destroyed", "this figure is destroyed").into());
        }
        let problems = sentences(&next.problems);
        let action = Change::Set(Box::new(next.state.clone())).into();
        self.asked.replace(Some(next));
        self.figure.tell(action);
        Ok(problems)
    }

    /// Takes the figure out of its element. A second time does nothing.
    pub fn destroy(&mut self) {
        self.figure.dispatch.take();
        if let Some(app_root) = self.app_root.take() {
            app_root.clear();
        }
    }

    fn present(&self) -> Session {
        if let Some(asked) = &*self.asked.borrow() {
            return asked.clone();
        }
        self.model
            .borrow()
            .as_ref()
            .map_or_else(|| self.began.clone(), |model| model.session.clone())
    }
}

impl Drop for FigureHandle {
    fn drop(&mut self) {
        self.destroy();
    }
}
