//! What the Chinese of a unit names: Latin words, exonyms, and ordinary words that may render a name.

use super::exonyms::{Exonym, Exonyms};
use super::token::{Token, is_latin, tokens};
use crate::lexicon::{self, Lexicon};
use crate::text::han;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// The least weight at which a word of the lexicon renders another here.
const RENDERS: f32 = 0.08;

/// Characters that Chinese spells foreign names with.
const SPELLING: &str = "阿埃艾爱安昂奥巴拜班邦保鲍贝本比彼毕边宾波伯勃博布查楚茨达戴丹道德邓狄迪蒂丁杜顿多厄恩尔法凡范菲费芬弗福\
盖冈高戈格葛根贡古圭哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡凯坎康考科克肯库夸奎拉莱赖兰朗劳雷里理利莉列林卢鲁路\
伦罗洛吕马玛迈麦曼芒梅门蒙米密明莫墨默姆穆拿娜内纳乃南尼涅宁纽努诺欧帕潘庞佩彭皮平珀普奇齐契恰乔切丘琼让热\
日荣茹瑞若撒萨塞赛桑瑟沙莎山尚舍申圣施史舒丝斯司思斯松索苏塔泰坦汤唐陶特提蒂廷通图托瓦万旺威韦维魏温文沃乌\
武西希锡夏香谢辛欣休许逊雅亚扬耶叶伊依因英尤尤约泽扎詹珍芝兹朱卓佐";

/// A run of Latin words with nothing but blanks and joining marks between.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its words.
    pub tokens: Vec<Token>,
}

/// The names of a unit's Chinese.
#[derive(Default)]
pub struct Chinese {
    /// Latin runs, in order.
    pub runs: Vec<Run>,
    /// Where exonyms stand.
    pub exonyms: Vec<(usize, &'static Exonym)>,
    /// Sequences of Latin words, put together.
    grams: FxHashSet<String>,
    words: OnceLock<Vec<(Range<usize>, Vec<u32>)>>,
    /// Whether a foreign name may stand here in Chinese spelling, once that was asked.
    spelt: OnceLock<bool>,
}

impl Chinese {
    /// Reads a unit's Chinese.
    pub fn new(text: &str) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        for token in tokens(text) {
            match runs.last_mut() {
                Some(run) if is_joint(text.get(run.range.end..token.range.start).unwrap_or_default()) => {
                    run.range.end = token.range.end;
                    run.tokens.push(token);
                }
                _ => runs.push(Run { range: token.range.clone(), tokens: vec![token] }),
            }
        }
        let mut grams = FxHashSet::default();
        for run in &runs {
            for start in 0..run.tokens.len() {
                let mut joined = String::new();
                for token in run.tokens.iter().skip(start).take(5) {
                    joined.push_str(token.key.trim_end_matches(['+', '#']));
                    grams.insert(joined.clone());
                }
            }
        }
        Self {
            runs,
            exonyms: Exonyms::builtin().find(text),
            grams,
            words: OnceLock::new(),
            spelt: OnceLock::new(),
        }
    }

    /// What all units name together.
    pub fn all<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut all = Self::new(&texts.collect::<Vec<_>>().join("\n"));
        all.exonyms.sort_by_key(|(at, row)| (row.zh, *at));
        all.exonyms.dedup_by_key(|(_, row)| row.zh);
        all
    }

    /// Whether these letters stand here as one or several whole words; a plural's `s` does not count.
    pub fn has(&self, key: &str) -> bool {
        let single = key.strip_suffix('s').filter(|single| single.len() > 1);
        self.grams.contains(key)
            || single.is_some_and(|single| self.grams.contains(single))
            || (key.len() > 1 && self.grams.contains(&format!("{key}s")))
    }

    /// Where ordinary words render all of these words, side by side; none if one is not rendered.
    pub fn renders(&self, text: &str, words: &[&str], lexicon: &Lexicon) -> Option<Range<usize>> {
        let mut span: Option<Range<usize>> = None;
        for &word in words.iter().filter(|word| !lexicon::is_function_word(word)) {
            let range = self.rendering(text, word, lexicon, span.as_ref())?;
            span = Some(match span {
                Some(span) => span.start.min(range.start)..span.end.max(range.end),
                None => range,
            });
        }
        // Two words of a name stand side by side, 的 between them at most.
        span.filter(|span| text.get(span.clone()).is_some_and(|t| t.chars().count() <= words.len() * 4 + 1))
    }

    /// How many of these words are rendered here, wherever.
    pub fn rendered(&self, text: &str, words: &[&str], lexicon: &Lexicon) -> usize {
        words.iter().filter(|word| self.rendering(text, word, lexicon, None).is_some()).count()
    }

    /// The nearest word here that renders an English one.
    fn rendering(
        &self,
        text: &str,
        word: &str,
        lexicon: &Lexicon,
        near: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
        let words = self.words.get_or_init(|| cut(text, lexicon));
        let stem = lexicon.stem_number(&lexicon::stem(word));
        let fits = words.iter().filter(|(_, stems)| stem.is_some_and(|stem| stems.contains(&stem)));
        let fits = fits.map(|(range, _)| range.clone());
        let exonyms = self
            .exonyms
            .iter()
            .filter(|(_, row)| Exonyms::builtin().named(row.zh).any(|row| row.en.eq_ignore_ascii_case(word)));
        let fits = fits.chain(exonyms.map(|(at, row)| *at..*at + row.zh.len()));
        let fits: Vec<Range<usize>> = fits.collect();
        let fits = match stem {
            Some(stem) if fits.is_empty() => characters(text, stem, words, lexicon),
            _ => fits,
        };
        fits.into_iter().min_by_key(|range| {
            near.map_or(0, |near| range.start.abs_diff(near.end).min(near.start.abs_diff(range.end)))
        })
    }

    /// Whether a foreign name may stand here in Chinese spelling: three such characters in a row outside of the exonyms,
    /// names joined by `·`, or a title.
    pub fn spells_a_name(&self, text: &str) -> bool {
        *self.spelt.get_or_init(|| self.looks_spelt(text))
    }

    fn looks_spelt(&self, text: &str) -> bool {
        let mut row = 0;
        for (at, c) in text.char_indices() {
            let is_known =
                self.exonyms.iter().any(|(start, row)| (*start..start + row.zh.len()).contains(&at));
            row = if !is_known && SPELLING.contains(c) { row + 1 } else { 0 };
            if row >= 3
                || c == '《'
                || (c == '·' && text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(han::is_han))
            {
                return true;
            }
        }
        false
    }
}

/// Words and their stems; words that have none of their own by their parts.
fn cut(text: &str, lexicon: &Lexicon) -> Vec<(Range<usize>, Vec<u32>)> {
    let mut at = 0;
    let mut found = Vec::new();
    for word in lexicon.words(text) {
        let range = at..at + word.len();
        at = range.end;
        if !word.chars().all(han::is_han) {
            continue;
        }
        let mut stems = stems(word, lexicon);
        if stems.is_empty() {
            stems = lexicon.parts(word).iter().flat_map(|part| self::stems(part, lexicon)).collect();
        }
        found.push((range, stems));
    }
    found
}

/// Single characters that render an English stem; a word that is made for a name often has no more of it.
fn characters(
    text: &str,
    stem: u32,
    words: &[(Range<usize>, Vec<u32>)],
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    // A word that means something as a whole is not made of its characters' meanings.
    let is_free = |place: &Range<usize>| {
        let word = words.iter().find(|(range, _)| range.contains(&place.start));
        word.is_none_or(|(range, stems)| range == place || stems.is_empty())
    };
    let places = text.char_indices().filter(|(_, c)| han::is_han(*c)).map(|(at, c)| at..at + c.len_utf8());
    places
        .filter(is_free)
        .filter(|place| text.get(place.clone()).is_some_and(|c| stems(c, lexicon).contains(&stem)))
        .collect()
}

fn stems(word: &str, lexicon: &Lexicon) -> Vec<u32> {
    let mut found = Vec::new();
    lexicon.for_each_sense(word, |stems, weight| {
        if weight >= RENDERS {
            found.extend_from_slice(stems);
        }
    });
    found
}

fn is_joint(gap: &str) -> bool {
    gap.chars().count() <= 2
        && gap.chars().all(|c| {
            matches!(c, ' ' | '\u{A0}' | '-' | '.' | '\'' | '’' | '&' | '‑' | '\\' | '_' | '/' | '+' | '#')
        })
        && !gap.is_empty()
        && !gap.contains(is_latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_what_belongs_together() {
        let text = "名为Quill Fox的程序（qf .exe），以及微软Mirror-Kit。";
        let chinese = Chinese::new(text);
        let runs: Vec<&str> = chinese.runs.iter().map(|run| &text[run.range.clone()]).collect();
        assert_eq!(runs, ["Quill Fox", "qf .exe", "Mirror-Kit"]);
        assert!(chinese.has("quillfox") && chinese.has("mirrors") && !chinese.has("quil"));
        assert_eq!(chinese.exonyms.len(), 1);
    }

    #[test]
    fn ordinary_words_render_names_made_of_them() {
        let lexicon = Lexicon::builtin();
        let text = "研究人员认为沉默的森林发动了攻击。";
        let chinese = Chinese::new(text);
        let range = chinese.renders(text, &["silent", "forest"], lexicon).unwrap();
        assert_eq!(&text[range], "沉默的森林");
        assert!(chinese.renders(text, &["silent", "badger"], lexicon).is_none());
    }

    #[test]
    fn foreign_names_have_characters_of_their_own() {
        for (text, spelt) in
            [("泰勒·斯威特的门票", true), ("出版社麦克劳德旗下", true), ("攻击者入侵了服务器", false)]
        {
            assert_eq!(Chinese::new(text).spells_a_name(text), spelt, "{text}");
        }
    }
}
