//! `duizhao align --explain N`: why a bead is one.

use duizhao::align::{self, Explanation};
use duizhao::error::{Error, Result};
use duizhao::model::{Bitext, Document, Part, Relation, Sides};
use duizhao::pipeline::Settings;
use std::fmt::Write;

/// What there is to say of bead `number` of a bitext.
pub fn render(bitext: &Bitext, number: usize, settings: &Settings) -> Result<String> {
    let beads = bitext.alignment.beads();
    let bead = beads.get(number).ok_or_else(|| {
        Error::usage(format!("there is no bead {number}"))
            .remedy(format!("give a number from 0 to {}", beads.len().saturating_sub(1)))
    })?;
    let documents = &bitext.pair.documents;
    let lines = align::lines(documents);
    let Explanation { parts, runner_up } =
        align::explain(&lines, settings.align.lexicon(), &settings.align, bead)?;
    let mut text = format!("bead {number}  {}  confidence {:.2}\n", bead.relation.name(), bead.confidence);
    sentences(&mut text, documents, &bead.zh, &bead.en);
    if bead.relation == Relation::Repeat {
        text.push_str("\nIt says again what a later bead says: see that one.\n");
        return Ok(text);
    }
    let Some(second) = runner_up else {
        text.push_str("\nThe search had no other choice for it.\n");
        table(&mut text, &parts, None);
        return Ok(text);
    };
    let _ = writeln!(text, "\nrunner-up, {:.2} worse along the whole path:", second.margin);
    sentences(&mut text, documents, &second.sentences.zh, &second.sentences.en);
    text.push('\n');
    table(&mut text, &parts, Some(&second.parts));
    Ok(text)
}

fn sentences(text: &mut String, documents: &Sides<Document>, zh: &[u32], en: &[u32]) {
    for (lang, document, numbers) in [("zh", &documents.zh, zh), ("en", &documents.en, en)] {
        if numbers.is_empty() {
            let _ = writeln!(text, "  {lang}  –");
        }
        for &number in numbers {
            let _ = writeln!(text, "  {lang} {number:>3}  {}", document.sentence(number as usize));
        }
    }
}

/// A row a signal, those that matter most first.
fn table(text: &mut String, parts: &[Part], second: Option<&[Part]>) {
    let other =
        |signal: &str| second.and_then(|s| s.iter().find(|p| p.signal == signal)).map_or(0.0, |p| p.value);
    let mut rows: Vec<(&str, f32, f32)> = parts
        .iter()
        .map(|p| (p.signal.as_str(), p.value, other(&p.signal)))
        .filter(|r| r.1 != 0.0 || r.2 != 0.0)
        .collect();
    rows.sort_by(|a, b| (b.1 - b.2).abs().total_cmp(&(a.1 - a.2).abs()).then(a.0.cmp(b.0)));
    let head = if second.is_some() { "runner-up" } else { "" };
    let _ = writeln!(text, "  {:<10} {:>8} {head:>10}", "signal", "bead");
    let sum = |of: fn(&(&str, f32, f32)) -> f32| rows.iter().map(of).sum::<f32>();
    let total = ("sum", sum(|r| r.1), sum(|r| r.2));
    for (signal, own, other) in rows.iter().copied().chain([total]) {
        let other = if second.is_some() { format!("{other:>10.2}") } else { String::new() };
        let _ = writeln!(text, "  {signal:<10} {own:>8.2} {other}");
    }
}
