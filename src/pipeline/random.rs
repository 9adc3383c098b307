//! Chance that comes out the same every time: a generator with an explicit seed.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(super) fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// FNV-1a.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Dice that fall as their seed and name say, whatever was thrown elsewhere before.
pub struct Dice(u64);

impl Dice {
    /// The dice of this name.
    pub fn new(seed: u64, name: &str) -> Self {
        let mut state = seed ^ hash(name);
        Self(random(&mut state))
    }

    /// A number below `n`; 0 if that is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (random(&mut self.0) % n.max(1) as u64) as usize
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).cloned()
    }

    /// Puts these into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_and_seed_throw_the_same() {
        let throw = |seed, name| {
            let mut dice = Dice::new(seed, name);
            let mut items: Vec<u8> = (0..20).collect();
            dice.shuffle(&mut items);
            items
        };
        assert_eq!(throw(1, "a"), throw(1, "a"));
        assert_ne!(throw(1, "a"), throw(2, "a"));
        assert_ne!(throw(1, "a"), throw(1, "b"));
        let mut sorted = throw(1, "a");
        sorted.sort_unstable();
        assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        assert_eq!(Dice::new(1, "a").pick::<u8>(&[]), None);
    }
}
