//! [`Engines`]: the chosen output on every engine, each made when somebody looks at it.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use super::engines::{EXACT, EngineView, Row, exact_ramp, raw_sums};
use super::layer::{Calibrated, FloatRow};
use super::sweep::{self, Sweep};
use crate::arith::{Engine, Experiment, Linear, Ramp};
use crate::state::{Overlay, State};

/// The chosen output on every engine and in float32.
///
/// Most changes pass before anybody looks at most of them, so each is made when it is asked for and
/// then kept.
pub struct Engines {
    state: State,
    experiment: Rc<Experiment>,
    layer: Linear,
    calibrated: Calibrated,
    sweep: Rc<Sweep>,
    exact: OnceCell<Ramp>,
    /// In the order of [`Engine::ALL`], then float32.
    views: Vec<OnceCell<EngineView>>,
}

impl Engines {
    pub(super) fn new(
        state: State,
        experiment: Rc<Experiment>,
        layer: Linear,
        calibrated: Calibrated,
        sweep: Rc<Sweep>,
    ) -> Engines {
        let views = Self::overlays().map(|_| OnceCell::new()).collect();
        Engines { state, experiment, layer, calibrated, sweep, exact: OnceCell::new(), views }
    }

    /// The chosen output on one engine, or in float32.
    pub fn of(&self, overlay: Overlay) -> &EngineView {
        let place = match overlay {
            Overlay::Engine(engine) => Engine::ALL.iter().position(|one| *one == engine),
            Overlay::Float32 => None,
        };
        self.views[place.unwrap_or(Engine::ALL.len())].get_or_init(|| self.view(overlay))
    }

    /// Every engine in the order of [`Engine::ALL`], and float32 last.
    pub fn iter(&self) -> impl Iterator<Item = &EngineView> {
        Self::overlays().map(|overlay| self.of(overlay))
    }

    /// How many have been asked for.
    pub fn made(&self) -> usize {
        self.views.iter().filter(|view| view.get().is_some()).count()
    }

    fn overlays() -> impl Iterator<Item = Overlay> {
        let engines = Engine::ALL.iter().map(|engine| Overlay::Engine(*engine));
        engines.chain(std::iter::once(Overlay::Float32))
    }

    fn view(&self, overlay: Overlay) -> EngineView {
        let Engines { state, layer, sweep, .. } = self;
        let output = state.picture.output;
        match overlay {
            Overlay::Engine(engine) => {
                let exact = self.exact.get_or_init(|| {
                    exact_ramp(layer, sweep, output, raw_sums(EXACT, layer, sweep, output))
                });
                Row { state, layer, sweep, output, exact }.view(engine)
            }
            Overlay::Float32 => {
                let row = FloatRow::new(state, &self.experiment, layer, &self.calibrated, output);
                let real = |at: &f64| {
                    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
                    let x = |k| sweep::real_at(state, k, *at as f32);
                    row.output(&(0..layer.inputs).map(x).collect::<Vec<_>>())
                };
                EngineView::float(sweep.at.iter().map(real).collect())
            }
        }
    }
}

/// Equal views, whether or not anybody has looked at them: compared are all of them.
impl PartialEq for Engines {
    fn eq(&self, other: &Engines) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Engines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engines").field("made", &self.made()).finish_non_exhaustive()
    }
}
