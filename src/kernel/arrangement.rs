//! [`Arrangement`]: a row in the order in which products that share a lane are neighbours.

use std::borrow::Cow;

use crate::arith::Group;

/// Where each product of a row goes, so that a group's two stand at an even place and the one after
/// it. A product without a partner has a zero beside it, which changes no sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrangement {
    /// The k at each place, one beyond the row for a zero; `None` where the row stays as it is.
    ks: Option<Vec<usize>>,
    inputs: usize,
}

impl Arrangement {
    /// The row as it is.
    pub(super) const fn none(inputs: usize) -> Arrangement {
        Arrangement { ks: None, inputs }
    }

    /// Of rows of K products; `None` where a group has more than two.
    pub(super) fn of(group: Group, inputs: usize) -> Option<Arrangement> {
        if group == Group::NEIGHBOURS {
            return Some(Arrangement::none(inputs));
        }
        let mut ks = Vec::with_capacity(inputs);
        for mut group in group.of(inputs) {
            let pair = [group.next(), group.next()];
            if group.next().is_some() {
                return None;
            }
            ks.extend(pair.map(|k| k.unwrap_or(inputs)));
        }
        let is_as_it_was = ks.iter().take(inputs).copied().eq(0..inputs);
        Some(Arrangement { ks: (!is_as_it_was).then_some(ks), inputs })
    }

    /// Places of an arranged row: K, and at most 2·K.
    pub(super) fn length(&self) -> usize {
        self.ks.as_ref().map_or(self.inputs, Vec::len)
    }

    /// Whole rows of K, arranged.
    pub(super) fn rows<'a, T: Copy + Default>(&self, rows: &'a [T]) -> Cow<'a, [T]> {
        let Some(ks) = &self.ks else { return Cow::Borrowed(rows) };
        let place = |row: &[T], k: &usize| row.get(*k).copied().unwrap_or_default();
        let rows = rows.chunks(self.inputs.max(1));
        Cow::Owned(rows.flat_map(|row| ks.iter().map(move |k| place(row, k))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Blocks, Members};

    fn arranged(members: Members, blocks: Blocks, row: &[u8]) -> Option<Vec<u8>> {
        let arrangement = Arrangement::of(Group { members, blocks }, row.len())?;
        let rows = arrangement.rows(row).into_owned();
        assert_eq!(rows.len(), arrangement.length());
        Some(rows)
    }

    #[test]
    fn partners_are_neighbours_and_who_is_alone_has_a_zero() {
        let row: Vec<u8> = (1..=9).collect();
        let whole = |members| arranged(members, Blocks::Whole, &row);
        assert_eq!(whole(Members::Run(2)), Some(row.clone()));
        assert_eq!(
            whole(Members::Apart(8)).as_deref().map(|row| &row[..4]),
            Some(&[1, 9, 2, 0][..])
        );
        assert_eq!(whole(Members::Taps(3)), Some(vec![1, 4, 7, 2, 5, 8, 3, 6, 9, 0]));
        assert_eq!(whole(Members::Run(4)), None);
        let cut = arranged(Members::Run(2), Blocks::Every(3), &row);
        assert_eq!(cut, Some(vec![1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0]));
        // Even blocks leave a row as it is.
        assert_eq!(arranged(Members::Run(2), Blocks::Every(4), &row), Some(row.clone()));
        assert_eq!(arranged(Members::Apart(8), Blocks::Whole, &[]), Some(vec![]));
    }
}
