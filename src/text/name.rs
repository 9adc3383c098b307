//! Names of files.

/// The last part of `path` that names anything: `b` for `a/b/.`; empty if there is none.
pub fn base(path: &str) -> &str {
    path.rsplit('/').find(|part| !part.is_empty() && *part != ".").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_that_names_anything() {
        for (path, expected) in
            [("a/b.md", "b.md"), ("b.md", "b.md"), ("a/b/.", "b"), ("a/b//", "b"), ("/", "")]
        {
            assert_eq!(base(path), expected, "{path}");
        }
    }
}
