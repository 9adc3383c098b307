//! Finding the gold's sentences again in text that was extracted and segmented otherwise.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many characters in a row must be the same for an edited text to be recognised.
const SHINGLE: usize = 12;

type Shingle = [char; SHINGLE];

/// `text` in NFKC and lower case, letters and numbers only: what is left of it when layout, width and
/// punctuation do not count. The same as the reference scorer's (`NFKC`, `lower`, `isalnum` of Python).
pub fn key(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().chars().filter(|&c| is_letter_or_number(c)).collect()
}

/// Python's `isalnum`: the general categories L and N. `char::is_alphanumeric` also takes in marks (a vowel sign
/// of Devanagari) and letters in circles and squares (🅰), which belong to neither.
fn is_letter_or_number(c: char) -> bool {
    c.is_alphanumeric()
        && !is_combining_mark(c)
        && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}')
}

/// Where pieces of text lie among one side's gold sentences, by their letters and numbers alone ([`key`]).
///
/// It remembers what it has found: a piece that occurs more than once is taken to be an occurrence that nothing
/// was found at yet. So pieces are to be given in the order of the hypothesis.
#[derive(Debug)]
pub struct Locator {
    /// The keys of all sentences, one after the other; offsets below are bytes of it.
    text: String,
    sentences: Vec<Sentence>,
    /// For each byte of `text`, whether a piece was found there word for word.
    used: Vec<bool>,
    /// Where each run of [`SHINGLE`] characters first occurs; made when a piece is first not found whole.
    shingles: OnceCell<HashMap<Shingle, Range<usize>>>,
}

#[derive(Debug)]
struct Sentence {
    start: usize,
    end: usize,
    chars: usize,
}

impl Locator {
    /// A locator over `sentences`, in their order.
    pub fn new<S: AsRef<str>>(sentences: &[S]) -> Self {
        let mut text = String::new();
        let place = |sentence: &S| {
            let (start, key) = (text.len(), key(sentence.as_ref()));
            text.push_str(&key);
            Sentence { start, end: text.len(), chars: key.chars().count() }
        };
        let sentences = sentences.iter().map(place).collect();
        Self { used: vec![false; text.len()], text, sentences, shingles: OnceCell::new() }
    }

    /// The numbers, ascending, of the sentences of which at least half the characters lie in `pieces` together.
    pub fn cover<S: AsRef<str>>(&mut self, pieces: &[S]) -> Vec<u32> {
        let spans = pieces.iter().flat_map(|p| self.spans(p.as_ref())).collect();
        let mut found: BTreeMap<u32, usize> = BTreeMap::new();
        for span in merged(spans) {
            let first = self.sentences.partition_point(|s| s.end <= span.start);
            let touched = (first as u32..).zip(self.sentences.iter().skip(first));
            for (n, s) in touched.take_while(|(_, s)| s.start < span.end) {
                let part = s.start.max(span.start)..s.end.min(span.end);
                *found.entry(n).or_default() += self.text.get(part).map_or(0, |t| t.chars().count());
            }
        }
        let half = |n: u32, chars: usize| {
            self.sentences.get(n as usize).is_some_and(|s| s.chars > 0 && 2 * chars >= s.chars)
        };
        found.into_iter().filter(|&(n, chars)| half(n, chars)).map(|(n, _)| n).collect()
    }

    /// Where `piece` lies: one stretch if it occurs word for word, else those of its shingles that occur.
    fn spans(&mut self, piece: &str) -> Vec<Range<usize>> {
        let key = key(piece);
        let Some(first) = key.chars().next() else { return Vec::new() };
        let Some(mut at) = self.find(&key, 0) else { return self.shingle_spans(&key) };
        while self.is_used(at..at + key.len()) {
            let Some(next) = self.find(&key, at + first.len_utf8()) else { break };
            at = next;
        }
        let span = at..at + key.len();
        if let Some(bytes) = self.used.get_mut(span.clone()) {
            bytes.fill(true);
        }
        vec![span]
    }

    fn find(&self, key: &str, from: usize) -> Option<usize> {
        Some(from + self.text.get(from..)?.find(key)?)
    }

    fn is_used(&self, span: Range<usize>) -> bool {
        self.used.get(span).is_some_and(|bytes| bytes.contains(&true))
    }

    /// The places of `key`'s shingles; none if it is shorter than one, since then it would have been found whole.
    fn shingle_spans(&self, key: &str) -> Vec<Range<usize>> {
        let places = self.shingles.get_or_init(|| first_places(&self.text));
        let chars: Vec<char> = key.chars().collect();
        let shingles = chars.windows(SHINGLE).filter_map(|w| Shingle::try_from(w).ok());
        shingles.filter_map(|s| places.get(&s).cloned()).collect()
    }
}

fn first_places(text: &str) -> HashMap<Shingle, Range<usize>> {
    let mut places = HashMap::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for window in chars.windows(SHINGLE) {
        let (Some(&(start, _)), Some(&(last, c))) = (window.first(), window.last()) else { continue };
        let shingle: Vec<char> = window.iter().map(|&(_, c)| c).collect();
        if let Ok(shingle) = Shingle::try_from(shingle.as_slice()) {
            places.entry(shingle).or_insert(start..last + c.len_utf8());
        }
    }
    places
}

/// The same stretches without overlap, ascending.
fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_unstable_by_key(|s| (s.start, s.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_holds_letters_and_numbers_as_python_understands_them() {
        assert_eq!(key("ＣＶＥ－２０２５ “漏洞”。"), "cve2025漏洞");
        assert_eq!(key("ὈΔΥΣΣΕΎΣ"), "ὀδυσσεύς");
        assert_eq!(key("İ½Ⅻ①〇𝟙々ー"), "i12xii1〇1々ー");
        assert_eq!(key("\u{915}\u{93f}🅰🅱_\u{200b}"), "\u{915}");
    }

    #[test]
    fn a_sentence_is_covered_from_half_its_characters_on() {
        let mut locator = Locator::new(&["甲乙丙丁", "戊己庚辛", "", "！"]);
        assert_eq!(locator.cover(&["丙丁戊"]), [0]);
        assert_eq!(locator.cover(&["丁戊", "己"]), [1]);
        assert_eq!(locator.cover(&["！", ""]), [0u32; 0]);
    }

    #[test]
    fn a_text_that_occurs_twice_is_found_at_the_free_place_first() {
        let mut locator = Locator::new(&["同一句话", "别的", "同一句话"]);
        assert_eq!(locator.cover(&["同一句话。"]), [0]);
        assert_eq!(locator.cover(&["同一句话！"]), [2]);
        assert_eq!(locator.cover(&["同一句话"]), [2], "when none is free, the last one");
    }

    #[test]
    fn an_edited_text_is_found_by_twelve_characters_in_a_row() {
        let mut locator = Locator::new(&["The gang leaked the files on Monday", "Nobody paid"]);
        assert_eq!(locator.cover(&["The gang reportedly leaked the files on Monday"]), [0]);
        assert_eq!(locator.cover(&["Nobody has paid"]), [0u32; 0]);
    }

    proptest! {
        #[test]
        fn finds_every_distinct_sentence(sentences in prop::collection::btree_set("[a-z]{3}", 1..9)) {
            let sentences: Vec<String> = sentences.into_iter().map(|s| format!("<{s}{s}>")).collect();
            let whole: Vec<u32> = (0..sentences.len() as u32).collect();
            prop_assert_eq!(Locator::new(&sentences).cover(&[sentences.concat()]), whole);
        }

        #[test]
        fn never_panics(sentences in prop::collection::vec(any::<String>(), 0..6), pieces in prop::collection::vec(any::<String>(), 0..6)) {
            let mut locator = Locator::new(&sentences);
            let covered = locator.cover(&pieces);
            prop_assert!(covered.is_sorted() && covered.iter().all(|&n| (n as usize) < sentences.len()));
        }
    }
}
