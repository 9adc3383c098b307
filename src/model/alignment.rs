//! Which sentences say the same.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

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
#[serde(try_from = "Unproved")]
pub struct Alignment {
    beads: Vec<Bead>,
    signature: String,
}

/// An alignment as read: its documents are taken to end with the last sentences that it names.
#[derive(Deserialize)]
struct Unproved {
    beads: Vec<Bead>,
    signature: String,
}

impl TryFrom<Unproved> for Alignment {
    type Error = Error;

    fn try_from(Unproved { beads, signature }: Unproved) -> Result<Self> {
        let size = |side: fn(&Bead) -> &Vec<u32>| {
            beads.iter().flat_map(side).max().map_or(0, |&last| last as usize + 1)
        };
        let (zh, en) = (size(|b| &b.zh), size(|b| &b.en));
        // A number far beyond the beads cannot be right, and must not cost memory.
        let named: usize = beads.iter().map(|b| b.zh.len() + b.en.len()).sum();
        if zh + en > 2 * named {
            return Err(Error::input("an alignment names sentences without naming those before them"));
        }
        Self::new(beads, zh, en, signature)
    }
}

impl Alignment {
    /// Puts beads together, proving that every sentence of both sides (`zh` and `en` many) is in exactly one;
    /// only the other side of a [`Relation::Repeat`] may be named a second time, and must be translated.
    ///
    /// # Errors
    /// If a sentence is missing, named twice, or does not exist, if a bead's sentences do not ascend, or if its sides do
    /// not fit its relation.
    pub fn new(beads: Vec<Bead>, zh: usize, en: usize, signature: String) -> Result<Self> {
        let mut seen = (vec![0u32; zh], vec![0u32; en]);
        for bead in &beads {
            let fits = match bead.relation {
                Relation::Added => !bead.zh.is_empty() && bead.en.is_empty(),
                Relation::Omitted => bead.zh.is_empty() && !bead.en.is_empty(),
                _ => !bead.zh.is_empty() && !bead.en.is_empty(),
            };
            let ascends = |side: &[u32]| side.is_sorted_by(|a, b| a < b);
            if !fits || !ascends(&bead.zh) || !ascends(&bead.en) {
                let Bead { relation, zh, en, .. } = bead;
                let relation = relation.name();
                return Err(Error::input(format!(
                    "a bead of relation {relation} cannot have the sides {zh:?} and {en:?}"
                )));
            }
            count(&bead.zh, &mut seen.0)?;
            if bead.relation != Relation::Repeat {
                count(&bead.en, &mut seen.1)?;
            }
        }
        let translated: HashSet<u32> = beads
            .iter()
            .filter(|b| !b.zh.is_empty() && b.relation != Relation::Repeat)
            .flat_map(|b| b.en.clone())
            .collect();
        let mut repeated = beads.iter().filter(|b| b.relation == Relation::Repeat).flat_map(|b| &b.en);
        if let Some(lost) = repeated.find(|e| !translated.contains(e)) {
            return Err(Error::input(format!("English sentence {lost} is repeated, but nowhere translated")));
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

    /// What made it: the aligner's configuration, and hashes of weights and lexicon.
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
    fn what_is_read_is_proved_too() {
        let good =
            Alignment::new(vec![bead(&[0], &[0], Relation::Translation)], 1, 1, "s".to_owned()).unwrap();
        let json = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<Alignment>(&json).unwrap(), good);
        assert!(
            serde_json::from_str::<Alignment>(&json.replace("\"en\":[0]", "\"en\":[4000000000]")).is_err()
        );
        assert!(serde_json::from_str::<Alignment>(&json.replace("\"en\":[0]", "\"en\":[1]")).is_err());
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
        let untranslated = vec![bead(&[0], &[0], Relation::Repeat), bead(&[], &[0], Relation::Omitted)];
        assert!(
            Alignment::new(untranslated, 1, 1, String::new()).is_err(),
            "repeats what nothing translates"
        );
        let falling = vec![bead(&[1, 0], &[0], Relation::Translation)];
        assert!(Alignment::new(falling, 2, 1, String::new()).is_err());
    }
}
