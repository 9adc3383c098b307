//! Bytes for people to compare.

/// Bytes as lower-case hexadecimal digits.
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
