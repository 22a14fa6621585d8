//! The lane operations on plain arrays: they run on every target, and are what the vector
//! backend is compared with in the browser.

use std::array::from_fn;

use super::Backend;
use super::lanes::{By, Lanes, Plane};

/// Lanes of plain arrays.
pub(super) struct Soft;

impl Lanes for Soft {
    type Words = [i16; 8];
    type Sums = [i32; 4];
    const BACKEND: Backend = Backend::Soft;

    #[inline(always)]
    fn load(plane: &Plane) -> Self::Words {
        plane.0
    }

    #[inline(always)]
    fn load_two(words: &[i16; 2]) -> Self::Words {
        from_fn(|lane| words[lane % 2])
    }

    #[inline(always)]
    fn load_four(words: &[i16; 4]) -> Self::Words {
        from_fn(|lane| words[lane % 4])
    }

    #[inline(always)]
    fn ones() -> Self::Words {
        [1; 8]
    }

    #[inline(always)]
    fn splat(value: i32) -> Self::Sums {
        [value; 4]
    }

    #[inline(always)]
    fn dot(a: Self::Words, b: Self::Words) -> Self::Sums {
        let product = |lane: usize| i32::from(a[lane]) * i32::from(b[lane]);
        // Wrapping as the instruction does: it matters for -32768 in all four lanes only.
        from_fn(|lane| product(2 * lane).wrapping_add(product(2 * lane + 1)))
    }

    #[inline(always)]
    fn add(a: Self::Sums, b: Self::Sums) -> Self::Sums {
        from_fn(|lane| a[lane].wrapping_add(b[lane]))
    }

    #[inline(always)]
    fn mul(a: Self::Sums, b: Self::Sums) -> Self::Sums {
        from_fn(|lane| a[lane].wrapping_mul(b[lane]))
    }

    #[inline(always)]
    fn max(a: Self::Sums, b: Self::Sums) -> Self::Sums {
        from_fn(|lane| a[lane].max(b[lane]))
    }

    #[inline(always)]
    fn min(a: Self::Sums, b: Self::Sums) -> Self::Sums {
        from_fn(|lane| a[lane].min(b[lane]))
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "it is clamped")]
    fn narrow(a: Self::Sums, b: Self::Sums) -> Self::Words {
        let word = |sum: i32| sum.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        from_fn(|lane| word(if lane < 4 { a[lane] } else { b[lane - 4] }))
    }

    #[inline(always)]
    fn transpose(a: Self::Sums, b: Self::Sums, c: Self::Sums, d: Self::Sums) -> [Self::Sums; 4] {
        from_fn(|lane| [a[lane], b[lane], c[lane], d[lane]])
    }

    #[inline(always)]
    fn add_to(out: &mut [i32; 4], sums: Self::Sums) {
        *out = Self::add(*out, sums);
    }

    #[inline(always)]
    fn widen(bytes: [[u8; 4]; 4], by: By, is_signed: bool) -> (Self::Words, Self::Words) {
        let half = |half: usize| {
            from_fn(|lane| {
                let byte = match by {
                    By::Twos => bytes[lane / 2][2 * half + lane % 2],
                    By::Fours => bytes[2 * half + lane / 4][lane % 4],
                };
                if is_signed { byte.cast_signed().into() } else { byte.into() }
            })
        };
        (half(0), half(1))
    }

    #[inline(always)]
    fn store(words: Self::Words, plane: &mut Plane) {
        plane.0 = words;
    }
}
