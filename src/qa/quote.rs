//! Stretches of text as messages name them.

/// So many characters are shown of a stretch.
const SHOWN: usize = 24;

/// A stretch as a message names it: the middle of a long one is left out, and so is what shows nothing.
pub(super) fn short(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().filter(|c| !c.is_control()).collect();
    match (chars.get(..SHOWN * 2 / 3), chars.len().checked_sub(SHOWN / 3).and_then(|n| chars.get(n..))) {
        (Some(head), Some(tail)) if chars.len() > SHOWN => {
            format!("{}…{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        }
        _ => chars.iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_long_stretch_is_left_out() {
        assert_eq!(short(" 目的是为了 "), "目的是为了");
        assert_eq!(
            short(&"一二三四五六七八九十".repeat(3)),
            "一二三四五六七八九十一二三四五六…三四五六七八九十"
        );
        assert_eq!(short(""), "");
    }
}
