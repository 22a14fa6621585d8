//! [`NumberControl`]: a number by slider, by typing and by arrow keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::help::Help;
use crate::state::{Entry, number};

/// The slider of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slider {
    /// The value at its left end.
    pub min: f64,
    /// The value at its right end.
    pub max: f64,
    /// What an arrow key adds; in decades if logarithmic.
    pub step: f64,
    /// Whether equal distances are equal ratios.
    pub logarithmic: bool,
}

impl Slider {
    fn position(&self, value: f64) -> f64 {
        if self.logarithmic { value.max(f64::MIN_POSITIVE).log10() } else { value }
    }

    fn value(&self, position: f64) -> f64 {
        if self.logarithmic { js_sys::Math::pow(10.0, position) } else { position }
    }
}

/// Whether a text is a number yet.
fn is_number(text: &str) -> bool {
    number::parse::<f64>(text).is_some()
}

/// Properties of [`NumberControl`].
#[derive(Properties, PartialEq)]
pub struct NumberProps {
    /// Its key, which names the field; the slider is `name-slider`.
    pub name: AttrValue,
    /// What the number is.
    pub label: AttrValue,
    /// Its unit and range.
    #[prop_or_default]
    pub unit: AttrValue,
    /// One line that explains it.
    #[prop_or_default]
    pub help: AttrValue,
    /// The present value.
    pub value: f64,
    /// The present value as it is typed.
    pub text: AttrValue,
    /// The slider, if its range is small enough for one.
    #[prop_or_default]
    pub slider: Option<Slider>,
    /// Where the value comes from while nobody has set it.
    #[prop_or_default]
    pub origin: AttrValue,
    /// Whether somebody has set it, so that it can go back to where it came from.
    #[prop_or_default]
    pub is_set: bool,
    /// Called with what the slider or the field says.
    pub on_entry: Callback<Entry>,
    /// Whether it can go back to where it came from.
    #[prop_or_default]
    pub can_reset: bool,
    /// What was wrong with what it was given.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
}

/// The button that resets; its place is kept where there is nothing to reset, so that the slider
/// below stays where it is when it is first moved.
const RESET: &str = "reset";

/// A label, a slider and a field that agree. A double click on the slider
/// resets it. What is typed stays as typed until the field is left.
#[component]
pub fn NumberControl(props: &NumberProps) -> Html {
    let typed = use_state(|| None::<String>);
    // The widest that a slider had to be, so that it never shrinks under a drag; another slider,
    // such as that of another sweep, begins anew.
    let widest = use_mut_ref(|| None::<(Slider, [f64; 2])>);
    let slider = props.slider.map(|slider| {
        let [low, high] = match *widest.borrow() {
            Some((known, ends)) if known == slider => ends,
            _ => [slider.min, slider.max],
        };
        let ends = [low.min(props.value), high.max(props.value)];
        *widest.borrow_mut() = Some((slider, ends));
        Slider { min: ends[0], max: ends[1], ..slider }
    });
    let field_text = typed.as_ref().map_or_else(|| props.text.to_string(), Clone::clone);
    let is_bad = props.problem.is_some() || typed.as_ref().is_some_and(|text| !is_number(text));

    let oninput = {
        let (typed, on_entry) = (typed.clone(), props.on_entry.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            // Half a number ("-", "0.") is no change yet.
            if is_number(&text) {
                on_entry.emit(Entry::Typed(text.clone()));
            }
            typed.set(Some(text));
        })
    };
    let onchange = {
        let (typed, on_entry) = (typed.clone(), props.on_entry.clone());
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if !is_number(&text) {
                // The state says what was wrong with it.
                on_entry.emit(Entry::Typed(text));
            } else {
                typed.set(None);
            }
        })
    };
    let onblur = {
        let typed = typed.clone();
        Callback::from(move |_: FocusEvent| {
            // Something that was refused stays for its writer to mend.
            if typed.as_ref().is_some_and(|text| is_number(text)) {
                typed.set(None);
            }
        })
    };
    let on_slide = {
        let (typed, on_entry, slider) = (typed.clone(), props.on_entry.clone(), slider);
        Callback::from(move |event: InputEvent| {
            let position = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
            let Some(slider) = slider else { return };
            if position.is_finite() {
                typed.set(None);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "what it means, at float32's precision"
                )]
                let value = slider.value(position) as f32;
                on_entry.emit(Entry::Value(value));
            }
        })
    };
    let reset = {
        let (typed, on_entry, can_reset) = (typed.clone(), props.on_entry.clone(), props.can_reset);
        Callback::from(move |()| {
            typed.set(None);
            if can_reset {
                on_entry.emit(Entry::Reset);
            }
        })
    };
    let label_id = format!("{}-label", props.name);

    let problem_id = format!("{}-problem", props.name);
    let described = match (&props.problem, props.help.is_empty()) {
        (Some(_), _) => Some(problem_id.clone()),
        (None, false) => Some(format!("{}-help", props.name)),
        (None, true) => None,
    };

    html! {
        <div class="number">
            <div class="number-head">
                <span class="name">
                    <span class="label" id={label_id.clone()}>{ &props.label }</span>
                    if !props.unit.is_empty() {
                        <span class="unit">{ &props.unit }</span>
                    }
                </span>
                if props.can_reset {
                    <span class="either">
                        if !props.origin.is_empty() {
                            <span class={classes!("origin", props.is_set.then_some("unused"))}>{ &props.origin }</span>
                        }
                        if props.is_set {
                            <button type="button" class="reset" name={format!("{}-reset", props.name)}
                                aria-label={format!("Reset {}, set by hand", props.label)} onclick={reset.reform(|_: MouseEvent| ())}>{ RESET }</button>
                        } else {
                            <span class="reset unused" aria-hidden="true">{ RESET }</span>
                        }
                    </span>
                }
                if !props.help.is_empty() {
                    <Help name={props.name.clone()} label={props.label.clone()} text={props.help.clone()} />
                }
            </div>
            <div class="number-body">
                if let Some(slider) = slider {
                    <input type="range" name={format!("{}-slider", props.name)} aria-labelledby={label_id.clone()}
                        aria-valuetext={props.text.clone()} aria-describedby={described.clone()}
                        min={slider.position(slider.min).to_string()} max={slider.position(slider.max).to_string()}
                        step={slider.step.to_string()} value={slider.position(props.value).to_string()}
                        oninput={on_slide} ondblclick={reset.reform(|_: MouseEvent| ())} />
                }
                <input type="text" inputmode="decimal" name={props.name.clone()} aria-labelledby={label_id}
                    aria-describedby={described} aria-invalid={is_bad.to_string()} autocomplete="off" spellcheck="false"
                    value={field_text} {oninput} {onchange} {onblur} />
            </div>
            if let Some(problem) = &props.problem {
                <p class="field-problem" id={problem_id}>{ problem }</p>
            }
        </div>
    }
}
