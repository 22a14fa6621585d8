//! PyTorch's CPU random numbers, to the bit.

use super::avx_math;
use super::float::fma;
use super::mt19937::Mt19937;

/// `2⁻²⁴`: float32 uniforms have 24 random bits.
const UNIT_F32: f32 = 1.0 / 16_777_216.0;
/// `2⁻⁵³`: doubles have 53.
const UNIT_F64: f64 = 1.0 / 9_007_199_254_740_992.0;
/// Normal numbers are made in blocks of this size; fewer are made one by one.
const BLOCK: usize = 16;
const HALF: usize = BLOCK / 2;

/// The default CPU generator after `torch.manual_seed(seed)`.
///
/// As PyTorch's AVX2 build draws (any x86 CPU since 2013; equal in 1.13.1 and 2.5.1).
/// `ATen/native/cpu/DistributionTemplates.h`, `ATen/core/TransformationHelper.h`;
/// `docs/arithmetic.md` section 9.
#[derive(Clone, Debug)]
pub struct TorchRng {
    generator: Mt19937,
    /// The second value of the last Box-Muller step of a small [`randn`](Self::randn).
    spare_normal: Option<f64>,
}

impl TorchRng {
    /// `torch.manual_seed(seed)`: the generator takes the low 32 bits.
    #[expect(clippy::cast_possible_truncation, reason = "the truncation is PyTorch's")]
    pub fn new(seed: u64) -> Self {
        TorchRng { generator: Mt19937::new(seed as u32), spare_normal: None }
    }

    /// One value of `torch.randint(2**31)`-like draws: 31 random bits
    /// (`tensor.random_()` of an int32 tensor).
    #[expect(clippy::cast_possible_wrap, reason = "31 bits")]
    pub fn random_int32(&mut self) -> i32 {
        (self.generator.next_u32() & 0x7fff_ffff) as i32
    }

    /// `n` uniform values in [a, b): `tensor.uniform_(a, b)`; `torch.rand` for 0 and 1.
    pub fn uniform(&mut self, n: usize, a: f64, b: f64) -> Vec<f32> {
        #[expect(clippy::cast_possible_truncation, reason = "PyTorch casts the bounds first")]
        let (a, b) = (a as f32, b as f32);
        (0..n).map(|_| fma(self.unit(), b - a, a)).collect()
    }

    /// `torch.randn(n)`: `n` normal values of mean 0 and deviation 1.
    ///
    /// Fewer than 16 come from a Box-Muller step in double that keeps its second value for the
    /// next small call. 16 or more come in blocks from float32 polynomials; if `n` is no multiple
    /// of 16, the last 16 values are drawn and made anew.
    pub fn randn(&mut self, n: usize) -> Vec<f32> {
        if n < BLOCK {
            return (0..n).map(|_| self.normal()).collect();
        }
        let mut values: Vec<f32> = (0..n).map(|_| self.unit()).collect();
        let (blocks, rest) = values.as_chunks_mut::<BLOCK>();
        for block in blocks {
            normal_block(block);
        }
        if !rest.is_empty() {
            let mut last = [0.0; BLOCK];
            last.fill_with(|| self.unit());
            normal_block(&mut last);
            values[n - BLOCK..].copy_from_slice(&last);
        }
        values
    }

    /// The weights of `nn.Linear(inputs, outputs)`, `[outputs][inputs]`: `kaiming_uniform_` with
    /// a = √5.
    pub fn linear_weight(&mut self, inputs: usize, outputs: usize) -> Vec<f32> {
        let root = 5.0_f64.sqrt();
        let gain = (2.0 / (1.0 + root * root)).sqrt();
        let bound = 3.0_f64.sqrt() * (gain / (inputs as f64).sqrt());
        self.uniform(inputs * outputs, -bound, bound)
    }

    /// The bias of `nn.Linear(inputs, outputs)`, drawn after its weights.
    pub fn linear_bias(&mut self, inputs: usize, outputs: usize) -> Vec<f32> {
        let bound = 1.0 / (inputs as f64).sqrt();
        self.uniform(outputs, -bound, bound)
    }

    /// A float32 in [0, 1).
    fn unit(&mut self) -> f32 {
        // 24 bits: exact.
        (self.generator.next_u32() & 0x00ff_ffff) as f32 * UNIT_F32
    }

    /// A double in [0, 1).
    fn unit_f64(&mut self) -> f64 {
        // 53 bits: exact.
        (self.generator.next_u64() & ((1 << 53) - 1)) as f64 * UNIT_F64
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "drawn in double and rounded, as PyTorch does"
    )]
    fn normal(&mut self) -> f32 {
        if let Some(spare) = self.spare_normal.take() {
            return spare as f32;
        }
        let (u1, u2) = (self.unit_f64(), self.unit_f64());
        let radius = (-2.0 * libm::log1p(-u2)).sqrt();
        let angle = 2.0 * std::f64::consts::PI * u1;
        self.spare_normal = Some(radius * libm::sin(angle));
        (radius * libm::cos(angle)) as f32
    }
}

/// Sixteen uniforms to sixteen normals, in place.
fn normal_block(block: &mut [f32; BLOCK]) {
    for j in 0..HALF {
        let radius = (-2.0 * avx_math::log(1.0 - block[j])).sqrt();
        let (sin, cos) = avx_math::sin_cos(std::f32::consts::TAU * block[j + HALF]);
        block[j] = radius * cos;
        block[j + HALF] = radius * sin;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_randn_leaves_the_spare_value_alone() {
        let mut rng = TorchRng::new(1);
        let mut other = rng.clone();
        rng.randn(1);
        other.randn(1);
        let spare = other.randn(1);
        rng.randn(20);
        assert_eq!(rng.randn(1), spare);
    }

    #[test]
    fn a_seed_counts_by_its_low_bits() {
        let draw = |seed| TorchRng::new(seed).uniform(3, 0.0, 1.0);
        assert_eq!(draw(7), draw(7 + (1 << 32)));
        assert_ne!(draw(7), draw(8));
    }
}
