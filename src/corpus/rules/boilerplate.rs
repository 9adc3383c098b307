//! What every post of a site says, and no article.

use super::{Pair, Rule, Test};
use crate::text::credit;
use serde::{Deserialize, Serialize};

/// Phrases of this genre; what a site has of its own is added in the settings.
pub const RULE: Rule =
    Rule::of::<Settings>("boilerplate", "drops credits, notices and links that surround articles");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// A bead goes if one of these stands in its Chinese side.
    zh: Vec<String>,
    /// A bead goes if its English side begins with one of these, whatever the case.
    en: Vec<String>,
}

const ZH: [&str; 12] = [
    "如若转载",
    "转载请注明",
    "本文翻译自",
    "文章翻译自",
    "参考及来源",
    "参考资料：",
    "原文链接",
    "责任编辑",
    "扫码关注",
    "扫描二维码",
    "点击阅读原文",
    "版权归原作者",
];

const EN: [&str; 12] = [
    "related:",
    "related articles",
    "read more",
    "read also",
    "also read",
    "see also:",
    "follow us",
    "subscribe to",
    "sign up for",
    "share this",
    "image credit",
    "all rights reserved",
];

impl Default for Settings {
    fn default() -> Self {
        Self { zh: ZH.map(str::to_owned).to_vec(), en: EN.map(str::to_owned).to_vec() }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        if credit::is_credit(&pair.en) || credit::is_credit(&pair.zh) {
            return Some("credits a picture".to_owned());
        }
        let begins = |phrase: &&String| {
            let mut text = pair.en.trim_start().chars().flat_map(char::to_lowercase);
            phrase.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
        };
        let zh = self.zh.iter().find(|phrase| pair.zh.contains(phrase.as_str()));
        let phrase = zh.or_else(|| self.en.iter().find(begins))?;
        Some(format!("says `{phrase}`"))
    }

    fn check(&self) -> Result<(), String> {
        if self.zh.iter().chain(&self.en).any(String::is_empty) {
            return Err("an empty phrase is in every text".to_owned());
        }
        Ok(())
    }
}
