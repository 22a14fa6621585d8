//! [`Codes`]: a row of 8-bit codes as a library holds them.

/// Bytes, and whether a library reads them as signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codes<'a> {
    /// One byte a code; of a signed one its two's complement.
    pub bytes: &'a [u8],
    /// Whether they are s8 (-128..=127), not u8 (0..=255).
    pub signed: bool,
}

impl<'a> Codes<'a> {
    /// Unsigned codes.
    pub fn u8(bytes: &'a [u8]) -> Self {
        Codes { bytes, signed: false }
    }

    /// Signed codes.
    pub fn s8(bytes: &'a [u8]) -> Self {
        Codes { bytes, signed: true }
    }

    /// The codes.
    pub fn values(self) -> impl Iterator<Item = i32> + 'a {
        self.bytes.iter().map(move |&byte| match self.signed {
            true => byte.cast_signed().into(),
            false => byte.into(),
        })
    }

    /// Their sum, in wrapping int32.
    pub fn sum(self) -> i32 {
        self.values().fold(0, i32::wrapping_add)
    }

    /// Σ left·right in wrapping int32, nothing lost on the way.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn dot(self, right: Codes) -> i32 {
        assert_eq!(self.bytes.len(), right.bytes.len(), "as many codes on both sides");
        self.values().zip(right.values()).fold(0, |sum, (a, b)| sum.wrapping_add(a * b))
    }

    /// The bytes read as signed.
    pub fn signed_bytes(self) -> Vec<i8> {
        self.bytes.iter().map(|byte| byte.cast_signed()).collect()
    }

    /// The bytes of the codes 128 higher or lower, which is the same bit flipped: of s8 codes the u8
    /// ones, of u8 codes the s8 ones.
    pub fn shifted_bytes(self) -> Vec<u8> {
        self.bytes.iter().map(|byte| byte ^ 0x80).collect()
    }
}

/// Σ(a - a_zp)·(b - b_zp) from Σa·b: `product - a_zp·Σb - b_zp·Σa + K·a_zp·b_zp`, in wrapping int32.
pub fn take_zero_points_off(product: i32, left: Codes, right: Codes, zero_points: [i32; 2]) -> i32 {
    let [a, b] = zero_points;
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "it wraps")]
    let count = left.bytes.len() as i32;
    product
        .wrapping_sub(a.wrapping_mul(right.sum()))
        .wrapping_sub(b.wrapping_mul(left.sum()))
        .wrapping_add(count.wrapping_mul(a).wrapping_mul(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_two_codes() {
        let bytes = [0, 127, 128, 255];
        assert_eq!(Codes::u8(&bytes).values().collect::<Vec<_>>(), [0, 127, 128, 255]);
        assert_eq!(Codes::s8(&bytes).values().collect::<Vec<_>>(), [0, 127, -128, -1]);
        assert_eq!(Codes::s8(&bytes).shifted_bytes(), [128, 255, 0, 127]);
        assert_eq!(Codes::u8(&bytes).dot(Codes::s8(&bytes)), 127 * 127 - 128 * 128 - 255);
    }

    #[test]
    fn zero_points_are_those_of_the_codes() {
        let (a, b) = ([3, 200, 17], [250, 128, 5]);
        let (left, right) = (Codes::u8(&a), Codes::s8(&b));
        let centred: i32 = left.values().zip(right.values()).map(|(a, b)| (a - 77) * (b + 9)).sum();
        assert_eq!(take_zero_points_off(left.dot(right), left, right, [77, -9]), centred);
    }
}
