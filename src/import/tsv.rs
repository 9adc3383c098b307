//! Tab-separated text of two columns; which is Chinese is seen by the share of Han characters, unless a header says it.

use super::{Reader, rows, text};
use crate::error::{Error, Result};
use crate::model::{Bitext, Sides};
use crate::text::han;

/// Two columns, Chinese and English in either order, with or without a header.
pub const READER: Reader = Reader {
    name: "tsv",
    extensions: &["tsv", "txt"],
    doc: "tab-separated text: a Chinese and an English column in either order; a header may name them zh and en",
    read,
};

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let text = text(bytes)?;
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    let header = lines.next_if(|(_, line)| header(line).is_some()).and_then(|(_, line)| header(line));
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
    let columns = header.unwrap_or_else(|| {
        let han = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|t| t.chars().filter(|&c| han::is_han(c)).count())
                .sum::<usize>()
        };
        if han(0) >= han(1) { Sides::new(0, 1) } else { Sides::new(1, 0) }
    });
    let cell = |row: &[&str], column: usize| row.get(column).copied().unwrap_or_default().to_owned();
    let rows: Vec<Sides<String>> =
        rows.iter().map(|row| Sides::new(cell(row, columns.zh), cell(row, columns.en))).collect();
    Ok(vec![rows::bitext(name, &rows)?])
}

/// Which columns a header names; `None` for a line that is none.
fn header(line: &str) -> Option<Sides<usize>> {
    let find = |names: &[&str]| {
        line.split('\t').position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
    };
    Some(Sides::new(
        find(&["zh", "zh-cn", "zh-hans", "chinese", "中文", "target"])?,
        find(&["en", "en-us", "english", "英文", "source"])?,
    ))
}
