//! WARC files (ISO 28500), this program's or anybody's: the pages among what a crawl brought home.
//!
//! Read here and not by a crate, because a record may say that it is of any length: what is no page, or too long for one,
//! is passed over without being kept.

mod http;

use super::fetched::{FetchedFrom, fields};
use super::{notice, page, too_large};
use crate::model::{Notice, Origin, Page, charset};
use flate2::bufread::MultiGzDecoder;
use http::Response;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read};

/// The most bytes of a record's headers.
const MOST_HEADERS: u64 = 64 << 10;
/// The most redirects that are remembered.
const MOST_REDIRECTS: usize = 100_000;
/// The most addresses that led to one page.
const MOST_HOPS: usize = 32;

/// Reads an archive a record at a time.
pub(super) struct Records {
    name: String,
    reader: Box<dyn BufRead + Send>,
    max_bytes: u64,
    number: u64,
    /// Where redirects came from, by where they led.
    redirects: HashMap<String, String>,
    /// What is ready to be handed over.
    ready: std::collections::VecDeque<Result<Page, Notice>>,
    /// How many records hold no page.
    others: u64,
    done: bool,
}

/// A record's headers.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    target: String,
    media: String,
    date: String,
    length: u64,
}

impl Records {
    pub(super) fn new(name: &str, mut reader: Box<dyn BufRead + Send>, max_bytes: u64) -> Self {
        let packed = reader.fill_buf().is_ok_and(|start| start.starts_with(&[0x1f, 0x8b]));
        let reader: Box<dyn BufRead + Send> =
            if packed { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { reader };
        Self {
            name: name.to_owned(),
            reader,
            max_bytes,
            number: 0,
            redirects: HashMap::new(),
            ready: std::collections::VecDeque::new(),
            others: 0,
            done: false,
        }
    }

    fn id(&self) -> String {
        format!("{}#{}", self.name, self.number)
    }

    /// Reads one record; nothing at the end.
    fn step(&mut self) -> std::io::Result<Option<()>> {
        let Some(head) = self.head()? else { return Ok(None) };
        self.number += 1;
        let is_http = head.media.starts_with("application/http");
        let may_be_page =
            (head.kind == "response" && is_http) || (head.kind == "resource" && is_page(&head.media));
        let read = if may_be_page { self.block(&head)? } else { 0 };
        if !may_be_page && !matches!(head.kind.as_str(), "warcinfo" | "request" | "metadata" | "revisit") {
            self.others += 1;
        }
        skip(&mut self.reader, head.length.saturating_sub(read))?;
        Ok(Some(()))
    }

    /// Reads the headers of the next record.
    fn head(&mut self) -> std::io::Result<Option<Head>> {
        let damaged = |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
        let mut limited = (&mut self.reader).take(MOST_HEADERS);
        let mut line = Vec::new();
        // Between two records there are empty lines.
        while line.iter().all(u8::is_ascii_whitespace) {
            line.clear();
            if limited.read_until(b'\n', &mut line)? == 0 {
                return if limited.limit() == 0 { Err(damaged("there is no record")) } else { Ok(None) };
            }
        }
        if !line.starts_with(b"WARC/") {
            return Err(damaged("a record does not begin as one of a WARC file"));
        }
        let (mut head, mut length) = (Head::default(), None);
        loop {
            line.clear();
            if limited.read_until(b'\n', &mut line)? == 0 {
                return Err(damaged("a record breaks off"));
            }
            let text = String::from_utf8_lossy(&line);
            let Some((name, value)) = text.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => head.target = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => head.media = value.to_ascii_lowercase(),
                "warc-date" => head.date = value.to_owned(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        head.length = length.ok_or_else(|| damaged("a record does not say how long it is"))?;
        Ok(Some(head))
    }

    /// Reads a record that may hold a page; gives how many bytes of it were read.
    fn block(&mut self, head: &Head) -> std::io::Result<u64> {
        // A page may come with headers and packed in chunks.
        let most = self.max_bytes.saturating_add(MOST_HEADERS).saturating_mul(2);
        if head.length > most {
            self.ready.push_back(Err(too_large(&self.id(), self.max_bytes)));
            return Ok(0);
        }
        let mut block = Vec::new();
        (&mut self.reader).take(head.length).read_to_end(&mut block)?;
        if (block.len() as u64) < head.length {
            return Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "a record breaks off"));
        }
        if head.kind == "resource" {
            self.page(head, &head.media, &block, fields(&head.date, |_| None));
        } else {
            match Response::parse(&block) {
                Some(response) => self.response(head, &response),
                None => self.others += 1,
            }
        }
        Ok(head.length)
    }

    fn response(&mut self, head: &Head, response: &Response<'_>) {
        if let (300..=399, Some(location)) = (response.status, response.header("location")) {
            self.redirect(&head.target, &location);
            return;
        }
        let media = response.header("content-type").unwrap_or_default();
        if response.status != 200 || !is_page(&media.to_ascii_lowercase()) || is_robots(&head.target) {
            self.others += 1;
            return;
        }
        match response.body(self.max_bytes) {
            Ok(body) => {
                let fields = fields(&head.date, |name| response.header(name));
                self.page(head, &media, &body, fields);
            }
            Err(http::Bad::TooLong) => self.ready.push_back(Err(too_large(&self.id(), self.max_bytes))),
            Err(http::Bad::Damaged(what)) => {
                let message = format!("the answer in the archive cannot be unpacked: {what}");
                self.ready.push_back(Err(notice(&self.id(), "bad-record", message, "fetch the page anew")));
            }
        }
    }

    fn redirect(&mut self, from: &str, location: &str) {
        let to = url::Url::parse(from).and_then(|from| from.join(location));
        if let Ok(to) = to
            && self.redirects.len() < MOST_REDIRECTS
        {
            self.redirects.insert(to.to_string(), from.to_owned());
        }
    }

    /// Hands over a page, with the addresses that led to it.
    fn page(&mut self, head: &Head, media: &str, body: &[u8], fields: BTreeMap<String, String>) {
        let mut hops = vec![head.target.clone()];
        while let Some(from) = hops.last().and_then(|to| self.redirects.get(to))
            && hops.len() < MOST_HOPS
            && !hops.contains(from)
        {
            hops.push(from.clone());
        }
        let asked = hops.pop();
        hops.reverse();
        hops.retain(|hop| *hop != head.target);
        let origin = Origin {
            file: self.name.clone(),
            record: Some(self.number),
            url: asked,
            final_url: Some(head.target.clone()),
            hops,
        };
        let from = FetchedFrom { origin, charset: charset(media).map(str::to_owned), fields };
        let like = match media.split(';').next().unwrap_or_default().trim() {
            "text/plain" => "page.txt",
            "text/markdown" | "text/x-markdown" => "page.md",
            _ => "page.html",
        };
        self.ready.extend(page::from_bytes(&self.id(), like, body, Some(&from)));
    }

    /// What is said at the end, once.
    fn finish(&mut self, error: Option<std::io::Error>) {
        self.done = true;
        if let Some(error) = error {
            let message = format!("cannot be read beyond record {}: {error}", self.number);
            self.ready.push_back(Err(notice(
                &self.name,
                "unreadable",
                message,
                "fetch or copy the archive anew",
            )));
        }
        if self.others > 0 {
            let message = format!("{} records hold no page (pictures, scripts, errors)", self.others);
            self.ready.push_back(Err(notice(&self.name, "not-a-page", message, "nothing need be done")));
        }
    }
}

fn is_page(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    matches!(
        media,
        "text/html" | "application/xhtml+xml" | "text/plain" | "text/markdown" | "text/x-markdown"
    )
}

fn is_robots(target: &str) -> bool {
    target.split(['?', '#']).next().is_some_and(|path| path.ends_with("/robots.txt"))
}

fn skip(reader: &mut impl BufRead, bytes: u64) -> std::io::Result<()> {
    if std::io::copy(&mut reader.take(bytes), &mut std::io::sink())? < bytes {
        return Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "a record breaks off"));
    }
    Ok(())
}

impl Iterator for Records {
    type Item = Result<Page, Notice>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.done {
                return None;
            }
            match self.step() {
                Ok(Some(())) => {}
                Ok(None) => self.finish(None),
                Err(error) => self.finish(Some(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
