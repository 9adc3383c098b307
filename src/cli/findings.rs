//! Findings for people, on a terminal.

use super::marked::{self, Row};
use anstyle::{AnsiColor, Style};
use duizhao::model::{Bead, Bitext, Finding, Lang, Severity, Span};
use duizhao::qa;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::IsTerminal;
use std::ops::Range;

/// The width where standard output is no terminal.
const WIDTH: usize = 100;

/// Wider lines are no easier to read.
const WIDEST: usize = 140;

/// What stands before the text of a bead.
const INDENT: usize = 6;

/// How findings are shown to people.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// Whether severities are coloured.
    pub colour: bool,
    /// Whether messages are Chinese.
    pub in_chinese: bool,
}

impl Look {
    /// What suits standard output.
    pub fn here(in_chinese: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let size = terminal.then(terminal_size::terminal_size).flatten();
        let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0)).clamp(40, WIDEST);
        // https://no-color.org: any value but an empty one.
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { width, colour: terminal && !plain, in_chinese }
    }

    fn painted(self, text: &str, style: Style) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

fn style(severity: Severity) -> Style {
    let style = Style::new();
    match severity {
        Severity::Info => style.fg_color(Some(AnsiColor::Cyan.into())),
        Severity::Minor => style.fg_color(Some(AnsiColor::Yellow.into())),
        Severity::Major => style.fg_color(Some(AnsiColor::Red.into())),
        Severity::Critical => style.fg_color(Some(AnsiColor::Red.into())).bold(),
    }
}

/// Findings under the sentences that they are about, one article after the other, and a summary. Of a group only the first
/// is shown in full.
pub fn table(bitexts: &[Bitext], look: Look) -> String {
    let mut text = String::new();
    for bitext in bitexts.iter().filter(|bitext| !bitext.findings.is_empty()) {
        let title = marked::visible_text(&bitext.pair.id);
        text.push_str(&look.painted(&title, Style::new().bold()));
        text.push_str("\n\n");
        let mut groups: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for finding in &bitext.findings {
            groups.entry(&finding.group).or_default().push(finding.bead);
        }
        let mut seen = BTreeSet::new();
        for finding in bitext.findings.iter().filter(|finding| seen.insert(&finding.group)) {
            entry(&mut text, bitext, finding, look);
            let places =
                groups.get(finding.group.as_str()).map_or(&[][..], |beads| beads.get(1..).unwrap_or(&[]));
            if let Some(also) = also(finding.bead, places, look) {
                let _ = writeln!(text, "{:INDENT$}{}", "", look.painted(&also, Style::new().dimmed()));
            }
            text.push('\n');
        }
    }
    text + &summary(bitexts, look)
}

fn entry(text: &mut String, bitext: &Bitext, finding: &Finding, look: Look) {
    let message = if look.in_chinese { &finding.message.zh } else { &finding.message.en };
    let severity = look.painted(severity_name(finding.severity, look), style(finding.severity));
    let head = format!("#{} {} ", finding.bead, severity_name(finding.severity, look));
    let said = format!("{}: {message}", finding.check);
    let hang = marked::width(&head);
    for (n, line) in marked::lines(&said, look.width.saturating_sub(hang)).iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = match n {
            0 => writeln!(text, "#{} {severity} {line}", finding.bead),
            _ => writeln!(text, "{:hang$}{line}", ""),
        };
    }
    let Some(bead) = bitext.alignment.beads().get(finding.bead as usize) else { return };
    let compares = qa::check(&finding.check).is_none_or(|check| check.fidelity);
    for lang in [Lang::Zh, Lang::En] {
        let spans = finding.spans.get(lang);
        let (side, marks) = side(bitext, bead, lang, spans);
        if side.is_empty() || spans.is_empty() && !compares {
            continue;
        }
        let rows = marked::rows(&side, &marks, look.width.saturating_sub(INDENT));
        write_rows(text, lang, &rows, finding.severity, look);
    }
    if let Some(suggestion) = &finding.suggestion {
        let _ = writeln!(text, "{:INDENT$}→ {}", "", marked::visible_text(suggestion));
    }
}

fn write_rows(text: &mut String, lang: Lang, rows: &[Row], severity: Severity, look: Look) {
    let label = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    for (n, row) in rows.iter().enumerate() {
        let label = look.painted(if n == 0 { label } else { "  " }, Style::new().dimmed());
        let _ = writeln!(text, "  {label}  {}", row.text);
        if !row.carets.is_empty() {
            let carets = row.carets.trim_start();
            let blank = INDENT + row.carets.len() - carets.len();
            let _ = writeln!(text, "{:blank$}{}", "", look.painted(carets, style(severity)));
        }
    }
}

/// A bead's text on one side, and where in it the spans are.
fn side(bitext: &Bitext, bead: &Bead, lang: Lang, spans: &[Span]) -> (String, Vec<Range<usize>>) {
    let document = bitext.pair.documents.get(lang);
    let indices = if lang == Lang::Zh { &bead.zh } else { &bead.en };
    let (mut text, mut marks): (String, Vec<Range<usize>>) = (String::new(), Vec::new());
    for sentence in indices.iter().filter_map(|&i| document.sentences.get(i as usize)) {
        if lang == Lang::En && !text.is_empty() {
            text.push(' ');
        }
        let own = sentence.span;
        for span in spans {
            let (from, to) = (span.start().max(own.start()), span.end().min(own.end()));
            if from < to {
                marks.push(text.len() + from - own.start()..text.len() + to - own.start());
            }
        }
        text.push_str(own.slice(&document.article.text));
    }
    (text, marks)
}

/// The further places of a finding's group.
fn also(bead: u32, places: &[u32], look: Look) -> Option<String> {
    let here = places.iter().filter(|&&place| place == bead).count();
    let others: BTreeSet<u32> = places.iter().copied().filter(|&place| place != bead).collect();
    let list = others.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let beads = if others.len() == 1 { "bead" } else { "beads" };
    Some(match (here, list.is_empty(), look.in_chinese) {
        (0, true, _) => return None,
        (0, false, false) => format!("also in {beads} {list}"),
        (_, true, false) => format!("{here} more here"),
        (_, false, false) => format!("{here} more here, also in {beads} {list}"),
        (0, false, true) => format!("另见 {list}"),
        (_, true, true) => format!("此处另有 {here} 处"),
        (_, false, true) => format!("此处另有 {here} 处，另见 {list}"),
    })
}

fn severity_name(severity: Severity, look: Look) -> &'static str {
    if look.in_chinese { severity.name_zh() } else { severity.name() }
}

/// How many findings of each severity there are, in how many articles.
fn summary(bitexts: &[Bitext], look: Look) -> String {
    let count = |severity: Severity| {
        bitexts.iter().flat_map(|b| &b.findings).filter(|finding| finding.severity == severity).count()
    };
    let counts: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .map(|&severity| (severity, count(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| {
            look.painted(&format!("{count} {}", severity_name(severity, look)), style(severity))
        })
        .collect();
    let articles = bitexts.len();
    let noun = if articles == 1 { "article" } else { "articles" };
    match (counts.is_empty(), look.in_chinese) {
        (true, false) => format!("Nothing found in {articles} {noun}.\n"),
        (true, true) => format!("{articles} 篇文章，未发现问题。\n"),
        (false, false) => format!("{} in {articles} {noun}\n", counts.join(", ")),
        (false, true) => format!("{}；共 {articles} 篇\n", counts.join("，")),
    }
}
