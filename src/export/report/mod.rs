//! `report.html`: findings for people who read. One file, nothing from the network, and no script but our own.
//!
//! Everything a page says is text here: askama escapes it, addresses are linked to only if they are the articles' own and
//! of the web, and a content security policy lets nothing run or load but the style and the script that are compiled in.
//! Up to [`MOST_IN_ONE`] articles stand in one file; of more, each has a file of its own and `report.html` is the index.
//! Articles are rendered as they come, in any order and on any thread; what stays of one is its line in the table.

mod article;
mod plots;
mod summary;
mod text;
mod words;

use super::Meta;
use crate::model::{Assessment, Bitext, Counts, Lang, Overview};
use article::Item;
use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use plots::Point;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use summary::{Filters, Line, Summary};
use words::Words;

/// The most articles that are written into one file.
pub const MOST_IN_ONE: usize = 200;

/// The name of the report, and of the index where articles have files of their own.
pub const FILE: &str = "report.html";

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// How articles are rendered.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    lang: Lang,
    is_one: bool,
}

impl Look {
    /// The look of a report on this number of articles, in the language of `lang`.
    pub fn new(lang: Lang, articles: usize) -> Self {
        Self { lang, is_one: articles <= MOST_IN_ONE }
    }

    /// Renders article `number`, counted from 0.
    pub fn article(self, number: usize, bitext: &Bitext, assessment: &Assessment) -> Fragment {
        let place = Place { number: number as u32 + 1, is_one: self.is_one };
        let (section, items) = article::section(bitext, assessment, place, self.lang);
        let line = Line::new(bitext, assessment, place, self.lang);
        Fragment {
            place,
            section: rendered(&section),
            title: line.title().to_owned(),
            line: rendered(&line),
            items: items.iter().map(|item: &Item| (item.severity, rendered(item))).collect(),
            points: plots::points(bitext, place),
            findings: assessment.findings.clone(),
        }
    }
}

/// A report that is being written.
pub struct Report {
    meta: Meta,
    look: Look,
    /// The name of the file that all this goes into.
    file: String,
    sections: String,
    lines: String,
    items: Vec<(usize, String)>,
    points: Vec<Point>,
}

/// An article, rendered.
pub struct Fragment {
    place: Place,
    section: String,
    line: String,
    items: Vec<(usize, String)>,
    points: Vec<Point>,
    title: String,
    findings: BTreeMap<String, Counts>,
}

/// Which article of the report something stands in, counted from 1, and whether all are in one file.
#[derive(Debug, Clone, Copy)]
struct Place {
    number: u32,
    is_one: bool,
}

impl Place {
    fn bead(self, number: usize) -> String {
        format!("a{}-b{number}", self.number)
    }

    fn finding(self, number: usize) -> String {
        format!("a{}-f{number}", self.number)
    }

    /// The article's own file, where it has one.
    fn file(self) -> String {
        format!("report/{:04}.html", self.number)
    }

    /// An address that leads there from `report.html`.
    fn href(self, id: &str) -> String {
        if self.is_one { format!("#{id}") } else { format!("{}#{id}", self.file()) }
    }
}

/// A page of the report.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'p> {
    w: &'static Words,
    meta: &'p Meta,
    style: &'static str,
    script: &'static str,
    style_hash: String,
    script_hash: String,
    title: &'p str,
    /// Where all articles are, on the page of a single one.
    index: Option<String>,
    summary: Option<Summary<'p>>,
    filters: Filters<'p>,
    items: &'p str,
    sections: &'p str,
}

impl Report {
    /// A report of this look.
    pub fn new(meta: &Meta, look: Look) -> Self {
        Self {
            meta: meta.clone(),
            look,
            file: FILE.to_owned(),
            sections: String::new(),
            lines: String::new(),
            items: Vec::new(),
            points: Vec::new(),
        }
    }

    /// The same under another name than `report.html`: pages of articles lead back to it.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        self.file = utf8_percent_encode(name, NON_ALPHANUMERIC).to_string();
        self
    }

    /// Adds an article, in the order in which they are to stand; gives name and content of its file, if it has its own.
    pub fn add(&mut self, mut fragment: Fragment) -> Option<(String, Vec<u8>)> {
        self.lines.push_str(&fragment.line);
        self.points.append(&mut fragment.points);
        if self.look.is_one {
            self.sections.push_str(&fragment.section);
            self.items.append(&mut fragment.items);
            return None;
        }
        let page = self.page(Parts {
            title: &fragment.title,
            index: Some(format!("../{}", self.file)),
            summary: None,
            findings: &fragment.findings,
            items: &listed(&mut fragment.items),
            sections: &fragment.section,
        });
        Some((fragment.place.file(), page))
    }

    /// The content of `report.html`.
    pub fn finish(mut self, overview: &Overview) -> Vec<u8> {
        let items = listed(&mut self.items);
        let w = Words::of(self.look.lang);
        self.page(Parts {
            title: w.title,
            index: None,
            summary: Some(Summary::new(overview, &self.meta, &self.points, &self.lines, self.look.lang)),
            findings: &overview.findings,
            items: &items,
            sections: &self.sections,
        })
    }

    fn page(&self, parts: Parts<'_>) -> Vec<u8> {
        let page = Page {
            w: Words::of(self.look.lang),
            meta: &self.meta,
            style: STYLE,
            script: SCRIPT,
            style_hash: hash(STYLE),
            script_hash: hash(SCRIPT),
            title: parts.title,
            index: parts.index,
            filters: Filters::new(parts.findings, &self.meta, self.look.lang),
            summary: parts.summary,
            items: parts.items,
            sections: parts.sections,
        };
        rendered(&page).into_bytes()
    }
}

struct Parts<'p> {
    title: &'p str,
    index: Option<String>,
    summary: Option<Summary<'p>>,
    findings: &'p BTreeMap<String, Counts>,
    items: &'p str,
    sections: &'p str,
}

/// The list of findings, the gravest first.
fn listed(items: &mut [(usize, String)]) -> String {
    items.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    items.iter().map(|(_, item)| item.as_str()).collect()
}

/// Writing into a string cannot fail, and our templates call nothing that can.
fn rendered(template: &impl Template) -> String {
    template.render().unwrap_or_default()
}

/// What a content security policy knows a style or a script by.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests;
