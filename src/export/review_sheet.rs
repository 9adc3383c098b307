//! `xlsx`: a spreadsheet for reviewers, a bead a row, which `duizhao corpus revise` reads back.
//!
//! Chinese and English stand a sentence a line and are edited where they stand; `merge` and `comment` are filled in. A hidden
//! column marks what was written, so that an edit is told from it. Rows go to disk as they come. Texts are written as texts,
//! and the cells that are filled in take what is typed as a text, too: nothing becomes a formula, a number or a date. What a
//! cell cannot hold `text::cells` tells. The same beads give the same bytes; the file says it was made in 2000.

use super::container::{Container, Filling, Sink};
use super::jsonl::rounded;
use super::workbook::{begun, height, printable};
use super::{Keeps, Meta, of_bead, sentences};
use crate::error::{Error, Result};
use crate::model::{Bead, Bitext, Finding, Lang, REVIEW_COLUMNS, Relation};
use crate::text::cells::{self, Shown};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// A spreadsheet that is filled in and read back.
pub const CONTAINER: Container = Container {
    name: "xlsx",
    extension: "xlsx",
    doc: "a spreadsheet for reviewers, which `duizhao corpus revise` reads back",
    keeps: Keeps::SheetCell,
    open: |meta, lang, sink| Ok(Box::new(ReviewSheet::new(meta, lang, sink)?)),
};

/// Beads that a sheet holds: 2²⁰ rows, less the header.
const MOST: u32 = (1 << 20) - 1;

/// The columns' widths, in the order of [`REVIEW_COLUMNS`].
const WIDTHS: [f64; 10] = [6.0, 18.0, 11.0, 10.0, 52.0, 62.0, 36.0, 8.0, 32.0, 12.0];
const CHINESE: u16 = 4;
const FINDINGS: u16 = 6;
const MERGE: u16 = 7;
const COMMENT: u16 = 8;
const MARK: u16 = 9;

/// What may stand in `merge`.
const DIRECTIONS: [&str; 2] = ["up", "down"];

/// What a second sheet tells reviewers.
const HOW_TO: [[&str; 2]; 7] = [
    [
        "Edit Chinese and English where they stand, one sentence a line (Alt+Enter begins a line).",
        "直接修改中文和英文，每行一句（按 Alt+Enter 换行）。",
    ],
    [
        "An empty cell means that the text is to go; two empty cells take the bead out.",
        "清空单元格表示删去该文本；两格都清空则删去整个句对。",
    ],
    [
        "merge: up joins a bead with the one above it in the article, down with the one below, however rows are sorted.",
        "合并：up 与文章中上一句对合并，down 与下一句对合并，与行的排序无关。",
    ],
    ["comment: anything; it stands beside the bead afterwards.", "批注：任意内容，之后会保存在句对旁。"],
    [
        "Rows may be sorted, filtered and left out: what is not in the sheet stays as it is.",
        "可以排序、筛选或删去行：表中没有的句对保持不变。",
    ],
    [
        "Findings are automatic, and never a person's judgement. They and the other columns are not read back.",
        "“问题”一栏由程序自动生成，并非人工判断；该栏及其他各栏不会读回。",
    ],
    [
        "Read it back with: duizhao corpus revise aligned.jsonl --sheet review.xlsx --out revised.jsonl",
        "读回：duizhao corpus revise aligned.jsonl --sheet review.xlsx --out revised.jsonl",
    ],
];

type Made<T> = std::result::Result<T, XlsxError>;

/// The sheet while it is written.
struct ReviewSheet<'s> {
    sink: &'s mut Sink,
    workbook: Workbook,
    looks: Looks,
    lang: Lang,
    rows: u32,
    without_room: u32,
    cut: usize,
}

/// How cells look, within an article and in its first row.
struct Looks {
    header: Format,
    to_fill_in: Format,
    plain: [Format; 2],
    /// Of columns that are shown as far as there is room.
    short: [Format; 2],
    number: [Format; 2],
    share: [Format; 2],
    text: [Format; 2],
}

impl Looks {
    fn new() -> Self {
        let header =
            Format::new().set_bold().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let grey = plain.clone().set_font_color(Color::RGB(0x555555));
        let with_first = |look: Format| {
            let first = look.clone().set_border_top(FormatBorder::Medium);
            [look, first]
        };
        let article = |look: [Format; 2]| look.map(|look| look.set_font_color(Color::RGB(0x555555)));
        Self {
            to_fill_in: header.clone().set_background_color(Color::RGB(0xFFF6D9)),
            header: header.set_background_color(Color::RGB(0xEFEBE4)),
            plain: article(with_first(plain.clone())),
            short: article(with_first(Format::new().set_align(FormatAlign::Top))),
            number: with_first(grey.clone().set_num_format("0")),
            share: with_first(grey.set_num_format("0.00")),
            // Format 49, Text: what is typed into a cell of this look stays one.
            text: with_first(plain.set_num_format_index(49)),
        }
    }
}

impl<'s> ReviewSheet<'s> {
    fn new(meta: &Meta, lang: Lang, sink: &'s mut Sink) -> Result<Self> {
        let mut workbook = begun("duizhao: review", meta).map_err(failed)?;
        let looks = Looks::new();
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        begin(sheet, &looks, lang).map_err(failed)?;
        Ok(Self { sink, workbook, looks, lang, rows: 0, without_room: 0, cut: 0 })
    }

    /// What stands in the cell of one side.
    fn shown(&mut self, bitext: &Bitext, bead: &Bead, lang: Lang) -> Shown {
        let owned: Vec<String> = sentences(bitext, bead, lang).into_iter().map(str::to_owned).collect();
        let shown = cells::shown(&owned);
        self.cut += usize::from(!shown.is_whole);
        shown
    }

    fn row(&mut self, bitext: &Bitext, number: usize, bead: &Bead) -> Result<()> {
        let (zh, en) = (self.shown(bitext, bead, Lang::Zh).text, self.shown(bitext, bead, Lang::En).text);
        let (pair, relation) = (cells::name(&bitext.pair.id), relation(bead.relation, self.lang));
        let findings = said(of_bead(bitext, number), self.lang);
        let comment = bitext.revisions.get(&(number as u32)).and_then(|revision| revision.comment.as_deref());
        let comment = cells::shown(&cells::lines(comment.unwrap_or_default())).text;
        let owned = |lang| sentences(bitext, bead, lang).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mark = [
            cells::mark(&zh),
            cells::mark(&en),
            cells::mark(&comment),
            cells::mark(&format!("{relation}\n{findings}")),
            cells::bead_mark(&owned(Lang::Zh), &owned(Lang::En)),
        ]
        .join("-");
        self.rows += 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        let texts = [
            (1, pair.as_str()),
            (2, relation),
            (CHINESE, &zh),
            (CHINESE + 1, &en),
            (FINDINGS, &findings),
            (MERGE, ""),
            (COMMENT, &comment),
            (MARK, &mark),
        ];
        let numbers = (f64::from(bitext.number(number)), rounded(bead.confidence));
        write(sheet, (self.rows, number == 0), &self.looks, numbers, &texts).map_err(failed)
    }
}

impl Filling for ReviewSheet<'_> {
    fn add(&mut self, bitext: &Bitext) -> Result<()> {
        for (number, bead) in bitext.alignment.beads().iter().enumerate() {
            if self.rows >= MOST {
                self.without_room += 1;
            } else {
                self.row(bitext, number, bead)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<String>> {
        let (last, lang) = (self.rows.max(1), self.lang);
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        end(sheet, last, lang).map_err(failed)?;
        how_to(self.workbook.add_worksheet(), lang).map_err(failed)?;
        let notices = [
            (self.without_room as usize, "beads have no room in the spreadsheet; split the input"),
            (self.cut, "texts are too long for a cell; what stands there is cut, and not to be edited"),
        ];
        let notices = notices.into_iter().filter(|(count, _)| *count > 0);
        let notices = notices.map(|(count, what)| format!("{count} {what}")).collect();
        self.workbook.save_to_writer(self.sink).map_err(failed)?;
        Ok(notices)
    }
}

fn failed(error: XlsxError) -> Error {
    Error::write("the spreadsheet for reviewers", std::io::Error::other(error))
}

fn begin(sheet: &mut Worksheet, looks: &Looks, lang: Lang) -> Made<()> {
    sheet.set_name(if lang == Lang::Zh { "审校" } else { "Review" })?;
    sheet.set_freeze_panes(1, 1)?;
    printable(sheet)?;
    for (column, ((en, zh), width)) in (0u16..).zip(REVIEW_COLUMNS.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        let look =
            if matches!(column, CHINESE..=5 | MERGE | COMMENT) { &looks.to_fill_in } else { &looks.header };
        sheet.write_string_with_format(0, column, if lang == Lang::Zh { zh } else { en }, look)?;
    }
    sheet.set_column_hidden(MARK)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, is_first): (u32, bool),
    looks: &Looks,
    (number, confidence): (f64, f64),
    texts: &[(u16, &str)],
) -> Made<()> {
    let of = |[usual, first]: &'_ [Format; 2]| if is_first { first.clone() } else { usual.clone() };
    sheet.write_number_with_format(row, 0, number, &of(&looks.number))?;
    sheet.write_number_with_format(row, 3, confidence, &of(&looks.share))?;
    let wrapped = texts.iter().filter(|(column, _)| matches!(*column, CHINESE..=FINDINGS | COMMENT));
    let widths = wrapped.filter_map(|&(column, text)| Some((text, *WIDTHS.get(column as usize)?)));
    sheet.set_row_height(row, height(widths))?;
    for &(column, text) in texts {
        let look = match column {
            CHINESE..=5 | COMMENT => &looks.text,
            FINDINGS => &looks.plain,
            _ => &looks.short,
        };
        sheet.write_string_with_format(row, column, text, &of(look))?;
    }
    Ok(())
}

fn end(sheet: &mut Worksheet, last: u32, lang: Lang) -> Made<()> {
    let only = match lang {
        Lang::En => "up, down, or nothing",
        Lang::Zh => "up（与上一句对合并）、down（与下一句对合并），或留空",
    };
    let validation = DataValidation::new()
        .allow_list_strings(&DIRECTIONS)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_message(only)?;
    sheet.add_data_validation(1, MERGE, last, MERGE, &validation)?;
    sheet.autofilter(0, 0, last, MARK)?;
    Ok(())
}

fn how_to(sheet: &mut Worksheet, lang: Lang) -> Made<()> {
    sheet.set_name(if lang == Lang::Zh { "说明" } else { "How to" })?;
    sheet.set_column_width(0, 100)?;
    let look = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, [en, zh]) in (0u32..).zip(HOW_TO) {
        sheet.write_string_with_format(row, 0, if lang == Lang::Zh { zh } else { en }, &look)?;
    }
    Ok(())
}

/// What a bead's sides are to each other.
fn relation(relation: Relation, lang: Lang) -> &'static str {
    match (lang, relation) {
        (Lang::En, relation) => relation.name(),
        (Lang::Zh, Relation::Translation) => "翻译",
        (Lang::Zh, Relation::Moved) => "移位",
        (Lang::Zh, Relation::Repeat) => "重复",
        (Lang::Zh, Relation::Omitted) => "未译",
        (Lang::Zh, Relation::Added) => "增补",
    }
}

/// What findings say, one a line.
fn said<'f>(findings: impl Iterator<Item = &'f Finding>, lang: Lang) -> String {
    let lines = findings.map(|finding| match lang {
        Lang::En => format!("{} {}: {}", finding.severity.name(), finding.check, finding.message.en),
        Lang::Zh => format!("{} {}：{}", finding.severity.name_zh(), finding.check, finding.message.zh),
    });
    cells::shown(&lines.collect::<Vec<_>>()).text
}
