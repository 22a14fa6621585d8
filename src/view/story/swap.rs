//! [`Swap`]: eight weights as chips in four pairs, to be swapped until a line bends, or until it no
//! longer does.

use std::rc::Rc;

use yew::prelude::*;

use super::chip::Chip;
use super::legend::legend;
use super::scene_props::{SceneProps, goal};
use super::worked::{Worked, use_worked};
use crate::plot::mystery_scene;
use crate::state::number::whole;
use crate::state::{State, Visibility, link};
use crate::story::guess::thread;
use crate::story::swap::{BENT, STRAIGHT, Swaps, can_saturate};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;

/// The outputs, what is to be done with each, and whether it should bend in the end.
const GOALS: [(usize, &str, bool); 2] =
    [(STRAIGHT, "Bend output 3", true), (BENT, "Straighten output 0", false)];

/// The two outputs, which of them is shown, the chip that was picked, and what is reached.
#[derive(Clone, PartialEq)]
struct Board {
    swaps: [Swaps; 2],
    shown: usize,
    picked: Option<usize>,
    reached: [bool; 2],
}

enum Doing {
    /// A chip pressed: picked, put back, or swapped with the one that is picked.
    Press(usize),
    /// A chip dragged onto another.
    Drop([usize; 2]),
    /// One of the two outputs shown.
    Show(usize),
    /// The shown output as it was.
    Reset(Swaps),
    /// The shown output's goal reached.
    Reach,
}

impl Reducible for Board {
    type Action = Doing;

    fn reduce(self: Rc<Self>, doing: Doing) -> Rc<Self> {
        let mut next = Board::clone(&self);
        match doing {
            Doing::Press(k) => match self.picked {
                None => next.picked = Some(k),
                Some(picked) => {
                    next.picked = None;
                    if picked != k {
                        next.swaps[self.shown] = self.swaps[self.shown].swapped(picked, k);
                    }
                }
            },
            Doing::Drop([one, other]) => {
                next.picked = None;
                next.swaps[self.shown] = self.swaps[self.shown].swapped(one, other);
            }
            Doing::Show(shown) => (next.shown, next.picked) = (shown, None),
            Doing::Reset(own) => (next.swaps[self.shown], next.picked) = (own, None),
            Doing::Reach => next.reached[self.shown] = true,
        }
        Rc::new(next)
    }
}

/// The line of the chosen output, its weights as chips, and two goals.
#[component]
pub fn Swap(props: &SceneProps) -> Html {
    let panel = &props.panel;
    let original = use_worked(thread());
    let board = {
        let swaps = GOALS.map(|(output, ..)| Swaps::of(output, &original.derived));
        use_reducer(|| Board { swaps, shown: 0, picked: None, reached: [false; 2] })
    };
    let swaps = &board.swaps[board.shown];
    let output = swaps.output;
    let frozen = use_worked(Swaps::of(output, &original.derived).state(&original.derived));
    let now = use_worked(swaps.state(&original.derived));
    let bends = bends(&now, output);
    {
        let is_reached = swaps.count > 0 && bends == GOALS[board.shown].2;
        let dispatcher = board.dispatcher();
        use_effect_with((board.shown, is_reached), move |(_, is_reached)| {
            if *is_reached {
                dispatcher.dispatch(Doing::Reach);
            }
        });
    }
    let build = {
        let (now, frozen) = (now.clone(), frozen.clone());
        made(move |width| {
            let [now, frozen] = [&now, &frozen].map(|worked| worked.both());
            mystery_scene(now, frozen, None, output, None, None, width)
        })
    };
    let press = |doing: fn(usize) -> Doing, of: usize| {
        let board = board.clone();
        Callback::from(move |_: MouseEvent| board.dispatch(doing(of)))
    };
    let tab = |(index, (output, ..)): (usize, (usize, &'static str, bool))| {
        let is_on = index == board.shown;
        let done = if board.reached[index] { "✓ " } else { "" };
        html! { <button type="button" key={output} name={format!("swap-{output}")} aria-pressed={is_on.to_string()} onclick={press(Doing::Show, index)}>{ format!("{done}Output {output}") }</button> }
    };
    let on_drop = {
        let board = board.clone();
        Callback::from(move |chips: [usize; 2]| board.dispatch(Doing::Drop(chips)))
    };
    let chip = |k: usize| {
        html! { <Chip key={k} {k} weight={swaps.weights[k]} is_picked={board.picked == Some(k)} on_press={press(Doing::Press, k)} on_drop={on_drop.clone()} /> }
    };
    let sums = swaps.sums();
    let pair = |(pair, sum): (usize, &i32)| {
        let is_far = can_saturate(*sum);
        html! {
            <li key={pair} class={classes!(is_far.then_some("is-saturated"))}>
                <span class="chips">{ chip(2 * pair) }{ chip(2 * pair + 1) }</span>
                <span class="pair-sum">{ format!("sum {}", whole((*sum).into())) }<br /><small>{ if is_far { "too far from 0" } else { "fits" } }</small></span>
            </li>
        }
    };
    let reset = {
        let (board, own) = (board.clone(), Swaps::of(output, &original.derived));
        Callback::from(move |_: MouseEvent| board.dispatch(Doing::Reset(own.clone())))
    };
    html! {
        <>
            <div class="story-figure"><section class="mystery panel" aria-label={format!("Output {output}")}>
                <div class="switches"><div class="cpus" role="group" aria-label="The output">{ for GOALS.into_iter().enumerate().map(tab) }</div></div>
                <Plot {build} palette={Rc::clone(&panel.palette)} class="mystery-plot" />
                { legend("race-legend", LINES.map(|(class, words)| (class, words.to_string()))) }
                <p class="said" id="swap-said" role="status">{ said(&board, bends, &sums) }</p>
            </section></div>
            <article class="step panel" aria-labelledby="step-title">
                { props.head.clone() }
                <ul class="goals">{ for GOALS.iter().zip(board.reached).map(|((_, words, _), is_reached)| goal(is_reached, words)) }</ul>
                if board.reached[board.shown] && !board.reached[1 - board.shown] {
                    <p><button type="button" class="leads" id="swap-next" onclick={press(Doing::Show, 1 - board.shown)}>{ format!("Now: {}", GOALS[1 - board.shown].1.to_ascii_lowercase()) }</button></p>
                }
                <ol class="chip-pairs" aria-label="Pairs of weights">{ for sums.iter().enumerate().map(pair) }</ol>
                <p class="step-more">
                    <button type="button" id="swap-reset" disabled={swaps.count == 0} onclick={reset}>{ "As it was" }</button>
                    <a href={in_lab(&now.state)}>{ "These weights in the Lab" }</a>
                </p>
            </article>
        </>
    }
}

/// What each line is. The same before a swap and after it: the chips below stay where they are.
const LINES: [(&str, &str); 4] = [
    ("own", "in this order"),
    ("ghost", "as it was"),
    ("cut", "a pair is cut"),
    ("exact", "exact sum"),
];

/// Whether an output's line bends where it can be seen.
fn bends(now: &Worked, output: usize) -> bool {
    now.derived.outputs[output].kinks.iter().any(|kink| kink.visibility == Visibility::Visible)
}

fn in_lab(state: &State) -> String {
    let mut lab = state.clone();
    lab.page.view = crate::state::View::Lab;
    link::write(&lab)
}

/// What the present order does, and what to try.
fn said(board: &Board, bends: bool, sums: &[i32]) -> String {
    let swaps = &board.swaps[board.shown];
    if board.picked.is_some() {
        return "Now tap another one, to swap with.".to_string();
    }
    let far = sums.iter().filter(|sum| can_saturate(**sum)).count();
    let does = match (bends, far) {
        (true, far) => format!(
            "The line bends: {}, past 128 either way. 129 times the input code 255 is past 32767.",
            match sums.iter().find(|sum| can_saturate(**sum)) {
                Some(sum) if far == 1 => format!("one pair adds up to {}", whole((*sum).into())),
                _ => format!("{far} pairs add up too far"),
            }
        ),
        (false, 0) => "The line is straight: no pair adds up to more than 128 either way.".to_string(),
        (false, _) => "The line is straight where it can be seen: the pair that is too far from 0 reaches its end only at the last input codes.".to_string(),
    };
    let count = match swaps.count {
        0 => String::new(),
        1 => " After one swap.".to_string(),
        more => format!(" After {more} swaps."),
    };
    let done =
        if board.reached[board.shown] && bends == GOALS[board.shown].2 { "✓ " } else { "" };
    format!("{done}{does}{count}")
}
