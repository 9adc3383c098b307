//! Findings as a sheet for a reviewer, and the reviewer's verdicts read back: what each check's findings are worth on the
//! user's own text.

use super::baseline::is_id;
use crate::error::{Error, Result};
use crate::model::{Bitext, Finding, Lang};
use std::collections::BTreeMap;

/// The sheet's columns. The last two are the reviewer's.
pub const COLUMNS: [&str; 12] = [
    "id",
    "check",
    "severity",
    "category",
    "pair",
    "bead",
    "zh",
    "en",
    "message",
    "suggestion",
    "verdict",
    "reason",
];

/// What a reviewer says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is a fault.
    Accepted,
    /// It is none.
    Rejected,
}

/// Verdicts by the findings' ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts {
    judged: BTreeMap<String, Judged>,
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The check that made the finding.
    pub check: String,
    /// What was said of it.
    pub verdict: Verdict,
    /// Why; empty if nobody said.
    pub reason: String,
}

/// How a check's findings were judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The check.
    pub check: String,
    /// How many of its findings were accepted.
    pub accepted: u32,
    /// How many were rejected.
    pub rejected: u32,
}

impl Precision {
    /// The share that was accepted, 0–1.
    pub fn share(&self) -> f64 {
        f64::from(self.accepted) / f64::from(self.accepted + self.rejected).max(1.0)
    }

    /// The interval in which the share lies with a probability of 95 % (Wilson 1927, score interval without correction).
    pub fn interval(&self) -> (f64, f64) {
        const Z: f64 = 1.959_964;
        let n = f64::from(self.accepted + self.rejected);
        if n == 0.0 {
            return (0.0, 1.0);
        }
        let p = self.share();
        let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        ((middle - half).max(0.0), (middle + half).min(1.0))
    }
}

impl Verdicts {
    /// Reads a sheet that [`sheet`] wrote and a reviewer filled in, as spreadsheets save it: separated by tabs, commas or
    /// semicolons, in UTF-8, or in UTF-16 with its mark. Only the columns `id` and `verdict` are needed; rows without a
    /// verdict are passed over.
    ///
    /// # Errors
    /// If a column is missing, an id is none, or a verdict is not understood; with the line.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let text = decoded(bytes)?;
        let delimiter = delimiter(text.lines().next().unwrap_or(""));
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let header = cells(reader.headers().map_err(|e| unreadable(&e))?);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(&e))?;
            rows.push((record.position().map_or(0, csv::Position::line), cells(&record)));
        }
        Self::of_rows(&header, rows)
    }

    /// The same of the cells of a spreadsheet, with the numbers of their rows, the header first.
    ///
    /// # Errors
    /// As [`Verdicts::parse`].
    pub fn of_cells(cells: Vec<(u64, Vec<String>)>) -> Result<Self> {
        let mut rows = cells.into_iter();
        let header = rows.next().map(|(_, header)| header).unwrap_or_default();
        Self::of_rows(&header, rows.collect())
    }

    fn of_rows(header: &[String], rows: Vec<(u64, Vec<String>)>) -> Result<Self> {
        let column = |names: [&str; 2]| {
            header.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
        };
        let (Some(id), Some(verdict)) = (column(["id", "编号"]), column(["verdict", "结论"])) else {
            return Err(Error::input("has no columns `id` and `verdict`")
                .remedy("fill in the sheet that `duizhao qa --format tsv` or `--xlsx` writes"));
        };
        let (check, reason) = (column(["check", "检查项"]), column(["reason", "理由"]));
        let mut judged = BTreeMap::new();
        for (line, row) in rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
            let said = cell(Some(verdict));
            if said.is_empty() {
                continue;
            }
            let id = cell(Some(id));
            if !is_id(id) {
                return Err(Error::input(format!("`{id}` is no finding's id"))
                    .on_line(line)
                    .remedy("leave the column as `duizhao qa` wrote it"));
            }
            let verdict = understood(said).ok_or_else(|| {
                Error::input(format!("`{said}` is no verdict"))
                    .on_line(line)
                    .remedy("say accepted or rejected")
            })?;
            let (check, reason) = (cell(check).to_owned(), cell(reason).to_owned());
            judged.insert(id.to_owned(), Judged { check, verdict, reason });
        }
        Ok(Self { judged })
    }

    /// What was said of the finding of this id.
    pub fn of(&self, id: &str) -> Option<&Judged> {
        self.judged.get(id)
    }

    /// Takes the findings that were rejected out; how many.
    pub fn silence(&self, findings: &mut Vec<Finding>) -> usize {
        let before = findings.len();
        findings.retain(|f| self.of(&f.id).is_none_or(|judged| judged.verdict != Verdict::Rejected));
        before - findings.len()
    }

    /// How each check's findings were judged, by the checks' names.
    pub fn precision(&self) -> Vec<Precision> {
        let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for judged in self.judged.values() {
            let count = counts.entry(&judged.check).or_default();
            match judged.verdict {
                Verdict::Accepted => count.0 += 1,
                Verdict::Rejected => count.1 += 1,
            }
        }
        counts
            .into_iter()
            .map(|(check, (accepted, rejected))| Precision { check: check.to_owned(), accepted, rejected })
            .collect()
    }
}

fn cells(record: &csv::StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

fn decoded(bytes: &[u8]) -> Result<String> {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let (text, _, broken) = encoding.decode(bytes);
    if broken {
        return Err(Error::input("is neither UTF-8 nor UTF-16 with its mark").remedy("save it as UTF-8"));
    }
    Ok(text.into_owned())
}

/// What separates the header's cells.
fn delimiter(header: &str) -> u8 {
    [b'\t', b';', b','].into_iter().find(|&d| header.contains(char::from(d))).unwrap_or(b'\t')
}

fn unreadable(error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    Error::input(format!("is no table: {error}")).on_line(line)
}

fn understood(text: &str) -> Option<Verdict> {
    Some(match text.to_lowercase().as_str() {
        "accepted" | "accept" | "a" | "yes" | "y" | "true" | "1" | "ok" | "接受" | "采纳" | "确认" | "是"
        | "对" | "属实" => Verdict::Accepted,
        "rejected" | "reject" | "r" | "no" | "n" | "false" | "0" | "误报" | "拒绝" | "驳回" | "否" | "不"
        | "错" => Verdict::Rejected,
        _ => return None,
    })
}

/// One finding a line, between tabs, with empty columns for verdict and reason.
pub fn sheet(bitexts: &[Bitext], in_chinese: bool) -> String {
    let mut text = COLUMNS.join("\t");
    text.push('\n');
    for (bitext, finding) in bitexts.iter().flat_map(|b| b.findings.iter().map(move |f| (b, f))) {
        let marked = |lang: Lang| {
            let article = &bitext.pair.documents.get(lang).article.text;
            let texts: Vec<&str> = finding.spans.get(lang).iter().map(|span| span.slice(article)).collect();
            texts.join(" … ")
        };
        let message = if in_chinese { &finding.message.zh } else { &finding.message.en };
        let cells = [
            &finding.id,
            &finding.check,
            finding.severity.name(),
            &finding.category,
            &bitext.pair.id,
            &finding.bead.to_string(),
            &marked(Lang::Zh),
            &marked(Lang::En),
            message,
            finding.suggestion.as_deref().unwrap_or(""),
            "",
            "",
        ];
        text.push_str(&cells.map(cell).join("\t"));
        text.push('\n');
    }
    text
}

/// A text as a cell that no spreadsheet takes for a formula, a quotation, or more than one cell.
fn cell(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    if flat.starts_with(['=', '+', '-', '@', '"', '\'']) { format!("'{flat}") } else { flat }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::qa::{Config, Tools, run, testing};

    #[test]
    fn a_sheet_is_read_back_with_its_verdicts() {
        let (pair, alignment) =
            testing::pair(&[("瓦尔莫兰遭入侵,数据外泄。", "A."), ("截止2031年，,尚无回应。", "B.")]);
        let tools = Tools { lexicon: Lexicon::builtin(), encoder: None };
        let mut findings = run(&pair, &alignment, tools, &Config::default());
        findings.retain(|f| f.check == "punctuation");
        assert!(findings.len() >= 2, "{findings:?}");
        let bitext = Bitext { pair, alignment, findings, numbers: Vec::new(), revisions: Default::default() };
        let sheet = sheet(std::slice::from_ref(&bitext), false);
        let mut verdicts = ["accepted\t", "误报\t\"半角\"可用"].iter();
        let lines: Vec<String> = sheet
            .lines()
            .enumerate()
            .map(|(n, line)| match verdicts.next().filter(|_| n > 0) {
                Some(said) => format!("{}\t{said}", line.trim_end_matches('\t')),
                None => line.to_owned(),
            })
            .collect();
        let read = Verdicts::parse(lines.join("\r\n").as_bytes()).unwrap();
        assert_eq!(read.of(&bitext.findings[0].id).map(|j| j.verdict), Some(Verdict::Rejected));
        let mut findings = bitext.findings.clone();
        assert_eq!(read.silence(&mut findings), 1);
    }

    #[test]
    fn sheets_come_as_spreadsheets_save_them() {
        let expected = ("0123456789ab", Verdict::Rejected, "a, b");
        for text in [
            "id\tverdict\treason\n0123456789ab\trejected\ta, b\n",
            "\u{feff}id,check,verdict,reason\r\n0123456789ab,number,no,\"a, b\"\r\nbbbbbbbbbbbb,number,,\r\n",
            "ID;Verdict;Reason\n0123456789ab;误报;a, b\n",
        ] {
            let utf16: Vec<u8> = "\u{feff}"
                .chars()
                .chain(text.trim_start_matches('\u{feff}').chars())
                .flat_map(|c| {
                    let mut b = [0; 2];
                    c.encode_utf16(&mut b).to_vec()
                })
                .flat_map(u16::to_le_bytes)
                .collect();
            for bytes in [text.as_bytes(), &utf16] {
                let read = Verdicts::parse(bytes).unwrap();
                let judged = read.of(expected.0).unwrap();
                assert_eq!((judged.verdict, judged.reason.as_str()), (expected.1, expected.2));
                assert_eq!(read.judged.len(), 1);
            }
        }
        for bad in ["id\tcheck\n", "id\tverdict\n0123456789ab\tperhaps\n", "id\tverdict\nnone\tyes\n"] {
            assert!(Verdicts::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn precision_has_an_interval() {
        let of = |accepted, rejected| Precision { check: String::new(), accepted, rejected };
        // By hand: p = 0.8, n = 10 gives 0.490 to 0.943.
        let (low, high) = of(8, 2).interval();
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001, "{low} {high}");
        assert_eq!(of(0, 0).interval(), (0.0, 1.0));
        let (low, high) = of(5, 0).interval();
        assert!((low - 0.566).abs() < 0.001 && high > 0.999, "{low} {high}");
    }

    #[test]
    fn cells_are_neither_formulas_nor_several() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("a\tb\nc"), "a b c");
    }
}
