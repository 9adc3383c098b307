//! Which sentences say the same.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// How the two sides of a bead belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The Chinese translates the English, in the common order.
    Translation,
    /// The Chinese translates the English, but stands elsewhere.
    Moved,
    /// The Chinese says again what is already translated elsewhere (most leads).
    Repeat,
    /// The English has no translation.
    Omitted,
    /// The Chinese has no original.
    Added,
}

impl Relation {
    /// All relations, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::Translation, Self::Moved, Self::Repeat, Self::Omitted, Self::Added];

    /// Its name, as in `aligned.jsonl`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Moved => "moved",
            Self::Repeat => "repeat",
            Self::Omitted => "omitted",
            Self::Added => "added",
        }
    }
}

/// What one signal contributed to a bead's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The signal's name.
    pub signal: String,
    /// Weight times value; positive speaks for the bead.
    pub value: f32,
}

/// A bead: sentences of both sides that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Chinese sentences, 0-based, ascending.
    pub zh: Vec<u32>,
    /// English sentences, 0-based, ascending.
    pub en: Vec<u32>,
    /// How they belong together.
    pub relation: Relation,
    /// How sure we are, 0–1.
    pub confidence: f32,
    /// What each signal contributed, so that a user can ask why.
    pub parts: Vec<Part>,
}

/// Two documents' beads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    beads: Vec<Bead>,
    signature: String,
}

impl Alignment {
    /// Puts beads together, proving that every sentence of both sides (`zh` and `en` many) is in exactly one;
    /// only the other side of a [`Relation::Repeat`] may be named a second time.
    ///
    /// # Errors
    /// If a sentence is missing, named twice, or does not exist, or if a bead's sides do not fit its relation.
    pub fn new(beads: Vec<Bead>, zh: usize, en: usize, signature: String) -> Result<Self> {
        let mut seen = (vec![0u32; zh], vec![0u32; en]);
        for bead in &beads {
            let fits = match bead.relation {
                Relation::Added => !bead.zh.is_empty() && bead.en.is_empty(),
                Relation::Omitted => bead.zh.is_empty() && !bead.en.is_empty(),
                _ => !bead.zh.is_empty() && !bead.en.is_empty(),
            };
            if !fits {
                return Err(Error::input(format!("a bead's sides do not fit its relation: {bead:?}")));
            }
            count(&bead.zh, &mut seen.0)?;
            if bead.relation != Relation::Repeat {
                count(&bead.en, &mut seen.1)?;
            }
        }
        let wrong = |seen: &[u32]| seen.iter().position(|&n| n != 1);
        match (wrong(&seen.0), wrong(&seen.1)) {
            (None, None) => Ok(Self { beads, signature }),
            (Some(i), _) => Err(Error::input(format!("Chinese sentence {i} is not in exactly one bead"))),
            (_, Some(i)) => Err(Error::input(format!("English sentence {i} is not in exactly one bead"))),
        }
    }

    /// The beads, in Chinese order, English sentences without a translation where their neighbours stand.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// What made it: version, configuration and lexicon hashes.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

fn count(indices: &[u32], seen: &mut [u32]) -> Result<()> {
    for &index in indices {
        let slot =
            seen.get_mut(index as usize).ok_or_else(|| Error::input(format!("no sentence {index}")))?;
        *slot += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(zh: &[u32], en: &[u32], relation: Relation) -> Bead {
        Bead { zh: zh.to_vec(), en: en.to_vec(), relation, confidence: 1.0, parts: Vec::new() }
    }

    #[test]
    fn every_sentence_is_in_exactly_one_bead_but_for_the_original_of_a_repeat() {
        let good = vec![
            bead(&[0], &[0], Relation::Repeat),
            bead(&[1], &[0], Relation::Translation),
            bead(&[], &[1], Relation::Omitted),
        ];
        assert!(Alignment::new(good.clone(), 2, 2, String::new()).is_ok());
        assert!(Alignment::new(good.clone(), 3, 2, String::new()).is_err(), "a sentence is missing");
        assert!(Alignment::new(good, 2, 1, String::new()).is_err(), "there is no such sentence");
        let twice = vec![bead(&[0], &[0], Relation::Translation), bead(&[1], &[0], Relation::Moved)];
        assert!(Alignment::new(twice, 2, 1, String::new()).is_err());
        assert!(Alignment::new(vec![bead(&[0], &[0], Relation::Added)], 1, 1, String::new()).is_err());
    }
}
