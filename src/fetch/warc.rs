//! WARC 1.1 (ISO 28500:2017): answers as they came over the wire, redirects and refusals among them, for other people's
//! tools.
//!
//! Every record is a gzip member of its own, so that a file that breaks off can be read, and written on, up to where it
//! broke: what follows the last whole member is taken off when the file is opened again.

use super::answer::Exchange;
use crate::error::{Error, Result};
use crate::text::hex;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::{Timestamp, Unit};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What an archive of this program's says of its making.
const ABOUT: &str = concat!(
    "software: duizhao/",
    env!("CARGO_PKG_VERSION"),
    "\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
);

/// Headers that describe the way of a body, not the body as it is written here.
const OF_TRANSFER: [&str; 3] = ["transfer-encoding", "content-length", "connection"];

/// An archive that is written on.
pub struct WarcFile {
    path: PathBuf,
    file: File,
    packed: bool,
}

impl WarcFile {
    /// Opens the archive, or makes it; packed if its name ends in `.gz`.
    ///
    /// # Errors
    /// If it cannot be read or written, or is no archive that can be written on.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self> {
        let fail = |e| Error::write(path, e);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fail)?;
        let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
        let mut warc = Self { path: path.to_owned(), file, packed };
        let whole = warc.whole()?;
        warc.file.set_len(whole).map_err(fail)?;
        warc.file.seek(SeekFrom::Start(whole)).map_err(fail)?;
        if whole == 0 {
            warc.record("warcinfo", None, now, "application/warc-fields", ABOUT.as_bytes())?;
        }
        Ok(warc)
    }

    /// Adds what came over the wire.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, exchanges: &[Exchange], now: Timestamp) -> Result<()> {
        for exchange in exchanges {
            let block = response(exchange);
            self.record(
                "response",
                Some(exchange.url.as_str()),
                now,
                "application/http; msgtype=response",
                &block,
            )?;
        }
        Ok(())
    }

    fn record(
        &mut self,
        kind: &str,
        target: Option<&str>,
        now: Timestamp,
        media: &str,
        block: &[u8],
    ) -> Result<()> {
        let now = now.round(Unit::Second).unwrap_or(now);
        let hash = hex::digits(&Sha256::digest(block));
        let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: {now}\r\n");
        if let Some(target) = target {
            head += &format!("WARC-Target-URI: {target}\r\n");
        }
        let id = id(kind, target, now, &hash);
        head += &format!("WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Block-Digest: sha256:{hash}\r\n");
        head += &format!("Content-Type: {media}\r\nContent-Length: {}\r\n\r\n", block.len());
        let record = [head.as_bytes(), block, b"\r\n\r\n"].concat();
        let fail = |e| Error::write(&self.path, e);
        if !self.packed {
            return self.file.write_all(&record).map_err(fail);
        }
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        let packed = member.write_all(&record).and_then(|()| member.finish()).map_err(fail)?;
        self.file.write_all(&packed).map_err(fail)
    }

    /// Up to where the archive holds whole records.
    fn whole(&self) -> Result<u64> {
        let fail = |e| Error::read(&self.path, e);
        let mut file = self.file.try_clone().map_err(fail)?;
        file.seek(SeekFrom::Start(0)).map_err(fail)?;
        let mut reader = Counted { inner: BufReader::new(file), read: 0 };
        let mut whole = 0;
        while !reader.fill_buf().map_err(fail)?.is_empty() {
            let is_whole = if self.packed { skip_member(&mut reader) } else { skip_record(&mut reader) };
            match is_whole {
                Ok(true) => whole = reader.read,
                _ if whole == 0 && reader.read > 0 && !self.is_ours()? => {
                    return Err(Error::usage("is no WARC file that can be written on")
                        .at(&self.path)
                        .remedy("choose another name for --warc"));
                }
                _ => break,
            }
        }
        Ok(whole)
    }

    /// Whether the file begins as an archive does.
    fn is_ours(&self) -> Result<bool> {
        let fail = |e| Error::read(&self.path, e);
        let mut file = self.file.try_clone().map_err(fail)?;
        file.seek(SeekFrom::Start(0)).map_err(fail)?;
        let mut start = Vec::new();
        file.take(5).read_to_end(&mut start).map_err(fail)?;
        let mark: &[u8] = if self.packed { &[0x1f, 0x8b] } else { b"WARC/" };
        Ok(mark.starts_with(&start) || start.starts_with(mark))
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount as u64;
        self.inner.consume(amount);
    }
}

fn skip_member(reader: &mut impl BufRead) -> std::io::Result<bool> {
    std::io::copy(&mut GzDecoder::new(reader), &mut std::io::sink()).map(|_| true)
}

fn skip_record(reader: &mut impl BufRead) -> std::io::Result<bool> {
    let (mut line, mut length) = (String::new(), None);
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let Some(length) = length else { return Ok(false) };
    let all = length.saturating_add(4);
    Ok(std::io::copy(&mut reader.take(all), &mut std::io::sink())? == all)
}

/// An answer as HTTP/1.1 would have it, its chunks put together.
fn response(exchange: &Exchange) -> Vec<u8> {
    let phrase = reqwest::StatusCode::from_u16(exchange.status).ok().and_then(|s| s.canonical_reason());
    let mut block = format!("HTTP/1.1 {} {}\r\n", exchange.status, phrase.unwrap_or_default()).into_bytes();
    for (name, value) in exchange.headers.iter().filter(|(name, _)| !OF_TRANSFER.contains(&name.as_str())) {
        block.extend_from_slice(name.as_bytes());
        block.extend_from_slice(b": ");
        block.extend_from_slice(value);
        block.extend_from_slice(b"\r\n");
    }
    block.extend_from_slice(format!("content-length: {}\r\n\r\n", exchange.body.len()).as_bytes());
    block.extend_from_slice(&exchange.body);
    block
}

/// A UUID (version 8, RFC 9562) made of what the record says: the same record, the same id.
fn id(kind: &str, target: Option<&str>, now: Timestamp, hash: &str) -> String {
    let name = format!("{kind} {} {now} {hash}", target.unwrap_or_default());
    let digits = hex::digits(&Sha256::digest(name.as_bytes()));
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use url::Url;

    fn now() -> Timestamp {
        "2031-02-03T04:05:06.7Z".parse().unwrap()
    }

    fn exchange(body: &str) -> Exchange {
        let headers =
            [("content-type", "text/html"), ("transfer-encoding", "chunked"), ("content-length", "9")];
        let headers = headers.map(|(n, v)| (n.to_owned(), v.as_bytes().to_vec())).to_vec();
        Exchange {
            url: Url::parse("http://a.example/x").unwrap(),
            status: 200,
            headers,
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn a_record_says_what_it_holds() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.warc");
        WarcFile::open(&path, now()).unwrap().add(&[exchange("漏洞")], now()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Date: 2031-02-03T04:05:07Z\r\n"),
            "{text}"
        );
        let end = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n漏洞\r\n\r\n";
        assert!(text.ends_with(end), "{text}");
        assert!(text.contains("\r\nWARC-Target-URI: http://a.example/x\r\n"));
    }

    #[test]
    fn a_torn_end_is_taken_off_and_the_rest_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.warc.gz", "a.warc"] {
            let path = dir.path().join(name);
            WarcFile::open(&path, now()).unwrap().add(&[exchange("one")], now()).unwrap();
            let whole = fs::read(&path).unwrap();
            WarcFile::open(&path, now()).unwrap().add(&[exchange("two")], now()).unwrap();
            let both = fs::read(&path).unwrap();
            assert!(both.starts_with(&whole) && both.len() > whole.len());
            for cut in [whole.len() + 1, whole.len() + 30, both.len() - 1] {
                fs::write(&path, &both[..cut]).unwrap();
                WarcFile::open(&path, now()).unwrap().add(&[exchange("two")], now()).unwrap();
                assert_eq!(fs::read(&path).unwrap(), both, "{name} cut at {cut}");
            }
            fs::write(&path, "something else").unwrap();
            assert!(WarcFile::open(&path, now()).is_err());
            assert_eq!(fs::read(&path).unwrap(), b"something else");
        }
    }
}
