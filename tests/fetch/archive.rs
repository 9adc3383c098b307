//! The archive of what went over the wire: `run` reads it, and so do other people's tools.

use crate::common::skipped;
use crate::fixture::Folder;
use crate::server::{Reply, Server};
use crate::sites::{article, both, post};
use duizhao::fetch::Unwatched;
use duizhao::pipeline::fetch::Want;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Fetches into a folder and an archive beside it.
fn fetch(folder: &Folder, server: &Server, paths: &[&str], name: &str) -> PathBuf {
    let warc = folder.beside(name);
    let want = Want { urls: paths.iter().map(|path| server.url(path)).collect(), ..Want::default() };
    folder.try_get(&want, Some(&warc), Arc::new(Unwatched)).unwrap();
    warc
}

#[test]
fn run_reads_the_archive_as_it_reads_the_folder() {
    let server = Server::start(both);
    for name in ["pages.warc.gz", "pages.warc"] {
        let folder = Folder::new();
        let warc = fetch(&folder, &server, &["/posts/7Rwn", "/posts/xT7y", "/posts/mB4e"], name);
        let (from_folder, _) = folder.run(&folder.path());
        let (from_archive, pairs) = folder.run(&warc);
        assert_eq!(from_archive.pairs.get("redirected"), Some(&1), "{pairs:?}");
        assert_eq!((&from_archive.pairs, &from_archive.beads), (&from_folder.pairs, &from_folder.beads));
        assert_eq!(from_archive.failures, 0);
    }
}

#[test]
fn a_second_call_adds_to_the_archive() {
    let server = Server::start(both);
    let folder = Folder::new();
    fetch(&folder, &server, &["/posts/7Rwn"], "pages.warc.gz");
    let warc = fetch(&folder, &server, &["/posts/7Rwn", "/posts/mB4e"], "pages.warc.gz");
    let (summary, _) = folder.run(&warc);
    assert_eq!((summary.posts, summary.originals), (2, 2));
}

#[test]
fn warcio_reads_every_answer_and_finds_the_bodies_that_were_stored() {
    let server = Server::start(|seen, base| match seen.path.as_str() {
        "/posts/a" => Reply::to(301, "/posts/b"),
        "/posts/b" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(post(1, &format!("{base}/news/security/x")).as_bytes()).unwrap();
            Reply::html(packed.finish().unwrap()).with("Content-Encoding", "gzip")
        }
        "/news/security/x" => {
            let body = article(1);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
            Reply::Raw(format!("{head}{:x}\r\n{body}\r\n0\r\n\r\n", body.len()).into_bytes())
        }
        _ => Reply::status(404, ""),
    });
    for name in ["pages.warc.gz", "pages.warc"] {
        let folder = Folder::new();
        let warc = fetch(&folder, &server, &["/posts/a", "/posts/gone"], name);
        let Some(records) = by_warcio(&warc) else { return };
        let statuses: BTreeMap<&str, u64> = records
            .iter()
            .map(|r| (r["url"].as_str().unwrap().rsplit('/').next().unwrap(), r["status"].as_u64().unwrap()))
            .collect();
        assert_eq!(statuses, BTreeMap::from([("a", 301), ("b", 200), ("gone", 404), ("x", 200)]));
        for line in folder.lines().iter().filter(|line| line.file.is_some()) {
            let same = records.iter().any(|r| {
                r["url"] == line.final_url.as_str()
                    && Some(r["sha256"].as_str().unwrap()) == line.sha256.as_deref()
            });
            assert!(same, "{line:?} in {records:?}");
        }
    }
}

/// What warcio reads; nothing, said aloud, where it is not installed, unless it must be.
fn by_warcio(warc: &Path) -> Option<Vec<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/read_warc.py");
    let output = Command::new("python3").arg(script).arg(warc).output();
    let absent = output.as_ref().map_or(true, |output| output.status.code() == Some(2));
    if absent {
        assert!(
            std::env::var_os("DUIZHAO_REQUIRE_TOOLS").is_none(),
            "python3 with warcio (from PyPI) is not here"
        );
        skipped("python3 with warcio is not here: `pip install warcio` to test with it");
        return None;
    }
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
