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
        let is_prefixed = is_prefixed(en.get(range.clone()).unwrap_or_default());
        Denial { range, is_prefixed }
    };
    places.into_iter().map(denial).collect()
}

/// What in a sentence may stand behind a Chinese negation: what denies, what comes near it, what might in a wider sense.
pub fn sources(en: &str, zh: &str) -> [Vec<Range<usize>>; 3] {
    let is_free = |range: &Range<usize>| {
        let word = en.get(range.clone()).unwrap_or_default();
        !RENDERED.iter().any(|(english, chinese)| english.is_match(word) && chinese.is_match(zh))
    };
    let free = |pattern| places(pattern, en).into_iter().filter(is_free).collect();
    [places(&STRONG, en), free(&NEAR), free(&WEAK)]
}

/// Words that come near a denial, and what renders them without one.
static RENDERED: LazyLock<Vec<(Regex, Regex)>> = LazyLock::new(|| {
    let pairs = [
        ("before|until", "前 直到 直至"),
        ("only|just|mere*", "只 仅 才 唯"),
        ("too", "太 过于 也 还"),
        ("fail*", "失败 失效 故障"),
        ("vulnerab*", "漏洞 脆弱 易受"),
        ("malicious*", "恶意"),
        ("still|remain*", "仍 依然 还 保持 剩"),
        ("remov*", "除 移 下架"),
        ("bypass*|evad*|evasi*|circumvent*", "绕 逃 躲 规避"),
        ("avoid*|prevent*", "避 防 阻"),
        ("block*|stop*|halt*|ceas*", "阻 拦 停 封 屏蔽"),
        ("less|few|fewer|little", "少 低"),
        ("hidden|hid|hide*|secret*|covert*|quiet*", "隐 藏 秘 暗 悄"),
        ("expir*", "过期 到期"),
        ("illegal*|illicit*|unlawful*", "非法 违法"),
        ("error*|mis*", "错 误"),
        ("if|whether", "如果 若 是否 一旦"),
        ("weak*|poor*", "弱 差"),
        ("free", "免费 自由 释放"),
        ("rather|instead", "而是 相反 反而"),
        ("false|fake", "假 虚 误"),
        ("different*|differ", "不同 差异 各"),
    ];
    pairs.iter().map(|(en, zh)| (cues::english(en), cues::chinese(zh))).collect()
});

/// Whether a word denies itself and nothing else.
pub fn is_prefixed(word: &str) -> bool {
    PREFIXED.is_match(word)
}

/// Words that deny by themselves.
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:not|no|none|never|cannot|neither|nor|nobody|nothing|without|unable|yet to|fail(?:s|ed|ing)? to|lack(?:s|ed|ing)?|unaware|refus(?:es|ed|ing)|den(?:ies|ied|ying)|un(?:patched|protected|authenticated|authorized|authorised|available|affected|encrypted|known|clear|likely|supported|confirmed|disclosed|fixed|changed|identified|secured|detected|noticed|trusted|verified|published|documented|related|usable|reachable)|under(?:protected|reported|estimated|staffed|funded)|in(?:active|valid|accessible|accurate|sufficient|secure|effective)|im(?:possible|properly|proper)|ir(?:reversible|recoverable|relevant)|dis(?:abled?|connected))\b|n['’](?:t\b|\s)",
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
        r"(?i)\b(?:un(?:[abcefghkmnoprstuvw][a-z]{3,}|disclosed|detected|documented|defined|intended|identified|like|limited|likely|labeled|listed|linked|licensed|lawful|less)|in(?:ab|acc|act|adeq|appropr|capab|complet|consist|correct|effect|elig|exper|flex|secur|signif|suffic|valid|visib)\w*|invisible|im(?:poss|prob|prop|mut|perf|matur)\w*|ir(?:re|rat)\w*|il(?:leg|lic|log)\w*|non-?\w{3,}|dis(?:ab|agree|allow|appear|cont|conn|like|miss|mantl|regard|rupt|trust|pute)\w*|mis[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?|only|rather|instead|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|barely|seldom|before|until|prevent\w*|avoid\w*|stop(?:s|ped|ping)?|halt\w*|block(?:s|ed|ing)?|ban(?:s|ned|ning)?|prohibit\w*|except|otherwise|free|absen\w*|missing|lost|los(?:e|es|ing|s|ses)|fail\w*|bypass\w*|evad\w*|evasi\w*|ignor\w*|overlook\w*|reject\w*|declin\w*|doubt\w*|too|different\w*|differ|regardless|whether|oblivious\w*|stealth\w*|silent\w*|no longer|defunct|expir\w*|outdated|zero|refrain\w*|poor(?:ly)?|exempt\w*|immune|resist\w*|ubiquitous|false|end of|end|ended|opt out|opts out|drop(?:s|ped)?|stay(?:s|ed)? away|none|void)\b",
    )
});

/// What else may.
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:just|mere(?:ly)?|scarce(?:ly)?|ceas\w*|bar(?:s|red)?|excluding|despite|empty|blank|miss(?:es|ed)?|short|weak\w*|bad|wrong\w*|circumvent\w*|neglect\w*|forg[eo]t\w*|remov\w*|skip\w*|still|remain(?:s|ed|ing)?|yet|obsolete|legacy|divers\w*|vari\w*|beyond|far from|apart|contrary|against|left|illegal\w*|illicit\w*|malicious\w*|abnormal\w*|anomal\w*|uneven|random\w*|obscur\w*|hidden|hid|hide|hides|quiet\w*|covert\w*|anonym\w*|secret\w*|continu\w*|constant\w*|persist\w*|any|if|vulnerab\w*|abandon\w*|dormant|dead|down|error\w*|dangling|struggl\w*|worr\w*|concern\w*|protect\w*|safe\w*|clean|legitimate|off|out)\b",
    )
});
