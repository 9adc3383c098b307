//! The names of the English article: which words are names, how they are written, which stand in a sentence.

use super::token::{Shape, Token, tokens};
use crate::lexicon::{self, Lexicon};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// The most words of a sequence that is looked up as one.
const LONGEST: usize = 7;

/// Words written with a capital that name nothing that a translation must keep: the calendar, the outlet, titles.
const CALENDAR: &str = "january february march april may june july august september october november december jan feb mar \
apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday am pm est edt pst pdt cet \
utc gmt q1 q2 q3 q4 h1 h2 bleepingcomputer bleeping mr mrs ms dr inc ltd llc corp co gmbh plc senior vice president \
manager director chief professor judge officer attorney yoy qoq";

/// Words that names go on behind with *of*.
const OF: &str = "house university department ministry trail league call bank bureau institute office state republic city \
board council chamber college school society association federation board lord world game hall";

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its bytes in the unit's English text.
    pub range: Range<usize>,
    /// Itself, as written.
    pub text: String,
    /// Its words in lower case.
    pub words: Vec<String>,
    /// How its words are written.
    pub shapes: Vec<Shape>,
    /// Whether no general word is among its words, or it is made of several.
    pub strong: bool,
}

impl Mention {
    /// Letters and digits in lower case.
    pub fn key(&self) -> String {
        self.words.concat().chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// Whether it is an abbreviation, or several.
    pub fn is_acronym(&self) -> bool {
        self.shapes.iter().all(|shape| *shape == Shape::Acronym)
    }
}

/// How a word is written in the article.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// Times without a capital.
    pub lower: u32,
    /// Times with a capital that no sentence's beginning and no title asks for.
    pub inside: u32,
    /// Times with a capital that may be the position's.
    pub edge: u32,
    /// The ways it is written, in order of appearance.
    pub texts: Vec<String>,
    /// Whether it stands somewhere by itself, not in an address or in code.
    pub plain: bool,
}

/// The article's words.
#[derive(Default)]
pub struct English {
    /// Sequences of up to seven words, put together.
    grams: FxHashSet<String>,
    forms: FxHashMap<String, Forms>,
    /// First letters of sequences of two to five words.
    initials: FxHashSet<String>,
    /// Abbreviations and what they stand for, as the article says: `rat` → `remote`, `access`, `trojan`.
    expansions: FxHashMap<String, Vec<String>>,
    /// Names of several words, with blanks.
    learnt: FxHashSet<String>,
}

impl English {
    /// Reads the article's sentences.
    pub fn new<'t>(sentences: impl Iterator<Item = &'t str>) -> Self {
        let mut english = Self::default();
        for sentence in sentences {
            let tokens = tokens(sentence);
            let in_title = is_title_case(sentence, &tokens);
            for token in &tokens {
                english.count(sentence, token, in_title);
            }
            english.sequences(&tokens);
            english.expand(sentence, &tokens);
        }
        english
    }

    fn count(&mut self, sentence: &str, token: &Token, in_title: bool) {
        let forms = self.forms.entry(token.key.clone()).or_default();
        let text = sentence.get(token.range.clone()).unwrap_or_default();
        forms.plain |= !token.technical;
        match token.shape {
            Shape::Lower => forms.lower += u32::from(!token.technical),
            Shape::Capital if in_title || token.starts => forms.edge += 1,
            _ => forms.inside += 1,
        }
        if !forms.texts.iter().any(|known| known == text) {
            forms.texts.push(text.to_owned());
        }
    }

    fn sequences(&mut self, tokens: &[Token]) {
        for start in 0..tokens.len() {
            let (mut joined, mut initials) = (String::new(), String::new());
            for (length, token) in tokens.iter().skip(start).take(LONGEST).enumerate() {
                joined.push_str(token.key.trim_end_matches(['+', '#']));
                if let Some(singular) = joined.strip_suffix('s') {
                    self.grams.insert(singular.to_owned());
                }
                self.grams.insert(joined.clone());
                if !lexicon::is_function_word(&token.key) {
                    initials.extend(token.key.chars().next());
                }
                if length > 0 {
                    self.initials.insert(initials.clone());
                }
            }
        }
    }

    /// `Remote Access Trojan (RAT)`.
    fn expand(&mut self, sentence: &str, tokens: &[Token]) {
        for (number, token) in tokens.iter().enumerate() {
            let opened = sentence.get(..token.range.start).is_some_and(|before| before.ends_with('('));
            let short: String = token.key.trim_end_matches('s').to_owned();
            if !opened || !matches!(token.shape, Shape::Acronym | Shape::Mixed) || short.len() < 2 {
                continue;
            }
            let before = tokens.get(..number).unwrap_or_default();
            let fits = (2..=short.len() + 2).find(|&count| {
                let words = before.get(before.len().saturating_sub(count)..).unwrap_or_default();
                let content = words.iter().filter(|w| !lexicon::is_function_word(&w.key));
                content.filter_map(|w| w.key.chars().next()).collect::<String>() == short
            });
            if let Some(words) = fits.and_then(|count| before.get(before.len().saturating_sub(count)..)) {
                self.expansions.insert(short, words.iter().map(|w| w.key.clone()).collect());
            }
        }
    }

    /// Whether these letters stand somewhere in the article as one or several whole words, whatever stands between the
    /// words; a plural's `s` does not count.
    pub fn has(&self, key: &str) -> bool {
        self.grams.contains(key) || key.strip_suffix('s').is_some_and(|single| self.grams.contains(single))
    }

    /// Whether a word stands in the article with just these letters.
    pub fn has_exactly(&self, key: &str) -> bool {
        self.forms.contains_key(key)
    }

    /// How a word is written; `key` in lower case, a plural's `s` on either side does not count.
    pub fn forms(&self, key: &str) -> Option<&Forms> {
        let single = key.strip_suffix('s').filter(|single| single.len() > 1);
        let plural =
            || self.forms.get(&format!("{key}s")).filter(|forms| key.len() > 1 && forms.is_acronym());
        self.forms
            .get(key)
            .or_else(|| self.forms.get(single?).filter(|forms| forms.is_acronym()))
            .or_else(plural)
    }

    /// Whether an abbreviation may stand for words of the article.
    pub fn abbreviates(&self, key: &str) -> bool {
        self.initials.contains(key)
    }

    /// What an abbreviation stands for, where the article says so.
    pub fn expansion(&self, key: &str) -> Option<&[String]> {
        self.expansions.get(key.trim_end_matches('s')).map(Vec::as_slice)
    }

    /// Whether it is sure that a name is one: not a single word at a sentence's beginning that is seen nowhere else.
    pub fn is_sure(&self, mention: &Mention) -> bool {
        match (mention.words.as_slice(), mention.shapes.as_slice()) {
            ([word], [shape]) => {
                *shape == Shape::Mixed || self.forms(word).is_some_and(|forms| forms.inside > 0)
            }
            _ => true,
        }
    }

    /// The names of a stretch of the article.
    pub fn mentions(&self, text: &str, lexicon: &Lexicon) -> Vec<Mention> {
        let tokens = tokens(text);
        let in_title = is_title_case(text, &tokens);
        let mut runs: Vec<Vec<&Token>> = Vec::new();
        let mut names: Vec<bool> =
            tokens.iter().map(|token| self.is_name(token, in_title, lexicon)).collect();
        if in_title {
            self.recall(&tokens, &mut names);
        } else {
            follow(text, &tokens, &mut names);
        }
        for (number, token) in tokens.iter().enumerate() {
            let next = tokens.get(number + 1).filter(|_| names.get(number + 1) == Some(&true));
            let leads = !in_title && next.is_some_and(|next| self.leads(text, token, next));
            if names.get(number) != Some(&true) && !leads {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|last| joins(text, last, token)) => run.push(token),
                _ => runs.push(vec![token]),
            }
        }
        runs.iter().filter_map(|run| mention(text, run, lexicon)).collect()
    }

    /// Remembers the names of several words that stand in a text, to know them again in titles.
    pub fn learn(&mut self, text: &str, lexicon: &Lexicon) {
        if !is_title_case(text, &tokens(text)) {
            let names = self.mentions(text, lexicon).into_iter().filter(|mention| mention.words.len() > 1);
            self.learnt.extend(names.map(|mention| mention.words.join(" ")));
        }
    }

    /// Names of several words that are known from sentences, in a title.
    fn recall(&self, tokens: &[Token], names: &mut [bool]) {
        for start in 0..tokens.len() {
            for end in start + 2..=(start + 4).min(tokens.len()) {
                let words = tokens.get(start..end).unwrap_or_default();
                let key = words.iter().map(|token| token.key.as_str()).collect::<Vec<_>>().join(" ");
                if self.learnt.contains(&key) && words.iter().all(|token| token.shape != Shape::Lower) {
                    names.get_mut(start..end).into_iter().flatten().for_each(|name| *name = true);
                }
            }
        }
    }

    /// Whether a sentence's first word belongs to the name behind it: `Palo` of `Palo Alto`.
    fn leads(&self, text: &str, token: &Token, next: &Token) -> bool {
        let is_plain = self.forms.get(&token.key).is_some_and(|forms| forms.lower > 0);
        token.shape == Shape::Capital
            && token.starts
            && !token.technical
            && next.shape == Shape::Capital
            && !(is_plain || lexicon::is_function_word(&token.key))
            && !CALENDAR.split_whitespace().any(|word| word == token.key)
            && text.get(token.range.end..next.range.start) == Some(" ")
    }

    fn is_name(&self, token: &Token, in_title: bool, lexicon: &Lexicon) -> bool {
        if token.technical || CALENDAR.split_whitespace().any(|word| word == token.key) {
            return false;
        }
        let forms = self.forms.get(&token.key);
        match token.shape {
            Shape::Lower => false,
            Shape::Acronym => {
                token.key.len() > 1 || token.range.len() == 1 && token.key != "i" && token.key != "a"
            }
            Shape::Mixed => token.key.chars().filter(|c| c.is_alphabetic()).count() > 1,
            Shape::Capital => {
                let (lower, inside) = forms.map_or((0, 0), |forms| (forms.lower, forms.inside));
                let by_place = in_title || token.starts;
                match inside {
                    0 => !by_place || (lower == 0 && !is_general(&token.key, lexicon)),
                    _ => inside > lower,
                }
            }
        }
    }
}

impl Forms {
    fn is_acronym(&self) -> bool {
        self.texts.iter().any(|text| text.chars().filter(|c| c.is_uppercase()).count() > 1)
    }
}

/// Whether a word is one of the language, not made for a name.
pub fn is_general(key: &str, lexicon: &Lexicon) -> bool {
    lexicon::is_function_word(key) || lexicon.stem_number(&lexicon::stem(key)).is_some()
}

/// Whether most words begin with a capital, as in a title; what ends in a full stop is a sentence.
fn is_title_case(text: &str, tokens: &[Token]) -> bool {
    if text.trim_end_matches(['"', '”', '\'', '’', ' ', ')']).ends_with(['.', '!', ';']) {
        return false;
    }
    let words: Vec<&Token> = tokens
        .iter()
        .filter(|t| {
            t.range.len() > 3
                && !t.technical
                && text.get(t.range.clone()).is_some_and(|w| w.chars().all(char::is_alphabetic))
        })
        .collect();
    let capitals = words.iter().filter(|t| t.shape != Shape::Lower).count();
    words.len() > 1 && capitals * 10 > words.len() * 6
}

/// Lets capitals inside a sentence that stand beside a name, or beside one another, belong to it, though the word is an
/// ordinary one elsewhere: `Market` of `Otter Market`.
fn follow(text: &str, tokens: &[Token], names: &mut [bool]) {
    for (number, pair) in tokens.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let beside = text.get(first.range.end..second.range.start) == Some(" ");
        let is_capital = |t: &Token| matches!(t.shape, Shape::Capital | Shape::Mixed) && !t.technical;
        let is_bound =
            |t: &Token| lexicon::is_function_word(&t.key) || CALENDAR.split_whitespace().any(|w| w == t.key);
        if !beside
            || !is_capital(first)
            || !is_capital(second)
            || second.starts
            || is_bound(first)
            || is_bound(second)
        {
            continue;
        }
        if let Some(after) = names.get_mut(number + 1) {
            *after = true;
        }
        if let Some(before) = names.get_mut(number).filter(|_| !first.starts) {
            *before = true;
        }
    }
}

/// Whether two name words belong to one name.
fn joins(text: &str, last: &Token, next: &Token) -> bool {
    let gap = text.get(last.range.end..next.range.start).unwrap_or_default();
    let is_initial = |t: &Token| t.range.len() == 1;
    match gap {
        " " => !next.starts || is_initial(last),
        " of " | " of the " => OF.split_whitespace().any(|head| head == last.key),
        "-" | " & " => last.shape != Shape::Acronym || gap == " & " || gap == "-",
        "." | ". " => {
            (is_initial(last) && (is_initial(next) || gap == ". ")) || (gap == "." && !is_initial(last))
        }
        "&" => true,
        _ => false,
    }
}

fn mention(text: &str, run: &[&Token], lexicon: &Lexicon) -> Option<Mention> {
    let (first, last) = (run.first()?, run.last()?);
    let range = first.range.start..last.range.end;
    let words: Vec<String> = run.iter().map(|token| token.key.clone()).collect();
    let shapes: Vec<Shape> = run.iter().map(|token| token.shape).collect();
    let made = |(word, shape): (&String, &Shape)| match shape {
        Shape::Mixed => true,
        Shape::Capital => !is_general(word, lexicon),
        _ => false,
    };
    let content = |(word, shape): &(&String, &Shape)| {
        matches!(shape, Shape::Capital | Shape::Mixed) && !lexicon::is_function_word(word)
    };
    let capitals = words.iter().zip(&shapes).filter(content).count();
    let strong = capitals > 1 || words.iter().zip(&shapes).any(made);
    let text = text.get(range.clone())?.to_owned();
    (text.len() > 1).then_some(Mention { range, text, words, shapes, strong })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 4] = [
        "New Mirrorpane Kit Steals Passkeys",
        "Attackers use Mirrorpane against customers of Black Otter Labs, says Ana Silva.",
        "It is a Remote Access Trojan (RAT); the kit runs on iQuill and U.S. servers.",
        "Customers of the House of Valmorane lost money on Monday.",
    ];

    fn story() -> English {
        English::new(STORY.into_iter())
    }

    fn names(text: &str) -> Vec<String> {
        story().mentions(text, Lexicon::builtin()).into_iter().map(|m| m.text).collect()
    }

    #[test]
    fn names_are_told_from_capitals_of_position() {
        assert_eq!(names(STORY[0]), ["Mirrorpane"]);
        assert_eq!(names(STORY[1]), ["Mirrorpane", "Black Otter Labs", "Ana Silva"]);
        assert_eq!(names(STORY[2]), ["Remote Access Trojan", "RAT", "iQuill", "U.S"]);
        assert_eq!(names(STORY[3]), ["House of Valmorane"]);
    }

    #[test]
    fn finds_words_whatever_stands_between() {
        let story = story();
        assert!(story.has("blackotter") && story.has("mirrorpane") && story.has("passkey"));
        assert!(!story.has("mirror") && !story.has("valmor") && !story.has("lackotter"));
        assert!(story.abbreviates("bol"));
        assert_eq!(story.expansion("rat").map(<[String]>::len), Some(3));
        assert_eq!(story.forms("valmorane").map(|f| f.inside), Some(1));
    }
}
