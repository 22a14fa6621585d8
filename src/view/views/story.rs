//! [`StoryView`]: what happens and why, step by step.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::state::{Action, Deriver, State, link};
use crate::story::STEPS;
use crate::story::facts::Facts;
use crate::story::step::{Step, StepFigure, step, with_authors};
use crate::view::base::page;
use crate::view::facets::Facets;
use crate::view::later::Later;
use crate::view::lazy::Lazy;
use crate::view::panels::{PanelProps, at, control};
use crate::view::store::use_slice;
use crate::view::story::{QuestionsProps, StoryFigure, TeacherProps, marked};

/// The step that the state names: its text, the figure beside or below it, then the questions.
#[component]
pub fn StoryView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "story", Facets::STATE.and(Facets::VISIT));
    let state = &model.state;
    let current = step(state.page.step);
    // Links to steps are whole states of them: they are written when they change.
    let told = use_memo((state.page.clone(), state.figure.clone()), |(page, _)| {
        let base = current.state(page.room, page.theme, page.locked);
        let text = text(current, &base);
        (base, text, progress(state), bar(state))
    });
    let (base, text, progress, bar) = &*told;
    let lab = link::write(&current.in_lab(state));
    let base_here = with_authors(base.clone(), state);
    let moved = *state != base_here;
    let again = at::<MouseEvent>(&panel.dispatch, Action::open(link::write(&base_here)));
    let controls = current.controls.iter().map(|key| control(panel, *key));
    let title = use_heading_focus(state.page.step);
    // Longer than a window: it scrolls with the page.
    let is_long = matches!(current.figure, StepFigure::Fixes | StepFigure::RampAndAll);
    let article = html! {
        <article class="step panel" aria-labelledby="step-title">
            { progress.clone() }
            <h2 id="step-title" tabindex="-1" ref={title}>{ format!("{}. {}", state.page.step, current.title) }</h2>
            { for text.iter().map(|paragraph| html! { <p>{ marked(paragraph) }</p> }) }
        </article>
    };
    let figure = html! {
        <div class={classes!("story-figure", is_long.then_some("is-long"))}>
            <StoryFigure figure={current.figure} panel={panel.clone()} />
            if current.figure == StepFigure::Fixes {
                <Lazy what={Later::Teacher(TeacherProps { theme: state.page.theme, page: page(&model).into() })} />
            }
        </div>
    };
    // The mystery comes before any word.
    let is_first = current.figure == StepFigure::Mystery;
    let [above, below] = if is_first { [figure, article] } else { [article, figure] };
    html! {
        <div class={classes!("story", is_first.then_some("is-first"))}>
            { above }
            { below }
            <section class="ask panel" aria-label="Your turn">
                if !current.questions.is_empty() {
                    <Lazy what={Later::Questions(QuestionsProps { page: state.page.step, base: base.clone(), panel: panel.clone() }.into())} />
                }
                <div class="step-controls">{ for controls }</div>
                if current.figure == StepFigure::Fixes {
                    <Lazy what={Later::Score(panel.clone())} />
                }
                <p class="step-more">
                    <a id="to-lab" href={lab}>{ "Open this in the Lab" }</a>
                    if moved {
                        <button type="button" id="step-again" onclick={again}>{ "Start this step again" }</button>
                    }
                </p>
            </section>
            { bar.clone() }
        </div>
    }
}

/// Puts the focus on the heading of a step that follows another, and the reader at its beginning.
#[hook]
fn use_heading_focus(page: usize) -> NodeRef {
    let title = use_node_ref();
    let shown = use_mut_ref(|| page);
    let heading = title.clone();
    use_effect_with(page, move |page| {
        if shown.replace(*page) == *page {
            return;
        }
        let Some(heading) = heading.cast::<HtmlElement>() else { return };
        let _ = heading.focus();
        let article = heading.closest("article").ok().flatten();
        // Where the beginning is in sight already, nothing moves.
        if let Some(article) =
            article.filter(|article| article.get_bounding_client_rect().top() < 0.0)
        {
            article.scroll_into_view();
        }
    });
    title
}

/// The paragraphs with their numbers.
fn text(step: &Step, base: &State) -> Vec<String> {
    let derived = Deriver::default().derive(base);
    let facts = Facts { state: base, derived: &derived };
    // Every name of the story is a fact in every room: tests/story.rs.
    step.text.iter().map(|text| facts.fill(text).unwrap_or_else(|_| (*text).to_string())).collect()
}

/// The address of a step, for the reader's room and theme.
fn href(page: usize, state: &State) -> String {
    link::write(&step(page).reached_from(state))
}

/// Where the reader is, and a link to every step.
fn progress(state: &State) -> Html {
    html! {
        <nav class="progress" aria-label="Steps">
            <ol>
                { for STEPS.iter().filter(|one| state.has_step(one.number())).map(|one| {
                    let page = one.number();
                    let current = (page == state.page.step).then_some("step");
                    let class = classes!((page < state.page.step).then_some("done"));
                    html! { <li key={page}><a href={href(page, state)} {class} aria-current={current} title={one.title}><span class="visually-hidden">{ "Step " }</span>{ page }<span class="visually-hidden">{ format!(": {}", one.title) }</span></a></li> }
                }) }
            </ol>
        </nav>
    }
}

/// Back, where the reader is, and Next: always in sight.
fn bar(state: &State) -> Html {
    let to = |page: usize, id: &'static str, words: &'static str| {
        html! { <a {id} class="button" href={href(page, state)}>{ words }<span class="visually-hidden">{ format!(": {}", step(page).title) }</span></a> }
    };
    let shown: Vec<usize> = (1..=STEPS.len()).filter(|page| state.has_step(*page)).collect();
    let here = state.page.step;
    let before = shown.iter().rfind(|page| **page < here);
    let after = shown.iter().find(|page| **page > here);
    let place = shown.iter().position(|page| *page == here);
    html! {
        <nav class="story-bar" aria-label="Back and next">
            <span>{ for before.map(|page| to(*page, "previous-step", "← Back")) }</span>
            <span class="where">{ for place.map(|place| format!("{} of {}", place + 1, shown.len())) }</span>
            <span>{ for after.map(|page| to(*page, "next-step", "Next →")) }</span>
        </nav>
    }
}
