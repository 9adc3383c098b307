//! The names of a pair of articles, gathered once for all checks that ask about them.

mod chinese;
mod english;
mod exonyms;
mod token;

pub use chinese::{Chinese, Run};
pub use english::{English, Forms, Mention, is_general};
pub use exonyms::{Exonym, Exonyms, Kind};
pub use token::{Shape, Token, tokens};

use super::Unit;
use crate::lexicon::Lexicon;
use crate::model::Document;
use std::ops::Range;

/// The names of a pair.
pub struct Names {
    /// The English article's words.
    pub english: English,
    /// What each unit names, by its number.
    pub units: Vec<UnitNames>,
    /// What the post names as a whole; its exonyms once each.
    pub post: Chinese,
}

/// What a unit names.
pub struct UnitNames {
    /// On the English side, in order.
    pub en: Vec<Mention>,
    /// On the Chinese side.
    pub zh: Chinese,
}

/// Where a name of the English stands in the post.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// In the unit: by itself, by an exonym, by what it abbreviates or is abbreviated to.
    Here,
    /// Rendered in the unit by ordinary words, which stand there.
    Literal(Range<usize>),
    /// Not in the post, but half of its words are rendered in the unit.
    InPart,
    /// In the unit, perhaps: something there looks like it in Chinese spelling.
    Perhaps,
    /// In another unit.
    Elsewhere,
    /// Nowhere.
    Nowhere,
}

/// Words that many names end in and that are translated as often as not.
const GENERIC: &str = "security research labs lab team group intelligence threat networks network cloud software systems \
system services service technologies technology solutions university department office ministry police agency center \
centre institute bank health healthcare hospital school county city state international national federal global \
operation project program report incident response unit division foundation council commission court company \
corporation communications the of and for new operating data cyber cybersecurity digital";

impl Names {
    /// Gathers the names of a pair.
    pub fn new(english: &Document, units: &[Unit], lexicon: &Lexicon) -> Self {
        let text = &english.article.text;
        let sentences = || english.sentences.iter().map(|sentence| sentence.span.slice(text));
        let mut words = English::new(sentences());
        sentences().for_each(|sentence| words.learn(sentence, lexicon));
        let post = Chinese::all(units.iter().map(|unit| unit.zh.text.as_str()));
        let units = units.iter().map(|unit| UnitNames {
            en: words.mentions(&unit.en.text, lexicon),
            zh: Chinese::new(&unit.zh.text),
        });
        let units = units.collect();
        Self { english: words, units, post }
    }

    /// Where a name of a unit stands in the post.
    pub fn standing(&self, number: usize, mention: &Mention, units: &[Unit], lexicon: &Lexicon) -> Standing {
        let (Some(unit), Some(names)) = (units.get(number), self.units.get(number)) else {
            return Standing::Here;
        };
        if self.is_in(mention, &names.zh) {
            return Standing::Here;
        }
        if let Some(range) = self.literal(mention, &unit.zh.text, &names.zh, lexicon) {
            return Standing::Literal(range);
        }
        if self.is_in(mention, &self.post) {
            return Standing::Elsewhere;
        }
        let in_part = half_rendered(mention, &unit.zh.text, &names.zh, lexicon);
        if in_part && mention.words.len() > 1 {
            return Standing::InPart;
        }
        let spelt = !mention.is_acronym() && names.zh.spells_a_name(&unit.zh.text);
        if spelt || in_part || is_gloss(mention, &unit.en.text) {
            Standing::Perhaps
        } else {
            Standing::Nowhere
        }
    }

    /// Whether the article has something said, found or done by a name made of ordinary words.
    pub fn speaks(&self, mention: &Mention, units: &[Unit]) -> bool {
        let plain = |word: &String| !is_generic(word) && Exonyms::builtin().kind(word).is_none();
        let is_made = mention.words.len() > 1 && mention.words.iter().all(plain);
        is_made && units.iter().any(|unit| is_speaker(&mention.text, &unit.en.text))
    }

    /// Whether a unit's Chinese has a name, in Latin letters or as Chinese calls it.
    pub fn is_in(&self, mention: &Mention, zh: &Chinese) -> bool {
        let key = mention.key();
        if self.has_name(&key, zh) || self.has_expansion(&key, zh) {
            return true;
        }
        let is_place = |word: &str| Exonyms::builtin().kind(word) == Some(Kind::Place);
        let telling = |word: &&String| !is_generic(word) && word.len() > 1 && !is_place(word);
        let telling: Vec<&String> = mention.words.iter().filter(telling).collect();
        // Of a name of several words one that tells is enough.
        mention.words.len() > 1 && telling.iter().any(|word| self.has_name(word, zh))
            || pairs(&mention.words).any(|pair| self.has_exonym(&pair, zh))
    }

    fn has_name(&self, key: &str, zh: &Chinese) -> bool {
        zh.has(key)
            || self.has_exonym(key, zh)
            || key.strip_suffix('s').is_some_and(|key| self.has_exonym(key, zh))
    }

    fn has_exonym(&self, key: &str, zh: &Chinese) -> bool {
        let table = Exonyms::builtin();
        table.of(key).chain(table.of_abbreviation(key)).any(|row| match row.zh.is_ascii() {
            true => zh.has(&row.zh.to_lowercase().replace('&', "")),
            false => zh.exonyms.iter().any(|(_, found)| found.zh == row.zh || found.zh.contains(row.zh)),
        })
    }

    /// Whether an abbreviation's long form stands there in Latin letters.
    fn has_expansion(&self, key: &str, zh: &Chinese) -> bool {
        self.english
            .expansion(key)
            .is_some_and(|words| zh.has(&words.concat()) || self.has_exonym(&words.concat(), zh))
    }

    /// Where ordinary words render a name.
    fn literal(
        &self,
        mention: &Mention,
        text: &str,
        zh: &Chinese,
        lexicon: &Lexicon,
    ) -> Option<Range<usize>> {
        if mention.is_acronym() {
            let words = self.english.expansion(&mention.key())?;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            return zh.renders(text, &words, lexicon);
        }
        let parts: Vec<String> = mention.text.split(|c: char| !c.is_alphanumeric()).flat_map(humps).collect();
        let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| part.len() > 1).collect();
        if words.is_empty() { None } else { zh.renders(text, &words, lexicon) }
    }
}

/// Whether a name stands in brackets, or is explained in brackets: the other of the two may be what is rendered.
fn is_gloss(mention: &Mention, text: &str) -> bool {
    let before = text.get(..mention.range.start).unwrap_or_default();
    before.ends_with('(') || text.get(mention.range.end..).is_some_and(|behind| behind.starts_with(" ("))
}

/// What introduces a speaker, and what speakers do.
const BEFORE: [&str; 8] = [
    "according to ",
    "researchers at ",
    "analysts at ",
    "firm ",
    "company ",
    "vendor ",
    "written by ",
    "sponsored by ",
];
const AFTER: &str = "says said told explains explained warns warned reports reported researchers analysts stops shuts \
observed discovered found published noted helps";

fn is_speaker(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, name)| {
        let left = text.get(..at).unwrap_or_default().to_lowercase();
        let verb = text.get(at + name.len()..).and_then(|right| right.strip_prefix(' '));
        let verb =
            verb.and_then(|right| right.split(|c: char| !c.is_alphabetic()).next()).unwrap_or_default();
        BEFORE.iter().any(|cue| left.ends_with(cue)) || AFTER.split_whitespace().any(|known| known == verb)
    })
}

/// Whether half of a name's words are rendered.
fn half_rendered(mention: &Mention, text: &str, zh: &Chinese, lexicon: &Lexicon) -> bool {
    let parts: Vec<String> = mention.text.split(|c: char| !c.is_alphanumeric()).flat_map(humps).collect();
    let words = parts.iter().filter(|word| word.len() > 1 && !crate::lexicon::is_function_word(word));
    let words: Vec<&str> = words.map(String::as_str).collect();
    // What tells is what counts, if there is any.
    let telling: Vec<&str> = words.iter().copied().filter(|word| !is_generic(word)).collect();
    let words = if telling.is_empty() { words } else { telling };
    !words.is_empty() && zh.rendered(text, &words, lexicon) * 2 >= words.len()
}

/// Whether a word says little of whom a name names.
pub fn is_generic(word: &str) -> bool {
    GENERIC.split_whitespace().any(|generic| generic == word)
}

/// Neighbouring words put together.
fn pairs(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(2).map(|pair| pair.concat())
}

/// The parts of a word with capitals inside, in lower case: `iQuillFox` → `i`, `quill`, `fox`.
pub fn humps(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut was_lower = true;
    for c in word.chars() {
        if c.is_uppercase() && was_lower || parts.is_empty() {
            parts.push(String::new());
        }
        was_lower = !c.is_uppercase();
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
    }
    parts
}
