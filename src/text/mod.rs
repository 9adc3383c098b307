//! Pure functions on `&str`: characters, numbers, words, URLs.

pub mod han;
pub mod key;
pub mod url;
