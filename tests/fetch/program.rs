//! `duizhao fetch` as a user calls it.

use crate::server::{Reply, Server};
use crate::sites::{both, post};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn duizhao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn from_nothing_to_aligned_pairs_in_two_commands() {
    let server = Server::start(both);
    let dir = tempfile::tempdir().unwrap();
    let list = format!("# posts\n\n{}\n{}\n", server.url("/posts/pX8q"), server.url("/posts/xT7y"));
    fs::write(dir.path().join("urls.txt"), list).unwrap();
    let url = server.url("/posts/7Rwn").to_string();
    let here = ["--allow-private", "--rate", "0", "--cites", "127.0.0.1"];
    let output = duizhao(dir.path(), &[&["fetch", &url, "urls.txt", "--out", "pages"], &here[..]].concat());
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("stored  6 pages (0 there already)") && said.contains("duizhao run pages"),
        "{said}"
    );
    let output = duizhao(dir.path(), &["run", "pages", "--out", "corpus", "--no-qa"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let pairs = fs::read_to_string(dir.path().join("corpus/pairs.tsv")).unwrap();
    assert_eq!(pairs.lines().count(), 3, "{pairs}");
    assert!(fs::metadata(dir.path().join("corpus/aligned.tsv")).unwrap().len() > 1000);
}

#[test]
fn a_dry_run_asks_nobody_and_prints_what_would_be_asked() {
    let server = Server::start(both);
    let dir = tempfile::tempdir().unwrap();
    let (url, feed) = (server.url("/posts/pX8q").to_string(), server.url("/feed").to_string());
    let arguments = ["fetch", &url, "--feed", &feed, "--out", "pages", "--dry-run"];
    let output = duizhao(dir.path(), &arguments);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), format!("{feed}\n{url}\n")));
    assert!(server.all().is_empty() && !dir.path().join("pages").exists());
    duizhao(dir.path(), &["fetch", &url, "--out", "pages", "--allow-private", "--rate", "0", "--quiet"]);
    assert_eq!(text(&duizhao(dir.path(), &arguments).stdout), format!("{feed}\n"));
}

#[test]
fn events_come_as_json_and_end_with_a_summary() {
    let server = Server::start(both);
    let dir = tempfile::tempdir().unwrap();
    let url = server.url("/posts/pX8q").to_string();
    let output =
        duizhao(dir.path(), &["fetch", &url, "--out", "p", "--json", "--allow-private", "--rate", "0"]);
    let events: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["queued", "asking", "asking", "stored", "queued", "asking", "stored", "done"]);
    assert_eq!((&events[7]["stored"], text(&output.stderr).as_str()), (&Value::from(2), ""));
}

#[test]
fn what_could_not_be_had_makes_exit_code_3_and_is_said_with_a_remedy() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/posts/a" => Reply::html(post(1, &format!("{base}/news/security/x"))),
        "/news/security/x" => Reply::status(403, "<title>Just a moment...</title>"),
        _ => Reply::status(404, ""),
    });
    let dir = tempfile::tempdir().unwrap();
    let url = server.url("/posts/a").to_string();
    let output = duizhao(dir.path(), &["fetch", &url, "--out", "pages", "--allow-private", "--rate", "0"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("1 challenge: open the page in a browser and save it"), "{said}");
}

#[test]
fn watch_aligns_what_is_new_each_round_and_rests_where_nothing_is() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/feed" => {
            let stems = if seen.before == 0 { &["7Rwn"][..] } else { &["pX8q", "7Rwn"] };
            let items: String =
                stems.iter().map(|s| format!("<item><link>{base}/posts/{s}</link></item>")).collect();
            Reply::typed(
                "application/rss+xml",
                format!("<rss version='2.0'><channel>{items}</channel></rss>"),
            )
        }
        _ => both(seen, base),
    });
    let dir = tempfile::tempdir().unwrap();
    let feed = server.url("/feed").to_string();
    let watch = |rounds: &str| {
        let common =
            ["--every", "0", "--allow-private", "--rate", "0", "--cites", "127.0.0.1", "--rounds", rounds];
        let output =
            duizhao(dir.path(), &[&["watch", "--feed", &feed, "--out", "corpus"], &common[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    let pairs = || fs::read_to_string(dir.path().join("corpus/aligned/pairs.tsv")).unwrap().lines().count();
    watch("1");
    assert_eq!(pairs(), 1);
    let said = watch("2");
    assert_eq!(
        (pairs(), said.matches("sentences").count()),
        (2, 1),
        "the second round aligned nothing anew: {said}"
    );
    assert_eq!((server.count("/posts/7Rwn"), server.count("/feed")), (1, 3));
}

#[test]
fn a_proxy_that_the_environment_names_is_asked_and_nobody_else() {
    let proxy = Server::start(|seen, _| match seen.path.as_str() {
        "http://site.example/robots.txt" => Reply::status(404, ""),
        _ => Reply::html(crate::sites::article(1)),
    });
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
    command.args(["fetch", "http://site.example/x", "--out", "p", "--rate", "0"]).current_dir(dir.path());
    command.env("http_proxy", proxy.base()).env_remove("no_proxy").env_remove("NO_PROXY");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let asked: Vec<String> = proxy.all().into_iter().map(|seen| seen.path).collect();
    assert_eq!(asked, ["http://site.example/robots.txt", "http://site.example/x"]);
}

#[test]
fn wrong_usage_is_said_before_anything_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    for arguments in [
        &["fetch", "--out", "p"][..],
        &["fetch", "ftp://a.example/x", "--out", "p"],
        &["fetch", "file:///etc/passwd", "--out", "p"],
        &["fetch", "http://a.example/", "--out", "p", "--rate", "-1"],
        &["fetch", "http://a.example/", "--out", "p", "--since", "yesterday"],
        &["fetch", "--feed", "a.example/feed", "--out", "p"],
        &["watch", "--out", "p"],
    ] {
        let output = duizhao(dir.path(), arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {}", text(&output.stderr));
    }
    assert_eq!(duizhao(dir.path(), &["fetch", "no-such-file.txt", "--out", "p"]).status.code(), Some(74));
    assert!(!dir.path().join("p").exists());
}
