//! One sentence taken apart.

use super::lookup::Lookup;
use super::{Interner, Sentence};
use crate::align::Line;
use crate::align::marks::{is_ended, is_item};
use crate::lexicon::{is_function_word, stem};
use crate::text::credit::is_credit;
use crate::text::numbers::{self, Quantity};
use crate::text::{han, latin, letters};
use foldhash::HashMap;

/// English words as they are met.
#[derive(Default)]
pub(super) struct English<'t> {
    /// Content words by their stems.
    pub words: Interner,
    /// All but function words as they are.
    pub latin: Interner,
    /// For each type of `latin` its word.
    pub word_of: Vec<Option<u32>>,
    /// Forms that were met; `None` for function words.
    forms: HashMap<&'t str, Option<(u32, u32)>>,
}

impl<'t> English<'t> {
    /// Takes a sentence apart.
    pub fn sentence(&mut self, line: &Line<'t>) -> Sentence {
        let mut sentence = measure(line, numbers::english(line.text));
        for (start, form) in latin::words_at(line.text) {
            if !sentence.counts(start, form.len())
                && let Some((word, latin)) = self.types(form)
            {
                sentence.words.push(word);
                sentence.latin.push(latin);
            }
        }
        sentence
    }

    fn types(&mut self, form: &'t str) -> Option<(u32, u32)> {
        if let Some(&known) = self.forms.get(form) {
            return known;
        }
        let lower = form.to_lowercase();
        let types = (!is_function_word(&lower)).then(|| {
            let (word, latin) = (self.words.intern(&stem(&lower)), self.latin.intern(&lower));
            self.word_of.resize(self.latin.types.len(), Some(word));
            (word, latin)
        });
        self.forms.insert(form, types);
        types
    }
}

/// Takes a Chinese sentence apart.
pub(super) fn chinese(line: &Line<'_>, latin: &mut Interner, lookup: &mut Lookup<'_>) -> Sentence {
    let mut sentence = measure(line, numbers::chinese(line.text));
    let mut start = 0;
    for word in lookup.lexicon.words(line.text) {
        if word.chars().any(han::is_han) && !sentence.counts(start, word.len()) {
            sentence.words.extend(lookup.types(word));
        }
        start += word.len();
    }
    for (start, word) in latin::words_at(line.text) {
        if !sentence.counts(start, word.len()) {
            sentence.latin.push(latin.intern(&word.to_lowercase()));
        }
    }
    sentence
}

fn measure(line: &Line<'_>, quantities: Vec<Quantity>) -> Sentence {
    Sentence {
        quantities,
        length: letters::count(line.text) as f32,
        credit: is_credit(line.text),
        ended: is_ended(line.text),
        item: is_item(line.text),
        ..Sentence::default()
    }
}

impl Sentence {
    /// Whether the bytes are part of a quantity.
    fn counts(&self, start: usize, length: usize) -> bool {
        // Quantities ascend and do not overlap.
        let first = self.quantities.partition_point(|q| q.span.end() <= start);
        let behind = self.quantities.get(first..).unwrap_or_default();
        behind.iter().take_while(|q| q.span.start() < start + length).any(|q| !q.weak)
    }
}
