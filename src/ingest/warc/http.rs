//! An answer as an archive keeps it: status line, headers, body in chunks or not, packed or not.

use crate::text::packed::{self, Undecodable};

/// An answer, not yet unpacked.
pub(super) struct Response<'b> {
    pub status: u16,
    headers: Vec<(String, String)>,
    body: &'b [u8],
}

/// Why a body cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad {
    TooLong,
    Damaged(String),
}

impl<'b> Response<'b> {
    /// Reads the head; nothing if there is none.
    pub fn parse(block: &'b [u8]) -> Option<Self> {
        let mut rest = block;
        let first = line(&mut rest)?;
        let status = first.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
        let mut headers = Vec::new();
        while let Some(line) = line(&mut rest).filter(|line| !line.is_empty()) {
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Some(Self { status, headers, body: rest })
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
    }

    /// The body, its chunks put together, unpacked to at most `max` bytes.
    pub fn body(&self, max: u64) -> Result<Vec<u8>, Bad> {
        let chunked =
            self.header("transfer-encoding").is_some_and(|e| e.to_ascii_lowercase().contains("chunked"));
        // Some archives keep the header and not the chunks.
        let joined = if chunked { joined(self.body) } else { None };
        let body = joined.as_deref().unwrap_or(self.body);
        let encodings = self.header("content-encoding").unwrap_or_default();
        let unpacked = packed::decode(&encodings, body, max);
        match unpacked {
            Ok(bytes) if bytes.len() as u64 <= max => Ok(bytes),
            Ok(_) | Err(Undecodable::TooLong) => Err(Bad::TooLong),
            // Some archives unpack and keep the header.
            Err(Undecodable::Damaged(_)) if body.iter().take(512).all(|b| !matches!(b, 0..=8)) => {
                Ok(body.to_vec())
            }
            Err(Undecodable::Damaged(what) | Undecodable::Unknown(what)) => Err(Bad::Damaged(what)),
        }
    }
}

/// Takes a line off, without its end.
fn line<'b>(rest: &mut &'b [u8]) -> Option<std::borrow::Cow<'b, str>> {
    let end = rest.iter().position(|&b| b == b'\n')?;
    let (line, behind) = rest.split_at(end);
    *rest = behind.get(1..).unwrap_or_default();
    Some(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// Puts chunks together; nothing if there are none.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let head = line(&mut rest)?;
        let size = usize::from_str_radix(head.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        line(&mut rest)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chunks_are_put_together_where_there_are_any() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for body in ["4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\n\r\n", "abcdef"] {
            let block = format!("{head}{body}");
            let response = Response::parse(block.as_bytes()).unwrap();
            assert_eq!((response.status, response.body(6).unwrap()), (200, b"abcdef".to_vec()));
            assert_eq!(response.body(5), Err(Bad::TooLong));
        }
        let unpacked = b"HTTP/1.0 200\nContent-Encoding: gzip\n\n<html>";
        assert_eq!(Response::parse(unpacked).unwrap().body(99), Ok(b"<html>".to_vec()));
        assert!(Response::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }

    proptest! {
        #[test]
        fn junk_never_panics(block in "(HTTP/1.1 200 OK\r\n|Transfer-Encoding: chunked\r\n|\r\n|ffffffffffffffff\r\n|3\r\nabc|\\PC){0,12}") {
            if let Some(response) = Response::parse(block.as_bytes()) {
                let _ = response.body(100);
            }
        }
    }
}
