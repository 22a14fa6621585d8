//! The lane operations on WebAssembly's 128-bit vectors: one instruction each.
//!
//! Only instructions of the fixed-width proposal are used: a relaxed one has several legal
//! answers, and this kernel's answer is exact.

use core::arch::wasm32 as wasm;
use core::arch::wasm32::v128;

use super::Backend;
use super::lanes::{Lanes, Plane, STEP};

/// Lanes of a `v128`.
pub(super) struct Simd128;

#[inline(always)]
fn load(codes: &[u8; STEP]) -> v128 {
    // SAFETY: the reference covers the 16 bytes read; `v128.load` takes any alignment.
    unsafe { wasm::v128_load(codes.as_ptr().cast()) }
}

impl Lanes for Simd128 {
    type Words = v128;
    type Sums = v128;
    const BACKEND: Backend = Backend::Simd128;

    #[inline(always)]
    fn split_codes(codes: &[u8; STEP]) -> (v128, v128) {
        let bytes = load(codes);
        // Lanes are little-endian: the even place is the low byte of an i16.
        (wasm::v128_and(bytes, wasm::i16x8_splat(0x00ff)), wasm::u16x8_shr(bytes, 8))
    }

    #[inline(always)]
    fn split_signed(codes: &[u8; STEP]) -> (v128, v128) {
        let bytes = load(codes);
        (wasm::i16x8_shr(wasm::i16x8_shl(bytes, 8), 8), wasm::i16x8_shr(bytes, 8))
    }

    #[inline(always)]
    fn load(plane: &Plane) -> v128 {
        // SAFETY: the reference covers the 8 × 2 bytes read; `v128.load` takes any alignment.
        unsafe { wasm::v128_load(plane.0.as_ptr().cast()) }
    }

    #[inline(always)]
    fn zero() -> v128 {
        wasm::i32x4_splat(0)
    }

    #[inline(always)]
    fn mul(a: v128, b: v128) -> v128 {
        wasm::i16x8_mul(a, b)
    }

    #[inline(always)]
    fn add_sat(a: v128, b: v128) -> v128 {
        wasm::i16x8_add_sat(a, b)
    }

    #[inline(always)]
    fn add_wrap(a: v128, b: v128) -> v128 {
        wasm::i16x8_add(a, b)
    }

    #[inline(always)]
    fn widen_pairs(a: v128) -> v128 {
        wasm::i32x4_extadd_pairwise_i16x8(a)
    }

    #[inline(always)]
    fn dot(a: v128, b: v128) -> v128 {
        wasm::i32x4_dot_i16x8(a, b)
    }

    #[inline(always)]
    fn add(a: v128, b: v128) -> v128 {
        wasm::i32x4_add(a, b)
    }

    #[inline(always)]
    fn total(a: v128) -> i32 {
        let halves = wasm::i32x4_add(a, wasm::i32x4_shuffle::<2, 3, 0, 1>(a, a));
        let all = wasm::i32x4_add(halves, wasm::i32x4_shuffle::<1, 0, 3, 2>(halves, halves));
        wasm::i32x4_extract_lane::<0>(all)
    }
}
