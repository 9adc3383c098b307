//! What denies in English.

use crate::qa::cues::{self, places, without};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A word that denies by itself.
#[derive(Debug, Clone)]
pub struct Denial {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it denies itself and nothing else: `unpatched`.
    pub is_prefixed: bool,
}

/// Where a sentence denies.
pub fn denials(en: &str) -> Vec<Denial> {
    let places = places(&STRONG, &without(en, &IDLE));
    let denial = |range: Range<usize>| {
        let is_prefixed = PREFIXED.is_match(en.get(range.clone()).unwrap_or_default());
        Denial { range, is_prefixed }
    };
    places.into_iter().map(denial).collect()
}

/// What in a sentence may stand behind a Chinese negation: what denies, what comes near it, what might in a wider sense.
pub fn sources(en: &str) -> [Vec<Range<usize>>; 3] {
    [places(&STRONG, en), places(&NEAR, en), places(&WEAK, en)]
}

/// Words that deny by themselves.
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:not|no|none|never|cannot|neither|nor|nobody|nothing|without|unable|yet to|fail(?:s|ed|ing)? to|lack(?:s|ed|ing)?|unaware|refus(?:es|ed|ing)|den(?:ies|ied|ying)|un(?:patched|protected|authenticated|authorized|authorised|available|affected|encrypted|known|clear|likely|supported|confirmed|disclosed|fixed|changed|identified|secured|detected|noticed|trusted|verified|published|documented|related|usable|reachable)|under(?:protected|reported|estimated|staffed|funded)|in(?:active|valid|accessible|accurate|sufficient|secure|effective)|im(?:possible|properly|proper)|ir(?:reversible|recoverable|relevant)|dis(?:abled?|connected))\b|n['’]t\b",
    )
});

/// A word that denies itself and nothing else.
static PREFIXED: LazyLock<Regex> = LazyLock::new(|| cues::built("(?i)^(?:un|under|in|im|ir|dis)[a-z]{4}"));

/// Phrases with `no` or `not` that deny nothing.
static IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::english(
        "not only|not just|not merely|no longer available|no doubt|nothing new|no stranger|whether or not|if not|not to mention|not-for-profit|\
no matter|not surprisingly|no surprise|no wonder|no-code|nothing but|no one-click|no.|no less|not limited to|nothing more than|\
nor|not least|no exception|none other than|not far|last but not least|unknown|undisclosed|disabled|disable|inactive|not yet known",
    )
});

/// What may stand behind a Chinese negation near it, beside what denies by itself.
static NEAR: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:un(?:[abcefghklmnoprstuvw][a-z]{3,}|disclosed|detected|documented|defined|intended|installed?|identified)|in(?:ab|acc|act|adeq|appropr|capab|complet|consist|correct|effect|elig|exper|flex|secur|signif|suffic|valid|visib)\w*|im(?:poss|prob|prop|mut|perf|matur)\w*|ir(?:re|rat)\w*|il(?:leg|lic|log)\w*|non-?\w{3,}|dis(?:ab|agree|allow|appear|cont|conn|like|miss|mantl|regard|rupt|trust)\w*|mis[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?|only|rather|instead|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|barely|seldom|before|until|unless|prevent\w*|avoid\w*|stop\w*|halt\w*|block\w*|ban\w*|prohibit\w*|except\w*|otherwise|despite|free|absen\w*|missing|lost|los[es]\w*|fail\w*|bypass\w*|evad\w*|ignor\w*|overlook\w*|remov\w*|reject\w*|declin\w*|doubt\w*|too|yet|different|beyond|off|out|regardless|whether|oblivious\w*|hidden|stealth\w*|silent\w*|anonym\w*|secret\w*|no longer|defunct|expir\w*|legacy|outdated|zero|refrain\w*|poor\w*|weak\w*|bad\w*|vulnerab\w*|exempt\w*|immune|resist\w*|protect\w*|safe\w*|clean|legitimate)\b",
    )
});

/// What else may.
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:only|just|mere(?:ly)?|rather|instead|oblivious\w*|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|scarce(?:ly)?|bare(?:ly)?|seldom|before|until|unless|prevent\w*|avoid\w*|stop\w*|halt\w*|ceas\w*|block\w*|ban\w*|bar(?:s|red)?|prohibit\w*|refrain\w*|except\w*|excluding|but|otherwise|despite|though|although|while|free|zero|empty|blank|absen\w*|missing|miss\w*|lost|los[es]\w*|fail\w*|fall\w*|short|weak\w*|poor\w*|bad\w*|wrong\w*|false\w*|fake\w*|bypass\w*|evad\w*|evasi\w*|circumvent\w*|ignor\w*|neglect\w*|overlook\w*|forg[eo]t\w*|remov\w*|delet\w*|skip\w*|drop\w*|reject\w*|declin\w*|doubt\w*|too|still|remain\w*|yet|end(?:s|ed|ing)?|expir\w*|void|legacy|outdated|obsolete|old|different|differ\w*|divers\w*|vari\w*|other|else|beyond|more than|far from|apart|against|contrary|rogue|illegal\w*|illicit\w*|malicious\w*|suspicio\w*|abnormal\w*|anomal\w*|uneven|random\w*|mixed|obscur\w*|hidden|hid\w*|quiet\w*|silent\w*|stealth\w*|covert\w*|discreet\w*|anonym\w*|secret\w*|continu\w*|constant\w*|persist\w*|ongoing|repeated\w*|always|ever|any|anyone|anything|regardless|whether|if|minor|small|slight\w*|recent\w*|soon|temporar\w*|abandon\w*|dormant|dead|down|defunct|forgotten|bug|error\w*|crash\w*|dangling|orphan\w*|misconfig\w*|vulnerab\w*|expos\w*|open|fear\w*|worr\w*|concern\w*|struggl\w*|cannot|aren|isn|wasn|weren|doesn|didn|don|won|wouldn|couldn|shouldn|hasn|haven|hadn)\b",
    )
});
