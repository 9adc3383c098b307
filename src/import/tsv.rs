//! Tab-separated text of two columns; which is Chinese is seen by the share of Han characters, unless a header says it.

use super::rows::Pairs;
use super::{Reader, text};
use crate::error::{Error, Result};
use crate::model::{Bitext, Sides};
use crate::text::han;

/// Two columns, Chinese and English in either order, with or without a header.
pub const READER: Reader = Reader {
    name: "tsv",
    extensions: &["tsv", "txt"],
    doc: "tab-separated text: a Chinese and an English column in either order; a header may name them zh and en, and pair the articles",
    read,
};

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let text = text(bytes)?;
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    let first = lines.next_if(|(_, line)| header(line).is_some()).map(|(_, line)| line);
    let (header, pair) = (first.and_then(header), first.and_then(|line| column(line, &["pair"])));
    let rows: Vec<Vec<&str>> = lines
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let needed = header.as_ref().map_or(2, |h| h.zh.max(h.en) + 1);
            if cells.len() < needed {
                return Err(Error::input(format!("{needed} columns are needed, here are {}", cells.len()))
                    .on_line(number as u64 + 1)
                    .remedy("separate the Chinese and the English text by a tab"));
            }
            Ok(cells)
        })
        .collect::<Result<_>>()?;
    let han = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|text| text.chars().filter(|&c| han::is_han(c)).count()).sum::<usize>()
    };
    // What is a source and what a target says nothing of their languages.
    let is_told = first.is_some_and(|line| column(line, &ROLES).is_none());
    let mut columns = header.unwrap_or(Sides::new(0, 1));
    if !is_told && han(columns.zh) < han(columns.en) {
        std::mem::swap(&mut columns.zh, &mut columns.en);
    }
    let cell = |row: &[&str], column: usize| row.get(column).copied().unwrap_or_default().to_owned();
    let mut pairs = Pairs::default();
    for row in &rows {
        let pair = pair.and_then(|column| row.get(column)).filter(|pair| !pair.trim().is_empty());
        pairs.add(pair.unwrap_or(&name), Sides::new(cell(row, columns.zh), cell(row, columns.en)));
    }
    pairs.bitexts()
}

/// Names of columns that tell their roles, not their languages.
const ROLES: [&str; 2] = ["source", "target"];

/// Which columns a header names; `None` for a line that is none.
fn header(line: &str) -> Option<Sides<usize>> {
    Some(Sides::new(
        column(line, &["zh", "zh-cn", "zh-hans", "chinese", "中文", "target"])?,
        column(line, &["en", "en-us", "english", "英文", "source"])?,
    ))
}

/// The column that has one of these names.
fn column(header: &str, names: &[&str]) -> Option<usize> {
    header.split('\t').position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_to_the_pairs_that_they_name() {
        let text =
            "pair\trelation\tzh\ten\nz.md+e.html\tx\t一。\tOne.\n\tx\t二。\tTwo.\nz.md+e.html\tx\t三。\t\n";
        let bitexts = read("rows.tsv", text.as_bytes()).unwrap();
        let told: Vec<_> = bitexts
            .iter()
            .map(|b| (b.pair.id.as_str(), b.pair.en_url.as_str(), b.alignment.beads().len()))
            .collect();
        assert_eq!(told, [("z.md+e.html", "e", 2), ("rows.tsv", "rows", 1)]);
        assert_eq!(read("rows.tsv", "一。\tOne.\n".as_bytes()).unwrap().len(), 1);
        for text in ["source\ttarget\n一。\tOne.\n", "Source\tTarget\nOne.\t一。\n"] {
            let bitext = read("rows.tsv", text.as_bytes()).unwrap().remove(0);
            assert_eq!(bitext.pair.documents.zh.sentence(0), "一。", "{text}");
        }
    }
}
