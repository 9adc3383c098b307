//! Sitemaps (sitemaps.org, 0.9): lists of pages, and indexes of such lists; packed or not.

use super::Entry;
use super::failure::Refusal;
use crate::text::packed::{gunzip, is_gzip};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use url::Url;

/// The most entries that a sitemap may have.
const MOST: usize = 50_000;

/// What a sitemap names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages, with the dates of their last change.
    pub pages: Vec<Entry>,
    /// Further sitemaps.
    pub sitemaps: Vec<Entry>,
}

/// Reads a sitemap at `base`, which may be a gzip file of at most `max_bytes` unpacked; what stands before a fault holds
/// only if the whole can be read.
///
/// # Errors
/// If it is none: `sitemap-broken`.
pub fn parse(bytes: &[u8], base: &Url, max_bytes: u64) -> Result<Sitemap, Refusal> {
    let unpacked = if is_gzip(bytes) {
        Cow::Owned(gunzip(bytes, max_bytes).map_err(|why| broken(format!("it cannot be unpacked: {why:?}")))?)
    } else {
        Cow::Borrowed(bytes)
    };
    let text = String::from_utf8_lossy(&unpacked);
    let mut reader = Reader::from_str(&text);
    let mut scan = Scan {
        base,
        sitemap: Sitemap::default(),
        inside: Field::Other,
        loc: String::new(),
        date: String::new(),
        known: false,
    };
    loop {
        match reader.read_event().map_err(|e| broken(e.to_string()))? {
            Event::Start(start) => scan.open(start.local_name().as_ref()),
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Text(text) => scan.text(&text),
            Event::CData(data) => scan.text(&data),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|e| broken(e.to_string()))? {
                Some(c) => scan.text(c.encode_utf8(&mut [0; 4])),
                None => scan.text(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::End(end) => scan.close(end.local_name().as_ref())?,
            Event::Eof => break,
        }
    }
    if scan.known { Ok(scan.sitemap) } else { Err(broken("it is no sitemap".to_owned())) }
}

fn broken(what: String) -> Refusal {
    Refusal::new("sitemap-broken", format!("the sitemap cannot be read: {what}"), "check the address")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Loc,
    Date,
    Other,
}

struct Scan<'s> {
    base: &'s Url,
    sitemap: Sitemap,
    inside: Field,
    loc: String,
    date: String,
    known: bool,
}

impl Scan<'_> {
    fn open(&mut self, name: &str) {
        match name {
            "urlset" | "sitemapindex" => self.known = true,
            "url" | "sitemap" => {
                self.loc.clear();
                self.date.clear();
            }
            _ => {}
        }
        self.inside = match name {
            "loc" => Field::Loc,
            "lastmod" => Field::Date,
            _ => Field::Other,
        };
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Field::Loc => self.loc += text,
            Field::Date => self.date += text,
            Field::Other => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        self.inside = Field::Other;
        let list = match name {
            "url" => &mut self.sitemap.pages,
            "sitemap" => &mut self.sitemap.sitemaps,
            _ => return Ok(()),
        };
        if list.len() == MOST {
            return Err(broken(format!("it has more than {MOST} entries")));
        }
        if let Ok(url) = self.base.join(self.loc.trim()).map_err(drop)
            && !self.loc.trim().is_empty()
        {
            let date = self.date.trim().get(..10).filter(|d| d.parse::<jiff::civil::Date>().is_ok());
            list.push(Entry { url, date: date.map(str::to_owned) });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn read(xml: &[u8]) -> Result<Sitemap, &'static str> {
        parse(xml, &Url::parse("https://a.example/sitemap.xml").unwrap(), 10_000).map_err(|r| r.reason)
    }

    #[test]
    fn pages_and_further_sitemaps_are_read_also_packed() {
        let pages = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\
            <url><loc>\n https://a.example/x?a=1&amp;b=2 </loc><lastmod>2031-02-03T04:05:06+08:00</lastmod></url>\
            <url><loc><![CDATA[/y]]></loc><lastmod>soon</lastmod></url><url><lastmod>2031-01-01</lastmod></url></urlset>";
        let found = read(pages.as_bytes()).unwrap();
        let found: Vec<_> = found.pages.iter().map(|e| (e.url.as_str(), e.date.as_deref())).collect();
        assert_eq!(
            found,
            [("https://a.example/x?a=1&b=2", Some("2031-02-03")), ("https://a.example/y", None)]
        );
        let index = "<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>";
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(index.as_bytes()).unwrap();
        assert_eq!(read(&gz.finish().unwrap()).unwrap().sitemaps.len(), 1);
    }

    #[test]
    fn what_is_none_is_said_to_be_broken() {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        bomb.write_all(&[b' '; 20_000]).unwrap();
        for junk in [&b"<html></html>"[..], b"", b"<urlset><url></urlset>", &bomb.finish().unwrap()] {
            assert_eq!(read(junk), Err("sitemap-broken"));
        }
    }

    proptest! {
        #[test]
        fn junk_never_panics(xml in "(<urlset>|<url>|<loc>|</loc>|</url>|</urlset>|<lastmod>|&#0;|&x;|<!\\[CDATA\\[|\\PC){0,30}") {
            let _ = read(xml.as_bytes());
        }
    }
}
