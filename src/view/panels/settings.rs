//! [`SettingsPanel`]: everything but the weights on a control.

use yew::prelude::*;

use super::PanelProps;
use super::known::Known;
use crate::state::schema::{Kind, Value};
use crate::state::{
    Action, Change, Derived, Direction, Key, Patch, Slot, State, with_fitting_inputs,
};
use crate::view::controls::ParameterControl;
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::store::use_slice;

/// What is asked for first: whose arithmetic, and over how many codes.
#[component]
pub fn EngineSettings(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "engine-settings", Facets::LAYER);
    let engine = model.state.arithmetic.engine;
    html! {
        <section class="panel engine-settings" aria-labelledby="engine-settings-title">
            <h2 id="engine-settings-title">{ "Whose arithmetic" }</h2>
            { control(props, Key::Engine) }
            <p class="hint" id="engine-about"><Known {engine} />{ " " }{ engine.about() }</p>
            if let Some(reason) = &model.derived.unavailable {
                <p class="unavailable" role="alert">{ reason }</p>
            }
            { control(props, Key::ReduceRange) }
        </section>
    }
}

/// The rest of the arithmetic, the experiment, calibration, scales, sweep and figure.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "settings", Facets::LAYER);
    let state = &model.state;
    let all = |keys: &[Key]| keys.iter().map(|key| control(props, *key)).collect::<Html>();
    let next_seed =
        props.click(|now| Action::set(Key::Seed, now.state.experiment.seed.wrapping_add(1)));
    let fit = props.click(fitted);
    let by_shift = props.click(|now| {
        Action::set(Key::OutputScale, now.derived.power_of_two_output_scale(&now.state))
    });
    html! {
        <section class="panel settings" aria-labelledby="settings-title">
            <h2 id="settings-title">{ "Layer, sweep and figure" }</h2>
            <Group title="Arithmetic">{ all(&[Key::ReduceWeights, Key::Clamp, Key::Rescale, Key::Relu]) }</Group>
            <Group title="Experiment" open={true}>
                <div class="with-button">
                    { control(props, Key::Seed) }
                    <button type="button" id="next-seed" onclick={next_seed}>{ "Next seed" }</button>
                </div>
                { all(&[Key::Inputs, Key::Outputs, Key::Kernel, Key::CalibrationGain, Key::Order, Key::InputScheme, Key::WeightScheme, Key::PerChannel]) }
            </Group>
            <Group title="Calibrated range">
                { all(&[Key::InputMin, Key::InputMax, Key::OutputMin, Key::OutputMax]) }
            </Group>
            <Group title="Scales, zero points, bias">
                { all(&[Key::InputScale, Key::InputZeroPoint, Key::WeightScale, Key::WeightZeroPoint]) }
                if state.experiment.per_channel {
                    { all(&[Key::WeightScales, Key::WeightZeroPoints]) }
                }
                { control(props, Key::OutputScale) }
                <button type="button" id="fit-scale" onclick={fit}>{ "Output scale that clamps nothing in this sweep" }</button>
                <button type="button" id="power-of-two" onclick={by_shift}>{ "Output scale for an exact bit shift" }</button>
                { all(&[Key::OutputZeroPoint, Key::Bias]) }
            </Group>
            <Group title="Sweep" open={true}>
                { control(props, Key::Direction) }
                if state.sweep.direction == Direction::One {
                    { all(&[Key::SweptInput, Key::Rest]) }
                }
                if state.sweep.direction == Direction::Vector {
                    <p class="hint">{ "Each input’s factor stands with its weight." }</p>
                }
                { all(&[Key::From, Key::To, Key::SweepStep, Key::At]) }
            </Group>
            <Group title="Figure">
                { all(&[Key::Plot, Key::ZoomFrom, Key::ZoomTo, Key::Legend]) }
            </Group>
        </section>
    }
}

/// The output scale and zero point with which the sweep is not clamped, set by hand.
pub fn fitted(now: &Model) -> Action {
    let params = now.derived.fitted_output(&now.state);
    let patch =
        Patch::one(Key::OutputScale, params.scale).and(Key::OutputZeroPoint, params.zero_point);
    Change::Patch(patch).into()
}

/// The control of a parameter, where it is shown; one that is locked only shows the value.
pub fn control(panel: &PanelProps, of: Key) -> Html {
    html! { <Control key={of.as_str()} {of} panel={panel.clone()} /> }
}

/// The same with other ends of its slider, which something that is loaded decides.
pub fn control_between(panel: &PanelProps, of: Key, ends: [f32; 2]) -> Html {
    html! { <Control key={of.as_str()} {of} panel={panel.clone()} {ends} /> }
}

#[derive(Properties, PartialEq)]
struct ControlProps {
    of: Key,
    panel: PanelProps,
    #[prop_or_default]
    ends: Option<[f32; 2]>,
}

#[component]
fn Control(props: &ControlProps) -> Html {
    let (of, panel) = (props.of, &props.panel);
    let model = use_slice(&panel.store, "control", reads(of));
    let Shown { value, auto, place, ends } = shown(&model.state, &model.derived, of);
    let ends = props.ends.or(ends);
    let dispatch = match of {
        Key::Kernel => with_inputs(panel),
        _ => panel.dispatch.clone(),
    };
    let slot = place.map_or(Slot::Parameter(of), |place| Slot::Indexed(of, place));
    let problem = model.problem_at(slot).map(AttrValue::from);
    let control =
        html! { <ParameterControl {of} {value} {auto} {place} {ends} {problem} {dispatch} /> };
    guarded(&model.state, of, control)
}

/// A choice of a kernel brings as many inputs as divide into its taps.
fn with_inputs(panel: &PanelProps) -> Callback<Action> {
    let (store, dispatch) = (panel.store.clone(), panel.dispatch.clone());
    Callback::from(move |action: Action| {
        let next = match &action {
            Action::Change(Change::Patch(patch)) => with_fitting_inputs(&store.now().state, patch),
            _ => None,
        };
        dispatch.emit(next.map_or(action, |patch| Change::Patch(patch).into()));
    })
}

/// What a control shows of its parameter.
#[derive(PartialEq)]
struct Shown {
    value: Option<Value>,
    auto: Option<f64>,
    place: Option<usize>,
    ends: Option<[f32; 2]>,
}

fn shown(state: &State, derived: &Derived, of: Key) -> Shown {
    let parameter = of.parameter();
    // The value of a list belongs to the chosen output.
    let place = matches!(parameter.kind, Kind::Indexed { .. }).then_some(state.picture.output);
    // The slider of a place in the sweep spans it, that of an index what there is.
    let ends = match of {
        Key::At | Key::ZoomFrom | Key::ZoomTo => Some([state.sweep.from, state.sweep.to]),
        Key::Output => Some([0.0, (state.experiment.outputs - 1) as f32]),
        Key::SweptInput => Some([0.0, (state.experiment.inputs - 1) as f32]),
        _ => None,
    };
    Shown { value: parameter.get(state), auto: standing_in(state, derived, of), place, ends }
}

/// What [`Shown`] and [`guarded`] follow from.
fn reads(key: Key) -> Facets {
    const SETTINGS: Facets = Facets::PAGE
        .and(Facets::LAYER)
        .and(Facets::PICTURE)
        .and(Facets::SUSPECTS)
        .and(Facets::FIGURE)
        .and(Facets::PROBLEMS);
    match key {
        Key::At | Key::ZoomFrom | Key::ZoomTo => SETTINGS.and(Facets::AT).and(Facets::ZOOM),
        // What stands in may come from the calibration.
        _ if key.parameter().auto.is_some() => SETTINGS.and(Facets::CALIBRATED),
        _ => SETTINGS,
    }
}

/// A control as the author of the figure wants it: not at all, to be seen only, or as it is.
fn guarded(state: &State, key: Key, control: Html) -> Html {
    if state.is_hidden(key) {
        Html::default()
    } else if state.is_locked(key) {
        html! { <fieldset class="locked" disabled={true} title="Locked by the author of this figure">{ control }</fieldset> }
    } else {
        control
    }
}

/// The value of a parameter while the state has none.
fn standing_in(state: &State, derived: &Derived, key: Key) -> Option<f64> {
    let (calibrated, data) = (&derived.calibrated, derived.calibrated.from_data);
    let weight = calibrated.weight(state.picture.output);
    Some(match key {
        Key::InputMin => data.input_range.0.into(),
        Key::InputMax => data.input_range.1.into(),
        Key::OutputMin => data.output_range.0.into(),
        Key::OutputMax => data.output_range.1.into(),
        Key::InputScale => calibrated.input.scale.into(),
        Key::InputZeroPoint => calibrated.input.zero_point.into(),
        Key::WeightScale => weight.scale.into(),
        Key::WeightZeroPoint => weight.zero_point.into(),
        Key::WeightScales => state.by_hand.weight_scale.unwrap_or(weight.scale).into(),
        Key::WeightZeroPoints => {
            state.by_hand.weight_zero_point.unwrap_or(weight.zero_point).into()
        }
        Key::OutputScale => calibrated.output.scale.into(),
        Key::OutputZeroPoint => calibrated.output.zero_point.into(),
        Key::Bias => 0.0,
        Key::SweepStep => derived.layer.input.scale.into(),
        Key::ZoomFrom => state.sweep.from.into(),
        Key::ZoomTo => state.sweep.to.into(),
        _ => return None,
    })
}

#[derive(Properties, PartialEq)]
struct GroupProps {
    title: &'static str,
    #[prop_or_default]
    open: bool,
    children: Html,
}

/// Some controls under a heading that folds them away.
#[component]
fn Group(props: &GroupProps) -> Html {
    html! {
        <details class="group" open={props.open}>
            <summary>{ props.title }</summary>
            <div class="group-body">{ props.children.clone() }</div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::link;
    use crate::state::schema::PARAMETERS;

    /// Links that differ in a parameter or two each, from each other and from the first.
    const LINKS: [&str; 20] = [
        "#/lab",
        "#/lab?w=2.1:127,2.2:127",
        "#/lab?at=1",
        "#/lab?zoom_from=1&zoom_to=2",
        "#/lab?from=-3&to=5",
        "#/lab?seed=7",
        "#/lab?inputs=5&outputs=12",
        "#/lab?output=3",
        "#/lab?gain=0.5",
        "#/lab?x_scale=0.1&x_zp=3",
        "#/lab?x_min=-1&y_max=3",
        "#/lab?per_channel=1&w_scales=2:0.5&w_scheme=affine",
        "#/lab?bias=2:0.5",
        "#/lab?engine=tflite_ruy&relu=1&clamp=observer",
        "#/lab?direction=one&dir_k=2&rest=1",
        "#/lab?plot=accumulator&step=0.1",
        "#/lab?hide=seed,at&lock=engine,x_scale",
        "#/lab?theme=dark&legend=0",
        "#/suspects?width=15&pairing=fours",
        "#/embed?figure=step&controls=at",
    ];

    /// A page on which one link follows another.
    fn pages(links: [&str; 2]) -> [Model; 2] {
        let page = Model::open("");
        links.map(|link| page.showing(&link::read(link).0))
    }

    #[test]
    fn a_control_hears_of_all_that_it_shows() {
        for links in LINKS.iter().flat_map(|one| LINKS.iter().map(move |other| [*one, *other])) {
            let [one, other] = pages(links);
            let changed = Facets::between(&one, &other);
            for of in PARAMETERS.iter().map(|parameter| parameter.key) {
                let of_model = |model: &Model| {
                    let state = &model.state;
                    let guard = (state.is_hidden(of), state.is_locked(of));
                    (shown(state, &model.derived, of), guard)
                };
                let is_same = of == Key::Weights || of_model(&one) == of_model(&other);
                assert!(is_same || reads(of).meets(changed), "{} {links:?}", of.as_str());
            }
        }
    }

    #[test]
    fn a_control_hears_of_little_else() {
        let hears = |before: &str, after: &str| -> Vec<&str> {
            let [before, after] = pages([before, after]);
            let changed = Facets::between(&before, &after);
            let keys = PARAMETERS.iter().map(|parameter| parameter.key);
            keys.filter(|key| reads(*key).meets(changed)).map(Key::as_str).collect()
        };
        for gaze in ["#/lab?at=1", "#/lab?zoom_from=1"] {
            assert_eq!(hears("#/lab", gaze), ["at", "zoom_from", "zoom_to"]);
        }
        // The output range follows the weights.
        for key in hears("#/lab", "#/lab?w=2.1:127,2.2:127") {
            let key = Key::from_text(key).expect("a key's own text");
            assert!(key.parameter().auto.is_some(), "{}", key.as_str());
        }
        assert!(hears("#/lab", "#/lab").is_empty());
    }
}
