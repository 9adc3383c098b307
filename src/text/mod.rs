//! Pure functions on `&str`: characters, numbers, words, URLs.

pub mod cells;
pub mod credit;
pub mod dates;
pub mod entities;
pub mod han;
pub mod hex;
pub mod key;
pub mod latin;
pub mod letters;
pub mod name;
pub mod numbers;
pub mod packed;
pub mod units;
pub mod url;
