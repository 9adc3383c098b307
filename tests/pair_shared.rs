//! Figures that pairing must reach on real pages, which are not part of the project: 209 posts, 548 originals, 49
//! pairs; the other posts cite sources that are not there and must stay alone.
//!
//! Measured when the thresholds were set (`cargo test --test pair_shared -- --nocapture` prints them anew):
//! see [`scores_of_true_and_false_pairs_lie_far_apart`].
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use duizhao::lexicon::Lexicon;
use duizhao::model::{Article, Evidence, Lang};
use duizhao::pair::{self, By, Card, Config, Fingerprint, Translate};
use duizhao::{extract, ingest, pipeline};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A post and an original, by id.
type Pair = (String, String);

/// What the lexicon renders each word by.
fn dictionary(text: &str) -> Vec<Vec<String>> {
    pipeline::translations(Lexicon::builtin(), text)
}

/// Every article below a folder, under `name/`.
fn articles(folder: &Path, name: &str) -> Vec<Article> {
    let config = ingest::Config::default();
    let listed = ingest::list(&[folder.join(name)], &config).unwrap();
    let pages = listed.output.iter().flat_map(|file| ingest::pages(file, &config).unwrap());
    let read = pages.filter_map(|page| extract::run(&page.ok()?, &extract::Config::default()).ok());
    read.map(|outcome| Article { id: format!("{name}/{}", outcome.output.id), ..outcome.output }).collect()
}

/// The real pages and which belong together.
struct Real {
    articles: Vec<Article>,
    truth: BTreeSet<Pair>,
}

impl Real {
    fn read() -> Option<Self> {
        let folder: PathBuf = common::shared()?.join("real");
        let mut real = Self { articles: Vec::new(), truth: BTreeSet::new() };
        for set in ["dev", "pool"] {
            for side in ["zh", "en"] {
                real.articles.extend(articles(&folder, &format!("{set}/{side}")));
            }
            let pairs = std::fs::read_to_string(folder.join(set).join("pairs.tsv")).unwrap();
            let pairs = pairs.lines().filter_map(|line| line.split_once('\t'));
            real.truth.extend(pairs.map(|(zh, en)| (format!("{set}/zh/{zh}"), format!("{set}/en/{en}"))));
        }
        Some(real)
    }

    /// The pairs made of the articles, with score and margin (1 for a citation).
    fn pairs(&self, config: &Config, translate: Option<&Translate<'_>>) -> Vec<(Pair, f32, f32)> {
        let cards: Vec<Card> = self.articles.iter().map(Card::of).collect();
        let prints: Vec<Fingerprint> = self.articles.iter().map(|a| Fingerprint::of(a, translate)).collect();
        let outcome = pair::run(&cards, |i, _| Ok(prints[i].clone()), config).unwrap();
        for card in &cards {
            let paired = outcome.output.iter().any(|p| cards[*p.articles.get(card.lang)].id == card.id);
            assert!(paired || outcome.notices.iter().any(|n| n.input == card.id), "{} is lost", card.id);
        }
        let pairs = outcome.output.iter().map(|pair| {
            let ids = (cards[pair.articles.zh].id.clone(), cards[pair.articles.en].id.clone());
            match pair.evidence {
                Evidence::Content { score, margin } => (ids, score, margin),
                _ => (ids, 1.0, 1.0),
            }
        });
        pairs.collect()
    }

    fn ids(&self, config: &Config, translate: Option<&Translate<'_>>) -> BTreeSet<Pair> {
        self.pairs(config, translate).into_iter().map(|(ids, ..)| ids).collect()
    }

    /// The same pages without the true originals: whatever is paired now is wrong.
    fn without_originals(&self) -> Self {
        let is_true = |a: &Article| self.truth.iter().any(|(_, en)| *en == a.id);
        let articles = self.articles.iter().filter(|a| !is_true(a)).cloned().collect();
        Self { articles, truth: BTreeSet::new() }
    }
}

fn by(by: By) -> Config {
    Config { by, ..Config::default() }
}

/// Makes the best of every post a pair, however bad.
fn lax() -> Config {
    Config { min_score: -9.0, min_margin: -9.0, min_shared: -9.0, ..by(By::Content) }
}

#[test]
fn citations_find_every_pair_and_no_other() {
    let Some(real) = Real::read() else { return };
    assert_eq!(real.ids(&by(By::Citation), None), real.truth);
    assert_eq!(real.ids(&by(By::Citation), Some(&dictionary)), real.truth);
    assert_eq!(real.ids(&by(By::Auto), None), real.truth);
    assert_eq!(real.ids(&by(By::Auto), Some(&dictionary)), real.truth);
}

#[test]
fn contents_find_every_pair_and_no_other() {
    let Some(real) = Real::read() else { return };
    assert_eq!(real.ids(&by(By::Content), Some(&dictionary)), real.truth);
    assert_eq!(real.without_originals().ids(&by(By::Content), Some(&dictionary)), BTreeSet::new());
}

#[test]
fn without_a_dictionary_posts_without_names_stay_alone_but_none_is_paired_wrongly() {
    let Some(real) = Real::read() else { return };
    let pairs = real.ids(&by(By::Content), None);
    assert!(pairs.is_subset(&real.truth), "{pairs:?}");
    assert!(pairs.len() >= 43, "{}", pairs.len());
    assert_eq!(real.without_originals().ids(&by(By::Content), None), BTreeSet::new());
}

#[test]
fn scores_of_true_and_false_pairs_lie_far_apart() {
    let Some(real) = Real::read() else { return };
    let all = real.pairs(&lax(), Some(&dictionary));
    let (right, wrong): (Vec<_>, Vec<_>) = all.into_iter().partition(|(ids, ..)| real.truth.contains(ids));
    let missing = real.without_originals().pairs(&lax(), Some(&dictionary));
    let lowest = |of: fn(&(Pair, f32, f32)) -> f32| right.iter().map(of).fold(f32::MAX, f32::min);
    let highest = wrong.iter().chain(&missing).map(|&(_, score, _)| score).fold(0.0, f32::max);
    let (score, margin) = (lowest(|p| p.1), lowest(|p| p.2));
    println!(
        "true pairs: score from {score:.2}, margin from {margin:.2}; false pairs: score to {highest:.2}"
    );
    assert_eq!(right.len(), real.truth.len());
    assert!(score > 0.6 && margin > 0.5 && highest < 0.4, "{score} {margin} {highest}");
}

#[test]
fn posts_cut_in_half_still_find_their_originals() {
    let Some(mut real) = Real::read() else { return };
    for post in real.articles.iter_mut().filter(|a| a.lang == Lang::Zh) {
        post.paragraphs.truncate(post.paragraphs.len().div_ceil(2));
    }
    let pairs = real.ids(&by(By::Content), Some(&dictionary));
    assert!(pairs.is_subset(&real.truth), "{pairs:?}");
    assert!(pairs.len() >= 45, "{}", pairs.len());
}

#[test]
fn a_page_that_is_not_the_article_never_pairs() {
    let Some(mut real) = Real::read() else { return };
    let folder = common::shared().unwrap_or_default().join("real");
    real.articles.extend(articles(&folder, "odd/en-not-the-article"));
    // Extraction refuses such a page; should it not, pairing must.
    let mut page = real.articles.iter().find(|a| a.lang == Lang::En).cloned().unwrap();
    page.id = "x/storm-0501-hackers-shift-to-ransomware-attacks-in-the-cloud.md".to_owned();
    real.articles.push(page);
    for way in [By::Auto, By::Citation, By::Content] {
        let pairs = real.ids(&by(way), Some(&dictionary));
        let wrong = |(zh, en): &&Pair| zh.contains("wxLw") || en.contains("storm-0501");
        assert_eq!(pairs.iter().find(wrong), None, "{way:?}");
    }
}
#[test]
fn a_cited_page_that_holds_another_article_is_told_from_the_original() {
    let Some(real) = Real::read() else { return };
    let prints = |lang: Lang| {
        let articles = real.articles.iter().filter(move |a| a.lang == lang);
        articles.map(|a| (a.id.as_str(), Fingerprint::of(a, Some(&dictionary)))).collect::<Vec<_>>()
    };
    let (originals, min) = (prints(Lang::En), Config::default().min_cited);
    let (mut judged, mut mistaken) = (0, 0);
    for (i, (post, post_print)) in prints(Lang::Zh).into_iter().enumerate() {
        for (original, print) in originals.iter().skip(i % 8).step_by(8) {
            let Some(similarity) = pair::similarity(&post_print, print) else { continue };
            if !real.truth.contains(&(post.to_owned(), (*original).to_owned())) {
                judged += 1;
                mistaken += u32::from(similarity >= min);
            }
        }
        let own = originals
            .iter()
            .find(|(original, _)| real.truth.contains(&(post.to_owned(), (*original).to_owned())));
        let similarity = own.and_then(|(_, print)| pair::similarity(&post_print, print));
        assert!(similarity.is_none_or(|similarity| similarity > min + 0.3), "{post} {similarity:?}");
    }
    println!("{mistaken} of {judged} wrong originals would pass for cited ones");
    assert!(mistaken * 200 < judged, "{mistaken} of {judged}");
}
