//! The Mersenne twister, as `torch.manual_seed` starts it.

const SIZE: usize = 624;
const SHIFT: usize = 397;

/// mt19937 of Matsumoto and Nishimura (1998), standard seeding and tempering.
///
/// PyTorch `ATen/core/MT19937RNGEngine.h`; `docs/arithmetic.md` section 9.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    state: [u32; SIZE],
    next: usize,
}

impl Mt19937 {
    /// The generator of a seed.
    pub fn new(seed: u32) -> Self {
        let mut state = [0; SIZE];
        let mut last = seed;
        for (place, word) in (0_u32..).zip(&mut state) {
            if place > 0 {
                last = 1_812_433_253_u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(place);
            }
            *word = last;
        }
        Mt19937 { state, next: SIZE }
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.next == SIZE {
            self.refill();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// The next 64 bits: two draws, the first one on top.
    pub fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.next_u32());
        high << 32 | u64::from(self.next_u32())
    }

    fn refill(&mut self) {
        for k in 0..SIZE {
            let (this, following) = (self.state[k], self.state[(k + 1) % SIZE]);
            let joined = (this & 0x8000_0000) | (following & 0x7fff_ffff);
            let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[k] = self.state[(k + SHIFT) % SIZE] ^ (joined >> 1) ^ twist;
        }
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_first_and_ten_thousandth_outputs() {
        // ISO C++ [rand.predef]: the 10000th output of the default seed 5489 is 4123659995.
        let mut generator = Mt19937::new(5489);
        assert_eq!(generator.next_u32(), 3_499_211_612);
        let last = (1..10_000).map(|_| generator.next_u32()).last();
        assert_eq!(last, Some(4_123_659_995));
    }
}
