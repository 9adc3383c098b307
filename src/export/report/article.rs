//! An article side by side: a row a bead, its findings beside it.

use super::Place;
use super::text::{self, tidy};
use super::words::Words;
use crate::export::marks;
use crate::model::{
    Aspect, Assessment, Bead, Bitext, Document, Finding, Lang, ParagraphKind, Relation, Span,
};
use askama::Template;
use std::collections::BTreeMap;

/// An article's section.
#[derive(Template)]
#[template(path = "article.html")]
pub struct Section<'b> {
    place: Place,
    w: &'static Words,
    title_zh: String,
    title_en: String,
    published: Option<&'b str>,
    url_zh: Option<String>,
    url_en: Option<String>,
    pair: String,
    fidelity: String,
    parts: Vec<Part>,
    assessment: &'b Assessment,
    rows: Vec<Row>,
}

/// The points that an aspect takes.
struct Part {
    name: &'static str,
    lost: String,
    is_beside: bool,
}

/// A bead.
struct Row {
    id: String,
    class: String,
    label: String,
    zh_number: String,
    en_number: String,
    /// What is said of its relation, and to which row that leads.
    badge: Option<(&'static str, Option<Jump>)>,
    zh: Vec<Piece>,
    en: Vec<Piece>,
    /// English that stood here and was moved elsewhere.
    away: Vec<Jump>,
    notes: Vec<Note>,
}

/// A link to a row or a finding.
struct Jump {
    id: String,
    text: String,
}

struct Piece {
    text: String,
    /// Numbers of findings, from nothing to `a3-f7 a3-f8`.
    findings: String,
    /// The gravest of them, 0–3.
    severity: usize,
}

/// A finding as it stands beside its sentence.
struct Note {
    id: String,
    finding: String,
    severity: usize,
    severity_key: &'static str,
    severity_name: &'static str,
    check: String,
    category: String,
    message: String,
    suggestion: Option<String>,
    confidence: String,
    /// Other findings of the same cause: id and number of the bead's first sentence.
    same: Vec<Jump>,
}

/// A line of the list of findings: one cause.
#[derive(Template)]
#[template(path = "item.html")]
pub struct Item {
    pub severity: usize,
    href: String,
    check: String,
    severity_key: &'static str,
    severity_name: &'static str,
    message: String,
    article: u32,
    title: String,
    times: usize,
    /// The marked words, where the message does not quote them itself.
    quote: Option<(&'static str, String)>,
}

/// The most characters of marked words that the list of findings quotes.
const QUOTED: usize = 90;

/// The section of a bitext, and its lines in the list of findings.
pub fn section<'b>(
    bitext: &'b Bitext,
    assessment: &'b Assessment,
    place: Place,
    lang: Lang,
) -> (Section<'b>, Vec<Item>) {
    let w = Words::of(lang);
    let documents = &bitext.pair.documents;
    let groups = groups(bitext);
    let title = |document: &Document| {
        document.article.title.clone().unwrap_or_else(|| document.sentence(0).to_owned())
    };
    let (title_zh, title_en) = (tidy(&title(&documents.zh)), tidy(&title(&documents.en)));
    let items = items(bitext, place, lang, &groups, &title_zh);
    let part = |aspect: Aspect| Part {
        name: w.aspect(aspect),
        lost: text::tenths(assessment.lost(aspect)),
        is_beside: aspect == Aspect::Form,
    };
    let section = Section {
        place,
        w,
        title_zh,
        title_en,
        published: documents.zh.article.published.as_deref(),
        url_zh: documents.zh.article.url.as_deref().and_then(text::address),
        url_en: text::address(&bitext.pair.en_url),
        pair: tidy(&bitext.pair.id),
        fidelity: text::tenths(assessment.fidelity),
        parts: Aspect::ALL.map(part).into(),
        assessment,
        rows: rows(bitext, place, lang, &groups),
    };
    (section, items)
}

/// Findings by cause, by their places in the bitext.
fn groups(bitext: &Bitext) -> BTreeMap<&str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, finding) in bitext.findings.iter().enumerate() {
        groups.entry(&finding.group).or_default().push(number);
    }
    groups
}

fn items(
    bitext: &Bitext,
    place: Place,
    lang: Lang,
    groups: &BTreeMap<&str, Vec<usize>>,
    title: &str,
) -> Vec<Item> {
    let item = |(number, finding): (usize, &Finding)| {
        let cause = groups.get(finding.group.as_str())?;
        let first =
            cause.iter().max_by_key(|&&n| (bitext.findings.get(n).map(|f| f.severity), std::cmp::Reverse(n)));
        (first == Some(&number)).then(|| Item {
            severity: finding.severity as usize,
            href: format!("#{}", place.finding(number)),
            check: finding.check.clone(),
            severity_key: finding.severity.name(),
            severity_name: Words::of(lang).severity(finding.severity),
            message: tidy(message(finding, lang)),
            article: place.number,
            title: title.to_owned(),
            times: cause.len(),
            quote: quote(bitext, finding, message(finding, lang)),
        })
    };
    bitext.findings.iter().enumerate().filter_map(item).collect()
}

/// The first words that a finding marks, the Chinese if it marks any.
fn quote(bitext: &Bitext, finding: &Finding, message: &str) -> Option<(&'static str, String)> {
    let sides = [("zh-Hans", Lang::Zh), ("en", Lang::En)];
    let marked = |(tag, lang): (&'static str, Lang)| {
        let span = finding.spans.get(lang).first()?;
        Some((tag, span.slice(&bitext.pair.documents.get(lang).article.text)))
    };
    let (tag, words) = sides.into_iter().find_map(marked).filter(|(_, words)| !message.contains(words))?;
    let mut short: String = words.chars().take(QUOTED).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    Some((tag, tidy(&short)))
}

fn message(finding: &Finding, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &finding.message.zh,
        Lang::En => &finding.message.en,
    }
}

fn rows(bitext: &Bitext, place: Place, lang: Lang, groups: &BTreeMap<&str, Vec<usize>>) -> Vec<Row> {
    let beads = bitext.alignment.beads();
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); beads.len()];
    for (number, finding) in bitext.findings.iter().enumerate() {
        if let Some(own) = found.get_mut(finding.bead as usize) {
            own.push(number);
        }
    }
    let homes = Homes::of(beads);
    let mut paragraph = None;
    let mut rows: Vec<Row> = Vec::with_capacity(beads.len());
    for ((number, bead), own) in beads.iter().enumerate().zip(&found) {
        let kind = kind(bitext, bead);
        let here = first_paragraph(bitext, bead);
        let is_new = here.is_none() || here != paragraph;
        paragraph = here.or(paragraph);
        let first = |indices: &[u32]| indices.first().map(|i| (i + 1).to_string()).unwrap_or_default();
        rows.push(Row {
            id: place.bead(number),
            class: format!("{} {kind}{}", bead.relation.name(), if is_new { " new" } else { "" }),
            label: (number + 1).to_string(),
            zh_number: first(&bead.zh),
            en_number: first(&bead.en),
            badge: badge(bead, number, &homes, place, Words::of(lang)),
            zh: side(bitext, bead, Lang::Zh, own, place),
            en: side(bitext, bead, Lang::En, own, place),
            away: homes.away(number, place, Words::of(lang)),
            notes: own.iter().filter_map(|&n| note(bitext, n, lang, place, groups)).collect(),
        });
    }
    rows
}

/// In which beads English sentences are rendered, and where they would stand had they not been moved.
struct Homes<'b> {
    beads: &'b [Bead],
    /// The bead of every English sentence, repeats left out.
    of: BTreeMap<u32, usize>,
    /// Beads whose English was moved away from behind a bead.
    behind: BTreeMap<usize, Vec<usize>>,
}

impl<'b> Homes<'b> {
    fn of(beads: &'b [Bead]) -> Self {
        let own = beads.iter().enumerate().filter(|(_, bead)| bead.relation != Relation::Repeat);
        let of: BTreeMap<u32, usize> =
            own.clone().flat_map(|(n, bead)| bead.en.iter().map(move |&e| (e, n))).collect();
        let mut behind: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, bead) in own.filter(|(_, bead)| bead.relation == Relation::Moved) {
            let Some(&first) = bead.en.first() else { continue };
            let stays =
                |&(_, n): &(&u32, &usize)| beads.get(*n).is_some_and(|bead| bead.relation != Relation::Moved);
            if let Some((_, &home)) = of.range(..first).rev().find(stays) {
                behind.entry(home).or_default().push(number);
            }
        }
        Self { beads, of, behind }
    }

    fn away(&self, number: usize, place: Place, w: &Words) -> Vec<Jump> {
        let moved = self.behind.get(&number).into_iter().flatten();
        let first = |n: usize| self.beads.get(n)?.en.first().copied();
        moved.filter_map(|&n| Some(Jump::to(n, first(n)?, w.moved_away, place))).collect()
    }
}

impl Jump {
    /// To a bead; `text` names the sentence in place of `{}`.
    fn to(bead: usize, sentence: u32, text: &str, place: Place) -> Self {
        Self { id: place.bead(bead), text: text.replace("{}", &(sentence + 1).to_string()) }
    }
}

fn badge(
    bead: &Bead,
    number: usize,
    homes: &Homes<'_>,
    place: Place,
    w: &Words,
) -> Option<(&'static str, Option<Jump>)> {
    let first = bead.en.first().copied();
    match bead.relation {
        Relation::Translation => None,
        Relation::Omitted => Some((w.omitted, None)),
        Relation::Added => Some((w.added, None)),
        Relation::Repeat => {
            let home = first.and_then(|e| Some(Jump::to(*homes.of.get(&e)?, e, w.repeats, place)));
            Some((w.repeat, home))
        }
        Relation::Moved => {
            let home = homes.behind.iter().find(|(_, moved)| moved.contains(&number));
            Some((w.moved, home.zip(first).map(|((home, _), e)| Jump::to(*home, e, w.moved_from, place))))
        }
    }
}

fn first_paragraph(bitext: &Bitext, bead: &Bead) -> Option<u32> {
    let sentence = bitext.pair.documents.zh.sentences.get(*bead.zh.first()? as usize)?;
    Some(sentence.paragraph)
}

/// What the row's paragraph is, as a class.
fn kind(bitext: &Bitext, bead: &Bead) -> &'static str {
    let documents = &bitext.pair.documents;
    let zh = bead.zh.first().and_then(|&i| documents.zh.paragraph_of(i as usize));
    let en = || bead.en.first().and_then(|&i| documents.en.paragraph_of(i as usize));
    match zh.or_else(en).map(|paragraph| paragraph.kind) {
        Some(ParagraphKind::Title) => "k-title",
        Some(ParagraphKind::Lead) => "k-lead",
        Some(ParagraphKind::Heading) => "k-heading",
        Some(ParagraphKind::ListItem) => "k-item",
        Some(ParagraphKind::Caption) => "k-caption",
        Some(ParagraphKind::Quote) => "k-quote",
        Some(ParagraphKind::Code) => "k-code",
        Some(ParagraphKind::TableCell) => "k-cell",
        Some(ParagraphKind::Body) | None => "k-body",
    }
}

/// A bead's side, cut where findings begin and end.
fn side(bitext: &Bitext, bead: &Bead, lang: Lang, own: &[usize], place: Place) -> Vec<Piece> {
    let document = bitext.pair.documents.get(lang);
    let indices = if lang == Lang::Zh { &bead.zh } else { &bead.en };
    let marks: Vec<(Span, usize)> = own
        .iter()
        .filter_map(|&n| Some((n, bitext.findings.get(n)?)))
        .flat_map(|(n, finding)| finding.spans.get(lang).iter().map(move |&span| (span, n)))
        .collect();
    let spans: Vec<Span> = marks.iter().map(|(span, _)| *span).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for sentence in indices.iter().filter_map(|&i| document.sentences.get(i as usize)) {
        if lang == Lang::En && !pieces.is_empty() {
            pieces.push(Piece { text: " ".to_owned(), findings: String::new(), severity: 0 });
        }
        for piece in marks::pieces(&document.article.text, sentence.span, &spans) {
            let mut findings: Vec<usize> =
                piece.marks.iter().filter_map(|&m| marks.get(m)).map(|(_, n)| *n).collect();
            findings.dedup();
            let severities =
                findings.iter().filter_map(|&n| bitext.findings.get(n)).map(|f| f.severity as usize);
            pieces.push(Piece {
                text: tidy(piece.text),
                severity: severities.max().unwrap_or_default(),
                findings: findings.iter().map(|&n| place.finding(n)).collect::<Vec<_>>().join(" "),
            });
        }
    }
    pieces
}

fn note(
    bitext: &Bitext,
    number: usize,
    lang: Lang,
    place: Place,
    groups: &BTreeMap<&str, Vec<usize>>,
) -> Option<Note> {
    let finding = bitext.findings.get(number)?;
    let others = groups.get(finding.group.as_str()).into_iter().flatten().filter(|&&n| n != number);
    let jump = |&other: &usize| {
        let bead = bitext.alignment.beads().get(bitext.findings.get(other)?.bead as usize)?;
        let sentence = *bead.zh.first().or(bead.en.first())?;
        Some(Jump { id: place.finding(other), text: (sentence + 1).to_string() })
    };
    Some(Note {
        id: place.finding(number),
        finding: finding.id.clone(),
        severity: finding.severity as usize,
        severity_key: finding.severity.name(),
        severity_name: Words::of(lang).severity(finding.severity),
        check: finding.check.clone(),
        category: finding.category.clone(),
        message: tidy(message(finding, lang)),
        suggestion: finding.suggestion.as_deref().map(tidy),
        confidence: format!("{:.0} %", f64::from(finding.confidence) * 100.0),
        same: others.filter_map(jump).collect(),
    })
}
