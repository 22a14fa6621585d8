//! [`DrawRest`]: the reader draws the rest of a line, and lets go.

use std::rc::Rc;

use yew::prelude::*;

use super::heading::begin_again;
use super::legend::legend;
use super::marked;
use super::scene_props::SceneProps;
use crate::plot::{Rest, predicted_scene};
use crate::state::number::{short, tenth};
use crate::story::predict::{Asked, Prediction, Score};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::cursor_key::plain_key;
use crate::view::gesture::Gesture;

/// Output codes that an arrow key moves the end by, and with Page Up and Page Down.
const KEY_CODES: [f64; 2] = [4.0, 16.0];

/// A round as far as it has come.
#[derive(Clone, PartialEq)]
struct Round {
    number: u32,
    asked: Rc<Asked>,
    drawn: Prediction,
    is_shown: bool,
}

impl Round {
    fn new(number: u32) -> Round {
        let asked = Rc::new(Asked::of(number));
        Round { number, drawn: Prediction::new(&asked), asked, is_shown: false }
    }

    /// Another drawing, unless the real line is shown.
    fn with(&self, draw: impl FnOnce(&mut Prediction)) -> Round {
        let mut next = self.clone();
        if !next.is_shown {
            draw(&mut next.drawn);
        }
        next
    }

    /// The real line, if the reader's goes to the end.
    fn let_go(&self) -> Round {
        Round { is_shown: self.is_shown || self.drawn.is_whole(), ..self.clone() }
    }

    /// How far a whole line lies off.
    fn score(&self) -> Option<Score> {
        self.drawn.score(&self.asked).filter(|_| self.is_shown && self.drawn.is_whole())
    }
}

/// What a reader does.
enum Doing {
    /// The pen at values of both axes.
    Pen([f64; 2]),
    /// The end moved by so many output codes.
    Tilt(f64),
    /// The pen let go of.
    LetGo,
    /// The real line asked for, whatever is drawn.
    Show,
    /// The next line.
    Again,
}

impl Reducible for Round {
    type Action = Doing;

    fn reduce(self: Rc<Self>, doing: Doing) -> Rc<Self> {
        Rc::new(match doing {
            #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
            Doing::Pen([x, y]) => {
                let place = self.asked.derived.place_of(&self.asked.state, x as f32);
                self.with(|drawn| drawn.draw_to(place, y))
            }
            Doing::Tilt(codes) => {
                let step = f64::from(self.asked.derived.layer.output.scale) * codes;
                self.with(|drawn| drawn.straight_to(drawn.end() + step))
            }
            Doing::LetGo => self.let_go(),
            Doing::Show => Round { is_shown: true, ..Round::clone(&self) },
            Doing::Again => Round::new(self.number + 1),
        })
    }
}

/// The line up to its first kink, to be gone on with.
#[component]
pub fn DrawRest(props: &SceneProps) -> Html {
    let panel = &props.panel;
    let round = use_reducer(|| Round::new(0));
    let wraps = use_state_eq(|| false);
    let figure = use_node_ref();
    let build = {
        let (round, wraps) = (round.clone(), *wraps);
        made(move |width| {
            let drawn: Vec<(usize, f64)> = round.drawn.drawn().collect();
            let wrapped = (wraps && round.is_shown).then(|| round.asked.wrapped());
            let rest =
                Rest { drawn: &drawn, is_shown: round.is_shown, wrapped: wrapped.as_deref() };
            predicted_scene(
                (&round.asked.state, &round.asked.derived),
                round.asked.from,
                rest,
                width,
            )
        })
    };
    let on_gesture = {
        let round = round.clone();
        Callback::from(move |gesture: Gesture| match gesture {
            Gesture::Point(at) => round.dispatch(Doing::Pen(at)),
            Gesture::Up => round.dispatch(Doing::LetGo),
            _ => {}
        })
    };
    let onkeydown = {
        let round = round.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = plain_key(&event) else { return };
            let [fine, coarse] = KEY_CODES;
            let doing = match key.as_str() {
                "ArrowUp" | "ArrowRight" => Doing::Tilt(fine),
                "ArrowDown" | "ArrowLeft" => Doing::Tilt(-fine),
                "PageUp" => Doing::Tilt(coarse),
                "PageDown" => Doing::Tilt(-coarse),
                "Enter" | " " => Doing::LetGo,
                _ => return,
            };
            event.prevent_default();
            round.dispatch(doing);
        })
    };
    let show = {
        let round = round.clone();
        Callback::from(move |_: MouseEvent| round.dispatch(Doing::Show))
    };
    let again = {
        let (round, figure) = (round.clone(), figure.clone());
        Callback::from(move |_: MouseEvent| {
            round.dispatch(Doing::Again);
            // Its button goes.
            begin_again(&figure);
        })
    };
    let at = |(place, y): (usize, f64)| [round.asked.derived.sweep.at[place], y];
    let grip = Rc::new(round.drawn.drawn().map(at).collect::<Vec<_>>());
    let toggle_wraps = {
        let wraps = wraps.clone();
        Callback::from(move |_: Event| wraps.set(!*wraps))
    };
    let end = round.drawn.end();
    html! {
        <>
            <div class="story-figure"><section class="mystery panel" aria-label="The line to go on with">
                <div class="mystery-figure" ref={figure} role="slider" tabindex="0" aria-label="Where your line ends" aria-describedby="draw-said" aria-orientation="vertical"
                    aria-valuemin="-100" aria-valuemax="100" aria-valuenow={end.to_string()} aria-valuetext={format!("your line ends at y = {}", short(end))} {onkeydown}>
                    <Plot {build} palette={Rc::clone(&panel.palette)} class="draw-plot" {on_gesture} {grip} />
                </div>
                { legend("race-legend", lines(&round, *wraps)) }
                <p class="said" id="draw-said" role="status">{ marked(&said(&round)) }</p>
                <p class="draw-buttons">
                    if round.is_shown {
                        <button type="button" class="leads" id="draw-again" onclick={again}>{ "Again with other weights" }</button>
                        <label class="wraps"><input type="checkbox" name="wraps" checked={*wraps} onchange={toggle_wraps} />{ "if the pair wrapped around" }</label>
                    } else {
                        <button type="button" id="show-line" onclick={show}>{ "Show the real line" }</button>
                        <span class="by-keys hint">{ "By keys: ↑ and ↓ tilt the line, Enter lets go." }</span>
                    }
                </p>
            </section></div>
            <article class="step panel" aria-labelledby="step-title">
                { props.head.clone() }
                if round.number > 0 {
                    <p id="draw-task">{ marked(&format!("Now with other weights: {}", round.asked.asks())) }</p>
                }
            </article>
        </>
    }
}

/// What each line is.
fn lines(round: &Round, wraps: bool) -> Vec<(&'static str, String)> {
    let mut lines = vec![("own", "before".to_string())];
    if round.drawn.drawn().nth(1).is_some() {
        lines.push(("guessed", "yours".to_string()));
    }
    if round.is_shown {
        lines.push(("cut", "the real line".to_string()));
    }
    if round.is_shown && wraps {
        lines.push(("wrapped", "wrapped around".to_string()));
    }
    lines.push(("exact", "exact sum".to_string()));
    lines
}

/// What came of it, or what to do.
fn said(round: &Round) -> String {
    let Some(Score { mean, most }) = round.score() else {
        return match round.drawn.is_whole() {
            _ if round.is_shown => round.asked.told(),
            true => "Let go, or press Enter, and the real line comes.".to_string(),
            false if round.drawn.drawn().nth(1).is_some() => {
                "Go on from its end, to where the thin line ends.".to_string()
            }
            false => "Begin at the dot, and draw on to where the thin line ends.".to_string(),
        };
    };
    let praise = if mean <= 2.0 { "On it. " } else { "" };
    format!(
        "{praise}Your line is {} output codes off on average, {} where it is most. {}",
        short(tenth(mean)),
        short(tenth(most)),
        round.asked.told()
    )
}
