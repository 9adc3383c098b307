//! Arrays as NumPy writes them (`.npy`, format 1 to 3): of the two kinds a model is made of, bytes and `f32`.
//!
//! <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>

use crate::error::{Error, Result};

const MAGIC: &[u8] = b"\x93NUMPY";

/// An array.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Array {
    /// Its size in each dimension.
    pub shape: Vec<usize>,
    /// Its numbers, the last dimension running fastest.
    pub numbers: Numbers,
}

/// The numbers of an array.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbers {
    Bytes(Vec<u8>),
    Floats(Vec<f32>),
}

/// Reads an array.
pub(super) fn parse(bytes: &[u8]) -> Result<Array> {
    read(bytes).ok_or_else(|| Error::input("is no NumPy array of bytes or 32-bit floats"))
}

fn read(bytes: &[u8]) -> Option<Array> {
    let (major, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
    let (_minor, rest) = rest.split_first()?;
    let (len, rest) = match major {
        1 => rest.split_first_chunk().map(|(len, rest)| (u32::from(u16::from_le_bytes(*len)), rest))?,
        2 | 3 => rest.split_first_chunk().map(|(len, rest)| (u32::from_le_bytes(*len), rest))?,
        _ => return None,
    };
    let (header, data) = rest.split_at_checked(len as usize)?;
    let header = std::str::from_utf8(header).ok()?;
    if value(header, "fortran_order")?.starts_with("True") {
        return None;
    }
    let shape = value(header, "shape")?.strip_prefix('(')?.split_once(')')?.0;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
    let shape = sizes.map(|size| size.parse().ok()).collect::<Option<Vec<usize>>>()?;
    let count = shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size))?;
    let numbers = match value(header, "descr")?.get(..5)? {
        "'|u1'" => Numbers::Bytes(data.to_vec()),
        "'<f4'" => {
            let (numbers, rest) = data.as_chunks();
            rest.is_empty()
                .then(|| Numbers::Floats(numbers.iter().map(|b| f32::from_le_bytes(*b)).collect()))?
        }
        _ => return None,
    };
    (numbers.len() == count).then_some(Array { shape, numbers })
}

/// What follows a key in the header, which is a Python dictionary on one line.
fn value<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = header.split_once(&format!("'{key}':"))?;
    Some(rest.trim_start())
}

impl Numbers {
    fn len(&self) -> usize {
        match self {
            Self::Bytes(numbers) => numbers.len(),
            Self::Floats(numbers) => numbers.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What NumPy writes for `header`.
    fn written(header: &str, data: &[u8]) -> Vec<u8> {
        let header = format!("{header:117}\n");
        [MAGIC, &[1, 0], &(header.len() as u16).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn arrays_are_read() {
        let bytes =
            written("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", &[1, 2, 3, 4, 5, 6]);
        let read = parse(&bytes).unwrap();
        assert_eq!(read, Array { shape: vec![2, 3], numbers: Numbers::Bytes(vec![1, 2, 3, 4, 5, 6]) });
        let bytes =
            written("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", &1.5f32.to_le_bytes());
        assert_eq!(parse(&bytes).unwrap().numbers, Numbers::Floats(vec![1.5]));
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
        for (header, data) in [
            (header.replace("(1,)", "(2,)"), &[0; 4][..]),
            (header.replace("(1,)", "(18446744073709551615, 2)"), &[0; 4]),
            (header.replace("<f4", "<f8"), &[0; 8]),
            (header.replace("<f4", "|O1"), &[0; 1]),
            (header.replace("False", "True"), &[0; 4]),
            (header.to_owned(), &[0; 5]),
            ("{}".to_owned(), &[0; 4]),
        ] {
            assert!(parse(&written(&header, data)).is_err(), "{header}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_do_not_panic(bytes: Vec<u8>, cut in 0usize..200, at in 0usize..200, byte: u8) {
            let _ = parse(&bytes);
            let mut whole = written("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", &[0; 6]);
            whole.truncate(cut);
            let _ = parse(&whole);
            if let Some(b) = whole.get_mut(at) {
                *b = byte;
            }
            let _ = parse(&whole);
        }
    }
}
