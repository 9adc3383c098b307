//! Which English words of a bead the Chinese renders, as far as the lexicon can tell.

use super::Side;
use crate::lexicon::{Lexicon, is_function_word, stem};
use crate::text::{han, latin};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// An English word.
#[derive(Debug, Clone)]
pub struct EnWord {
    /// Its bytes in the side's text.
    pub range: Range<usize>,
    /// In lower case.
    pub lower: String,
    /// Its stem's number; `None` for one that the lexicon does not know.
    pub stem: Option<u32>,
    /// Whether it says anything by itself: neither a function word nor a number.
    pub content: bool,
}

/// The words of an English text.
pub fn english(text: &str, lexicon: &Lexicon) -> Vec<EnWord> {
    latin::words_at(text)
        .map(|(start, word)| {
            let lower = word.to_lowercase();
            let digits = lower.chars().next().is_some_and(|c| c.is_ascii_digit());
            let content = !digits && lower.chars().count() > 1 && !is_function_word(&lower);
            let stem = if content { lexicon.stem_number(&stem(&lower)) } else { None };
            EnWord { range: start..start + word.len(), lower, stem, content }
        })
        .collect()
}

/// The numbers of the words that sentences begin with, by where both stand.
pub fn begins<'w>(
    sentences: impl Iterator<Item = usize>,
    words: impl Iterator<Item = &'w Range<usize>>,
) -> Vec<usize> {
    let starts: Vec<usize> = words.map(|range| range.start).collect();
    sentences.map(|begin| starts.partition_point(|&start| start < begin)).collect()
}

/// What of the English vocabulary a Chinese text renders.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Stems with how well the best word renders them, 0–1, and where good renderings stand.
    stems: HashMap<u32, (f32, Vec<usize>)>,
    /// Latin words in lower case, with where they stand.
    latin: HashMap<String, Vec<usize>>,
    text: String,
}

/// What a rendering is worth that the tokeniser does not see, but whose characters stand there.
const UNSEEN: f32 = 0.9;
/// From here on a rendering is a good one.
const WELL: f32 = 0.5;
/// What it is worth if only some of its characters stand there.
const IN_PART: f32 = 0.5;

impl Rendered {
    /// Looks up the words of a Chinese text.
    pub fn new(text: &str, lexicon: &Lexicon) -> Self {
        let mut rendered = Self { text: text.to_owned(), ..Self::default() };
        let mut at = 0;
        for word in lexicon.words(text) {
            if word.chars().any(han::is_han) && !rendered.add(word, at, 1.0, lexicon) {
                for part in lexicon.parts(word) {
                    rendered.add(part, at, UNSEEN, lexicon);
                }
            }
            at += word.len();
        }
        for (at, word) in latin::words_at(text) {
            rendered.latin.entry(word.to_lowercase()).or_default().push(at);
        }
        rendered
    }

    fn add(&mut self, word: &str, at: usize, factor: f32, lexicon: &Lexicon) -> bool {
        lexicon.for_each_sense(word, |stems, weight| {
            let share = weight * factor;
            for &stem in stems {
                let (best, places) = self.stems.entry(stem).or_default();
                *best = best.max(share);
                if share >= WELL {
                    places.push(at);
                }
            }
        })
    }

    /// Where words stand that render `word` well: bytes of the text.
    pub fn places(&self, word: &EnWord, lexicon: &Lexicon) -> Vec<usize> {
        if let Some(places) = self.latin.get(&word.lower) {
            return places.clone();
        }
        let Some(stem) = word.stem else { return Vec::new() };
        if let Some((_, places)) = self.stems.get(&stem).filter(|(_, places)| !places.is_empty()) {
            return places.clone();
        }
        let mut places = Vec::new();
        lexicon.for_each_word_of(stem, |zh, weight| {
            if weight >= WELL && zh.chars().nth(1).is_some() {
                places.extend(self.text.match_indices(zh).map(|(at, _)| at));
            }
        });
        places
    }

    /// How well a word is rendered, 0–1.
    pub fn of(&self, word: &EnWord, lexicon: &Lexicon) -> f32 {
        if self.latin.contains_key(&word.lower) {
            return 1.0;
        }
        let Some(stem) = word.stem else { return 0.0 };
        let seen = self.stems.get(&stem).map_or(0.0, |best| best.0);
        if seen >= UNSEEN {
            return seen;
        }
        let mut best = seen;
        lexicon.for_each_word_of(stem, |zh, weight| {
            if weight > best && zh.chars().nth(1).is_some() {
                let worth = if self.text.contains(zh) {
                    weight * UNSEEN
                } else {
                    let there = zh.chars().filter(|c| self.text.contains(*c)).count() as f32;
                    weight * IN_PART * there / zh.chars().count() as f32
                };
                best = best.max(worth);
            }
        });
        best
    }
}

/// How well each content word of a bead's English is rendered by its Chinese; 1 for other words.
pub fn coverage(en: &[EnWord], zh: &Side, lexicon: &Lexicon) -> Vec<f32> {
    let rendered = Rendered::new(&zh.text, lexicon);
    en.iter().map(|word| if word.content { rendered.of(word, lexicon) } else { 1.0 }).collect()
}

/// A Chinese word.
#[derive(Debug, Clone)]
pub struct ZhWord {
    /// Its bytes in the side's text.
    pub range: Range<usize>,
    /// Whether it says anything by itself: two or more Han characters that are no function word.
    pub content: bool,
}

/// The words of a Chinese text.
pub fn chinese(text: &str, lexicon: &Lexicon) -> Vec<ZhWord> {
    let mut start = 0;
    let words = lexicon.words(text).into_iter().map(|word| {
        let range = start..start + word.len();
        start = range.end;
        let content = word.chars().nth(1).is_some() && word.chars().all(han::is_han) && !is_light(word);
        ZhWord { range, content }
    });
    words.collect()
}

/// Words that join, point or count, and render no English word in particular.
const LIGHT: &str = "这些 那些 这个 那个 这种 那种 该些 他们 她们 它们 我们 你们 自己 其中 其他 其它 以及 并且 而且 但是 然而 不过 \
因此 所以 因为 由于 如果 虽然 尽管 即使 只要 只有 无论 不仅 不但 而是 或者 还是 以便 从而 进而 此外 同时 目前 随后 之后 之前 以后 以前 当时 \
此时 已经 正在 曾经 仍然 可以 能够 可能 或许 也许 似乎 大概 恐怕 看来 想必 需要 应该 必须 进行 通过 根据 关于 对于 为了 作为 成为 使用 利用 具有 没有 不是 就是 还有 一个 一种 一些 \
一次 一项 一款 多个 多种 各种 某些 任何 所有 每个 许多 大量 部分 方面 情况 问题 相关 其次 首先 最后 最终 包括 例如 比如 等等 左右 以上 以下 \
超过 至少 上述 如下 名为 称为 据称 据悉 表示 指出 认为 发现 显示 之一 之间 时候 过程 方式 方法 工作 活动 导致 造成 使得 以来 如何 什么 怎么 \
甚至 尤其 特别 非常 十分 更加 更多 最新 主要 重要 不同 直接 完全 实际 实际上 事实 事实上 近日 日前 本身 本次 此次 该公司 来自 位于";

static LIGHT_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| LIGHT.split_whitespace().collect());

fn is_light(word: &str) -> bool {
    LIGHT_WORDS.contains(word)
}

/// What of the Chinese vocabulary an English text accounts for.
pub struct Accounted {
    stems: HashSet<u32>,
    /// Characters of Chinese words that the English renders, with the best weight, 0–1.
    characters: HashMap<char, f32>,
}

impl Accounted {
    /// Looks up the words of an English text.
    pub fn new(en: &[EnWord], lexicon: &Lexicon) -> Self {
        let stems: HashSet<u32> = en.iter().filter_map(|word| word.stem).collect();
        let mut characters: HashMap<char, f32> = HashMap::new();
        for &stem in &stems {
            lexicon.for_each_word_of(stem, |zh, weight| {
                for c in zh.chars() {
                    let best = characters.entry(c).or_default();
                    *best = best.max(weight);
                }
            });
        }
        Self { stems, characters }
    }

    /// How well the English accounts for a word, 0–1; `None` if the lexicon does not know the word.
    pub fn of(&self, word: &str, lexicon: &Lexicon) -> Option<f32> {
        let mut best: f32 = 0.0;
        let mut look = |word: &str, factor: f32| {
            lexicon.for_each_sense(word, |stems, weight| {
                let there = stems.iter().filter(|stem| self.stems.contains(stem)).count();
                best = best.max(weight * factor * there as f32 / stems.len().max(1) as f32);
            })
        };
        let mut known = look(word, 1.0);
        for part in lexicon.parts(word) {
            known |= look(part, UNSEEN);
        }
        let sum: f32 = word.chars().map(|c| self.characters.get(&c).copied().unwrap_or_default()).sum();
        let share = sum / word.chars().count().max(1) as f32;
        known.then_some(best.max(share * IN_PART))
    }
}

/// English words that carry a sentence rather than say something: their loss is no loss.
const LIGHT_ENGLISH: &str = "like known dubbed called named according form used use using uses based including include includes included \
make makes made making come comes coming came take takes taking took taken well still time back also new due following previous previously \
currently current recently recent once already however meanwhile additionally moreover furthermore often usually typically simply actually \
further early late later first second one two ones seen see sees set get gets got give gives giving given let lets put puts keep keeps say \
says said saying told tell tells add adds added explain explains explained note notes noted report reports reported reportedly way ways thing \
things part number case cases example examples place end day days today week weeks year years month months appear appears appeared seem seems \
across behind apart rather per via bit even long high lot various several different able likely possible possibly particular particularly \
specific specifically especially start starts started starting begin begins began involve involves involved involving carry carries carried \
perform performs performed conduct conducted provide provides provided help helps helped allow allows allowed enable enables enabled continue \
continues continued turn turned leave leaves left work works worked move moved run running remain remains remained happen happened occur \
occurred want need needs needed try tries tried contact contacted bleepingcomputer";

static LIGHT_ENGLISH_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| LIGHT_ENGLISH.split_whitespace().collect());

/// Whether an English word in lower case carries a sentence rather than says something.
pub fn is_light_english(word: &str) -> bool {
    LIGHT_ENGLISH_WORDS.contains(word)
}
