//! Negations that one side has and the other has not.

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::cues::{self, places, without};
use crate::qa::nearby::{Nearby, clause};
use crate::qa::{Check, Doc, Draft, Unit, View};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "negation",
    category: "Accuracy/Mistranslation",
    doc: Doc {
        what: "A negation on one side with nothing on the other that could stand for it: not, no, un-, under-, fail to, lack.",
        why: "The sentence says the opposite.",
        known_problems: "Negations are counted within a bead, not followed word by word: one lost beside one invented is not seen, \
and a sentence turned round (“only after” for “not before”) may be reported.",
        example: "en: The company has not paid the ransom.\nzh: 该公司已支付赎金。",
    },
    fidelity: true,
    run,
};

/// English words that deny by themselves.
static EN_STRONG: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:not|no|none|never|cannot|neither|nor|nobody|nothing|without|unable|yet to|fail(?:s|ed|ing)? to|lack(?:s|ed|ing)?|unaware|refus(?:es|ed|ing)|den(?:ies|ied|ying)|un(?:patched|protected|authenticated|authorized|authorised|available|affected|encrypted|known|clear|likely|supported|confirmed|disclosed|fixed|changed|identified|secured|detected|noticed|trusted|verified|published|documented|related|usable|reachable)|under(?:protected|reported|estimated|staffed|funded)|in(?:active|valid|accessible|accurate|sufficient|secure|effective)|im(?:possible|properly|proper)|ir(?:reversible|recoverable|relevant)|dis(?:abled?|connected))\b|n['’]t\b",
    )
});

/// What in English may stand behind a Chinese negation near it, beside what denies by itself.
static EN_NEAR: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:un(?:[abcefghklmnoprstuvw][a-z]{3,}|disclosed|detected|documented|defined|intended|installed?|identified)|in(?:ab|acc|act|adeq|appropr|capab|complet|consist|correct|effect|elig|exper|flex|secur|signif|suffic|valid|visib)\w*|im(?:poss|prob|prop|mut|perf|matur)\w*|ir(?:re|rat)\w*|il(?:leg|lic|log)\w*|non-?\w{3,}|dis(?:ab|agree|allow|appear|cont|conn|like|miss|mantl|regard|rupt|trust)\w*|mis[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?|only|rather|instead|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|barely|seldom|before|until|unless|prevent\w*|avoid\w*|stop\w*|halt\w*|block\w*|ban\w*|prohibit\w*|except\w*|otherwise|despite|free|absen\w*|missing|lost|los[es]\w*|fail\w*|bypass\w*|evad\w*|ignor\w*|overlook\w*|remov\w*|reject\w*|declin\w*|doubt\w*|too|yet|different|beyond|off|out|regardless|whether|oblivious\w*|hidden|stealth\w*|silent\w*|anonym\w*|secret\w*|no longer|defunct|expir\w*|legacy|outdated|zero|refrain\w*|poor\w*|weak\w*|bad\w*|vulnerab\w*|exempt\w*|immune|resist\w*|protect\w*|safe\w*|clean|legitimate)\b",
    )
});

/// What else in a sentence may.
static EN_WEAK: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:only|just|mere(?:ly)?|rather|instead|oblivious\w*|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|scarce(?:ly)?|bare(?:ly)?|seldom|before|until|unless|prevent\w*|avoid\w*|stop\w*|halt\w*|ceas\w*|block\w*|ban\w*|bar(?:s|red)?|prohibit\w*|refrain\w*|except\w*|excluding|but|otherwise|despite|though|although|while|free|zero|empty|blank|absen\w*|missing|miss\w*|lost|los[es]\w*|fail\w*|fall\w*|short|weak\w*|poor\w*|bad\w*|wrong\w*|false\w*|fake\w*|bypass\w*|evad\w*|evasi\w*|circumvent\w*|ignor\w*|neglect\w*|overlook\w*|forg[eo]t\w*|remov\w*|delet\w*|skip\w*|drop\w*|reject\w*|declin\w*|doubt\w*|too|still|remain\w*|yet|end(?:s|ed|ing)?|expir\w*|void|legacy|outdated|obsolete|old|different|differ\w*|divers\w*|vari\w*|other|else|beyond|more than|far from|apart|against|contrary|rogue|illegal\w*|illicit\w*|malicious\w*|suspicio\w*|abnormal\w*|anomal\w*|uneven|random\w*|mixed|obscur\w*|hidden|hid\w*|quiet\w*|silent\w*|stealth\w*|covert\w*|discreet\w*|anonym\w*|secret\w*|continu\w*|constant\w*|persist\w*|ongoing|repeated\w*|always|ever|any|anyone|anything|regardless|whether|if|minor|small|slight\w*|recent\w*|soon|temporar\w*|abandon\w*|dormant|dead|down|defunct|forgotten|bug|error\w*|crash\w*|dangling|orphan\w*|misconfig\w*|vulnerab\w*|expos\w*|open|fear\w*|worr\w*|concern\w*|struggl\w*|cannot|aren|isn|wasn|weren|doesn|didn|don|won|wouldn|couldn|shouldn|hasn|haven|hadn)\b",
    )
});

/// Whatever in Chinese can stand for a negation.
static ZH_ANY: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "[不未没無无非否勿莫别免缺拒失禁停防避难零弱低少错误反违绝]|至今|尚|仅|只|才|除|脱离|摆脱|取消|中断|排除|逃|匿|正常|关闭|有限|薄|陌生|断|乏|闲置|绕过|遗忘",
    )
});

/// Negations in Chinese that deny a statement.
static ZH_STRONG: LazyLock<Regex> = LazyLock::new(|| {
    cues::built("并未|并不|并非|没有|未能|无法|不能|不会|不再|尚未|从未|不是|不得|未被|未受|未经|未|不")
});

/// Words with 不, 未, 无 … in them that deny nothing.
static ZH_IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "不同 不断 不仅 不但 不只 不过 不管 不论 不少 不久 不法 不良 不乏 不禁 不已 不错 不妨 不惜 不如 不由 不得不 不外乎 不知不觉 不约而同 不容忽视 \
不可忽视 不容小觑 未来 未必 对不起 了不起 差不多 用不着 莫不 无不 不等 不止 不愧 不料 不时 不定期 不一 不起眼 忍不住 层出不穷 不可或缺 必不可少 \
不胜枚举 不计其数 不可避免 不经意 不言而喻 是否 能否 与否 不易 不够 不足 不当 不安全 不明 不便 不利 不满 不慎 不肯 不适 未知 未成年 除非 \
不受信任 毫不 不懈 不幸 不见 不小心 不知情 不存在 不完整 不必要 不正确 不可信 不相关 不变 不到 不上 不了 不大 不多 不高 不低 不及 不平 不清 不停 不退 不需要 \
不需 不需用户",
    )
});

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        if unit.relation == Relation::Repeat || unit.en.kind == Some(ParagraphKind::Code) {
            continue;
        }
        let nearby = Nearby::new(unit, view.tools.lexicon);
        drafts.extend(lost(number, unit, &nearby));
        drafts.extend(invented(number, unit, &nearby));
    }
    drafts
}

/// English that denies, Chinese that does not.
fn lost(number: usize, unit: &Unit, nearby: &Nearby<'_>) -> Option<Draft> {
    let denials = places(&EN_STRONG, &without(&unit.en.text, &EN_IDLE));
    if denials.is_empty() {
        return None;
    }
    let zh = without(&unit.zh.text, &ZH_NONE);
    // Where there are fewer negations than in the English, another one's cannot stand for this one.
    let fewer = ZH_ANY.find_iter(&zh).count() < denials.len();
    let denies = |range: Range<usize>| zh.get(range).is_some_and(|clause| ZH_ANY.is_match(clause));
    let denied = denials.into_iter().find(|denial| {
        let near = nearby.places(denial.start);
        let needed =
            if PREFIXED.is_match(unit.en.text.get(denial.clone()).unwrap_or_default()) { 1 } else { 2 };
        // What is denied was left out as a whole: that is for `partial-omission`.
        if near.len() < needed {
            return false;
        }
        let clauses = nearby.clauses(denial.start);
        let far = !near.iter().flatten().any(|&place| denies(clause(&zh, place, 1)));
        far || fewer && !clauses.is_empty() && !clauses.into_iter().any(denies)
    })?;
    let word = unit.en.text.get(denied.clone())?;
    let message = Message::new(
        format!("“{word}” denies; nothing in the Chinese does."),
        format!("原文“{word}”表否定，译文没有否定。"),
    );
    Some(Draft::new(number, Severity::Major, message).en(denied).zh(unit.zh.whole()).confidence(0.7))
}

/// A word that denies itself and nothing else.
static PREFIXED: LazyLock<Regex> = LazyLock::new(|| cues::built("(?i)^(?:un|under|in|im|ir|dis)[a-z]{4}"));

/// Words with 不, 未, 无 … in them that cannot stand for a negation.
static ZH_NONE: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "不断 不仅 不但 不只 不过 不管 不论 不少 不久 不法 不乏 不禁 不已 不错 不妨 不惜 未来 对不起 了不起 不愧 不料 不时 不定期 是否 能否 与否 无疑 无论 无线 无人机 非常 除了 除此之外 避免 免费 防火墙 防御 防护 错误 缺陷 只要 反向 反病毒 反恶意 非法",
    )
});

/// Phrases with `no` or `not` that deny nothing.
static EN_IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::english(
        "not only|not just|not merely|no longer available|no doubt|nothing new|no stranger|whether or not|if not|not to mention|not-for-profit|\
no matter|not surprisingly|no surprise|no wonder|no-code|nothing but|no one-click|no.|no less|not limited to|nothing more than|\
nor|not least|no exception|none other than|not far|last but not least|unknown|undisclosed|disabled|disable|inactive|not yet known",
    )
});

/// Chinese that denies, English that does not.
fn invented(number: usize, unit: &Unit, nearby: &Nearby<'_>) -> Option<Draft> {
    let en = &unit.en.text;
    let denies = |text: &str| EN_STRONG.is_match(text) || EN_NEAR.is_match(text);
    let nowhere = !denies(en) && !EN_WEAK.is_match(en);
    let found = places(&ZH_STRONG, &without(&unit.zh.text, &ZH_IDLE));
    // Where the English denies as often, it may do so elsewhere in the sentence.
    let denials = EN_STRONG.find_iter(en).count() + EN_NEAR.find_iter(en).count();
    let more = found.len() > denials;
    let added = found.into_iter().filter(|_| nowhere || more).find(|place| {
        let near = nearby.english(place.end);
        nowhere || !near.is_empty() && !near.into_iter().any(|at| denies(window(en, at)))
    })?;
    let behind = unit.zh.text.get(added.end..)?;
    let end = behind.char_indices().nth(4).map_or(unit.zh.text.len(), |(n, _)| added.end + n);
    let range: Range<usize> = added.start..end;
    let phrase = unit.zh.text.get(range.clone())?;
    let message = Message::new(
        format!("“{phrase}” denies; nothing in the English does."),
        format!("译文“{phrase}”表否定，原文没有否定。"),
    );
    let confidence = if nowhere { 0.7 } else { 0.5 };
    Some(Draft::new(number, Severity::Major, message).zh(range).confidence(confidence))
}

/// How many bytes before and behind an English word a negation may stand that bears on it.
const WINDOW: (usize, usize) = (80, 40);

/// The words around a place in the English.
fn window(en: &str, at: usize) -> &str {
    let (mut start, mut end) = (at.saturating_sub(WINDOW.0), (at + WINDOW.1).min(en.len()));
    while !en.is_char_boundary(start) {
        start -= 1;
    }
    while !en.is_char_boundary(end) {
        end += 1;
    }
    en.get(start..end).unwrap_or(en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn a_lost_negation_is_found() {
        for (zh, en) in [
            ("该公司已经支付了赎金。", "The company has not paid the ransom."),
            ("攻击者能够访问客户密码。", "The attackers could not access customer passwords."),
            ("黑铜水拥有受到良好保护的服务器。", "Brasswater runs vastly underprotected servers."),
            ("该漏洞影响旧版本的服务器。", "The flaw does not affect older versions of the server."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn an_invented_negation_is_found() {
        for (zh, en) in [
            ("该公司没有支付赎金。", "The company paid the ransom."),
            ("攻击者无法访问客户密码。", "The attackers gained access to customer passwords."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn what_is_denied_on_both_sides_or_on_none_is_left_alone() {
        for (zh, en) in [
            ("该公司尚未支付赎金。", "The company has not paid the ransom."),
            ("补丁发布前，用户应停用该插件。", "Users should disable the plugin until a patch is released."),
            ("未经授权的访问持续了两周。", "Unauthorized access lasted two weeks."),
            ("攻击者不断扫描服务器。", "Attackers constantly scan servers."),
            (
                "该组织不仅窃取数据，还加密服务器。",
                "The group not only steals data but also encrypts servers.",
            ),
            ("两者有所不同。", "The two are different."),
            ("未来几周将发布更新。", "Updates will be released in the coming weeks."),
            ("该公司拒绝置评。", "The company did not want to comment."),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }
}
