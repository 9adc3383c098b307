//! Fictional articles, and what must hold for any.

use super::*;
use crate::model::{Article, Citation, Paragraph, ParagraphKind, Source, Span};
use proptest::prelude::*;

/// An article with a title, unless it is empty, and body paragraphs.
pub(super) fn article(id: &str, lang: Lang, title: &str, body: &[&str]) -> Article {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let title = Some(title).filter(|title| !title.is_empty());
    let kinds = title
        .map(|t| (ParagraphKind::Title, t))
        .into_iter()
        .chain(body.iter().map(|&b| (ParagraphKind::Body, b)));
    for (kind, part) in kinds {
        if !text.is_empty() {
            text.push('\n');
        }
        let span = Span::new(text.len(), text.len() + part.len());
        text.push_str(part);
        paragraphs.push(Paragraph { kind, span, source: Source::Bytes(span) });
    }
    Article {
        id: id.to_owned(),
        site: "generic".to_owned(),
        lang,
        url: None,
        aliases: Vec::new(),
        provenance: Default::default(),
        title: title.map(str::to_owned),
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text,
        paragraphs,
    }
}

pub(super) fn card(id: &str, lang: Lang, url: Option<&str>) -> Card {
    let mut article = article(id, lang, "", &[]);
    article.url = url.map(str::to_owned);
    Card::of(&article)
}

pub(super) fn citing(id: &str, urls: &[&str]) -> Card {
    let cite = |url: &&str| Citation { url: (*url).to_owned(), phrase: "翻译自：".to_owned() };
    Card { cites: urls.iter().map(cite).collect(), ..card(id, Lang::Zh, None) }
}

/// Three fictional stories: English paragraphs, Chinese paragraphs.
const STORIES: [(&str, &[&str], &str, &[&str]); 3] = [
    (
        "GlowWorm malware hides in Lamplighter routers",
        &[
            "Researchers at Harbour Analytics found that the GlowWorm malware spreads through Lamplighter LX-40 routers.",
            "The flaw, CVE-2031-0042, was fixed in firmware 7.3.19, but 12,400 devices run older versions, \
             Harbour Analytics told the Tidewater Post.",
        ],
        "GlowWorm恶意软件潜伏在Lamplighter路由器中",
        &[
            "Harbour Analytics的研究人员发现，GlowWorm恶意软件通过Lamplighter LX-40路由器传播。",
            "该漏洞编号为CVE-2031-0042，已在7.3.19版固件中修复，但仍有1.24万台设备运行旧版本。",
        ],
    ),
    (
        "Kestrel Bank customers hit by PaperKite phishing kit",
        &[
            "Customers of Kestrel Bank receive messages made with PaperKite, a kit sold for $350 by the group Moth Parade.",
            "According to Silverbirch Labs, PaperKite 2.1 steals codes of the KestrelPass app from 48,000 users.",
        ],
        "Kestrel银行客户遭PaperKite钓鱼工具攻击",
        &[
            "Kestrel Bank的客户收到由PaperKite生成的信息，该工具由Moth Parade团伙以350美元出售。",
            "据Silverbirch Labs称，PaperKite 2.1从4.8万名用户处窃取KestrelPass应用的验证码。",
        ],
    ),
    (
        "Lamplighter ends support for LX-40 routers",
        &[
            "The maker Lamplighter will end support for its LX-40 and LX-60 routers in March 2032, said Ida Fenwick.",
            "Owners get 25 percent off a new Lamplighter Beacon, which Brightwater Retail sells from $199.",
        ],
        "Lamplighter终止对LX-40路由器的支持",
        &[
            "厂商Lamplighter将于2032年3月终止对LX-40和LX-60路由器的支持，Ida Fenwick表示。",
            "用户购买新款Lamplighter Beacon可享受25%的折扣，该产品由Brightwater Retail销售，售价199美元起。",
        ],
    ),
];

/// The stories' originals `e0`… and posts `p0`…, without citations or addresses.
fn stories() -> Vec<Article> {
    let articles = STORIES.iter().enumerate().flat_map(|(i, (en_title, en, zh_title, zh))| {
        [
            article(&format!("en/e{i}.md"), Lang::En, en_title, en),
            article(&format!("zh/p{i}.md"), Lang::Zh, zh_title, zh),
        ]
    });
    articles.collect()
}

fn cite(article: &mut Article, url: &str) {
    article.cites.push(Citation { url: url.to_owned(), phrase: "翻译自：".to_owned() });
}

/// Pairs as `post original evidence`, and notices as `input reason`.
fn pair(articles: &[Article], config: &Config) -> (Vec<String>, Vec<String>) {
    let cards: Vec<Card> = articles.iter().map(Card::of).collect();
    let outcome = run(&cards, |i, _| Ok(Fingerprint::of(&articles[i], None)), config).unwrap();
    let name = |i: usize| cards[i].stem.clone().unwrap_or_default();
    let pairs = outcome.output.iter().map(|pair| {
        format!("{} {} {}", name(pair.articles.zh), name(pair.articles.en), pair.evidence.name())
    });
    let notices = outcome.notices.iter().map(|n| format!("{} {}", n.input, n.reason));
    (pairs.collect(), notices.collect())
}

fn by(by: By) -> Config {
    Config { by, ..Config::default() }
}

#[test]
fn contents_find_the_original_among_stories_that_share_names() {
    let (pairs, notices) = pair(&stories(), &by(By::Content));
    assert_eq!(pairs, ["p0 e0 content", "p1 e1 content", "p2 e2 content"]);
    assert_eq!(notices, Vec::<String>::new());
}

#[test]
fn a_post_whose_original_is_missing_stays_alone() {
    let mut articles = stories();
    articles.retain(|article| article.id != "en/e0.md");
    let (pairs, notices) = pair(&articles, &by(By::Content));
    assert_eq!(pairs, ["p1 e1 content", "p2 e2 content"]);
    assert_eq!(notices, ["zh/p0.md no-similar-original"]);
    cite(&mut articles[0], "https://example.com/glowworm");
    assert_eq!(articles[0].id, "zh/p0.md");
    let (_, notices) = pair(&articles, &by(By::Auto));
    assert_eq!(notices, ["zh/p0.md original-not-given"]);
}

#[test]
fn a_citation_goes_before_content_and_content_serves_the_rest() {
    let mut articles = stories();
    articles[2].url = Some("https://www.example.com/news/paperkite/".to_owned());
    cite(&mut articles[1], "https://example.com/e0.html");
    cite(&mut articles[3], "http://example.com/news/PaperKite?utm_source=x");
    let (pairs, notices) = pair(&articles, &Config::default());
    assert_eq!(pairs, ["p0 e0 citation", "p1 e1 citation", "p2 e2 content"]);
    assert_eq!(notices, Vec::<String>::new());
    let (pairs, notices) = pair(&articles, &by(By::Citation));
    assert_eq!(pairs, ["p0 e0 citation", "p1 e1 citation"]);
    assert_eq!(notices, ["en/e2.md not-cited", "zh/p2.md no-citation"]);
}

#[test]
fn a_page_under_the_right_name_that_holds_something_else_is_refused() {
    let mut articles = stories();
    let other = article("a/e0.md", Lang::En, "", &["Please enable cookies and try again in 30 seconds."]);
    articles.insert(0, other);
    cite(&mut articles[2], "https://example.com/e0");
    let (pairs, notices) = pair(&articles, &by(By::Citation));
    assert_eq!(pairs, ["p0 e0 citation"]);
    assert!(notices.contains(&"a/e0.md not-cited".to_owned()));
    assert!(notices.contains(&"zh/p0.md not-the-original".to_owned()));
    articles.remove(1);
    let (pairs, notices) = pair(&articles, &by(By::Auto));
    assert_eq!(pairs, ["p1 e1 content", "p2 e2 content"]);
    assert_eq!(notices, ["a/e0.md not-cited", "zh/p0.md not-the-original"]);
    let unchecked = Config { check_cited: false, ..by(By::Citation) };
    assert_eq!(pair(&articles, &unchecked).0, ["p0 e0 citation"]);
}

#[test]
fn one_original_may_serve_several_posts() {
    let mut articles = stories();
    let mut again = articles[1].clone();
    again.id = "zh/p9.md".to_owned();
    articles.push(again);
    let (pairs, _) = pair(&articles, &by(By::Content));
    assert_eq!(pairs, ["p0 e0 content", "p1 e1 content", "p2 e2 content", "p9 e0 content"]);
    let strict = Config { min_shared: 9.0, ..by(By::Content) };
    let (pairs, notices) = pair(&articles, &strict);
    assert_eq!(pairs.len(), 3);
    assert_eq!(notices, ["zh/p9.md ambiguous"]);
}

#[test]
fn copies_of_an_original_do_not_make_it_ambiguous() {
    let mut articles = stories();
    let mut copy = articles[0].clone();
    copy.id = "en/e0-renamed.md".to_owned();
    articles.push(copy);
    let (pairs, notices) = pair(&articles, &by(By::Content));
    assert_eq!(pairs[0], "p0 e0-renamed content");
    assert_eq!(notices, ["en/e0.md duplicate-original", "zh/p0.md several-originals"]);
}

#[test]
fn two_originals_that_fit_equally_well_make_no_pair() {
    let mut articles = stories();
    let body = STORIES[0].1;
    let more = "Quayside Holdings, Elmtree Mutual and the ferry line Sandpiper Crossing were hit in Oldport, Tarnside \
                and Wexcombe, where Detective Hollis Arkwright leads Operation Candlesnuff with Interlochen Forensics, \
                Marrowbone Trust, Pinewood Telecom, Greyfriars College and Larkspur Foods.";
    articles[0] = article("en/e0.md", Lang::En, STORIES[0].0, &[body[0], body[1], more]);
    let other = more.replace(['a', 'e', 'o'], "u");
    articles.push(article("en/e7.md", Lang::En, STORIES[0].0, &[body[0], body[1], &other]));
    let config = Config { min_score: 0.1, ..by(By::Content) };
    let (pairs, notices) = pair(&articles, &config);
    assert_eq!(pairs, ["p1 e1 content", "p2 e2 content"]);
    assert!(notices.contains(&"zh/p0.md ambiguous".to_owned()), "{notices:?}");
}

#[test]
fn dates_far_apart_speak_against_a_pair() {
    let score = |original: &str, post: &str| {
        let mut articles = stories();
        articles[0].published = Some(original.to_owned());
        articles[1].published = Some(post.to_owned());
        let cards: Vec<Card> = articles.iter().map(Card::of).collect();
        let config = Config { min_score: -1.0, min_margin: -1.0, ..by(By::Content) };
        let outcome = run(&cards, |i, _| Ok(Fingerprint::of(&articles[i], None)), &config).unwrap();
        match outcome.output[0].evidence {
            Evidence::Content { margin, .. } => margin,
            _ => 0.0,
        }
    };
    let fits = score("2031-05-04", "2031-05-07");
    assert_eq!(score("2031-05-04", "2031-07-01"), fits);
    assert_eq!(score("some day", "2031-07-01"), fits);
    assert!(score("2031-05-04", "2031-09-01") < fits);
    assert!(score("2031-05-04", "2031-04-01") < fits);
}

#[test]
fn a_choice_between_originals_is_told() {
    let cards = [
        card("a/e.md", Lang::En, None),
        card("b/e.md", Lang::En, None),
        card("c/f.md", Lang::En, None),
        citing("p", &["https://example.com/e", "https://example.com/f"]),
    ];
    let outcome = run(&cards, |_, _| Ok(Fingerprint::default()), &by(By::Citation)).unwrap();
    assert_eq!(outcome.output.first().map(|pair| pair.articles), Some(Sides::new(3, 0)));
    let reasons: Vec<_> = outcome.notices.iter().map(|n| format!("{} {}", n.input, n.reason)).collect();
    assert_eq!(
        reasons,
        ["b/e.md duplicate-original", "c/f.md not-cited", "p several-originals", "p several-citations"]
    );
    assert!(outcome.notices.iter().all(|n| !n.message.is_empty() && !n.remedy.is_empty()));
}

#[test]
fn a_failure_to_read_an_article_is_passed_on() {
    let cards = [card("e", Lang::En, None), card("p", Lang::Zh, None)];
    let result = run(&cards, |_, _| Err(crate::error::Error::input("gone")), &by(By::Content));
    assert_eq!(result.unwrap_err().to_string(), "gone");
    assert!(run(&cards, |_, _| Err(crate::error::Error::input("gone")), &by(By::Citation)).is_ok());
}

prop_compose! {
    fn fingerprint()(
        terms in prop::collection::btree_map(0u64..25, (1u8..9, any::<bool>(), any::<bool>()), 0..15),
        words in prop::collection::btree_map(prop::collection::btree_set(0u64..25, 1..4), (1u8..9, any::<bool>()), 0..6),
    ) -> Fingerprint {
        let term = |(key, (count, in_title, keeps))| Term { key, count, in_title, keeps };
        let word = |(translations, (count, in_title)): (BTreeSet<u64>, _)| {
            Word { translations: translations.into_iter().collect(), count, in_title }
        };
        Fingerprint { terms: terms.into_iter().map(term).collect(), words: words.into_iter().map(word).collect() }
    }
}

prop_compose! {
    fn any_article(i: usize)(
        is_post in any::<bool>(), print in fingerprint(), url in prop::option::of(0usize..5),
        cites in prop::collection::vec(0usize..5, 0..3), month in prop::option::of(1u8..13),
    ) -> (Card, Fingerprint) {
        let address = |n: usize| format!("https://example.com/s{n}");
        let mut card = citing(&format!("s{i}.md"), &[]);
        card.lang = if is_post { Lang::Zh } else { Lang::En };
        card.url = url.map(|n| format!("example.com/s{n}"));
        card.published = month.map(|month| format!("2031-{month:02}-01"));
        card.cites = cites.into_iter().map(|n| Citation { url: address(n), phrase: String::new() }).collect();
        (card, print)
    }
}

fn any_articles() -> impl Strategy<Value = Vec<(Card, Fingerprint)>> {
    (0usize..9).prop_flat_map(|n| (0..n).map(any_article).collect::<Vec<_>>())
}

fn any_config() -> impl Strategy<Value = Config> {
    let by = prop::sample::select(vec![By::Auto, By::Citation, By::Content]);
    (by, -1.0f32..1.0, -0.5f32..0.5, any::<bool>(), -1.0f32..1.0).prop_map(
        |(by, min_score, min_margin, check_cited, min_cited)| Config {
            by,
            min_score,
            min_margin,
            check_cited,
            min_cited,
            ..Config::default()
        },
    )
}

proptest! {
    #[test]
    fn names_alone_never_promise_more_than_the_whole_post_keeps(
        post in fingerprint(), original in fingerprint(), weight in 1u8..40,
    ) {
        // Enough evidence to judge by.
        let mut post = post;
        post.terms.iter_mut().for_each(|term| term.count = term.count.saturating_mul(weight));
        if let Some(least) = score::at_least(&post, &original) {
            prop_assert!(least <= similarity(&post, &original).unwrap());
        }
    }

    #[test]
    fn every_article_ends_in_a_pair_or_a_notice(articles in any_articles(), config in any_config()) {
        let cards: Vec<Card> = articles.iter().map(|(card, _)| card.clone()).collect();
        let outcome = run(&cards, |i, _| Ok(articles[i].1.clone()), &config).unwrap();
        let posts: Vec<usize> = outcome.output.iter().map(|pair| pair.articles.zh).collect();
        prop_assert!(posts.is_sorted_by(|&a, &b| cards[a].id < cards[b].id), "each post once, by id");
        for pair in &outcome.output {
            prop_assert_eq!((cards[pair.articles.zh].lang, cards[pair.articles.en].lang), (Lang::Zh, Lang::En));
            match &pair.evidence {
                Evidence::Citation { .. } => prop_assert!(config.by != By::Content),
                Evidence::Content { score, margin } => {
                    prop_assert!(config.by != By::Citation);
                    prop_assert!((0.0..=1.0).contains(score) && (0.0..=1.0).contains(margin));
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
        for (place, card) in cards.iter().enumerate() {
            let paired = outcome.output.iter().any(|pair| *pair.articles.get(card.lang) == place);
            let noticed = outcome.notices.iter().any(|notice| notice.input == card.id);
            prop_assert!(paired || noticed, "{}", card.id);
        }
    }

    #[test]
    fn the_order_of_the_articles_does_not_matter(articles in any_articles(), config in any_config()) {
        let named = |articles: &[(Card, Fingerprint)]| {
            let cards: Vec<Card> = articles.iter().map(|(card, _)| card.clone()).collect();
            let outcome = run(&cards, |i, _| Ok(articles[i].1.clone()), &config).unwrap();
            let name = |pair: &Pairing| (pair.articles.map(|i| cards[i].id.clone()), pair.evidence.clone());
            (outcome.output.iter().map(name).collect::<Vec<_>>(), outcome.notices)
        };
        let mut backwards = articles.clone();
        backwards.reverse();
        prop_assert_eq!(named(&articles), named(&backwards));
    }
}
