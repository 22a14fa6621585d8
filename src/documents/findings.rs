//! [`JudgedRecordings`]: recordings, and what they say of theories.

use std::cell::RefCell;
use std::rc::Rc;

use super::case::{Case, Chosen};
use super::memo::Memo;
use crate::evidence::{
    Compared, NAMED, NamedTheory, Predictor, RecordedOn, Recordings, Shipped, Tally, Theory,
    Verdict, compare, judge, judge_all, words,
};
use crate::state::number::short;
use crate::state::{Key, Patch};

/// What one theory with a name comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedFinding {
    /// The theory.
    pub named: &'static NamedTheory,
    /// Over the chosen recording; none where it has no such run.
    pub here: Option<Verdict>,
    /// Over all recordings that have the run.
    pub all: Tally,
}

impl NamedFinding {
    /// The patch that makes the theory a state's.
    pub fn patch(&self) -> Patch {
        let theory = self.named.theory;
        Patch::one(Key::Pairing, theory.pairing)
            .and(Key::Width, theory.width)
            .and(Key::Overflow, theory.overflow)
            .and(Key::Widening, theory.widening)
    }
}

/// What the recordings say of a [`Case`].
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Of what.
    pub case: Case,
    /// Every named theory, in the order of the page.
    pub named: Vec<NamedFinding>,
    /// The chosen theory over the chosen recording; none where it has no such run.
    pub here: Option<Verdict>,
    /// The chosen theory over all recordings that have the run.
    pub all: Tally,
    /// The chosen theory on the chosen output, code by code, ascending; empty where there is none.
    pub compared: Rc<Vec<Compared>>,
}

impl Findings {
    /// Points of the chosen output: those that the theory gets wrong, and all.
    pub fn on_output(&self) -> (usize, usize) {
        let count = |is_counted: fn(&Compared) -> bool| {
            let counted = self.compared.iter().filter(|one| is_counted(one));
            counted.map(|one| one.points).sum()
        };
        (count(|one| one.predicted != one.recorded), count(|_| true))
    }

    /// The first point of the chosen output that the theory gets wrong.
    pub fn first_on_output(&self) -> Option<&Compared> {
        self.compared.iter().find(|one| one.predicted != one.recorded)
    }

    /// The same in a sentence.
    pub fn told_first(&self, chosen: &Chosen<'_>) -> Option<String> {
        let one = self.first_on_output()?;
        let off = i64::from(one.predicted) - i64::from(one.recorded);
        Some(format!(
            "First wrong point here: code {}, x = {}. The theory says {}, the library gave {}: {} too {}.",
            one.code,
            short(chosen.input_at(one.code).into()),
            one.predicted,
            one.recorded,
            off.unsigned_abs(),
            if off < 0 { "low" } else { "high" }
        ))
    }

    /// What the theory is called: by its name, or as the reader's.
    pub fn called(&self) -> String {
        words::called(self.case.theory)
    }

    /// What the chosen recording says of it, as a sentence; `None` where it has no such run.
    pub fn told_here(&self) -> Option<String> {
        self.here.as_ref().map(|verdict| words::here(self.case.theory, verdict))
    }

    /// What all recordings say of it, as a sentence.
    pub fn told_everywhere(&self) -> String {
        words::everywhere(self.case.theory, &self.all)
    }

    /// What all recordings say of the named theories, as a sentence.
    pub fn told_of_named(&self) -> String {
        let tallies: Vec<_> = self.named.iter().map(|one| (one.named, one.all)).collect();
        words::overall(self.case.on, &tallies)
    }

    /// Why one recording alone proves little; empty where nothing is to be said.
    pub fn caution(&self) -> String {
        let exact = self.named.iter().find(|one| one.named.key == "exact");
        exact.map_or_else(String::new, |one| words::caution(&one.all))
    }
}

/// Recordings with what they say. Each answer is kept with exactly what it reads, so that a slider
/// of the output counts nothing anew.
#[derive(Debug)]
pub struct JudgedRecordings {
    recordings: Recordings,
    answers: RefCell<Answers>,
}

/// The last answers.
#[derive(Debug, Default)]
struct Answers {
    named: Memo<RecordedOn, Rc<Vec<Tally>>>,
    named_here: Memo<(Shipped, RecordedOn), Option<Rc<Vec<Verdict>>>>,
    all: Memo<(Theory, RecordedOn), Tally>,
    here: Memo<(Theory, Shipped, RecordedOn), Option<Verdict>>,
    compared: Memo<(Theory, Shipped, RecordedOn, usize), Rc<Vec<Compared>>>,
}

impl JudgedRecordings {
    /// Nothing is judged before it is asked for.
    pub fn new(recordings: Recordings) -> JudgedRecordings {
        JudgedRecordings { recordings, answers: RefCell::default() }
    }

    /// The recordings.
    pub fn recordings(&self) -> &Recordings {
        &self.recordings
    }

    /// What a case comes to; `None` where there is no such run.
    pub fn chosen(&self, case: Case) -> Option<Chosen<'_>> {
        case.within(&self.recordings)
    }

    /// What they say of a case.
    pub fn findings(&self, case: Case) -> Findings {
        let Case { recording, on, theory, .. } = case;
        let chosen = self.chosen(case);
        let tally =
            |theory| judge_all(Predictor::Theory(theory), &self.recordings.all, |run| on.is(run));
        let verdict = |theory| {
            let chosen = chosen.as_ref()?;
            let judged = (chosen.index, chosen.recorded);
            Some(judge(Predictor::Theory(theory), judged, chosen.run))
        };
        let mut answers = self.answers.borrow_mut();
        let all = answers
            .named
            .of(on, || Rc::new(NAMED.iter().map(|named| tally(named.theory)).collect()));
        let here = answers.named_here.of((recording, on), || {
            let verdicts: Option<Vec<_>> =
                NAMED.iter().map(|named| verdict(named.theory)).collect();
            verdicts.map(Rc::new)
        });
        let named = NAMED.iter().zip(all.iter()).enumerate().map(|(place, (named, all))| {
            NamedFinding { named, here: here.as_ref().map(|here| here[place]), all: *all }
        });
        // Most readers choose one with a name, which is judged already.
        let place = NAMED.iter().position(|named| named.theory == theory);
        // Outputs beyond the last are the last: they read the same.
        let output = chosen.as_ref().map_or(0, |chosen| chosen.output);
        Findings {
            case,
            named: named.collect(),
            here: match place {
                Some(place) => here.as_ref().map(|here| here[place]),
                None => answers.here.of((theory, recording, on), || verdict(theory)),
            },
            all: match place {
                Some(place) => all[place],
                None => answers.all.of((theory, on), || tally(theory)),
            },
            compared: answers.compared.of((theory, recording, on, output), || {
                Rc::new(chosen.as_ref().map_or_else(Vec::new, |chosen| {
                    let theory = Predictor::Theory(theory);
                    compare(theory, chosen.recorded, chosen.run, output)
                }))
            }),
        }
    }
}
