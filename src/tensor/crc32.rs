//! [`Crc32`]: the check sum of zips.
//!
//! CRC-32 of ISO-HDLC, as PKWARE's APPNOTE.TXT 4.4.7 has it. Its tables are computed: those of a crate are 16 kB
//! of the audit's module, which pack not at all.

/// The polynomial, its highest power in the lowest bit.
const POLYNOMIAL: u32 = 0xedb8_8320;
/// Bytes at once: a table each.
const AT_ONCE: usize = 8;

/// A check sum as bytes come.
pub struct Crc32 {
    /// What becomes of a byte with so many behind it.
    tables: Box<[[u32; 256]; AT_ONCE]>,
    sum: u32,
}

impl Crc32 {
    /// Of no byte.
    pub fn new() -> Crc32 {
        let mut tables = Box::new([[0; 256]; AT_ONCE]);
        for (byte, entry) in (0_u32..).zip(&mut tables[0]) {
            let shift = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 };
            *entry = (0..8).fold(byte, shift);
        }
        for table in 1..AT_ONCE {
            for byte in 0..256 {
                let before = tables[table - 1][byte];
                tables[table][byte] = (before >> 8) ^ tables[0][low(before)];
            }
        }
        Crc32 { tables, sum: u32::MAX }
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let tables = &*self.tables;
        let (groups, rest) = bytes.as_chunks::<AT_ONCE>();
        for &[a, b, c, d, e, f, g, h] in groups {
            let [a, b, c, d] = (self.sum ^ u32::from_le_bytes([a, b, c, d])).to_le_bytes();
            let first = tables[7][usize::from(a)]
                ^ tables[6][usize::from(b)]
                ^ tables[5][usize::from(c)]
                ^ tables[4][usize::from(d)];
            let second = tables[3][usize::from(e)]
                ^ tables[2][usize::from(f)]
                ^ tables[1][usize::from(g)]
                ^ tables[0][usize::from(h)];
            self.sum = first ^ second;
        }
        for &byte in rest {
            self.sum = (self.sum >> 8) ^ tables[0][low(self.sum ^ u32::from(byte))];
        }
    }

    /// The sum.
    pub fn finish(&self) -> u32 {
        !self.sum
    }
}

/// The place of a sum's lowest byte.
fn low(sum: u32) -> usize {
    usize::from(sum.to_le_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&[u8]]) -> u32 {
        let mut sum = Crc32::new();
        parts.iter().for_each(|part| sum.update(part));
        sum.finish()
    }

    #[test]
    fn known_sums() {
        assert_eq!(of(&[]), 0);
        assert_eq!(of(&[b"123456789"]), 0xcbf4_3926);
        assert_eq!(of(&[b"The quick brown fox jumps over the lazy dog"]), 0x414f_a339);
        assert_eq!(of(&[&[0; 32]]), 0x190a_55ad);
    }

    #[test]
    fn pieces_of_any_length_give_the_sum_of_all_bit_by_bit() {
        let bytes: Vec<u8> =
            (0..1000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let mut slow = u32::MAX;
        for byte in &bytes {
            slow ^= u32::from(*byte);
            for _ in 0..8 {
                slow = if slow & 1 == 1 { (slow >> 1) ^ POLYNOMIAL } else { slow >> 1 };
            }
        }
        for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
            assert_eq!(of(&[&bytes[..cut], &bytes[cut..]]), !slow, "{cut}");
        }
    }
}
