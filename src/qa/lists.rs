//! Lists inside a sentence: `A, B, and C`; `甲、乙和丙`.

use crate::qa::cues;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Members of more words than this are clauses.
const LONGEST: usize = 6;

/// The last `and` or `or` of a list, with the comma before it if there is one.
static LAST: LazyLock<Regex> = LazyLock::new(|| cues::built(r",?\s+(?:and|or|as well as)\s+"));

/// How a clause begins, which is no member of a list.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)^(?:it|he|she|they|we|you|i|this|that|these|those|which|who|where|when|while|there|but|so|if|because)\b",
    )
});

/// The lists of three members or more in an English text: the bytes of each member.
///
/// How far the first and the last member reach cannot be told without a grammar: the first is the last [`LONGEST`] words before the
/// first comma at most, the last ends at the next mark.
pub fn english(text: &str) -> Vec<Vec<Range<usize>>> {
    LAST.find_iter(text).filter_map(|and| list(text, and.range())).collect()
}

fn list(text: &str, and: Range<usize>) -> Option<Vec<Range<usize>>> {
    let before = text.get(..and.start)?;
    // Back to where the sentence, or the clause before the list, ends.
    let open = before.rfind([':', ';', '(', '“', '"', '—']).map_or(0, |n| n + mark_length(before, n));
    let open = before.get(open..)?.rfind(". ").map_or(open, |n| open + n + 2);
    let mut members: Vec<Range<usize>> = Vec::new();
    let mut end = and.start;
    loop {
        let start = text.get(open..end)?.rfind(", ").map(|n| open + n + 2);
        let range = start.unwrap_or(open)..end;
        let words = text.get(range.clone())?.split_whitespace().count();
        match start {
            Some(start) if (1..=LONGEST).contains(&words) && !CLAUSE.is_match(text.get(range.clone())?) => {
                members.push(range);
                end = start - 2;
            }
            _ => {
                members.push(last_words(text, range)?);
                break;
            }
        }
    }
    members.reverse();
    let behind = text.get(and.end..)?;
    let stop = behind.find([',', '.', ';', ':', ')', '”', '"', '—']).unwrap_or(behind.len());
    members.push(first_words(text, and.end..and.end + stop));
    (members.len() >= 3).then_some(members)
}

fn mark_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
}

/// The last few words of a stretch.
fn last_words(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let stretch = text.get(range.clone())?;
    let from = stretch.rmatch_indices(' ').nth(1).map_or(0, |(n, _)| n + 1);
    Some(range.start + from..range.end)
}

/// The first few words of a stretch.
fn first_words(text: &str, range: Range<usize>) -> Range<usize> {
    let stretch = text.get(range.clone()).unwrap_or_default();
    let to = stretch.match_indices(' ').nth(2).map_or(stretch.len(), |(n, _)| n);
    range.start..range.start + to
}

/// Joins members of a Chinese list.
static JOINTS: LazyLock<Regex> = LazyLock::new(|| cues::built("、|以及|和|及|与|或者?|并且?"));

/// How many members the longest list of a Chinese text has, at most: where clauses hold `、`, it is cut at that, 和, 及 and the like;
/// a text without `、` may join clauses as members, and is cut at commas, too.
pub fn longest_chinese(text: &str) -> usize {
    let stops = ['。', '；', '：', '！', '？', '（', '）'];
    let members = |part: &str| JOINTS.find_iter(part).count() + 1;
    if text.contains('、') {
        let clauses = text.split(stops).flat_map(|part| part.split('，'));
        clauses.filter(|clause| clause.contains('、')).map(members).max().unwrap_or(0)
    } else {
        text.split(stops).map(|part| members(part) + part.matches('，').count()).max().unwrap_or(0)
    }
}

/// How many members a list in a Chinese text has, at most, if these are places where members of it stand: what joins them is
/// counted in all clauses that have one.
pub fn members_at(text: &str, places: &[usize]) -> usize {
    let is_stop = |c: char| matches!(c, '。' | '；' | '：' | '！' | '？' | '（' | '）' | '，');
    let mut start = 0;
    let mut count = 0;
    for clause in text.split_inclusive(is_stop) {
        let range = start..start + clause.len();
        start = range.end;
        if places.iter().any(|place| range.contains(place)) {
            count += JOINTS.find_iter(clause).count() + 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn members(text: &str) -> Vec<Vec<&str>> {
        english(text).into_iter().map(|list| list.into_iter().map(|r| &text[r]).collect()).collect()
    }

    #[test]
    fn members_of_a_list() {
        assert_eq!(
            members("It hit routers in Norway, Peru, South Africa, and Japan."),
            [["in Norway", "Peru", "South Africa", "Japan"]]
        );
        assert_eq!(
            members("It steals cookies, tokens or passwords from browsers."),
            [["steals cookies", "tokens", "passwords from browsers"]]
        );
        assert!(members("Attackers and victims").is_empty());
        assert!(
            members("When the flaw was found by the team of Brasswater, it was fixed and forgotten.")
                .is_empty()
        );
    }

    #[test]
    fn chinese_lists_are_counted() {
        assert_eq!(members_at("影响挪威、秘鲁、南非和日本。", &[6]), 4);
        assert_eq!(members_at("它能窃取密码和令牌，影响挪威、秘鲁和日本。", &[12]), 2);
        assert_eq!(members_at("它窃取密码，令牌，私钥。", &[6, 18, 27]), 3);
        assert_eq!(members_at("没有列举。", &[]), 0);
        assert_eq!(longest_chinese("影响挪威、秘鲁、南非和日本。"), 4);
        assert_eq!(longest_chinese("没有列举。"), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            for list in english(&text) {
                for member in list {
                    prop_assert!(text.get(member).is_some());
                }
            }
            members_at(&text, &[0, 3]);
            longest_chinese(&text);
        }
    }
}
