//! The kernel's product by the relaxed dot products of WebAssembly: a module of under 2 kB, for
//! `tests/e2e/bench-kernel.mjs`. It is no part of the page or of the package, where a few milliseconds more are
//! not felt; it says what these instructions would give.
//!
//! ```text
//! cargo rustc --profile page --no-default-features --target wasm32-unknown-unknown --example kernel_relaxed \
//!     -- -C target-feature=+simd128,+relaxed-simd -C link-arg=--import-memory
//! ```
//!
//! The specification lets an environment choose one meaning of bytes from 128 on and of sums beyond 16 bits,
//! the same always. [`probe`] compares every code, weight and pair of extremes with what is wanted; only what it
//! says is exact, or clamped, may be used. The memory is imported: its user says where everything lies in it.
//!
//! Lines (rows of codes, outputs' weights) are packed as `src/kernel/pack.rs` does it, but as bytes:
//! `[lines / 4][K / 4][4 lines][4 bytes]`, a vector a step. K is a multiple of 4, rows of 4, outputs of 8.

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod module {
    use core::arch::wasm32::*;
    use core::hint::black_box;

    /// What the two instructions do here with codes from 128 on: bit 0, four products are summed exactly;
    /// bit 1, a pair saturates at 16 bits.
    #[unsafe(no_mangle)]
    pub extern "C" fn probe() -> u32 {
        let (mut exact, mut clamped) = (1, 2);
        let mut w = -128;
        while w < 128 {
            let mut x = 0;
            while x < 256 {
                // Partners that bring sums to both rails, over them, and back; the last is the weight's own.
                let others = [[0, 0], [127, 255], [-128, 255], [1, 255], [-1, 255], [w, x]];
                let mut at = 0;
                while at < 6 {
                    let [w1, x1] = others[at];
                    let word = |a: i32, b: i32| i16x8_splat((a & 255 | (b & 255) << 8) as i16);
                    let (weights, codes) = (black_box(word(w, w1)), black_box(word(x, x1)));
                    let sum = w * x + w1 * x1;
                    let four = i32x4_relaxed_dot_i8x16_i7x16_add(weights, codes, i32x4_splat(7));
                    if i32x4_extract_lane::<3>(four) != 2 * sum + 7 {
                        exact = 0;
                    }
                    let pair = i16x8_relaxed_dot_i8x16_i7x16(weights, codes);
                    let rail = if sum > 32_767 { 32_767 } else { sum };
                    let rail = if rail < -32_768 { -32_768 } else { rail };
                    if i32::from(i16x8_extract_lane::<7>(pair)) != rail {
                        clamped = 0;
                    }
                    at += 1;
                }
                x += 1;
            }
            w += 1;
        }
        exact | clamped
    }

    /// Packs lines of `inputs` bytes.
    ///
    /// # Safety
    /// `bytes` and `packed` have room for all of them, and do not overlap.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn pack(
        bytes: *const u32,
        lines: usize,
        inputs: usize,
        packed: *mut v128,
    ) {
        let quads = inputs / 4;
        let (mut line, mut to) = (0, packed);
        while line < lines {
            let mut quad = 0;
            while quad < quads {
                // SAFETY: of four lines that the caller says are there.
                unsafe {
                    let from = bytes.add(line * quads + quad);
                    let at = |line: usize| from.add(line * quads).read_unaligned();
                    v128_store(to, u32x4(at(0), at(1), at(2), at(3)));
                    to = to.add(1);
                }
                quad += 1;
            }
            line += 4;
        }
    }

    /// The step of a row: its sums with eight outputs.
    type Step = fn((v128, v128), v128, (v128, v128), v128) -> (v128, v128);

    /// All sums `[rows][outputs]` of packed codes and weights.
    #[inline(always)]
    unsafe fn product(
        codes: *const v128,
        weights: *const v128,
        [rows, outputs, inputs]: [usize; 3],
        mut out: *mut v128,
        step: Step,
    ) {
        // Eight ones that the compiler does not know: it would make one instruction of two, with another result.
        let (ones, steps) = (black_box(i16x8_splat(1)), inputs / 4);
        let (mut output, zero) = (0, (i32x4_splat(0), i32x4_splat(0)));
        while output < outputs {
            let mut row = 0;
            while row < rows {
                let (mut a, mut b, mut c, mut d) = (zero, zero, zero, zero);
                // SAFETY: the caller says that all of this is there.
                unsafe {
                    let mut codes = codes.add(row / 4 * steps).cast::<u32>();
                    let mut left = weights.add(output / 4 * steps);
                    let right_from = steps;
                    let end = left.add(steps);
                    while left != end {
                        let weights = (v128_load(left), v128_load(left.add(right_from)));
                        a = step(a, v128_load32_splat(codes), weights, ones);
                        b = step(b, v128_load32_splat(codes.add(1)), weights, ones);
                        c = step(c, v128_load32_splat(codes.add(2)), weights, ones);
                        d = step(d, v128_load32_splat(codes.add(3)), weights, ones);
                        (codes, left) = (codes.add(4), left.add(1));
                    }
                    let to = out.add(row * outputs / 4);
                    v128_store(to, a.0);
                    v128_store(to.add(1), a.1);
                    let to = to.add(outputs / 4);
                    v128_store(to, b.0);
                    v128_store(to.add(1), b.1);
                    let to = to.add(outputs / 4);
                    v128_store(to, c.0);
                    v128_store(to.add(1), c.1);
                    let to = to.add(outputs / 4);
                    v128_store(to, d.0);
                    v128_store(to.add(1), d.1);
                }
                row += 4;
            }
            output += 8;
            // SAFETY: as above.
            out = unsafe { out.add(2) };
        }
    }

    /// Exact sums, where [`probe`] says so.
    ///
    /// # Safety
    /// Codes and weights are packed, `out` has room for `rows · outputs` sums, and they do not overlap.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn exact(
        codes: *const v128,
        weights: *const v128,
        rows: usize,
        outputs: usize,
        inputs: usize,
        out: *mut v128,
    ) {
        #[inline(always)]
        fn step(sums: (v128, v128), x: v128, w: (v128, v128), _: v128) -> (v128, v128) {
            let add = |sums, w| i32x4_relaxed_dot_i8x16_i7x16_add(w, x, sums);
            (add(sums.0, w.0), add(sums.1, w.1))
        }
        // SAFETY: the caller says so.
        unsafe { product(codes, weights, [rows, outputs, inputs], out, step) }
    }

    /// Sums of pairs that saturate at 16 bits, where [`probe`] says so.
    ///
    /// # Safety
    /// As of [`exact`].
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn clamped(
        codes: *const v128,
        weights: *const v128,
        rows: usize,
        outputs: usize,
        inputs: usize,
        out: *mut v128,
    ) {
        #[inline(always)]
        fn step(sums: (v128, v128), x: v128, w: (v128, v128), ones: v128) -> (v128, v128) {
            let add = |sums, w| {
                i32x4_add(sums, i32x4_dot_i16x8(i16x8_relaxed_dot_i8x16_i7x16(w, x), ones))
            };
            (add(sums.0, w.0), add(sums.1, w.1))
        }
        // SAFETY: the caller says so.
        unsafe { product(codes, weights, [rows, outputs, inputs], out, step) }
    }
}
