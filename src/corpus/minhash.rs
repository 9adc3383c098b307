//! How alike two texts are, told by a few bytes of each: MinHash (Broder 1997) over shingles of characters.
//!
//! Of 64 random orders of all shingles a signature keeps, for each, the text's first, in 16 bits. Two signatures agree in as
//! many of them as the sets of shingles overlap (Jaccard), give or take 0.06. No crate that is kept up does this with less
//! than four times the memory; it is forty lines.

use crate::text::key;

/// How many values a signature has.
pub const VALUES: usize = 64;

/// A text's signature: 128 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u16; VALUES]);

/// What makes the orders: a number to flip bits by, and an odd one to multiply with.
const ORDERS: [(u32, u32); VALUES] = orders();

impl Signature {
    /// The signature of a text of which letters and digits count, in NFKC and lower case, over all `width` of them in a row;
    /// `None` for a text without any. A shorter text is one shingle.
    pub fn of(text: &str, width: usize) -> Option<Self> {
        Self::of_key(&key::alphanumeric(text), width)
    }

    /// The same of a text of which nothing but that is left.
    pub(super) fn of_key(key: &str, width: usize) -> Option<Self> {
        let chars: Vec<char> = key.chars().collect();
        if chars.is_empty() {
            return None;
        }
        let mut first = [u32::MAX; VALUES];
        for shingle in chars.windows(width.clamp(1, chars.len())) {
            let hash = hash(shingle);
            for (least, (flip, factor)) in first.iter_mut().zip(ORDERS) {
                *least = (*least).min((hash ^ flip).wrapping_mul(factor));
            }
        }
        // The least of many numbers begins with zeros: its bits are mixed before half of them go.
        Some(Self(first.map(|n| (n.wrapping_mul(0x9E37_79B1) >> 16) as u16)))
    }

    /// In how many of the [`VALUES`] two signatures agree.
    pub fn agreement(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }

    /// Its values.
    pub(super) fn values(&self) -> &[u16; VALUES] {
        &self.0
    }
}

fn hash(shingle: &[char]) -> u32 {
    let sum = shingle.iter().fold(0u64, |hash, &c| {
        (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517C_C1B7_2722_0A95)
    });
    (mixed(sum) >> 32) as u32
}

/// The end of SplitMix64 (Steele, Lea and Flood 2014).
const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const fn orders() -> [(u32, u32); VALUES] {
    let mut orders = [(0, 0); VALUES];
    let mut i = 0;
    while i < VALUES {
        let random = mixed(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(i as u64 + 1));
        orders[i] = (random as u32, (random >> 32) as u32 | 1);
        i += 1;
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn jaccard(a: &str, b: &str, width: usize) -> f64 {
        let shingles = |text: &str| -> BTreeSet<Vec<char>> {
            let chars: Vec<char> = key::alphanumeric(text).chars().collect();
            chars.windows(width.min(chars.len())).map(<[char]>::to_vec).collect()
        };
        let (a, b) = (shingles(a), shingles(b));
        a.intersection(&b).count() as f64 / a.union(&b).count() as f64
    }

    #[test]
    fn layout_does_not_count_and_nothing_has_no_signature() {
        assert_eq!(Signature::of("ＣＶＥ－２０３１ 漏洞。", 3), Signature::of("cve2031漏洞", 3));
        assert_eq!(Signature::of("……", 3), None);
        assert!(Signature::of("洞", 3).is_some());
    }

    #[test]
    fn it_is_the_same_on_every_machine() {
        let values = *Signature::of("攻击者窃取了数据", 3).unwrap().values();
        let sum = values.iter().fold(0u64, |sum, &v| sum.wrapping_mul(31).wrapping_add(u64::from(v)));
        assert_eq!(sum, SUM);
    }

    /// What was made of that text when the method was written down.
    const SUM: u64 = 12_347_529_152_953_559_485;

    /// Over many pairs of texts the estimate must be right on average, and seldom far off.
    #[test]
    fn agreement_estimates_the_overlap_of_shingles() {
        let word = |n: u64| format!("{:x}", mixed(n) & 0xF_FFFF);
        let (mut off, mut worst) = (0.0, 0.0f64);
        let rounds = 400;
        for round in 0..rounds {
            let text = |from: u64| (from..from + 30).map(|n| word(round * 1000 + n)).collect::<String>();
            let (a, b) = (text(0), text(round % 30));
            let agreement = Signature::of(&a, 5).unwrap().agreement(&Signature::of(&b, 5).unwrap());
            let error = agreement as f64 / VALUES as f64 - jaccard(&a, &b, 5);
            off += error;
            worst = worst.max(error.abs());
        }
        let mean: f64 = off / rounds as f64;
        assert!(mean.abs() < 0.01, "{mean}");
        assert!(worst < 0.25, "{worst}");
    }

    proptest! {
        #[test]
        fn every_text_agrees_with_itself(text in any::<String>(), width in 0usize..9) {
            if let Some(signature) = Signature::of(&text, width) {
                prop_assert_eq!(signature.agreement(&signature), VALUES);
            }
        }
    }
}
