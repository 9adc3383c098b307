//! How an article renders the names and terms that the tables know. What one article does well by itself, many may do in
//! many ways; only together do they show it.

use super::names::{Chinese, Exonyms, Kind};
use crate::lexicon::terms::Termbase;
use crate::model::{Alignment, ArticlePair, Relation, Renderings};
use crate::text::key;
use std::collections::HashSet;

/// The longest name, in words.
const LONGEST: usize = 4;

/// The renderings of an article's names and terms, each once.
pub fn of(pair: &ArticlePair, alignment: &Alignment) -> Renderings {
    let mut renderings = Renderings::default();
    for bead in alignment.beads().iter().filter(|bead| bead.relation == Relation::Translation) {
        let zh: String = bead.zh.iter().map(|&i| pair.documents.zh.sentence(i as usize)).collect();
        let en: Vec<&str> = bead.en.iter().map(|&i| pair.documents.en.sentence(i as usize)).collect();
        let en = en.join(" ");
        if !zh.is_empty() && !en.is_empty() {
            names(&zh, &en, &mut renderings);
            terms(&zh, &en, &mut renderings);
        }
    }
    renderings
}

/// Makers, authorities, products, places and people that Chinese has names of its own for.
fn names(zh: &str, en: &str, renderings: &mut Renderings) {
    let table = Exonyms::builtin();
    let chinese = Chinese::new(zh);
    let named = english_names(en);
    for (_, row) in &chinese.exonyms {
        let name = table.named(row.zh).find(|row| named.contains(&key::alphanumeric(row.en)));
        if let Some(row) = name.filter(|row| row.kind != Kind::Acronym) {
            renderings.add(row.en, row.zh);
        }
    }
    for name in named.iter().filter(|name| chinese.has(name)) {
        if let Some(row) = table.of(name).find(|row| row.kind != Kind::Acronym && !row.zh.is_ascii()) {
            renderings.add(row.en, row.en);
        }
    }
}

/// The keys of all sequences of words that begin with a capital and that the table may know.
fn english_names(en: &str) -> HashSet<String> {
    let words: Vec<&str> = en.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut names = HashSet::new();
    for start in 0..words.len() {
        let mut name = String::new();
        for word in words.iter().skip(start).take(LONGEST) {
            if name.is_empty() && !word.starts_with(char::is_uppercase) {
                break;
            }
            name.push_str(&word.to_lowercase());
            if Exonyms::builtin().kind(&name).is_some() {
                names.insert(name.clone());
            }
        }
    }
    names
}

/// Terms by those of their approved renderings that stand in the Chinese; the longest, for 漏洞 stands in 漏洞利用.
fn terms(zh: &str, en: &str, renderings: &mut Renderings) {
    for mention in Termbase::builtin().heads_in(en) {
        let there = mention.term.approved.iter().filter(|rendering| zh.contains(rendering.as_str()));
        if let Some(rendering) = there.max_by_key(|rendering| rendering.len()) {
            renderings.add(&mention.term.head, rendering);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing;

    #[test]
    fn names_and_terms_by_what_renders_them() {
        let (pair, alignment) = testing::pair(&[
            ("微软称该勒索软件利用了一个漏洞。", "Microsoft says the ransomware exploits a vulnerability."),
            ("Microsoft已修复该缺陷。", "Microsoft has fixed the vulnerability."),
            ("没有英文的一句。", ""),
        ]);
        let found = of(&pair, &alignment);
        let forms = |name: &str| found.of(name).collect::<Vec<_>>();
        assert_eq!(forms("Microsoft"), ["Microsoft", "微软"]);
        assert_eq!(forms("vulnerability"), ["漏洞", "缺陷"]);
        assert_eq!(forms("ransomware"), ["勒索软件"]);
        assert!(forms("Valmorane").is_empty());
    }
}
