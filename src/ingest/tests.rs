//! What reading files, folders and archives must do.

use super::*;
use crate::model::Media;
use std::fs;

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

fn names(outcome: &Outcome<Vec<InputFile>>) -> Vec<&str> {
    outcome.output.iter().map(|f| f.name.as_str()).collect()
}

fn reasons(outcome: &Outcome<Vec<InputFile>>) -> Vec<(&str, &str)> {
    outcome.notices.iter().map(|n| (n.input.as_str(), n.reason.as_str())).collect()
}

fn read(path: PathBuf, config: &Config) -> Vec<std::result::Result<Page, Notice>> {
    let listed = list(&[path], config).unwrap();
    pages(&listed.output[0], config).unwrap().collect()
}

#[test]
fn walks_a_folder_in_order_and_names_what_it_leaves_out() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["b/2.md", "b/10.md", "a.HTML", "c.txt", "x.png", "README.md", ".git/x.md"] {
        write(dir.path(), name, "x");
    }
    write(dir.path(), "old/manifest.json", r#"{"tool":"duizhao"}"#);
    write(dir.path(), "old/aligned.jsonl", "{}");
    write(dir.path(), "other/aligned.jsonl", "{}");
    write(dir.path(), "out/x.md", "x");
    let config = Config { exclude: vec![dir.path().join("out")], ..Config::default() };
    let outcome = list(&[dir.path().to_owned()], &config).unwrap();
    assert_eq!(names(&outcome), ["a.HTML", "b/10.md", "b/2.md", "c.txt", "other/aligned.jsonl"]);
    assert_eq!(
        reasons(&outcome),
        [(".git", "hidden"), ("README.md", "readme"), ("old", "own-output"), ("x.png", "not-a-page"),]
    );
}

#[test]
fn equal_names_are_told_apart_and_a_file_given_twice_is_read_once() {
    let dir = tempfile::tempdir().unwrap();
    let a = write(dir.path(), "a/x.md", "1");
    write(dir.path(), "b/x.md", "2");
    let outcome = list(&[dir.path().join("a"), dir.path().join("b"), a], &Config::default()).unwrap();
    assert_eq!(names(&outcome), ["x.md", "x~2.md"]);
    assert_eq!(reasons(&outcome), [("x.md", "given-twice")]);
}

#[test]
fn many_equal_names_are_told_apart_in_one_pass() {
    let dir = tempfile::tempdir().unwrap();
    let inputs: Vec<_> = (0..5_000).map(|n| write(dir.path(), &format!("{n}/x.md"), "")).collect();
    let taken = write(dir.path(), "x~3.md", "");
    let outcome = list(&[vec![taken], inputs].concat(), &Config::default()).unwrap();
    let names = names(&outcome);
    assert_eq!(names[..4], ["x~3.md", "x.md", "x~2.md", "x~4.md"]);
    assert_eq!((names.len(), names[5_000]), (5_001, "x~5001.md"));
    assert_eq!(names.iter().collect::<std::collections::HashSet<_>>().len(), names.len());
}

#[cfg(unix)]
#[test]
fn only_files_are_read_and_pipes_that_are_named_themselves() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "in/a.md", "x");
    let pipe = dir.path().join("in/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = dir.path().join("in/socket.md");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let outcome = list(&[dir.path().join("in")], &Config::default()).unwrap();
    assert_eq!(names(&outcome), ["a.md"]);
    assert_eq!(reasons(&outcome), [("pipe.md", "not-a-file"), ("socket.md", "not-a-file")]);
    let outcome = list(&[pipe.clone(), socket, PathBuf::from("/dev/zero")], &Config::default()).unwrap();
    assert_eq!(names(&outcome), ["pipe.md"]);
    assert_eq!(outcome.notices.iter().filter(|n| n.reason == "not-a-file").count(), 2);
    let text = "x".repeat(200);
    let writer = std::thread::spawn(move || fs::write(pipe, text));
    let config = Config { max_bytes: 100, ..Config::default() };
    let page = pages(&outcome.output[0], &config).unwrap().next().unwrap();
    assert_eq!(page.unwrap_err().reason, "too-large");
    let _ = writer.join();
}

#[test]
fn a_missing_input_is_an_error_only_when_nothing_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("nowhere.md");
    let error = list(std::slice::from_ref(&missing), &Config::default()).unwrap_err();
    assert!(error.to_string().contains("nowhere.md") && error.remedy_text().is_some());
    let there = write(dir.path(), "x.md", "x");
    let outcome = list(&[missing, there], &Config::default()).unwrap();
    assert_eq!(names(&outcome), ["x.md"]);
    assert_eq!(outcome.notices[0].reason, "not-found");
    assert!(list(&[], &Config::default()).is_err());
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder_or_in_circles() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let outside = write(dir.path(), "secret.md", "x");
    write(dir.path(), "in/a.md", "x");
    symlink(outside, dir.path().join("in/out.md")).unwrap();
    symlink(dir.path().join("in"), dir.path().join("in/loop")).unwrap();
    symlink("gone", dir.path().join("in/dangling.md")).unwrap();
    let outcome = list(&[dir.path().join("in")], &Config::default()).unwrap();
    assert_eq!(names(&outcome), ["a.md"]);
    assert_eq!(outcome.notices.iter().filter(|n| n.reason == "symlink").count(), 3);
}

#[test]
fn a_file_is_one_page_with_its_front_matter() {
    let dir = tempfile::tempdir().unwrap();
    let text = "---\r\ntitle: 甲: 乙\r\nurl: https://example.com/p\r\n---\r\n# 甲\r\n";
    let read = read(write(dir.path(), "p.md", text), &Config::default());
    let page = read[0].as_ref().unwrap();
    assert_eq!((page.id.as_str(), page.media), ("p.md", Media::Markdown));
    assert_eq!(page.origin.url.as_deref(), Some("https://example.com/p"));
    assert_eq!((page.text.as_str(), page.body()), (text, "# 甲\r\n"));
}

#[test]
fn an_archive_goes_on_behind_a_bad_line() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = Vec::from(
        "\u{FEFF}{\"url\":\"https://example.com/1\",\"html\":\"<p>x</p>\",\"date\":\"2031-01-02\"}\r\n\
         not json\n\n[1]\n{\"url\":7}\n{\"markdown\":\"---\\ntitle: t\\n---\\nbody\",\"title\":\"T\"}\n",
    );
    archive.extend_from_slice(b"{\"text\":\"\xFF\"}\n");
    archive.extend_from_slice(format!("{{\"text\":\"{}\"}}\n", "y".repeat(200)).as_bytes());
    archive.extend_from_slice(b"{\"text\":\"last\"}");
    let config = Config { max_bytes: 120, ..Config::default() };
    let read = read(write(dir.path(), "a.jsonl", archive), &config);
    let seen: Vec<_> = read
        .iter()
        .map(|r| {
            r.as_ref()
                .map_or_else(|n| (n.input.clone(), n.reason.clone()), |p| (p.id.clone(), p.text.clone()))
        })
        .collect();
    let expected = [
        ("a.jsonl#1", "<p>x</p>"),
        ("a.jsonl#2", "bad-record"),
        ("a.jsonl#4", "bad-record"),
        ("a.jsonl#5", "no-page-in-record"),
        ("a.jsonl#6", "---\ntitle: t\n---\nbody"),
        ("a.jsonl#7", "bad-record"),
        ("a.jsonl#8", "too-large"),
        ("a.jsonl#9", "last"),
    ];
    let seen: Vec<_> = seen.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(seen, expected);
    let sixth = read[4].as_ref().unwrap();
    assert_eq!((sixth.body(), sixth.front_matter["title"].as_str()), ("body", "T"));
}

#[test]
fn too_large_binary_and_damaged_files_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { max_bytes: 100, ..Config::default() };
    let reason = |path| read(path, &config)[0].as_ref().unwrap_err().reason.clone();
    assert_eq!(reason(write(dir.path(), "big.md", "x".repeat(101))), "too-large");
    assert_eq!(reason(write(dir.path(), "bin.md", b"\0\x01\0\0\x02\x03")), "binary");
    let damaged = read(write(dir.path(), "cut.md", &"漏洞".repeat(16).as_bytes()[..95]), &config);
    assert_eq!(damaged[0].as_ref().unwrap_err().reason, "undecodable-bytes");
    assert!(damaged[1].as_ref().unwrap().text.starts_with("漏洞"));
}

#[test]
fn what_was_fetched_into_a_folder_is_known_by_its_index_and_an_archive_of_that_name_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let line = |asked: &str, file: &str| {
        format!(
            r#"{{"asked":"http://a.example/{asked}","final_url":"http://a.example/new","hops":[{{"status":301,"url":"http://a.example/new"}}],"status":200,"headers":{{"content-type":"text/html; charset=gbk"}},"fetched":"","sha256":null,"bytes":null,"file":{file}}}"#
        )
    };
    let lines =
        [line("old", "\"p.html\""), line("older", "\"p.html\""), line("gone", "null"), "{\"torn".to_owned()];
    write(dir.path(), "store/pages.jsonl", lines.join("\n"));
    write(dir.path(), "store/p.html", encoding_rs::GBK.encode("<p>漏洞").0);
    write(dir.path(), "own/pages.jsonl", r#"{"html":"<p>x"}"#);
    let config = Config::default();
    let listed = list(&[dir.path().to_owned()], &config).unwrap();
    assert_eq!(names(&listed), ["own/pages.jsonl", "store/p.html"]);
    assert_eq!(reasons(&listed), [("store/pages.jsonl", "index-of-pages")]);
    let page = pages(&listed.output[1], &config).unwrap().next().unwrap().unwrap();
    let origin = page.origin;
    assert_eq!((page.text.as_str(), origin.file.as_str()), ("<p>漏洞", "store/p.html"));
    assert_eq!(origin.url.as_deref(), Some("http://a.example/old"));
    assert_eq!(
        (origin.final_url.as_deref(), origin.hops),
        (Some("http://a.example/new"), vec!["http://a.example/older".to_owned()])
    );
}
