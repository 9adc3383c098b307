//! Killed at any moment, the next call goes on where it was, and nothing is there twice or half.

use crate::server::{Reply, Seen, Server};
use crate::sites::{article, post};
use duizhao::model::Fetched;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const POSTS: usize = 12;
const MOMENTS: u64 = 20;

/// A feed of posts, each with its original, one of them moved; nothing is quick.
fn site(seen: &Seen, base: &str) -> Reply {
    std::thread::sleep(Duration::from_millis(3));
    let number = |prefix: &str| seen.path.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
    if let Some(n) = number("/posts/n") {
        return Reply::html(post(n, &format!("{base}/news/old/{n}")));
    }
    if let Some(n) = number("/news/old/").filter(|n| n % 4 == 0) {
        return Reply::to(301, &format!("/news/new/{n}"));
    }
    if let Some(n) = number("/news/old/").or(number("/news/new/")) {
        return Reply::html(article(n));
    }
    match seen.path.as_str() {
        "/feed" => {
            let item = |n: usize| format!("<item><link>{base}/posts/n{n}</link></item>");
            let items: String = (0..POSTS).map(item).collect();
            Reply::typed(
                "application/rss+xml",
                format!("<rss version='2.0'><channel>{items}</channel></rss>"),
            )
        }
        _ => Reply::status(404, ""),
    }
}

fn fetch(server: &Server, out: &Path) -> Command {
    at_rate("0", server, out)
}

fn at_rate(rate: &str, server: &Server, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
    command.arg("fetch").arg("--feed").arg(server.url("/feed").as_str()).arg("--out").arg(out);
    command.arg("--warc").arg(out.with_extension("warc.gz"));
    command.args(["--quiet", "--allow-private", "--rate", rate]).current_dir(out.parent().unwrap());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// What the store holds, but for the time and the order: hash and file by address. Asserts that it is whole.
fn holdings(out: &Path) -> BTreeMap<String, (String, String)> {
    let text = fs::read_to_string(out.join("pages.jsonl")).unwrap();
    let mut found = BTreeMap::new();
    let mut lines = 0;
    for line in text.lines() {
        let line: Fetched = serde_json::from_str(line).unwrap();
        let (file, hash) = (line.file.unwrap(), line.sha256.unwrap());
        assert!(hash.starts_with(file.split('.').next().unwrap()));
        assert_eq!(fs::metadata(out.join(&file)).unwrap().len(), line.bytes.unwrap(), "{file}");
        lines += usize::from(!line.asked.ends_with("/feed"));
        found.insert(line.asked, (file, hash));
    }
    assert_eq!(lines, found.len() - 1, "a page is stored twice");
    let mut named: Vec<&String> = found.values().map(|(file, _)| file).collect();
    named.sort();
    named.dedup();
    let mut files: Vec<String> =
        fs::read_dir(out).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    files.retain(|name| name != "pages.jsonl");
    files.sort();
    assert_eq!(files.iter().collect::<Vec<_>>(), named, "files without a line, or lines without a file");
    found
}

#[test]
fn killed_at_20_moments_and_called_again_the_store_is_that_of_an_undisturbed_run() {
    let server = Server::start(site);
    let dir = tempfile::tempdir().unwrap();
    let undisturbed = dir.path().join("undisturbed");
    let start = std::time::Instant::now();
    assert!(fetch(&server, &undisturbed).status().unwrap().success());
    let takes = start.elapsed();
    let expected = holdings(&undisturbed);
    assert_eq!(expected.len(), 1 + 2 * POSTS);
    let mut random = 7u64;
    let mut cut_short = 0;
    for moment in 0..MOMENTS {
        let out = dir.path().join(format!("killed-{moment}"));
        // Two blows each, at moments that a seed draws: also a run that mends is struck.
        for _ in 0..2 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let share = (random >> 33) as f64 / f64::from(1u32 << 31);
            let mut child = fetch(&server, &out).spawn().unwrap();
            std::thread::sleep(takes.mul_f64(share));
            // SIGKILL, for which nobody can prepare.
            child.kill().unwrap();
            cut_short += usize::from(!child.wait().unwrap().success());
        }
        assert!(fetch(&server, &out).status().unwrap().success(), "moment {moment}");
        assert_eq!(holdings(&out), expected, "moment {moment}");
    }
    assert!(cut_short >= 10, "hardly any run was struck: {cut_short}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_at_once_with_exit_code_130_and_the_next_call_goes_on() {
    let server = Server::start(site);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("pages");
    let mut child = at_rate("1h", &server, &out).spawn().unwrap();
    while server.all().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    // It now waits for the host's pace: an hour.
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(fetch(&server, &out).status().unwrap().success());
    assert_eq!(holdings(&out).len(), 1 + 2 * POSTS);
}

#[test]
fn a_second_call_in_the_same_folder_at_the_same_time_is_refused() {
    let server = Server::start(|seen, base| {
        std::thread::sleep(Duration::from_millis(300));
        site(seen, base)
    });
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("pages");
    let mut first = fetch(&server, &out).spawn().unwrap();
    while server.all().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(fetch(&server, &out).status().unwrap().code(), Some(64));
    first.kill().unwrap();
    first.wait().unwrap();
}
