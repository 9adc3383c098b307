//! `duizhao.toml`.

use super::*;

#[test]
fn settings_are_checked() {
    let pages = Pages::new();
    for (file, said) in [
        ("[pair]\nmin_scor = 1\n", "min_scor"),
        ("[guess]\n", "guess"),
        ("[pair]\nmin_score = 7\n", "min_score"),
        ("[pair]\nby = \"luck\"\n", "luck"),
        ("[pair]\nmin_margin = nan\n", "min_margin"),
        ("[pair]\nmin_shared = inf\n", "min_shared"),
        ("[pair]\nmin_cited = -7.0\n", "min_cited"),
        ("[ingest]\nmax_bytes = 0\n", "max_bytes"),
        ("[align]\nmax_side = 0\n", "max_side"),
        ("[align]\nmove_gain = -1.0\n", "move_gain"),
        ("[align]\nmove_gain = nan\n", "move_gain"),
        ("not toml", "line 1"),
    ] {
        pages.write("my.toml", file.as_bytes());
        let done = duizhao(&["--config", &pages.path("my.toml"), "config"]).fails(64);
        assert!(done.stderr.contains("my.toml") && done.stderr.contains(said), "{}", done.stderr);
    }
    assert!(duizhao(&["--config", "absent.toml", "config"]).fails(74).stderr.contains("absent.toml"));
}

#[test]
fn settings_come_out_as_they_went_in() {
    let pages = Pages::new();
    pages.write("mine.toml", b"[pair]\nby = \"content\"\nmin_score = 0.6\n\n[align]\nmax_side = 4\n");
    for arguments in [&["config"][..], &["--config", &pages.path("mine.toml"), "config"]] {
        let printed = duizhao(arguments).succeeds().stdout;
        pages.write("printed.toml", printed.as_bytes());
        let again = duizhao(&["--config", &pages.path("printed.toml"), "config"]).succeeds().stdout;
        assert_eq!(again, printed);
    }
    let printed = pages.read("printed.toml");
    assert!(printed.contains("by = \"content\"") && printed.contains("max_side = 4"), "{printed}");
}

/// Saved anywhere, they still lead to the weights, which they once left out.
#[test]
fn settings_keep_their_weights() {
    let pages = Pages::new();
    pages.write("learned/weights.toml", b"");
    pages.write("learned/mine.toml", b"[align]\nweights = \"weights.toml\"\n[pair]\ncheck_cited = false\n");
    let printed = duizhao(&["--config", "learned/mine.toml", "config"]).within(&pages).succeeds().stdout;
    assert!(printed.contains("weights.toml") && printed.contains("check_cited = false"), "{printed}");
    pages.write("saved.toml", printed.as_bytes());
    assert_eq!(duizhao(&["--config", &pages.path("saved.toml"), "config"]).succeeds().stdout, printed);
    fs::remove_file(pages.path("learned/weights.toml")).unwrap();
    duizhao(&["--config", &pages.path("saved.toml"), "config"]).fails(74);
}

#[test]
fn settings_in_the_folder_one_is_in_are_read() {
    let pages = Pages::new();
    pages.write("duizhao.toml", b"[align]\nmax_side = 3\n");
    assert!(duizhao(&["config"]).within(&pages).succeeds().stdout.contains("max_side = 3"));
    assert!(duizhao(&["config"]).succeeds().stdout.contains("max_side = 8"));
    pages.write("duizhao.toml", b"[align]\nmax_sid = 3\n");
    assert!(duizhao(&["config"]).within(&pages).fails(64).stderr.contains("duizhao.toml"));
    pages.write("other.toml", b"");
    duizhao(&["config", "--config", "other.toml"]).within(&pages).succeeds();
}
