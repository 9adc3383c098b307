//! English words: which carry content, and what they are at root.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashSet;
use std::sync::LazyLock;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Words that say little of what a sentence is about, with the metalanguage of dictionary glosses (`sb`, `sth`).
const FUNCTION_WORDS: &str = "a an the and or but nor if then else than that this these those there here it its itself \
he him his she her hers they them their theirs we us our ours you your yours i me my mine myself himself herself \
themselves who whom whose which what when where why how to of in on at by for from with without within into onto out \
off up down over under about above below between among through during before after against as is are was were be been \
being am do does did doing done have has had having will would shall should can could may might must ought not no so \
such only own same too very just also both each any some all most more less few much many other another s t re ve ll d \
m don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn sb sth etc eg ie one's oneself lit fig \
abbr cl per via upon until while because since although though however therefore thus";

static FUNCTION: LazyLock<HashSet<&str>> = LazyLock::new(|| FUNCTION_WORDS.split_whitespace().collect());

/// Whether `word` (in lower case) is a function word.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION.contains(word)
}

/// The stem of an English word in lower case (Porter2, as Snowball defines it); a few pairs that Porter2 leaves
/// apart (`theft` and `thieve`) stay apart.
pub fn stem(word: &str) -> String {
    STEMMER.stem(word).into_owned()
}

/// The stems of the content words of an English text, in order.
pub fn content_stems(text: &str) -> impl Iterator<Item = String> + '_ {
    words(text).filter(|word| !is_function_word(word)).map(|word| stem(&word))
}

/// The words of an English text in lower case: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet_at_their_stem() {
        assert_eq!(stem("encrypted"), stem("encrypts"));
        assert_eq!(stem("vulnerabilities"), stem("vulnerability"));
        assert!(is_function_word("the") && !is_function_word("malware"));
        assert_eq!(words("Attackers' C2-servers").collect::<Vec<_>>(), ["attackers", "c2", "servers"]);
    }
}
