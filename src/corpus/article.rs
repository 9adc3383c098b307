//! What articles are known by, from one file to another.

use crate::model::{Record, Sides};
use crate::text::url;
use sha2::{Digest, Sha256};

/// Both articles' names: the address without what does not tell pages apart, else the file's name.
pub fn names(record: &Record) -> Sides<String> {
    let name = |address: Option<&str>, file: &str| {
        address.and_then(url::canonical).unwrap_or_else(|| format!("file:{file}"))
    };
    Sides::new(name(record.zh_url.as_deref(), &record.zh_file), name(Some(&record.en_url), &record.en_file))
}

/// A number for these texts that is the same on every machine and in every version: the first eight bytes of their SHA-256.
pub fn hash(texts: &[&str]) -> u64 {
    let bytes = digest(texts);
    bytes.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The first sixteen bytes of the SHA-256 of these texts.
pub fn hash128(texts: &[&str]) -> u128 {
    digest(texts).iter().take(16).fold(0, |number, &byte| number << 8 | u128::from(byte))
}

fn digest(texts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for text in texts {
        // With their lengths, so that no two lists look the same.
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;

    #[test]
    fn the_same_page_under_two_addresses_has_one_name() {
        let mut a = record("a", 0, "一", "one");
        a.en_url = "https://www.example.com/news/a/?utm=1".to_owned();
        a.zh_url = None;
        let mut b = a.clone();
        b.en_url = "http://example.com/news/a".to_owned();
        assert_eq!(names(&a), names(&b));
        assert_eq!(names(&a).zh, format!("file:{}", a.zh_file));
    }

    #[test]
    fn hashes_are_the_same_for_ever_and_lists_differ_by_where_they_are_cut() {
        assert_eq!(hash(&["a", "b"]), hash(&["a", "b"]));
        assert_ne!(hash(&["ab", ""]), hash(&["a", "b"]));
        assert_ne!(hash128(&["ab"]), hash128(&["a", "b"]));
    }
}
