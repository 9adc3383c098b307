//! vecalign's beads, `[0]:[0, 1]:0.35`, over two texts of a sentence a line.

use super::rows::{self, Builder};
use super::set::{Named, lines, sides};
use crate::error::{Error, Result};
use crate::model::{Bead, Bitext, Lang, Sides};

/// What a line of the beads says: the sentences of both texts, 0-based, and the cost.
struct Line {
    first: Vec<u32>,
    second: Vec<u32>,
    cost: f32,
}

/// A text's lines, and whether it is the one that beads name first.
struct Text<'f> {
    lines: Vec<&'f str>,
    is_first: bool,
}

/// Reads beads and texts. Confidence is 1 less the cost, from 0 to 1; sentences that no bead names have no counterpart, and
/// empty lines are no sentences.
pub(super) fn read(files: &[Named<'_>]) -> Result<Vec<Bitext>> {
    let [beads, first, second] = files else {
        return Err(Error::usage("beads and two texts are three files"));
    };
    let mut parsed = Vec::new();
    for (number, text) in lines(beads)?.into_iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = number as u64 + 1;
        parsed.push((number, line(text).map_err(|e| e.at(beads.name).on_line(number))?));
    }
    let (first, second) = (lines(first)?, lines(second)?);
    let in_order = !are_swapped(&parsed, first.len(), second.len());
    let texts = sides(
        Text { lines: first, is_first: in_order },
        Text { lines: second, is_first: !in_order },
        |text| text.lines.as_slice(),
    );
    let (zh, zh_places) = document(beads.name, &texts.zh, Lang::Zh);
    let (en, en_places) = document(beads.name, &texts.en, Lang::En);
    let places = Sides::new(zh_places, en_places);
    let mut named = places.as_ref().map(|places| vec![false; places.len()]);
    let mut found = Vec::new();
    for (number, Line { first, second, cost }) in parsed {
        let wrong = |error: Error| error.at(beads.name).on_line(number);
        let (zh, en) = if texts.zh.is_first { (first, second) } else { (second, first) };
        let sides = Sides::new(
            sentences(&zh, &places.zh, &mut named.zh).map_err(wrong)?,
            sentences(&en, &places.en, &mut named.en).map_err(wrong)?,
        );
        found.extend(rows::bead(sides, (1.0 - cost).clamp(0.0, 1.0)));
    }
    found.extend(unnamed(&places.zh, &named.zh).filter_map(|zh| alone(Sides::new(zh, Vec::new()))));
    found.extend(unnamed(&places.en, &named.en).filter_map(|en| alone(Sides::new(Vec::new(), en))));
    let bitext = rows::assembled(beads.name, Sides::new(zh, en), found).map_err(|e| e.at(beads.name))?;
    Ok(vec![bitext])
}

/// Whether the texts were given in the other order than the beads name them: these end where the texts end, the other way
/// round only.
fn are_swapped(beads: &[(u64, Line)], first: usize, second: usize) -> bool {
    let end = |side: fn(&Line) -> &[u32]| {
        beads.iter().flat_map(|(_, line)| side(line)).max().map_or(0, |&last| last as usize + 1)
    };
    let ends = (end(|line| &line.first), end(|line| &line.second));
    ends != (first, second) && ends == (second, first)
}

fn alone(sides: Sides<Vec<u32>>) -> Option<Bead> {
    rows::bead(sides, 1.0)
}

/// A text as a document, and what sentence each line became: none if it is empty.
fn document(name: &str, text: &Text<'_>, lang: Lang) -> (Builder, Vec<Vec<u32>>) {
    let mut builder = Builder::new(name, lang);
    let places = text.lines.iter().map(|line| builder.add(line)).collect();
    (builder, places)
}

/// The sentences of these lines, which are marked as named.
fn sentences(lines: &[u32], places: &[Vec<u32>], named: &mut [bool]) -> Result<Vec<u32>> {
    let mut sentences = Vec::new();
    for &line in lines {
        let (Some(place), Some(named)) = (places.get(line as usize), named.get_mut(line as usize)) else {
            return Err(Error::input(format!(
                "names sentence {line}, but the text has {} lines",
                places.len()
            ))
            .remedy("give the texts that were aligned, the one that the beads name first before the other"));
        };
        if std::mem::replace(named, true) {
            return Err(Error::input(format!("names sentence {line} a second time"))
                .remedy("leave it in one bead only"));
        }
        sentences.extend(place);
    }
    sentences.sort_unstable();
    Ok(sentences)
}

/// The sentences of lines that no bead names.
fn unnamed(places: &[Vec<u32>], named: &[bool]) -> impl Iterator<Item = Vec<u32>> {
    places.iter().zip(named).filter(|(_, named)| !**named).map(|(place, _)| place.clone())
}

fn line(text: &str) -> Result<Line> {
    let wrong = || {
        Error::input("is no bead of vecalign's")
            .remedy("a bead is [numbers]:[numbers]:cost, e.g. [0]:[0, 1]:0.35")
    };
    let mut fields = text.trim().splitn(3, ':');
    let mut numbers = || serde_json::from_str(fields.next().unwrap_or_default()).map_err(|_| wrong());
    let (first, second) = (numbers()?, numbers()?);
    // The cost may be missing: vecalign's own gold has none.
    let cost = match fields.next().map(|cost| cost.trim().parse::<f32>()) {
        None => 0.0,
        Some(Ok(cost)) if cost.is_finite() => cost,
        Some(_) => return Err(wrong()),
    };
    Ok(Line { first, second, cost })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Relation;

    const EN: &str = "A \u{202e}bug.\nIt is\tnew.\n\nLeft out.\n";
    const ZH: &str = "一个新漏洞\u{0}𠮷。\n补充。\n";

    fn read_texts(beads: &str, first: &str, second: &str) -> Result<Bitext> {
        let texts = [("a.beads", beads), ("first.txt", first), ("second.txt", second)];
        let files = texts.map(|(name, text)| Named { name, bytes: text.as_bytes() });
        Ok(read(&files)?.remove(0))
    }

    #[test]
    fn beads_are_over_the_texts_in_the_order_given() {
        for bitext in [
            read_texts("[0]:[0, 1]:0.25\n[]:[2]:0.0\n[1]:[]:0.0\n", ZH, EN),
            read_texts("[1, 0]:[0]:0.25\r\n[]:[1]:0.0\n", EN, ZH),
        ] {
            let bitext = bitext.unwrap();
            let beads = bitext.alignment.beads().iter();
            let shown: Vec<_> = beads.map(|b| (b.zh.clone(), b.en.clone(), b.relation)).collect();
            assert_eq!(
                shown,
                [
                    (vec![0], vec![0, 1], Relation::Translation),
                    (vec![1], vec![], Relation::Added),
                    (vec![], vec![2], Relation::Omitted)
                ]
            );
            assert_eq!(bitext.alignment.beads()[0].confidence, 0.75);
            assert_eq!(bitext.pair.documents.zh.sentence(0), "一个新漏洞\u{0}𠮷。");
            assert_eq!(bitext.pair.documents.en.sentence(2), "Left out.");
        }
    }

    #[test]
    fn texts_in_the_other_order_are_told_by_where_the_beads_end() {
        let beads = "[0]:[0]:0.1\n[1]:[1, 2]:0.1\n";
        for (first, second) in
            [("一。\n二。\n", "One.\nTwo.\nThree.\n"), ("One.\nTwo.\nThree.\n", "一。\n二。\n")]
        {
            let bitext = read_texts(beads, first, second).unwrap();
            assert_eq!(bitext.alignment.beads()[1].en.len(), 2, "{first}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (beads, expected) in [
            ("[0]:[0]:0.1\n[0]:[1]:0.1\n", "a.beads:2: names sentence 0 a second time"),
            ("[0]:[9]:0.1\n", "a.beads:1: names sentence 9, but the text has 4 lines"),
            ("\n0\t0\t0.3\n", "a.beads:2: is no bead of vecalign's"),
            ("[0]:[0]:NaN\n", "a.beads:1: is no bead of vecalign's"),
            ("[-1]:[0]:0\n", "a.beads:1: is no bead of vecalign's"),
        ] {
            let error = read_texts(beads, ZH, EN).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.remedy_text().is_some());
        }
    }
}
