//! Sentences that were cut in two at the dot of a file name or of a defanged address: `evil[。` and `com网站仍然活跃。`.
//!
//! Machine translation makes a full stop of such a dot, so that no segmenter can know better. What comes behind is no
//! sentence and begins no bead.

use super::Line;
use super::marks::is_ended;
use super::terms::Sentence;

/// What stands behind the dot: common top-level domains and file extensions.
const SUFFIXES: &str = "ai apk app asp aspx bat bin biz bz cc cloud cmd cn co com cpl csv dat dev dll dmg doc docm docx edu \
elf eu exe gov gz hta html info ini io iso jar jpg js json jse jsp lnk local log me mil msi net ocx onion online org pdf php \
pkg png pl pptx ps1 py rar rb ru scr sh shop site so sys tar tk tmp top ts txt uk us vbe vbs wsf xls xlsm xlsx xml xyz zip";

/// Marks the fragments among the sentences.
pub(super) fn mark(sentences: &mut [Sentence], lines: &[Line<'_>]) {
    for (k, sentence) in sentences.iter_mut().enumerate().skip(1) {
        if let (Some(before), Some(here)) = (lines.get(k - 1), lines.get(k)) {
            sentence.fragment =
                breaks_off(before.text) || (is_ended(before.text) && begins_with_suffix(here.text));
        }
    }
}

/// Whether a text ends with a dot that ends nothing.
fn breaks_off(text: &str) -> bool {
    ["[。", "[.", " .", "[点", "［。"].iter().any(|end| text.trim_end().ends_with(end))
}

fn begins_with_suffix(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    // `so far` is no file name: in English a suffix is followed by a mark or by nothing.
    let alone = !rest.starts_with(' ') || rest.trim_start().starts_with(|c: char| !c.is_alphanumeric());
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && alone
        && SUFFIXES.split_whitespace().any(|s| s == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_broke_off_at_a_dot_goes_on() {
        let fragments = |texts: &[&str]| {
            let lines: Vec<Line<'_>> = texts.iter().map(|t| Line::body(t)).collect();
            let mut sentences = vec![Sentence::default(); lines.len()];
            mark(&mut sentences, &lines);
            sentences.iter().map(|s| s.fragment).collect::<Vec<_>>()
        };
        assert_eq!(fragments(&["该站点evil[。", "com仍然活跃。", "npm是仓库。"]), [false, true, false]);
        assert_eq!(fragments(&["它运行run。", "exe文件。", "com是后缀"]), [false, true, true]);
        assert_eq!(fragments(&["It runs a .", "NET loader.", "so far so good."]), [false, true, false]);
    }
}
