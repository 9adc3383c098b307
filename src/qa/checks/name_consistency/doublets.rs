//! Terms with two renderings that mean the same: either will do, both will not.

use crate::model::{Message, Relation, Severity};
use crate::qa::{Draft, View};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Renderings that say something else, or that the trade does not use: where the post has another they are the odd ones
/// however often they stand.
const ODD: &str = "旁路 信息窃取者 社交工程 管理程序 秘密通道 秘密信道 启动工具包 启动套件 模糊 排水器 空气间隙 空气隔离 \
气隔 搅拌器 水洞 侧向移动 机器人网络 供给链攻击 威胁分子 负载 剪辑器";

/// English term → renderings that are interchangeable.
const DOUBLETS: &[(&str, &[&str])] = &[
    ("credential", &["凭据", "凭证"]),
    ("payload", &["有效载荷", "有效负载", "攻击载荷", "负载"]),
    ("social[- ]engineering", &["社会工程", "社交工程", "社工"]),
    (
        "threat actor",
        &["威胁参与者", "威胁行为者", "威胁行动者", "威胁行为体", "威胁分子", "威胁者", "威胁主体"],
    ),
    ("initial access broker", &["初始访问代理", "初始访问经纪人", "初始访问中介", "初始访问中间商"]),
    (
        "info(?:rmation)?[- ]?stealer",
        &["信息窃取器", "信息窃取程序", "信息窃取者", "信息窃取木马", "窃密木马", "窃密程序", "窃密软件"],
    ),
    ("air[- ]gapped", &["物理隔离", "空气间隙", "空气隔离", "气隙", "气隔"]),
    ("covert channel", &["隐蔽信道", "隐蔽通道", "秘密通道", "秘密信道"]),
    ("hypervisor", &["虚拟机管理程序", "虚拟机监控程序", "虚拟机监视器", "管理程序", "虚拟化管理程序"]),
    ("bypass", &["绕过", "旁路"]),
    ("web ?shell", &["网页后门", "网络后门", "网站后门"]),
    ("supply[- ]chain attack", &["供应链攻击", "供给链攻击"]),
    ("zero[- ]day", &["零日", "零时差", "0day", "0-day"]),
    ("botnet", &["僵尸网络", "机器人网络"]),
    ("rootkit", &["根工具包", "内核级后门"]),
    ("bootkit", &["引导工具包", "启动工具包", "引导套件", "启动套件"]),
    ("clipper", &["剪贴板劫持", "剪切器", "剪辑器"]),
    ("keylogger", &["键盘记录", "按键记录", "击键记录"]),
    ("proof[- ]of[- ]concept", &["概念验证", "概念证明"]),
    ("privilege escalation", &["权限提升", "特权提升", "提权", "特权升级", "权限升级"]),
    ("remote code execution", &["远程代码执行", "远程执行代码"]),
    (
        "(?:multi|two)[- ]factor authentication",
        &[
            "多因素身份验证",
            "多因素认证",
            "多因素验证",
            "多因子认证",
            "双因素认证",
            "双因素身份验证",
            "双重认证",
        ],
    ),
    ("repositor(?:y|ies)", &["存储库", "代码库", "仓库"]),
    ("obfuscat(?:ed|ion)", &["混淆", "模糊"]),
    ("mixer", &["混币器", "混合器", "混币服务", "搅拌器"]),
    ("lateral movement", &["横向移动", "侧向移动"]),
    ("exfiltration", &["外传", "渗漏", "外泄"]),
    ("wallet drainer", &["耗尽器", "榨取器", "窃取器", "盗取器", "排水器"]),
    ("watering hole", &["水坑", "水洞"]),
    ("typosquat\\w*", &["域名抢注", "误植域名", "拼写错误抢注", "仿冒域名"]),
    ("installer", &["安装程序", "安装器"]),
];

static TERMS: LazyLock<Vec<(Regex, &[&str])>> = LazyLock::new(|| {
    let compiled = DOUBLETS.iter().filter_map(|(term, renderings)| {
        Some((Regex::new(&format!(r"(?i)\b{term}(?:s|es)?\b")).ok()?, *renderings))
    });
    compiled.collect()
});

type Places<'r> = BTreeMap<&'r str, Vec<(usize, Range<usize>, Range<usize>)>>;

/// Findings for terms with several renderings, at the rarer ones.
pub fn drafts(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (term, renderings) in TERMS.iter() {
        let places = places(view, term, renderings);
        let Some(usual) = usual(&places) else { continue };
        for (rendering, places) in places.iter().filter(|(rendering, _)| **rendering != usual) {
            drafts.extend(places.iter().map(|(unit, zh, en)| draft(view, *unit, zh, en, rendering, usual)));
        }
    }
    drafts
}

/// Where each rendering stands for the term; a lead counts with the sentence that it repeats.
fn places<'r>(view: &View<'_>, term: &Regex, renderings: &[&'r str]) -> Places<'r> {
    let mut places = Places::new();
    for (number, unit) in view.linked().filter(|(_, unit)| unit.relation != Relation::Repeat) {
        let Some(english) = term.find(&unit.en.text) else { continue };
        let found = renderings.iter().filter_map(|r| Some((*r, unit.zh.text.find(r)?)));
        let found: Vec<(&str, usize)> = found.collect();
        let alone = |(rendering, at): &&(&str, usize)| {
            let end = *at + rendering.len();
            !found.iter().any(|(other, from)| {
                other.len() > rendering.len() && *from <= *at && end <= from + other.len()
            })
        };
        for (rendering, at) in found.iter().filter(alone) {
            let place = (number, *at..*at + rendering.len(), english.range());
            places.entry(rendering).or_default().push(place);
        }
    }
    places
}

/// The rendering that most sentences have, of those that are not odd; of equals the one that comes first.
fn usual<'r>(places: &Places<'r>) -> Option<&'r str> {
    if places.len() < 2 {
        return None;
    }
    let first =
        |places: &[(usize, Range<usize>, Range<usize>)]| places.first().map_or(usize::MAX, |place| place.0);
    let is_odd = |rendering: &str| ODD.split_whitespace().any(|odd| odd == rendering);
    let best = places.iter().max_by_key(|(rendering, places)| {
        (!is_odd(rendering), places.len(), std::cmp::Reverse(first(places)))
    });
    best.map(|(rendering, _)| *rendering)
}

fn draft(
    view: &View<'_>,
    number: usize,
    zh: &Range<usize>,
    en: &Range<usize>,
    here: &str,
    usual: &str,
) -> Draft {
    let text = view.units.get(number).and_then(|unit| unit.en.text.get(en.clone())).unwrap_or_default();
    let message = Message::new(
        format!("“{text}” is “{here}” here, “{usual}” elsewhere in the post."),
        format!("“{text}”此处译为“{here}”，文中别处译为“{usual}”。"),
    );
    let draft = Draft::new(number, Severity::Minor, message).zh(zh.clone()).en(en.clone());
    draft.suggest(usual).confidence(0.7).cause(format!("{here}/{usual}"))
}
