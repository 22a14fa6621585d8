//! The six scenes: what the story is made of. Each has one figure of the thread's layer to touch, and the
//! [steps](super::STEPS) whose questions ask about the same.

use super::guess::{of_output, thread};
use super::step::step;
use crate::state::groups::Page;
use crate::state::schema::MOST_SCENES;
use crate::state::{State, View};

/// Which scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SceneKey {
    /// Where does it go wrong?
    Guess,
    /// One point, from its code to its pairs.
    Inside,
    /// The rest of the line, drawn.
    Draw,
    /// Weights in another order.
    Swap,
    /// The fixes, side by side.
    Race,
    /// Saturation or rounding?
    You,
}

impl SceneKey {
    /// A stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            SceneKey::Guess => "guess",
            SceneKey::Inside => "inside",
            SceneKey::Draw => "draw",
            SceneKey::Swap => "swap",
            SceneKey::Race => "race",
            SceneKey::You => "you",
        }
    }
}

/// A scene of the story. Its text has `{facts}` of the state that it is [told of](StoryScene::told_of).
#[derive(Clone, Copy, Debug)]
pub struct StoryScene {
    /// Which one.
    pub key: SceneKey,
    /// The heading.
    pub title: &'static str,
    /// What is read before something is done: forty words or so.
    pub text: &'static str,
    /// What is done there, for a page that links to it.
    pub about: &'static str,
    /// The steps that ask more about it, by their numbers. Old links name them as `page=`.
    pub steps: &'static [usize],
}

/// The story.
pub static SCENES: [StoryScene; MOST_SCENES] = [
    StoryScene {
        key: SceneKey::Guess,
        title: "Guess",
        text: "All {inputs} inputs are one x, so output 0 should be *x times the sum of its weights*: a straight line. On one CPU it turns round at x = {kink1.x}, without a jump. Move x, switch the CPU, try the guesses.",
        about: "One output that should fall straight turns round on a CPU without AVX-512 VNNI: four guesses, and recorded points that decide.",
        steps: &[1, 6],
    },
    StoryScene {
        key: SceneKey::Inside,
        title: "Inside one point",
        text: "Each x becomes an *input code*, from 0 to 255. Each weight multiplies it, and neighbours are added *two by two*. Where does a bar *first* hit the end of 16 bits? Move x there.",
        about: "Eight codes, eight products, four pairs: move x until a pair of products hits the end of 16 bits.",
        steps: &[2, 3],
    },
    StoryScene {
        key: SceneKey::Draw,
        title: "What the line does then",
        text: "Output {output}, one of the layer’s ten: its weights add up to {kink1.before}. At x = {kink1.x} the pair {kink1.w0} and {kink1.w1} hits the end of 16 bits, and that pair stays there. *Draw the rest of the line*.",
        about: "A pair of products is stuck at the end of 16 bits. Draw what the line does then, and see how far off you are.",
        steps: &[4, 5],
    },
    StoryScene {
        key: SceneKey::Swap,
        title: "Break it, mend it",
        text: "Only neighbours share 16 bits. *Swap two weights* of different pairs: tap one, then the other, or drag it there. The sum of all stays, the pairs change. Bend output 3, then straighten output 0.",
        about: "Swap two weights, and a straight line bends; swap two others, and a bent one is straight.",
        steps: &[7],
    },
    StoryScene {
        key: SceneKey::Race,
        title: "The fixes race",
        text: "Output {output} of the same layer, one x for all. Each line is measured against *the original with an exact sum*, which was calibrated up to x = {x_max}. Pull x beyond that: which one bends?",
        about: "reduce_range, 7-bit weights, halved weights, another engine, another CPU on the same axes: which one bends beyond the calibration?",
        steps: &[8, 10],
    },
    StoryScene {
        key: SceneKey::You,
        title: "Is it you?",
        text: "Five pictures of a layer on two engines that disagree. Is it *saturation*, a pair that is cut, or only *rounding*? The strip shows how many output codes lie between them.",
        about: "Saturation or only rounding? Five pictures of two engines that disagree, and how to tell the two apart.",
        steps: &[9],
    },
];

impl StoryScene {
    /// Its number, from 1.
    pub fn number(&self) -> usize {
        SCENES.iter().position(|scene| scene.key == self.key).map_or(1, |index| index + 1)
    }

    /// What the folder of its own page is called.
    pub fn page_key(&self) -> String {
        match self.number() {
            1 => "story".to_string(),
            number => format!("scene-{number}"),
        }
    }

    /// The state of the scene for a reader who comes from another place: the thread's layer, and what the
    /// author of a figure set, the room and the theme stay.
    pub fn reached_from(&self, state: &State) -> State {
        let own = step(1).reached_from(state);
        let number = self.number();
        let page = Page { scene: (number > 1).then_some(number), ..own.page };
        State { page, ..own }
    }

    /// The state that its text is about.
    pub fn told_of(&self) -> State {
        match self.key {
            SceneKey::Draw => of_output(super::predict::OUTPUT),
            SceneKey::Race => of_output(super::race::OUTPUT),
            _ => thread(),
        }
    }

    /// Whether some of its steps that are shown have questions.
    pub fn asks(&self, state: &State) -> bool {
        self.steps.iter().any(|number| step(*number).asks() && state.has_step(*number))
    }

    /// Whether some of its steps are shown.
    pub fn is_shown(&self, state: &State) -> bool {
        self.steps.iter().any(|step| state.has_step(*step))
    }
}

/// The number of the scene that a state is in.
pub fn scene_of(state: &State) -> usize {
    let of_step = || SCENES.iter().position(|scene| scene.steps.contains(&state.page.step));
    state.page.scene.unwrap_or_else(|| of_step().map_or(1, |index| index + 1))
}

/// The scene of that number, from 1; the first for any other.
pub fn scene(number: usize) -> &'static StoryScene {
    SCENES.get(number.wrapping_sub(1)).unwrap_or(&SCENES[0])
}

/// The scenes that an author shows, in their order.
pub fn shown(state: &State) -> impl Iterator<Item = &'static StoryScene> {
    SCENES.iter().filter(|scene| scene.is_shown(state))
}

/// The step whose questions are open, if it has some and they are asked in the scene of the state.
pub fn asking(state: &State) -> Option<&'static super::step::Step> {
    let number = state.page.step;
    let is_here = scene(scene_of(state)).steps.contains(&number);
    Some(step(number)).filter(|step| is_here && step.asks())
}

/// The state of a scene as the Lab shows it: the output of the thread that the story is about.
pub fn in_lab(state: &State) -> State {
    let mut lab = super::guess::switched(state);
    lab.page = Page { view: View::Lab, theme: state.page.theme, ..thread().page };
    lab
}

/// The state that a link to share has. In a scene x is where a finger happened to be; in a question or in
/// another view a reader has put it there.
pub fn to_share(state: &State) -> State {
    let is_scene = state.page.view == View::Story && asking(state).is_none();
    let own = scene(scene_of(state)).reached_from(state);
    let gaze = if is_scene { own.gaze } else { state.gaze.clone() };
    State { gaze, ..state.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::link;
    use crate::story::{STEPS, completed};

    #[test]
    fn every_old_page_opens_the_scene_that_teaches_the_same() {
        let table =
            [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 1), (7, 4), (8, 5), (9, 6), (10, 5)];
        for (page, scene) in table {
            let link = format!("#/story?page={page}");
            let (state, problems) = link::read(&completed(&link));
            assert_eq!((scene_of(&state), problems.len()), (scene, 0), "{link}");
            let asked = asking(&state).map(super::super::step::Step::number);
            assert_eq!(asked, step(page).asks().then_some(page), "{link}");
        }
        assert_eq!(table.len(), STEPS.len());
    }

    #[test]
    fn a_scene_has_a_link_of_its_own() {
        for one in &SCENES {
            let state = one.reached_from(&State::default());
            let link = link::write(&state);
            assert_eq!(link::read(&completed(&link)).0, state, "{link}");
            assert_eq!(scene_of(&state), one.number());
            assert!(asking(&state).is_none());
        }
        assert_eq!(link::write(&SCENES[2].reached_from(&State::default())), "#/story?v=1&scene=3");
    }

    #[test]
    fn a_scene_is_shared_without_where_x_happens_to_be() {
        let shared = |link: &str| link::write(&to_share(&link::read(&completed(link)).0));
        assert_eq!(shared("#/story?v=1&scene=2&at=1.53"), "#/story?v=1&scene=2");
        assert_eq!(shared("#/story?at=1.53"), shared("#/story"));
        assert_eq!(shared("#/lab?at=1.5"), "#/lab?v=1&at=1.5");
        let asked = link::read(&completed("#/story?page=4")).0;
        let moved =
            State { gaze: crate::state::groups::Gaze { at: 90.0, ..asked.gaze.clone() }, ..asked };
        assert_eq!(to_share(&moved), moved);
    }

    #[test]
    fn it_is_short_before_something_is_done() {
        for one in &SCENES {
            let words = one.text.split_whitespace().count();
            assert!(words <= 45, "{:?}: {words} words", one.key);
        }
    }
}
