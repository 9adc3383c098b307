//! Posts in, a folder out that `run` pairs and aligns.

use crate::fixture::Folder;
use crate::server::Server;
use crate::sites::{RENAMED, both};
use duizhao::model::Hop;

#[test]
fn a_post_brings_its_original_and_run_pairs_them() {
    let server = Server::start(both);
    let folder = Folder::new();
    let tally = folder.fetch(&[server.url("/posts/7Rwn"), server.url("/posts/mB4e")]);
    assert_eq!((tally.stored, tally.refused.len()), (4, 0), "{tally:?} {:?}", folder.lines());
    folder.assert_whole();
    let (summary, pairs) = folder.run(&folder.path());
    assert_eq!(summary.pairs.get("citation"), Some(&2), "{pairs:?}");
    assert_eq!(summary.failures, 0);
}

#[test]
fn a_renamed_slug_is_followed_over_301_and_302_and_then_pairs() {
    let server = Server::start(both);
    let folder = Folder::new();
    folder.fetch(&[server.url("/posts/xT7y")]);
    let lines = folder.lines();
    let original = lines.iter().find(|line| line.asked.contains(RENAMED.0)).unwrap();
    let hop = |status, path: &str| Hop { status, url: format!("{}/news/{path}/", server.base()) };
    assert_eq!(
        original.hops,
        [hop(301, &format!("moved/{}", RENAMED.0)), hop(302, &format!("security/{}", RENAMED.1))]
    );
    assert_eq!(original.final_url, original.hops[1].url);
    let (summary, pairs) = folder.run(&folder.path());
    assert_eq!(summary.pairs.get("redirected"), Some(&1), "{pairs:?}");
}

#[test]
fn asked_again_nothing_is_fetched_twice() {
    let server = Server::start(both);
    let folder = Folder::new();
    folder.fetch(&[server.url("/posts/7Rwn")]);
    let (asked, files) = (server.seen().len(), folder.files());
    let tally = folder.fetch(&[server.url("/posts/7Rwn")]);
    assert_eq!((tally.stored, tally.known, server.seen().len()), (0, 2, asked));
    assert_eq!(folder.files(), files);
}
