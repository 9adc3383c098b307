//! What denies in Chinese.

use crate::qa::cues::{self, places, without};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Where a text denies, or has what can stand for a denial.
pub struct Denials {
    /// 不, 未, 没有, 无 …
    pub plain: Vec<Range<usize>>,
    /// 拒绝, 缺乏, 难以, 只 … that render no English word of their own.
    pub other: Vec<Range<usize>>,
    /// Whatever else can stand for a word like `unauthorized`: 非法, 失效, 弱 …
    pub any: Vec<Range<usize>>,
}

impl Denials {
    /// Looks them up.
    pub fn of(zh: &str, en: &str) -> Self {
        let text = without(zh, &NONE);
        let plain = places(&PLAIN, &text);
        let other = unspent(places(&OTHER, &without(&text, &PLAIN)), zh, en);
        let any = unspent(places(&ANY, &without(zh, &PLAIN)), zh, en);
        Self { plain, other, any }
    }
}

/// Cues without those that render English words which deny nothing.
fn unspent(mut cues: Vec<Range<usize>>, zh: &str, en: &str) -> Vec<Range<usize>> {
    for (rendering, word) in SPENT.iter() {
        let mut left = word.find_iter(en).count();
        cues.retain(|range| {
            let spent = left > 0 && zh.get(range.clone()).is_some_and(|cue| rendering.is_match(cue));
            left -= usize::from(spent);
            !spent
        });
    }
    cues
}

/// Where a text denies a statement outright.
pub fn statements(zh: &str) -> Vec<Range<usize>> {
    places(&STATED, &without(zh, &IDLE))
}

/// 不 and its like, with what goes before them.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "(?:尚|从|仍|并|还|至今|绝|毫|永远|暂|均|都|也)?(?:没有|没|未能|未经|未曾|未|不能|不会|不再|不得|不是|不可|不应|不|无法|无需|无须|无|非|否|勿|莫|切勿|免)",
    )
});

/// Words that deny in their way.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "拒绝 拒 失败 缺乏 缺少 缺失 欠缺 匮乏 禁止 禁用 停用 停止 停 中断 避免 防止 阻止 难以 很难 难 罕见 很少 极少 少有 仅 只 才 唯 除 之外 以外 \
脱离 摆脱 取消 排除 逃避 匿名 有限 薄弱 陌生 闲置 遗忘 绕过 忽视 忽略 失效 失灵 失去 丧失 瘫痪 空白 为零 脱机 离线 下线 关闭 终止 至今 尚 仍待 有待 \
错过 违反 背离 杜绝 谢绝 婉拒 截至 独立 单独 任何人都能 裸 敞开 完好 安然 正常 幸免 逃过 躲过 清白 沉默 失联 少 低 弱 错 反 缺 绝",
    )
});

/// Which of them render English words that deny nothing.
static SPENT: LazyLock<Vec<(Regex, Regex)>> = LazyLock::new(|| {
    let pairs = [
        ("仅 只 才 唯", "only|just|mere*|sole*|alone|exclusive*"),
        (
            "避免 防止 阻止 逃避 绕过 躲过",
            "prevent*|avoid*|block*|stop*|protect*|mitigat*|evad*|evasi*|bypass*|circumvent*|escap*",
        ),
        (
            "停 中断 关闭 终止 取消 下线 离线 脱机 瘫痪",
            "stop*|halt*|suspend*|shut*|down|disrupt*|interrupt*|terminat*|disconnect*|outage*|clos*|cancel*|end|ends|ended|offline|disabl*|off|quit*|discontinu*|kill*",
        ),
        ("失 丧失", "lose|loses|losing|lost|loss*|expir*|fail*"),
        ("缺", "missing|short*|flaw*|defect*|bug*|absen*|gap*"),
        ("错", "error*|mistake*|wrong*|mis*|false*|miss*"),
        ("反", "anti*|counter*|revers*|against|respon*|react*|reflect*|repeat*|contrary|opposite"),
        ("违反", "violat*|breach*|against"),
        ("弱 薄弱", "weak*|vulnerab*"),
        ("低", "low|lower*|reduc*|decreas*|drop*|cheap*|down*"),
        (
            "除",
            "remov*|delet*|clear*|clean*|eras*|wip*|except*|besides|apart|addition*|other than|aside|eliminat*|uninstall*|purg*|beyond|also|unlock*|lift*|rid",
        ),
        ("拒", "refus*|declin*|reject*|denial*|deny|denied|denies"),
        ("难", "difficult*|hard*|challeng*|tough*|complicat*|disaster*"),
        ("少", "few|fewer|less|least|reduc*|little|minor*|rare*|some|minimi*|decreas*|minority"),
        ("匿名", "anonym*"),
        ("有限", "limit*|llc|ltd"),
        ("禁", "ban*|disabl*|prohibit*|forbid*|bar|barred|block*"),
        ("敞开 裸", "expos*|open*|reveal*|leak*"),
        ("单独 独立", "separat*|independent*|alone|individual*|immediate*"),
        ("正常", "normal*|regular*|legitimate*|usual*|ordinary|proper*|healthy"),
        ("尚 至今 仍待 有待 截至", "still|so far|to date|as of|remain*|since|until"),
        ("沉默", "silen*|quiet*"),
        ("绝", "absolute*|most|majority|isolat*|extreme*|completely"),
    ];
    pairs.iter().map(|(zh, en)| (cues::chinese(zh), cues::english(en))).collect()
});

/// Whatever can stand for a word with `un-`.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "[拒失禁停避难零弱低少错反违绝缺]|除|脱离|摆脱|取消|中断|排除|逃|匿|正常|关闭|有限|薄|陌生|断|乏|闲置|绕过|遗忘|擅自|私自|越权|非法|裸|瘫痪|废弃|崩溃|只|仅|才|尚|至今",
    )
});

/// Words with 不, 未, 无 … in them that cannot stand for a denial.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "不断 不仅 不但 不只 不过 不管 不论 不少 不久 不法 不乏 不禁 不已 不错 不妨 不惜 未来 对不起 了不起 不愧 不料 不时 不定期 是否 能否 与否 无疑 无论 无线 无人机 非常 除了 除此之外 避免 免费 只要 非法 分别 特别 识别 级别 鉴别 区别 类别 个别 性别 无线电 无状态 无文件 无头 不同 不一 未知 未成年 否则 是否 莫斯科 不伦瑞克 免杀 没收 沉没 无服务器",
    )
});

/// What denies a statement.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    cues::built("并未|并不|并非|没有|未能|无法|不能|不会|不再|尚未|从未|不是|不得|未被|未受|未经|未|不")
});

/// Words with 不, 未, 无 … in them that deny nothing.
static IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "不同 不断 不仅 不但 不只 不过 不管 不论 不少 不久 不法 不良 不乏 不禁 不已 不错 不妨 不惜 不如 不由 不得不 不外乎 不知不觉 不约而同 不容忽视 \
不可忽视 不容小觑 防不胜防 未来 未必 对不起 了不起 差不多 用不着 莫不 无不 不伦瑞克 不等 不止 不愧 不料 不时 不定期 不一 不起眼 忍不住 层出不穷 不可或缺 必不可少 \
不胜枚举 不计其数 不可避免 不经意 不言而喻 是否 能否 与否 不易 不够 不足 不当 不安全 不明 不便 不利 不满 不慎 不肯 不适 未知 未成年 除非 \
不受信任 毫不 不懈 不幸 不见 不小心 不完整 不必要 不正确 不可信 不相关 不变 不到 不上 不了 不大 不多 不高 不低 不及 不平 不清 不停 不退",
    )
});
