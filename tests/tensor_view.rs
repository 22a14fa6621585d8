//! Values at strides come in C order, block by block, whatever lies between them.

mod properties;

use std::rc::Rc;

use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::tensor::{Bytes, ErrorKind, MOST_BLOCK, Source, SourceError, Span, View};

/// A source of so many bytes, each of which follows from its place.
struct Pattern(u64);

fn byte(at: u64) -> u8 {
    let mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (at >> 7);
    (mixed >> 32).to_le_bytes()[0]
}

impl Source for Pattern {
    fn size(&self) -> u64 {
        self.0
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        assert!(offset + into.len() as u64 <= self.0, "nothing beyond the end is asked for");
        assert!(into.len() <= 4 << 20, "{} bytes at once", into.len());
        into.iter_mut().zip(offset..).for_each(|(into, at)| *into = byte(at));
        Ok(())
    }
}

fn pattern(size: u64) -> Bytes {
    Bytes::Stored(Span::whole(Rc::new(Pattern(size))))
}

/// The bytes of a view by its definition.
fn by_definition(start: u64, shape: &[u64], strides: &[u64], item: u64, swap: bool) -> Vec<u8> {
    let mut places = vec![start];
    for (&size, &stride) in shape.iter().zip(strides) {
        let along = |place: &u64| (0..size).map(|index| place + index * stride).collect::<Vec<_>>();
        places = places.iter().flat_map(along).collect();
    }
    let value = |place: u64| {
        let bytes = (0..item).map(move |index| byte(place * item + index));
        if swap { bytes.rev().collect() } else { bytes.collect::<Vec<u8>>() }
    };
    places.into_iter().flat_map(value).collect()
}

/// All bytes of a view, whose blocks follow each other.
fn all(view: &View, item: usize) -> Vec<u8> {
    let mut all = Vec::new();
    let walked = view.blocks(&mut |block| {
        assert_eq!(block.first * item as u64, all.len() as u64);
        assert!(block.bytes.len() <= MOST_BLOCK);
        all.extend_from_slice(block.bytes);
        Ok(())
    });
    walked.expect("all bytes are there");
    all
}

#[test]
fn small_views_are_their_definition() {
    let axis = (0_u64..6, 0_u64..40);
    let views = (vec(axis, 0..5), 0_u64..50, 0_usize..4, any::<bool>());
    holds(2000, views, |(axes, start, size, swap)| {
        let (shape, strides): (Vec<u64>, Vec<u64>) = axes.into_iter().unzip();
        let item = [1, 2, 4, 8][size];
        let reach: u64 = shape.iter().zip(&strides).map(|(n, s)| n.saturating_sub(1) * s).sum();
        let needs = (start + reach + 1) * item as u64;
        let make = |bytes| View::strided(pattern(bytes), start, &shape, &strides, item, swap);
        let view = make(needs).expect("it fits");
        let expected = by_definition(start, &shape, &strides, item as u64, swap);
        prop_assert_eq!(all(&view, item), expected.clone());
        // One byte less is seen at once.
        if !expected.is_empty() {
            let refused = matches!(
                make(needs - 1).map_err(|error| error.kind().clone()),
                Err(ErrorKind::Truncated { .. })
            );
            prop_assert!(refused);
        }
        // Other axes, and back.
        let order: Vec<usize> = (0..shape.len()).rev().collect();
        let turned = view.permuted(&order).expect("an order of all axes");
        let turn = |sizes: &[u64]| sizes.iter().rev().copied().collect::<Vec<_>>();
        let turned_expected =
            by_definition(start, &turn(&shape), &turn(&strides), item as u64, swap);
        prop_assert_eq!(all(&turned, item), turned_expected);
        prop_assert_eq!(turned.permuted(&order).expect("an order").identity(), view.identity());
        Ok(())
    });
}

/// More than a block and more than is read at once: matrices by columns, stacks of them, rows longer
/// than a block, values that are repeated, and a few far apart.
#[test]
fn large_views_are_their_definition() {
    let rows = (MOST_BLOCK as u64 / 2) + 1001;
    for (shape, strides) in [
        (vec![1500, 1401], vec![1, 1500]),
        (vec![3, 700, 900], vec![1, 900 * 3, 3]),
        (vec![2, rows], vec![rows, 1]),
        (vec![2, rows], vec![1, 2]),
        (vec![40_000, 50], vec![0, 1]),
        (vec![50, 40_000], vec![1, 0]),
        (vec![9, 9, 9], vec![2_000_000, 150_000, 1_000]),
    ] {
        for item in [1, 2, 8] {
            let reach: u64 = shape.iter().zip(&strides).map(|(n, s)| (n - 1) * s).sum();
            let bytes = pattern((reach + 1) * item as u64);
            let view = View::strided(bytes, 0, &shape, &strides, item, false).expect("it fits");
            let expected = by_definition(0, &shape, &strides, item as u64, false);
            assert!(all(&view, item) == expected, "{shape:?} {strides:?} {item}");
        }
    }
}

#[test]
fn shapes_that_lie_are_refused_before_anything_is_read() {
    let make = |shape: &[u64]| View::in_c_order(pattern(1 << 20), shape, 4, false);
    assert!(matches!(
        make(&[1 << 40, 1 << 40]).map_err(|error| error.kind().clone()),
        Err(ErrorKind::HeaderLies { .. })
    ));
    assert!(matches!(
        make(&[1 << 62, 1]).map_err(|error| error.kind().clone()),
        Err(ErrorKind::HeaderLies { .. })
    ));
    assert!(matches!(
        make(&[1 << 20]).map_err(|error| error.kind().clone()),
        Err(ErrorKind::Truncated { .. })
    ));
    assert!(matches!(
        make(&[1; 65]).map_err(|error| error.kind().clone()),
        Err(ErrorKind::HeaderInvalid { .. })
    ));
    assert!(make(&[1 << 18]).is_ok() && make(&[0, 1 << 60]).is_ok());
}
