//! What an article's content is known by.

use super::keys;
use crate::model::{Article, Lang, Paragraph, ParagraphKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Finds the words in a Chinese text and gives for each the English words that may stand for it.
pub type Translate<'a> = dyn Fn(&str) -> Vec<Vec<String>> + 'a;

/// The most translations of one word that are looked at; a word with more says little.
const MAX_TRANSLATIONS: usize = 12;

/// A name, number or word that stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its seeded hash.
    pub key: u64,
    /// How often it occurs, at most 255.
    pub count: u8,
    /// Whether the title has it.
    pub in_title: bool,
    /// Whether a translation would keep it as it is: names and numbers in running text.
    pub keeps: bool,
}

/// A Chinese word, by the English words that may stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The seeded hashes of its translations, ascending, without repetition; at least one.
    pub translations: Vec<u64>,
    /// How often it occurs, at most 255.
    pub count: u8,
    /// Whether the title has it.
    pub in_title: bool,
}

/// How much of a content is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Its names and numbers.
    Names,
    /// The words of a Chinese text, too.
    Whole,
}

/// The fingerprint of an article's content, for comparison with articles of the other language. It takes some
/// kilobytes; make it only of articles that citations do not pair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// What stands in Latin letters or digits, by ascending key, without repetition.
    pub terms: Vec<Term>,
    /// The words of a Chinese text that a lexicon translates, by ascending translations, without repetition.
    pub words: Vec<Word>,
}

impl Fingerprint {
    /// The fingerprint of `article`; `translate` is asked for the words of a Chinese one. Without it only names
    /// and numbers can speak for a pair, and posts without any of them stay alone.
    pub fn of(article: &Article, translate: Option<&Translate<'_>>) -> Self {
        let mut terms: BTreeMap<u64, Term> = BTreeMap::new();
        let mut words: BTreeMap<Vec<u64>, (u8, bool)> = BTreeMap::new();
        for paragraph in &article.paragraphs {
            let text = article.paragraph_text(paragraph);
            let in_title = paragraph.kind == ParagraphKind::Title;
            add_terms(&mut terms, text, paragraph, article.lang);
            let Some(translate) = translate.filter(|_| article.lang == Lang::Zh && keys::has_han(text))
            else {
                continue;
            };
            for translations in translate(text).iter().filter_map(|word| translation_keys(word)) {
                let (count, title) = words.entry(translations).or_default();
                *count = count.saturating_add(1);
                *title |= in_title;
            }
        }
        Self {
            terms: terms.into_values().collect(),
            words: words
                .into_iter()
                .map(|(translations, (count, in_title))| Word { translations, count, in_title })
                .collect(),
        }
    }
}

fn add_terms(terms: &mut BTreeMap<u64, Term>, text: &str, paragraph: &Paragraph, lang: Lang) {
    let in_title = paragraph.kind == ParagraphKind::Title;
    // Title case makes names of all words, and code and tables are often left out of a translation.
    let running = !matches!(
        paragraph.kind,
        ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Code | ParagraphKind::TableCell
    );
    for key in keys::keys(text) {
        let hash = keys::hash(&key.text);
        let term = terms.entry(hash).or_insert(Term { key: hash, count: 0, in_title: false, keeps: false });
        term.count = term.count.saturating_add(1);
        term.in_title |= in_title;
        term.keeps |= lang == Lang::Zh || (running && key.keeps);
    }
}

/// The keys of a word's translations; `None` if none is left.
fn translation_keys(translations: &[String]) -> Option<Vec<u64>> {
    let mut hashes: Vec<u64> = translations
        .iter()
        .flat_map(|translation| keys::keys(translation))
        .map(|key| keys::hash(&key.text))
        .take(MAX_TRANSLATIONS)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    (!hashes.is_empty()).then_some(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair::tests::article;

    #[test]
    fn counts_terms_and_marks_the_title() {
        let page =
            article("a.md", Lang::En, "Lantern Attack", &["hits Lantern and a phone", "a phone rings"]);
        let print = Fingerprint::of(&page, None);
        let term = |word: &str| {
            let key = keys::hash(word);
            print.terms.iter().find(|t| t.key == key).map(|t| (t.count, t.in_title, t.keeps))
        };
        assert_eq!(term("lantern"), Some((2, true, true)));
        assert_eq!(term("attack"), Some((1, true, false)));
        assert_eq!(term("phone"), Some((2, false, false)));
        assert!(print.terms.is_sorted_by_key(|t| t.key));
        assert!(print.words.is_empty());
    }

    #[test]
    fn chinese_words_are_kept_by_their_translations() {
        let page = article("a.md", Lang::Zh, "灯笼", &["灯笼袭击手机", "Phone"]);
        let translate = |text: &str| {
            let lexicon = [("灯笼", "lantern"), ("手机", "mobile phone"), ("袭击", "of")];
            let found = lexicon.iter().filter(|(zh, _)| text.contains(zh));
            found.map(|(_, en)| vec![(*en).to_owned()]).collect()
        };
        let print = Fingerprint::of(&page, Some(&translate));
        let mut expected = [
            (vec![keys::hash("lantern")], 2, true),
            (vec![keys::hash("mobil"), keys::hash("phone")], 1, false),
        ];
        expected.iter_mut().for_each(|(keys, ..)| keys.sort_unstable());
        expected.sort_unstable();
        let words: Vec<_> = print.words.into_iter().map(|w| (w.translations, w.count, w.in_title)).collect();
        assert_eq!(words, expected);
        assert_eq!(print.terms.len(), 1);
    }
}
