//! `findings.xlsx`: findings for people who work through them, with columns for what they make of each.
//!
//! Rows go to disk as they come. Texts are written as texts, whatever they begin with: nothing a page says can become a
//! formula. Texts over 8,000 characters are cut, with `…` in place of the rest; carriage returns and characters that XML cannot hold
//! are left out. The same findings give the same bytes; the file says it was made in 2000.

use super::marks::pieces;
use super::workbook::{begun, height, printable};
use super::{Meta, joined, xml};
use crate::error::{Error, Result};
use crate::model::{Bead, Bitext, Finding, Lang, Span};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// Findings that a sheet holds (2²⁰ rows, less the header); the rest is left out, which `left_out` tells.
const MOST: u32 = (1 << 20) - 1;
/// Characters that a cell is given; Excel takes 32,767.
const LONGEST: usize = 8_000;

/// What a reviewer may say of a finding, as `--verdicts` reads it.
const VERDICTS: [&str; 2] = ["accepted", "rejected"];

/// The columns' names in English and Chinese, and their widths. Names in English are what is read back.
const COLUMNS: [(&str, &str, f64); 12] = [
    ("id", "编号", 14.0),
    ("article", "文章", 24.0),
    ("bead", "句对", 7.0),
    ("check", "检查项", 18.0),
    ("severity", "严重程度", 10.0),
    ("category", "类别", 24.0),
    ("Chinese", "中文", 48.0),
    ("English", "英文", 56.0),
    ("message", "说明", 44.0),
    ("suggestion", "建议", 22.0),
    ("verdict", "结论", 12.0),
    ("reason", "理由", 30.0),
];
const VERDICT: u16 = 10;

/// A spreadsheet that is being written.
pub struct Spreadsheet {
    workbook: Workbook,
    looks: Looks,
    lang: Lang,
    rows: u32,
    left_out: u32,
}

struct Looks {
    header: Format,
    plain: Format,
    marked: Format,
    cell: Format,
    /// Of columns that are shown as far as there is room.
    short: Format,
    severities: [Format; 4],
}

impl Looks {
    fn new() -> Self {
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        // Shades that differ in a black-and-white print, too.
        let severity = |ink: u32, paper: u32| {
            cell.clone().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(paper))
        };
        Self {
            header: Format::new()
                .set_bold()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xEFEBE4))
                .set_border_bottom(FormatBorder::Thin),
            plain: Format::new(),
            short: Format::new().set_align(FormatAlign::Top),
            marked: Format::new().set_bold().set_font_color(Color::RGB(0x9C1C1C)),
            severities: [
                severity(0x555555, 0xFFFFFF),
                severity(0x4A3B00, 0xFFF6D9),
                severity(0x6B2A00, 0xFBDDC4),
                severity(0xFFFFFF, 0x9C1C1C),
            ],
            cell,
        }
    }
}

impl Spreadsheet {
    /// A spreadsheet whose header and messages are in `lang`.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new(meta: &Meta, lang: Lang) -> Result<Self> {
        let mut workbook = begun("duizhao: findings", meta).map_err(failed)?;
        let looks = Looks::new();
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        begin(sheet, &looks, lang).map_err(failed)?;
        Ok(Self { workbook, looks, lang, rows: 0, left_out: 0 })
    }

    /// Adds a bitext's findings.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn add(&mut self, bitext: &Bitext) -> Result<()> {
        for finding in &bitext.findings {
            if self.rows >= MOST {
                self.left_out += 1;
                continue;
            }
            self.rows += 1;
            let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
            write(sheet, self.rows, &self.looks, (bitext, finding), self.lang).map_err(failed)?;
        }
        Ok(())
    }

    /// How many findings found no room.
    pub fn left_out(&self) -> u32 {
        self.left_out
    }

    /// The file.
    ///
    /// # Errors
    /// If temporary files cannot be written or read.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        let last = self.rows.max(1);
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        end(sheet, last, self.lang).map_err(failed)?;
        self.workbook.save_to_buffer().map_err(failed)
    }
}

fn failed(error: XlsxError) -> Error {
    Error::write("findings.xlsx", std::io::Error::other(error))
}

fn begin(sheet: &mut Worksheet, looks: &Looks, lang: Lang) -> std::result::Result<(), XlsxError> {
    sheet.set_name(if lang == Lang::Zh { "问题" } else { "Findings" })?;
    sheet.set_freeze_panes(1, 0)?;
    printable(sheet)?;
    for (column, (en, zh, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        let name = if lang == Lang::Zh { zh } else { en };
        sheet.write_string_with_format(0, column, name, &looks.header)?;
    }
    Ok(())
}

fn end(sheet: &mut Worksheet, last: u32, lang: Lang) -> std::result::Result<(), XlsxError> {
    let only = match lang {
        Lang::En => "accepted, rejected, or nothing",
        Lang::Zh => "accepted（接受）、rejected（驳回），或留空",
    };
    let validation = DataValidation::new()
        .allow_list_strings(&VERDICTS)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_message(only)?;
    sheet.add_data_validation(1, VERDICT, last, VERDICT, &validation)?;
    sheet.autofilter(0, 0, last, COLUMNS.len() as u16 - 1)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    looks: &Looks,
    (bitext, finding): (&Bitext, &Finding),
    lang: Lang,
) -> std::result::Result<(), XlsxError> {
    let bead = bitext.alignment.beads().get(finding.bead as usize);
    let severity = looks.severities.get(finding.severity as usize).unwrap_or(&looks.cell);
    let (number, message) = match lang {
        Lang::En => (finding.severity.name(), &finding.message.en),
        Lang::Zh => (finding.severity.name_zh(), &finding.message.zh),
    };
    let suggestion = finding.suggestion.as_deref().unwrap_or_default();
    let [zh, en] =
        [Lang::Zh, Lang::En].map(|lang| bead.map(|bead| joined(bitext, bead, lang)).unwrap_or_default());
    let wrapped = COLUMNS.iter().skip(6).zip([&zh, &en, message, suggestion]);
    sheet.set_row_height(row, height(wrapped.map(|((_, _, width), text)| (text, *width))))?;
    let mut text = |column, text: &str, look: &Format| {
        sheet.write_string_with_format(row, column, clean(text), look).map(|_| ())
    };
    text(0, &finding.id, &looks.short)?;
    text(1, &bitext.pair.id, &looks.short)?;
    text(2, &finding.bead.to_string(), &looks.cell)?;
    text(3, &finding.check, &looks.cell)?;
    text(4, number, severity)?;
    text(5, &finding.category, &looks.cell)?;
    for (column, side) in [(6, Lang::Zh), (7, Lang::En)] {
        if let Some(bead) = bead {
            sentences(sheet, (row, column), looks, bitext, (bead, finding, side))?;
        }
    }
    let mut text = |column, text: &str| {
        sheet.write_string_with_format(row, column, clean(text), &looks.cell).map(|_| ())
    };
    text(8, message)?;
    text(9, suggestion)?;
    text(VERDICT, "")?;
    text(VERDICT + 1, "")
}

/// A bead's side, what the finding marks in bold.
fn sentences(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    looks: &Looks,
    bitext: &Bitext,
    (bead, finding, lang): (&Bead, &Finding, Lang),
) -> std::result::Result<(), XlsxError> {
    let document = bitext.pair.documents.get(lang);
    let (indices, marks): (_, &[Span]) = match lang {
        Lang::Zh => (&bead.zh, &finding.spans.zh),
        Lang::En => (&bead.en, &finding.spans.en),
    };
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut add = |is_marked: bool, text: &str| match parts.last_mut() {
        Some((last, known)) if *last == is_marked => known.push_str(text),
        _ => parts.push((is_marked, text.to_owned())),
    };
    for (n, sentence) in indices.iter().filter_map(|&i| document.sentences.get(i as usize)).enumerate() {
        if n > 0 && lang == Lang::En {
            add(false, " ");
        }
        for piece in pieces(&document.article.text, sentence.span, marks) {
            add(!piece.marks.is_empty(), &piece.text.chars().filter(|&c| is_legal(c)).collect::<String>());
        }
    }
    parts.retain(|(_, text)| !text.is_empty());
    let length: usize = parts.iter().map(|(_, text)| text.chars().count()).sum();
    // A text of one look alone cannot be written as one of several.
    if parts.len() < 2 || length > LONGEST {
        let look =
            if parts.len() == 1 && parts.iter().all(|p| p.0) { &bold(&looks.cell) } else { &looks.cell };
        return sheet
            .write_string_with_format(row, column, clean(&joined(bitext, bead, lang)), look)
            .map(|_| ());
    }
    let look = |is_marked: bool| if is_marked { &looks.marked } else { &looks.plain };
    let parts: Vec<(bool, String)> = parts.iter().map(|(m, text)| (*m, escaped(text))).collect();
    let parts: Vec<(&Format, &str)> = parts.iter().map(|(m, text)| (look(*m), text.as_str())).collect();
    sheet.write_rich_string_with_format(row, column, &parts, &looks.cell).map(|_| ())
}

/// A text of which no part is taken for a character's number: in strings of several looks `_x000D_` means one (ECMA-376,
/// `ST_Xstring`), and in those the library does not see to it.
fn escaped(text: &str) -> String {
    let is_number = |at: usize| {
        let number = text.get(at..at + 7).and_then(|part| part.strip_prefix("_x")?.strip_suffix('_'));
        number.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        safe.push_str(if c == '_' && is_number(at) { "_x005F" } else { "" });
        safe.push(c);
    }
    safe
}

fn bold(look: &Format) -> Format {
    look.clone().set_bold().set_font_color(Color::RGB(0x9C1C1C))
}

/// Whether a character can stand in a cell: in XML 1.0, of which spreadsheets are made, and as it is.
fn is_legal(c: char) -> bool {
    c != '\r' && xml::is_legal(c)
}

/// A text that a cell can hold.
fn clean(text: &str) -> String {
    let mut characters = text.chars().filter(|&c| is_legal(c));
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
