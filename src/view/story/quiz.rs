//! [`Quiz`]: saturation or rounding, in five quick pictures; then on to one's own numbers.

use std::rc::Rc;

use yew::prelude::*;

use super::legend::legend;
use super::scene_props::SceneProps;
use crate::plot::disagreement_scene;
use crate::state::State;
use crate::story::quiz::{Cause, Shown};
use crate::story::{FINDINGS, SCENES};
use crate::view::base::link_to;
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::controls::CopyField;
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::store::use_slice;

/// What the reader saw in each picture so far, and which one is shown.
#[derive(Clone, Default, PartialEq)]
struct Answers {
    given: Vec<Option<Cause>>,
    shown: usize,
}

/// A picture, two buttons, and what it was.
#[component]
pub fn Quiz(props: &SceneProps) -> Html {
    let model = use_slice(&props.panel.store, "quiz", Facets::VISIT);
    let pictures = Shared(use_memo((), |()| Shown::all()));
    let answers = use_state_eq(|| Answers { given: vec![None; pictures.len()], shown: 0 });
    let shown = &pictures[answers.shown];
    let given = answers.given[answers.shown];
    let build = {
        let (pictures, index, is_told) = (pictures.clone(), answers.shown, given.is_some());
        made(move |width| {
            let Shown { state, derived } = &pictures[index];
            disagreement_scene(state, derived, is_told, width)
        })
    };
    let answer = |cause: Cause| {
        let now = answers.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let mut next = Answers::clone(&now);
            next.given[next.shown] = Some(cause);
            now.set(next);
        });
        let is_on = given == Some(cause);
        html! { <button type="button" key={cause.name()} name={format!("quiz-{}", cause.name())} aria-pressed={is_on.to_string()} disabled={given.is_some() && !is_on} {onclick}>{ cause.name() }</button> }
    };
    let go = |shown: usize| {
        let now = answers.clone();
        Callback::from(move |_: MouseEvent| now.set(Answers { shown, ..Answers::clone(&now) }))
    };
    let right = |index: usize| answers.given[index] == Some(pictures[index].cause());
    let is_last = answers.shown + 1 == pictures.len();
    let is_done = answers.given.iter().all(Option::is_some);
    html! {
        <>
            <div class="story-figure"><section class="mystery panel quiz" aria-label={format!("Picture {} of {}", answers.shown + 1, pictures.len())}>
                <Plot {build} palette={Rc::clone(&props.panel.palette)} class="quiz-plot" />
                { legend("race-legend", lines(given.map(|_| shown.cause()))) }
            </section></div>
            <article class="step panel" aria-labelledby="step-title">
                { props.head.clone() }
                <p class="quiz-marks" aria-label="Pictures so far">{ for (0..pictures.len()).map(|index| {
                    let mark = match answers.given[index] { None => "○", Some(_) if right(index) => "✓", Some(_) => "✗" };
                    html! { <span key={index} class={classes!((index == answers.shown).then_some("is-here"))}>{ mark }</span> }
                }) }</p>
                <p class="quiz-buttons">
                    { for Cause::ALL.map(answer) }
                    if given.is_some() && !is_last {
                        <button type="button" id="quiz-next" onclick={go(answers.shown + 1)}>{ "Next picture" }</button>
                    }
                </p>
                <p class="said" id="quiz-said" role="status">{ given.map_or(String::new(), |given| {
                    let verdict = if given == shown.cause() { "Yes" } else { "No" };
                    format!("{verdict}: {}. {}", shown.cause().name(), shown.told())
                }) }</p>
                if is_done {
                    <p id="quiz-score">{ format!("{} of {}. ", (0..pictures.len()).filter(|index| right(*index)).count(), pictures.len()) }
                        { "Two numbers that differ by one step here and there are rounding. A gap that grows with the input is saturation." }</p>
                }
                <h3>{ "Now yours" }</h3>
                <p>{ "PyTorch on a CPU with AVX-512 VNNI: run it as a CPU without it would, and as it is. Elsewhere compare the engine " }<code>{ "'fbgemm'" }</code>{ " with " }<code>{ "'qnnpack'" }</code>{ "." }</p>
                <pre><code>{ "FBGEMM_ENABLE_INSTRUCTIONS=AVX2 python model.py\npython model.py" }</code></pre>
                <ul class="yours">
                    <li><a href="#/model">{ "Which outputs of your own model can saturate, from its file: Model" }</a></li>
                    <li><a href="#/check">{ "Which arithmetic your CPU gives in each library, a recording of it, and your browser’s instruction: Check" }</a></li>
                    <li><a href="#/lab">{ "Your weights, scales and zero points in the Lab" }</a></li>
                    <li><a href="#/story?v=1&scene=5">{ "The lines to change, with what each fix costs" }</a></li>
                </ul>
                <h3>{ "Not only this" }</h3>
                <ul class="yours">
                    { for FINDINGS.iter().map(|(preset, said)| html! { <li key={*preset}><a href={format!("#/lab?preset={preset}")}>{ *said }</a></li> }) }
                </ul>
                <h3>{ "That is all of it" }</h3>
                <p>{ "Without AVX-512 VNNI this library adds products two by two in 16 bits, and what does not fit stays at the end: the line bends there, and nothing jumps. 7-bit weights or an exact engine mend it for every input." }</p>
                <CopyField id="story-link" copy_id="copy-story-link" label="The story, to pass on" text={link_to(&model, &SCENES[0].reached_from(&State::default()))} what="the link to the story" />
            </article>
        </>
    }
}

/// What each line is, and by its colour what parts them once that is told.
fn lines(told: Option<Cause>) -> Vec<(&'static str, String)> {
    let mut lines =
        vec![("own", "one engine".to_string()), ("exact", "the other engine".to_string())];
    match told {
        None => {}
        Some(Cause::Saturation) => lines.push(("cut", "a pair is cut".to_string())),
        Some(Cause::Rounding) => lines.push(("rounded", "rounded otherwise".to_string())),
    }
    lines
}
