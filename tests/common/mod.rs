//! What the integration tests share.

#![allow(clippy::print_stderr, reason = "a skipped test must be heard of")]

use std::path::PathBuf;

/// The folder of real pages beside the project (`../shared`, or `DUIZHAO_SHARED`), which is not part of it.
///
/// Says so loudly if it is absent, and fails if `DUIZHAO_REQUIRE_SHARED` is set.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("DUIZHAO_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("DUIZHAO_REQUIRE_SHARED").is_none(),
        "the folder of real pages is required and absent: {}",
        folder.display()
    );
    eprintln!("NOT TESTED: the folder of real pages is absent: {}", folder.display());
    None
}
