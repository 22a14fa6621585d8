//! The lane operations on WebAssembly's 128-bit vectors: one instruction each.
//!
//! Only instructions of the fixed-width proposal are used: a relaxed one has several legal
//! answers, and this kernel's answer is exact.

use core::arch::wasm32 as wasm;
use core::arch::wasm32::v128;
use std::hint::black_box;

use super::Backend;
use super::lanes::{By, Lanes, Plane};

/// Lanes of a `v128`.
pub(super) struct Simd128;

impl Lanes for Simd128 {
    type Words = v128;
    type Sums = v128;
    const BACKEND: Backend = Backend::Simd128;

    #[inline(always)]
    fn load(plane: &Plane) -> v128 {
        // SAFETY: the reference covers the 16 bytes read; `v128.load` takes any alignment.
        unsafe { wasm::v128_load(plane.0.as_ptr().cast()) }
    }

    #[inline(always)]
    fn load_two(words: &[i16; 2]) -> v128 {
        // SAFETY: the reference covers the 4 bytes read; `v128.load32_splat` takes any alignment.
        unsafe { wasm::v128_load32_splat(words.as_ptr().cast()) }
    }

    #[inline(always)]
    fn load_four(words: &[i16; 4]) -> v128 {
        // SAFETY: the reference covers the 8 bytes read; `v128.load64_splat` takes any alignment.
        unsafe { wasm::v128_load64_splat(words.as_ptr().cast()) }
    }

    #[inline(always)]
    fn ones() -> v128 {
        black_box(wasm::i16x8_splat(1))
    }

    #[inline(always)]
    fn splat(value: i32) -> v128 {
        wasm::i32x4_splat(value)
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
    fn mul(a: v128, b: v128) -> v128 {
        wasm::i32x4_mul(a, b)
    }

    #[inline(always)]
    fn max(a: v128, b: v128) -> v128 {
        wasm::i32x4_max(a, b)
    }

    #[inline(always)]
    fn min(a: v128, b: v128) -> v128 {
        wasm::i32x4_min(a, b)
    }

    #[inline(always)]
    fn narrow(a: v128, b: v128) -> v128 {
        wasm::i16x8_narrow_i32x4(a, b)
    }

    #[inline(always)]
    fn transpose(a: v128, b: v128, c: v128, d: v128) -> [v128; 4] {
        let lower =
            [wasm::i32x4_shuffle::<0, 4, 1, 5>(a, b), wasm::i32x4_shuffle::<0, 4, 1, 5>(c, d)];
        let upper =
            [wasm::i32x4_shuffle::<2, 6, 3, 7>(a, b), wasm::i32x4_shuffle::<2, 6, 3, 7>(c, d)];
        [
            wasm::i64x2_shuffle::<0, 2>(lower[0], lower[1]),
            wasm::i64x2_shuffle::<1, 3>(lower[0], lower[1]),
            wasm::i64x2_shuffle::<0, 2>(upper[0], upper[1]),
            wasm::i64x2_shuffle::<1, 3>(upper[0], upper[1]),
        ]
    }

    #[inline(always)]
    fn add_to(out: &mut [i32; 4], sums: v128) {
        let out = out.as_mut_ptr().cast();
        // SAFETY: the reference covers the 16 bytes read and written; both take any alignment.
        unsafe { wasm::v128_store(out, wasm::i32x4_add(wasm::v128_load(out), sums)) };
    }

    #[inline(always)]
    fn widen([a, b, c, d]: [[u8; 4]; 4], by: By, is_signed: bool) -> (v128, v128) {
        let four = u32::from_le_bytes;
        let bytes = wasm::u32x4(four(a), four(b), four(c), four(d));
        let bytes = match by {
            By::Twos => wasm::i16x8_shuffle::<0, 2, 4, 6, 1, 3, 5, 7>(bytes, bytes),
            By::Fours => bytes,
        };
        if is_signed {
            (wasm::i16x8_extend_low_i8x16(bytes), wasm::i16x8_extend_high_i8x16(bytes))
        } else {
            (wasm::u16x8_extend_low_u8x16(bytes), wasm::u16x8_extend_high_u8x16(bytes))
        }
    }

    #[inline(always)]
    fn store(words: v128, plane: &mut Plane) {
        // SAFETY: the reference covers the 16 bytes written; `v128.store` takes any alignment.
        unsafe { wasm::v128_store(plane.0.as_mut_ptr().cast(), words) };
    }
}
