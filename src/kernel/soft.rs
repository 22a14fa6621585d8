//! The lane operations on plain arrays: they run on every target, and are what the vector
//! backend is compared with in the browser.

use super::Backend;
use super::lanes::{HALF, Lanes, Plane, STEP};

/// Lanes of plain arrays.
pub(super) struct Soft;

impl Lanes for Soft {
    type Words = [i16; HALF];
    type Sums = [i32; 4];
    const BACKEND: Backend = Backend::Soft;

    #[inline(always)]
    fn split_codes(codes: &[u8; STEP]) -> (Self::Words, Self::Words) {
        (
            std::array::from_fn(|lane| i16::from(codes[2 * lane])),
            std::array::from_fn(|lane| i16::from(codes[2 * lane + 1])),
        )
    }

    #[inline(always)]
    fn split_signed(codes: &[u8; STEP]) -> (Self::Words, Self::Words) {
        (
            std::array::from_fn(|lane| i16::from(codes[2 * lane].cast_signed())),
            std::array::from_fn(|lane| i16::from(codes[2 * lane + 1].cast_signed())),
        )
    }

    #[inline(always)]
    fn load(plane: &Plane) -> Self::Words {
        plane.0
    }

    #[inline(always)]
    fn zero() -> Self::Sums {
        [0; 4]
    }

    #[inline(always)]
    fn mul(a: Self::Words, b: Self::Words) -> Self::Words {
        std::array::from_fn(|lane| a[lane].wrapping_mul(b[lane]))
    }

    #[inline(always)]
    fn add_sat(a: Self::Words, b: Self::Words) -> Self::Words {
        std::array::from_fn(|lane| a[lane].saturating_add(b[lane]))
    }

    #[inline(always)]
    fn add_wrap(a: Self::Words, b: Self::Words) -> Self::Words {
        std::array::from_fn(|lane| a[lane].wrapping_add(b[lane]))
    }

    #[inline(always)]
    fn widen_pairs(a: Self::Words) -> Self::Sums {
        std::array::from_fn(|lane| i32::from(a[2 * lane]) + i32::from(a[2 * lane + 1]))
    }

    #[inline(always)]
    fn dot(a: Self::Words, b: Self::Words) -> Self::Sums {
        let product = |lane: usize| i32::from(a[lane]) * i32::from(b[lane]);
        // Wrapping as the instruction does: it matters for -32768 in all four lanes only.
        std::array::from_fn(|lane| product(2 * lane).wrapping_add(product(2 * lane + 1)))
    }

    #[inline(always)]
    fn add(a: Self::Sums, b: Self::Sums) -> Self::Sums {
        std::array::from_fn(|lane| a[lane].wrapping_add(b[lane]))
    }

    #[inline(always)]
    fn total(a: Self::Sums) -> i32 {
        a.into_iter().fold(0, i32::wrapping_add)
    }
}
