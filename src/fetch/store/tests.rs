//! What the store must do whatever interrupts it.

use super::*;
use crate::model::Hop;

fn clock() -> Clock {
    Arc::new(|| "2031-02-03T04:05:06Z".parse().unwrap())
}

fn answer(asked: &str, body: &str) -> Answer {
    Answer {
        asked: asked.to_owned(),
        final_url: asked.to_owned(),
        hops: Vec::new(),
        status: 200,
        headers: [("content-type".to_owned(), "text/html".to_owned())].into(),
        body: body.as_bytes().to_vec(),
    }
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_stored_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), &clock()).unwrap();
    let kept = store.keep(&answer("http://a.example/x", "<p>x"), FetchedKind::Page).unwrap();
    assert_eq!(kept.fetched, "2031-02-03T04:05:06Z");
    assert!(Store::open(dir.path(), &clock()).is_err(), "two at a time");
    drop(store);
    let store = Store::open(dir.path(), &clock()).unwrap();
    assert_eq!(store.settled(&url("https://www.a.example/x/")).as_deref(), Some(&*kept));
    assert_eq!(fs::read(store.path(&kept).unwrap()).unwrap(), b"<p>x");
    assert_eq!(files(dir.path()).len(), 2);
}

#[test]
fn one_text_under_two_addresses_is_one_file_and_a_changed_one_replaces_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), &clock()).unwrap();
    for asked in ["http://a.example/x", "http://a.example/y"] {
        store.keep(&answer(asked, "same"), FetchedKind::Page).unwrap();
    }
    assert_eq!(files(dir.path()).len(), 2);
    store.keep(&answer("http://a.example/x", "changed"), FetchedKind::Page).unwrap();
    assert_eq!(files(dir.path()).len(), 3);
    store.keep(&answer("http://a.example/y", "changed"), FetchedKind::Page).unwrap();
    assert_eq!(files(dir.path()).len(), 2, "nobody names the first text any more");
    store.renew(&store.get(&url("http://a.example/x")).unwrap()).unwrap();
    assert_eq!(files(dir.path()).len(), 2);
    drop(store);
    let store = Store::open(dir.path(), &clock()).unwrap();
    assert_eq!((store.pages(), files(dir.path()).len()), (2, 2));
}

#[test]
fn an_address_that_redirects_settles_the_one_that_it_leads_to() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), &clock()).unwrap();
    let hops = vec![Hop { status: 301, url: "http://a.example/new".to_owned() }];
    let moved =
        Answer { final_url: "http://a.example/new".to_owned(), hops, ..answer("http://a.example/old", "x") };
    store.keep(&moved, FetchedKind::Page).unwrap();
    assert_eq!(store.settled(&url("http://a.example/new")).unwrap().asked, "http://a.example/old");
}

#[test]
fn refusals_are_remembered_and_never_cost_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), &clock()).unwrap();
    let (gone, busy) = (Refusal::new("not-found", "gone", ""), Refusal::new("server-error", "busy", ""));
    store.refuse(&answer("http://a.example/gone", ""), Some(404), &gone).unwrap();
    store.refuse(&answer("http://a.example/busy", ""), Some(500), &busy).unwrap();
    store.keep(&answer("http://a.example/x", "x"), FetchedKind::Page).unwrap();
    store.refuse(&answer("http://a.example/x", ""), Some(404), &gone).unwrap();
    let settled = |path: &str| store.settled(&url(&format!("http://a.example/{path}"))).is_some();
    assert_eq!(["gone", "busy", "x", "y"].map(settled), [true, false, true, false]);
    assert!(store.get(&url("http://a.example/x")).unwrap().file.is_some());
}

#[test]
fn what_an_interruption_leaves_is_mended() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), &clock()).unwrap();
    let kept = store.keep(&answer("http://a.example/x", "x"), FetchedKind::Page).unwrap();
    let cut = store.keep(&answer("http://a.example/cut", "cut"), FetchedKind::Page).unwrap();
    drop(store);
    let (index, hash) = (dir.path().join(PAGES_INDEX), "0123456789abcdef0123456789abcdef");
    let mut torn = fs::read(&index).unwrap();
    torn.extend_from_slice(b"{\"asked\":\"http://a.exam");
    fs::write(&index, torn).unwrap();
    fs::write(dir.path().join(cut.file.as_ref().unwrap()), "c").unwrap();
    for name in [".html", ".partial", ".pending"] {
        fs::write(dir.path().join(format!("{hash}{name}")), "half").unwrap();
    }
    let named = kept.file.as_ref().unwrap().split_once('.').unwrap().0;
    fs::write(dir.path().join(format!("{named}.pending")), "").unwrap();
    fs::write(dir.path().join("fedcba9876543210fedcba9876543210.html"), "the user's own").unwrap();

    let mut store = Store::open(dir.path(), &clock()).unwrap();
    assert!(store.settled(&url("http://a.example/x")).is_some());
    assert!(store.settled(&url("http://a.example/cut")).is_none(), "its page is not whole");
    assert_eq!(files(dir.path()).len(), 4, "{:?}", files(dir.path()));
    let cut = store.keep(&answer("http://a.example/cut", "cut"), FetchedKind::Page).unwrap();
    assert_eq!(fs::read(store.path(&cut).unwrap()).unwrap(), b"cut");
    drop(store);
    fs::write(&index, "not ours\n").unwrap();
    assert!(Store::open(dir.path(), &clock()).is_err());
}
