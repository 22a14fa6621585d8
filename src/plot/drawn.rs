//! [`Drawn`]: which marks of the large figure are there to be explained.

use super::curves::Curves;
use super::figures::{Pointing, backdrop};
use super::scene::{Mark, Role};
use crate::state::{Derived, State};

/// What of the figure's backdrop and of its bold curve is seen in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The bold curve where its accumulator is not exact.
    pub saturated: bool,
    /// The calibrated range.
    pub calibrated: bool,
    /// The codes above 128.
    pub half: bool,
    /// An end of the input codes.
    pub input_clamp: bool,
    /// An end of the output codes.
    pub output_clamp: bool,
}

/// What of a state's figure is seen.
pub fn drawn(state: &State, derived: &Derived) -> Drawn {
    let curves = Curves::new(state, derived);
    let view = derived.chosen(state);
    let y = curves.axis(view);
    let mut drawn = Drawn { saturated: curves.is_saturated(view), ..Drawn::default() };
    for mark in backdrop(state, derived, Pointing::default()) {
        match mark {
            Mark::Band { role: Role::Calibrated, .. } => drawn.calibrated = true,
            Mark::TopBar { role: Role::Half, .. } => drawn.half = true,
            Mark::Vertical { role: Role::Clamped, .. } => drawn.input_clamp = true,
            Mark::Horizontal { y: at, role: Role::Clamped, .. } => {
                drawn.output_clamp |= (y.min..=y.max).contains(&at);
            }
            _ => {}
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::super::ramp_scene;
    use super::*;
    use crate::state::{Deriver, link};

    #[test]
    fn what_is_explained_is_in_the_scene_and_the_other_way_round() {
        let mut seen = Drawn::default();
        let mut missed = 0;
        for window in ["", "&zoom_from=-1&zoom_to=0.5", "&from=3.5&to=9", "&from=20&to=30"] {
            for plot in ["", "&plot=accumulator", "&engine=qnnpack", "&direction=vector&dir=0:2"] {
                let link = format!("#/lab?output=2{window}{plot}");
                let (state, problems) = link::read(&link);
                assert_eq!(problems, [], "{link}");
                let derived = Deriver::default().derive(&state);
                let scene = ramp_scene(&state, &derived, Pointing::default(), 800.0);
                let frame = &scene.frames[0];
                let has = |is: &dyn Fn(&Mark) -> bool| frame.marks.iter().any(is);
                let wanted = Drawn {
                    saturated: has(&|mark| {
                        matches!(mark, Mark::Curve { role: Role::Saturated, .. })
                    }),
                    calibrated: has(&|mark| {
                        matches!(mark, Mark::Band { role: Role::Calibrated, .. })
                    }),
                    half: has(&|mark| matches!(mark, Mark::TopBar { role: Role::Half, .. })),
                    input_clamp: has(&|mark| {
                        matches!(mark, Mark::Vertical { role: Role::Clamped, .. })
                    }),
                    output_clamp: has(&|mark| {
                        matches!(mark, Mark::Horizontal { y, role: Role::Clamped, .. }
                            if (frame.y.min..=frame.y.max).contains(y))
                    }),
                };
                let found = drawn(&state, &derived);
                assert_eq!(found, wanted, "{link}");
                seen = Drawn {
                    saturated: seen.saturated || found.saturated,
                    calibrated: seen.calibrated || found.calibrated,
                    half: seen.half || found.half,
                    input_clamp: seen.input_clamp || found.input_clamp,
                    output_clamp: seen.output_clamp || found.output_clamp,
                };
                missed += usize::from(!found.saturated) + usize::from(!found.calibrated);
            }
        }
        let all = Drawn {
            saturated: true,
            calibrated: true,
            half: true,
            input_clamp: true,
            output_clamp: true,
        };
        assert_eq!(seen, all);
        assert!(missed > 8, "{missed}");
    }
}
