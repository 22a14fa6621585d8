//! The story, and what a page or a figure shows.

use super::{PARAMETERS, integer, row};
use crate::state::choices::{FigureKind, Keyed, Part, Theme, View};
use crate::state::schema::access::field;
use crate::state::schema::{Choice, History, Key, Kind, MOST_SCENES, MOST_STEPS, Parameter, Value};

/// The story's steps as they are named in links.
const STEP_KEYS: [&str; MOST_STEPS] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

fn step_menu() -> Vec<Choice> {
    STEP_KEYS.iter().map(|key| Choice::new(key, key)).collect()
}

fn keys_menu() -> Vec<Choice> {
    PARAMETERS.iter().map(|known| Choice::new(known.key.as_str(), known.label)).collect()
}

pub(super) const ROWS: &[Parameter] = &[
    Parameter {
        auto: Some("the scene of the step"),
        ..row(
            Key::Scene,
            "Scene",
            "",
            "The scene of the story.",
            integer(1, MOST_SCENES as i64),
            History::Push,
            (
                |state| state.page.scene.map(|scene| Value::Integer(scene as i64)),
                |state, value| {
                    state.page.scene = match value {
                        Some(Value::Integer(scene)) => Some(scene as usize),
                        _ => None,
                    };
                },
            ),
        )
    },
    row(
        Key::StoryStep,
        "Step",
        "",
        "The step of the story whose questions are open in its scene.",
        integer(1, MOST_STEPS as i64),
        History::Push,
        field!(int page.step: usize),
    ),
    row(
        Key::Steps,
        "Steps",
        "",
        "The steps of the story that are shown, with their scenes; all of them without it.",
        Kind::Choices(step_menu),
        History::Replace,
        (
            |state| {
                let key = |page: &usize| STEP_KEYS.get(page.wrapping_sub(1)).copied();
                Some(Value::Choices(state.figure.steps.iter().filter_map(key).collect()))
            },
            |state, value| {
                if let Some(Value::Choices(keys)) = value {
                    let page = |key: &str| STEP_KEYS.iter().position(|one| *one == key);
                    state.figure.steps =
                        keys.into_iter().filter_map(page).map(|index| index + 1).collect();
                }
            },
        ),
    ),
    row(
        Key::Embed,
        "Embedded",
        "",
        "In a frame of another page: without heading, navigation and foot.",
        Kind::Flag,
        History::Replace,
        field!(flag figure.embed),
    ),
    row(
        Key::FigureKind,
        "Figure",
        "",
        "What the Embed view makes a figure of.",
        Kind::Choice(FigureKind::menu),
        History::Push,
        field!(choice figure.kind: FigureKind),
    ),
    row(
        Key::Focus,
        "Parts",
        "",
        "The parts of the Lab that are shown, in this order; all of them without it.",
        Kind::Choices(Part::menu),
        History::Replace,
        field!(choices figure.focus: Part),
    ),
    row(
        Key::Controls,
        "Controls",
        "",
        "Keys of the parameters that have a control where only some parts are shown.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys figure.controls),
    ),
    row(
        Key::Hide,
        "Hidden controls",
        "",
        "Keys of parameters whose controls are not shown.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys figure.hide),
    ),
    row(
        Key::Lock,
        "Locked controls",
        "",
        "Keys of parameters that cannot be changed on the page. Their controls show the value.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys figure.lock),
    ),
    row(
        Key::Back,
        "Link to the page",
        "",
        "In a figure of another page: a small link that opens the same state on the page.",
        Kind::Flag,
        History::Replace,
        field!(flag figure.back),
    ),
    row(
        Key::Room,
        "Room",
        "",
        "Gives the story’s questions other numbers, so that neighbours get different ones; 0 for the usual numbers.",
        integer(0, 9999),
        History::Replace,
        field!(int page.room: u32),
    ),
    row(
        Key::Locked,
        "Answers are final",
        "",
        "An answer given in the story cannot be changed.",
        Kind::Flag,
        History::Replace,
        field!(flag page.locked),
    ),
];

/// What every view has.
pub(super) const COMMON: &[Parameter] = &[
    row(
        Key::Theme,
        "Theme",
        "",
        "Light, dark, high contrast, projector, or as the device asks.",
        Kind::Choice(Theme::menu),
        History::Replace,
        field!(choice page.theme: Theme),
    ),
    row(
        Key::View,
        "View",
        "",
        "Which page is shown. In a link it stands before the question mark: #/lab?…",
        Kind::Choice(View::menu),
        History::Push,
        field!(choice page.view: View),
    ),
];
