//! [`Extent`]: how far something lies from where it should, and on which side.

/// The largest distances below and above 0 of some differences, both 0 or more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// How far the lowest lies below 0.
    pub below: f64,
    /// How far the highest lies above 0.
    pub above: f64,
}

impl Extent {
    /// Of some differences; of none, nothing.
    pub fn of(differences: impl IntoIterator<Item = f64>) -> Extent {
        differences.into_iter().fold(Extent::default(), |most, value| Extent {
            below: most.below.max(-value),
            above: most.above.max(value),
        })
    }

    /// Whether there is no difference.
    pub fn is_none(self) -> bool {
        self == Extent::default()
    }

    /// The larger of the two distances.
    pub fn most(self) -> f64 {
        self.below.max(self.above)
    }
}
