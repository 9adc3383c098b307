//! `Content-Encoding`, undone within limits: a few bytes may not become gigabytes. What was fetched and what archives hold
//! is packed alike.

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// What is asked for.
pub const ACCEPTED: &str = "gzip, br, zstd";

/// The most encodings, one in the other, that are undone.
const MOST_LAYERS: usize = 2;

/// The largest window that a zstd stream may ask for, as a power of two: 8 MiB, which RFC 9659 allows at most.
const ZSTD_WINDOW: u32 = 23;

/// Why a body cannot be decoded.
#[derive(Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// Unpacked, it is longer than is allowed.
    TooLong,
    /// It is damaged, or cut off.
    Damaged(String),
    /// It is packed in a way that was not asked for.
    Unknown(String),
}

/// Unpacks `body`, whose `Content-Encoding` is `encodings`, to at most `max` bytes.
///
/// # Errors
/// As [`Undecodable`] says.
pub fn decode(encodings: &str, body: &[u8], max: u64) -> Result<Vec<u8>, Undecodable> {
    let layers: Vec<String> =
        encodings.split(',').map(|e| e.trim().to_ascii_lowercase()).filter(|e| !e.is_empty()).collect();
    if layers.len() > MOST_LAYERS {
        return Err(Undecodable::Unknown(encodings.to_owned()));
    }
    let mut bytes = body.to_vec();
    for layer in layers.iter().rev() {
        bytes = undo(layer, &bytes, max)?;
    }
    Ok(bytes)
}

fn undo(encoding: &str, body: &[u8], max: u64) -> Result<Vec<u8>, Undecodable> {
    match encoding {
        "identity" => Ok(body.to_vec()),
        _ if body.is_empty() => Ok(Vec::new()),
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(body), max),
        // Servers disagree whether `deflate` has zlib's envelope.
        "deflate" => match read(ZlibDecoder::new(body), max) {
            Err(Undecodable::Damaged(_)) => read(DeflateDecoder::new(body), max),
            other => other,
        },
        "br" => read(brotli_decompressor::Decompressor::new(body, 4096), max),
        "zstd" => {
            let mut decoder = zstd::stream::read::Decoder::new(body).map_err(damaged)?;
            decoder.window_log_max(ZSTD_WINDOW).map_err(damaged)?;
            read(decoder, max)
        }
        _ => Err(Undecodable::Unknown(encoding.to_owned())),
    }
}

/// Unpacks a gzip file, such as a sitemap, to at most `max` bytes.
///
/// # Errors
/// As [`Undecodable`] says.
pub fn gunzip(bytes: &[u8], max: u64) -> Result<Vec<u8>, Undecodable> {
    read(MultiGzDecoder::new(bytes), max)
}

/// Whether bytes are a gzip file.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

fn read(from: impl Read, max: u64) -> Result<Vec<u8>, Undecodable> {
    let mut bytes = Vec::new();
    from.take(max.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 > max { Err(Undecodable::TooLong) } else { Ok(bytes) }
}

fn damaged(error: std::io::Error) -> Undecodable {
    Undecodable::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_encoding_that_servers_use_comes_back() {
        let text = b"a page, a page, a page";
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(text).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(text).unwrap();
        let zstd = zstd::stream::encode_all(&text[..], 1).unwrap();
        // Brotli of the same text, stored uncompressed.
        let brotli = [&[0x8b, 0x0a, 0x80][..], text, &[0x03]].concat();
        for (encoding, body) in [
            ("", text.to_vec()),
            ("identity", text.to_vec()),
            ("GZIP", gzip(text)),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", raw.finish().unwrap()),
            ("zstd", zstd.clone()),
            ("zstd, gzip", gzip(&zstd)),
            ("br", brotli),
        ] {
            assert_eq!(decode(encoding, &body, 100).as_deref(), Ok(&text[..]), "{encoding}");
        }
    }

    #[test]
    fn what_grows_beyond_the_limit_is_left() {
        let zeros = vec![0; 1 << 20];
        assert_eq!(decode("gzip", &gzip(&zeros), 1 << 16), Err(Undecodable::TooLong));
        assert_eq!(decode("gzip, gzip", &gzip(&gzip(&zeros)), 1 << 16), Err(Undecodable::TooLong));
        let zstd = zstd::stream::encode_all(&zeros[..], 1).unwrap();
        assert_eq!(decode("zstd", &zstd, 1 << 16), Err(Undecodable::TooLong));
        assert!(matches!(decode("gzip,gzip,gzip", &[], 9), Err(Undecodable::Unknown(_))));
        assert!(matches!(decode("compress", b"x", 9), Err(Undecodable::Unknown(_))));
        assert!(matches!(decode("gzip", &gzip(b"cut")[..12], 9), Err(Undecodable::Damaged(_))));
    }

    proptest! {
        #[test]
        fn junk_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for encoding in ["gzip", "deflate", "br", "zstd"] {
                let _ = decode(encoding, &bytes, 1 << 16);
            }
        }
    }
}
