//! What integration tests share.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder with real pages and their gold, which is not part of the project: what the environment variable
/// `DUIZHAO_SHARED` names, else `shared` beside the project's root.
///
/// Without it a test has nothing to judge by: it says so loudly and passes, unless `DUIZHAO_REQUIRE_SHARED` is set;
/// then it fails.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DUIZHAO_SHARED").map_or(beside, PathBuf::from);
    if folder.join("real").is_dir() {
        return Some(folder);
    }
    let missing = format!("{} holds no folder `real`", folder.display());
    assert!(
        std::env::var_os("DUIZHAO_REQUIRE_SHARED").is_none(),
        "DUIZHAO_REQUIRE_SHARED is set, but {missing}"
    );
    let notice =
        format!("\n*** SKIPPED: {missing}; set DUIZHAO_SHARED to the folder with the real pages ***\n");
    // Not `eprintln!`, whose output the test harness hides when a test passes.
    let _ = writeln!(std::io::stderr(), "{notice}");
    None
}
