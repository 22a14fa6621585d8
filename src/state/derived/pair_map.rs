//! [`PairMap`]: all 65,536 pairs of weights, and which of them are there.

use std::rc::Rc;

use super::Derived;
use crate::arith::{Lane, PairReach};
use crate::state::State;

/// The map of all pairs of weights, with the pairs of one output or of a whole tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct PairMap {
    /// What pairs can come to.
    pub reach: PairReach,
    /// The pairs of an output, in the order in which they are added.
    pub dots: Vec<MapDot>,
    /// How often each pair stands in a tensor: (w₀, w₁) at 256·(w₁ + 128) + w₀ + 128.
    pub density: Option<Rc<[u32]>>,
}

/// A pair of an output, or a weight that stands alone, with 0 for its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapDot {
    /// Its place among the pairs.
    pub pair: usize,
    /// The first k, and the second where there is one.
    pub ks: (usize, Option<usize>),
    /// The two weights.
    pub weights: [i8; 2],
}

impl PairMap {
    /// Of the pairs of a tensor on CPUs whose `vpmaddubsw` saturates: how often each stands there, as
    /// [`density`](Self::density) has it. `None` if these are not 65,536 counts.
    pub fn of_density(counts: Rc<[u32]>) -> Option<PairMap> {
        let is_whole = counts.len() == 1 << 16;
        let density = Some(counts).filter(|_| is_whole)?;
        Some(PairMap { reach: PairReach::PMADDUBSW, dots: Vec::new(), density: Some(density) })
    }

    /// How often a pair stands in the tensor, if there is one.
    pub fn count(&self, [first, second]: [i8; 2]) -> Option<u32> {
        // Two's complement with its sign bit turned goes up from −128.
        let place = |w: i8| usize::from(w.cast_unsigned() ^ 0x80);
        self.density.as_ref()?.get(256 * place(second) + place(first)).copied()
    }

    /// All pairs of the tensor, and those of them that are not safe.
    pub fn counted(&self) -> Option<[u64; 2]> {
        let density = self.density.as_ref()?;
        let all: u64 = density.iter().map(|&count| u64::from(count)).sum();
        let mut safe: u64 = 0;
        for (second, row) in (i8::MIN..=i8::MAX).zip(density.chunks(256)) {
            if let Some(run) = self.reach.safe_run(second) {
                let [from, to] = run.map(|w| usize::from(w.cast_unsigned() ^ 0x80));
                safe += row[from..=to].iter().map(|&count| u64::from(count)).sum::<u64>();
            }
        }
        Some([all, all - safe])
    }

    /// The dot nearest to a place of the map, and its distance in weights.
    pub fn nearest(&self, [first, second]: [f64; 2]) -> Option<(MapDot, f64)> {
        let distance = |dot: &MapDot| {
            let [w0, w1] = dot.weights.map(f64::from);
            (w0 - first).hypot(w1 - second)
        };
        let nearest = |a: &(MapDot, f64), b: &(MapDot, f64)| a.1.total_cmp(&b.1);
        self.dots.iter().map(|dot| (*dot, distance(dot))).min_by(nearest)
    }

    /// Whether the arithmetic is one of 16-bit pairs, or of products that are cut.
    pub fn has_bounds(&self) -> bool {
        self.reach.is_of_pairs()
    }

    /// Whether `vpmaddubsw` is drawn for comparison: nothing is lost in pairs here.
    pub fn compares(&self) -> bool {
        matches!(self.reach.lane(), Lane::Exact | Lane::HalfWeights)
    }
}

impl Derived {
    /// The map of all pairs of weights on the chosen engine, with those of the chosen output.
    pub fn pair_map(&self, state: &State) -> PairMap {
        let dots =
            self.pair_verdicts(state).into_iter().enumerate().map(|(pair, verdict)| MapDot {
                pair,
                ks: (verdict.first.0, verdict.second.map(|(k, _)| k)),
                weights: [verdict.first.1, verdict.second.map_or(0, |(_, weight)| weight)],
            });
        let reach = PairReach::new(self.cursor.engine, &self.layer);
        PairMap { reach, dots: dots.collect(), density: None }
    }
}
