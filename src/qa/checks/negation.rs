//! Negations that one side has and the other has not.

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::cues::{self, places, without};
use crate::qa::words::{self, EnWord, Rendered};
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

/// What in English may stand behind a Chinese negation, beside what denies by itself.
static EN_WEAK: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:(?:un|in|im|ir|il|non|dis|mis|anti|under|de)-?[a-z]{3,}|[a-z]{3,}less(?:ly|ness)?|only|just|mere(?:ly)?|rather|instead|oblivious\w*|little|few|fewer|less|hard(?:ly)?|difficult(?:y)?|rare(?:ly)?|scarce(?:ly)?|bare(?:ly)?|seldom|before|until|unless|prevent\w*|avoid\w*|stop\w*|halt\w*|ceas\w*|block\w*|ban\w*|bar(?:s|red)?|prohibit\w*|refrain\w*|except\w*|excluding|but|otherwise|despite|though|although|while|free|zero|empty|blank|absen\w*|missing|miss\w*|lost|los[es]\w*|fail\w*|fall\w*|short|weak\w*|poor\w*|bad\w*|wrong\w*|false\w*|fake\w*|bypass\w*|evad\w*|evasi\w*|circumvent\w*|ignor\w*|neglect\w*|overlook\w*|forg[eo]t\w*|remov\w*|delet\w*|skip\w*|drop\w*|reject\w*|declin\w*|doubt\w*|too|still|remain\w*|yet|end(?:s|ed|ing)?|expir\w*|void|legacy|outdated|obsolete|old|different|differ\w*|divers\w*|vari\w*|other|else|beyond|more than|far from|apart|against|contrary|rogue|illegal\w*|illicit\w*|malicious\w*|suspicio\w*|abnormal\w*|anomal\w*|uneven|random\w*|mixed|obscur\w*|hidden|hid\w*|quiet\w*|silent\w*|stealth\w*|covert\w*|discreet\w*|anonym\w*|secret\w*|continu\w*|constant\w*|persist\w*|ongoing|repeated\w*|always|ever|any|anyone|anything|regardless|whether|if|minor|small|slight\w*|recent\w*|soon|temporar\w*|abandon\w*|dormant|dead|down|defunct|forgotten|bug|error\w*|crash\w*|dangling|orphan\w*|misconfig\w*|vulnerab\w*|expos\w*|open|fear\w*|worr\w*|concern\w*|struggl\w*|cannot|aren|isn|wasn|weren|doesn|didn|don|won|wouldn|couldn|shouldn|hasn|haven|hadn)\b",
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
        drafts.extend(lost(number, unit, view));
        drafts.extend(invented(number, unit));
    }
    drafts
}

/// English that denies, Chinese that does not.
fn lost(number: usize, unit: &Unit, view: &View<'_>) -> Option<Draft> {
    let lexicon = view.tools.lexicon;
    let denials = places(&EN_STRONG, &without(&unit.en.text, &EN_IDLE));
    if denials.is_empty() {
        return None;
    }
    let zh = without(&unit.zh.text, &ZH_NONE);
    let en = words::english(&unit.en.text, lexicon);
    let rendered = Rendered::new(&unit.zh.text, lexicon);
    let denied = denials.into_iter().find(|denial| {
        let (before, behind): (Vec<&EnWord>, Vec<&EnWord>) =
            en.iter().filter(|word| word.content).partition(|word| word.range.start < denial.start);
        let near = before.into_iter().rev().take(REACH / 2).chain(behind.into_iter().take(REACH));
        let places: Vec<Vec<usize>> =
            near.map(|word| rendered.places(word, lexicon)).filter(|places| !places.is_empty()).collect();
        // What is denied was left out as a whole: that is for `partial-omission`.
        let needed =
            if PREFIXED.is_match(unit.en.text.get(denial.clone()).unwrap_or_default()) { 1 } else { 2 };
        places.len() >= needed && !places.iter().flatten().any(|&place| ZH_ANY.is_match(around(&zh, place)))
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

/// How many content words from a negation on, and half as many before it, may be what it denies.
const REACH: usize = 4;

/// The clause of a Chinese text that `place` stands in, with the one before and the one behind.
fn around(zh: &str, place: usize) -> &str {
    let is_mark = |c: char| matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';');
    let (before, behind) = (zh.get(..place).unwrap_or_default(), zh.get(place..).unwrap_or_default());
    let start = before.rmatch_indices(is_mark).nth(1).map_or(0, |(n, _)| n);
    let end = behind.match_indices(is_mark).nth(1).map_or(zh.len(), |(n, _)| place + n);
    zh.get(start..end).unwrap_or(zh)
}

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
fn invented(number: usize, unit: &Unit) -> Option<Draft> {
    let zh = places(&ZH_STRONG, &without(&unit.zh.text, &ZH_IDLE));
    let first = zh.first()?.clone();
    if EN_STRONG.is_match(&unit.en.text) || EN_WEAK.is_match(&unit.en.text) {
        return None;
    }
    let end = unit
        .zh
        .text
        .get(first.end..)?
        .char_indices()
        .nth(4)
        .map_or(unit.zh.text.len(), |(n, _)| first.end + n);
    let range: Range<usize> = first.start..end;
    let phrase = unit.zh.text.get(range.clone())?;
    let message = Message::new(
        format!("“{phrase}” denies; nothing in the English does."),
        format!("译文“{phrase}”表否定，原文没有否定。"),
    );
    Some(Draft::new(number, Severity::Major, message).zh(range).confidence(0.6))
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
