//! Sentences whose frame is mixed with another, or not finished.

use super::rules::{Rule, rule, whole};

/// The clause that is under way where `before` ends.
fn clause(before: &str) -> &str {
    before.rsplit(['，', '。', '；', '：', '！', '？']).next().unwrap_or("")
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What 有关如何… leads up to.
const HEADS: [&str; 26] = [
    "信息", "指南", "建议", "说明", "详细", "方法", "细节", "资料", "内容", "指导", "提示", "步骤", "知识",
    "教程", "文章", "报告", "详情", "问题", "文档", "指引", "消息", "培训", "案例", "示例", "研究", "讨论",
];

/// What one faces or avoids: 面临受到攻击的风险.
const FACED: [&str; 25] = [
    "面临", "存在", "降低", "增加", "减少", "避免", "带来", "加大", "防范", "规避", "减轻", "缓解", "评估",
    "了解", "处于", "构成", "导致", "减小", "提高", "消除", "应对", "造成", "加剧", "承担", "防止",
];

pub(super) const FRAMES: &[Rule] = &[
    rule(
        "no subject: 根据…表明",
        r"(?:^|[，。；：“])(?:此外，|而)?(根据[^，。；！？“”]{2,60}?(?:表明|显示|揭示|证明|报告称|公告称|数据称|说法称|报告表示|文件称))",
        0.8,
        (
            "根据 with 表明, 显示 or 称 leaves the sentence without a subject; one of both must go.",
            "“根据”与“表明”“显示”“称”等连用，句子缺少主语，应删去其一。",
        ),
    ),
    rule(
        "no subject: 通过…使",
        r"(?:^|[。；])((?:通过|经过|随着)[^，。；]{2,60}，(?:使得|使|令|让)[^用])",
        0.7,
        (
            "通过…使 leaves the sentence without a subject; one of both must go.",
            "“通过……使……”句式缺少主语，应删去“通过”或“使”。",
        ),
    ),
    rule(
        "当…的情况时",
        r"((?:当|在)[^，。；]{2,60}的(?:情况|情形|状况|场景|时候)时)",
        0.9,
        ("当…时 and 在…的情况下 are mixed.", "“当……时”与“在……的情况下”杂糅。"),
    )
    .unless(|_, found| {
        has_any(whole(found), &["遇到", "出现", "发生", "面对", "面临", "处理", "检测到", "发现", "存在", "处于", "描述", "分析", "遭遇", "符合", "涉及"])
    }),
    rule(
        "出于考虑",
        r"(?:^|[，。；])(出于(?:考虑|目的|原因))[，。；]",
        0.95,
        (
            "出于…考虑 lacks what was considered, e.g. 出于谨慎考虑.",
            "“出于……考虑”缺少中心内容，如“出于谨慎考虑”。",
        ),
    ),
    rule(
        "受到…风险",
        r"((?:容?易受到?|受到|遭受|遭到)[^，。；、的]{1,20}(?:的(?:风险|危险|可能性)|攻击的威胁))",
        0.85,
        (
            "受到 does not go with 风险; risks are faced: 面临…的风险.",
            "“受到”与“风险”搭配不当，应为“面临……的风险”。",
        ),
    )
    .unless(|before, _| {
        let clause = clause(before);
        let near = clause.char_indices().rev().nth(8).map_or(0, |(at, _)| at);
        clause.ends_with(['有', '的', '冒', '着', '免', '对', '于']) || has_any(clause.get(near..).unwrap_or(""), &FACED)
    }),
    rule(
        "有关如何 without a noun",
        r"(?:了解|提供|发布|介绍|分享|获取|查看|包含|包括|给出|公布|概述|披露|查阅|参阅|阅读|学习|掌握|知道|得到|收到|找到|寻找)[^，。；、]{0,6}?((?:有关|关于)如何[^，。；、！？]*)",
        0.85,
        (
            "有关如何… lacks the noun that it belongs to, e.g. …的信息.",
            "“有关如何……”缺少中心词，如“……的信息”。",
        ),
    )
    .unless(|_, found| {
        let tail: String = whole(found).chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        has_any(&tail, &HEADS)
    }),
    rule(
        "的 missing behind a degree",
        r"((?:更为|更加|较为|极为|极其|十分|非常|相当|最为|异常|颇为)(?:隐秘|隐蔽|复杂|高级|先进|安全|有效|严重|危险|常见|传统|简单|精密|强大|广泛|灵活|可靠|严格|深入|详细|直接|巧妙|狡猾|激进|成熟|精细|高效|便捷|重要|敏感|罕见|独特|新颖)(?:方式|方法|手段|技术|策略|手法|途径|攻击|威胁|漏洞|工具|措施|防护|保护|系统|信息|数据|功能|形式|方案|问题|活动|恶意))",
        0.85,
        ("的 is missing between the adjective and its noun.", "形容词与名词之间缺少“的”。"),
    ),
    rule(
        "在那里他们",
        r"[，；]((?:在|从)?(?:那里|那儿)，?(?:他们|它们|她们|其|攻击者|黑客|用户|受害者|威胁者|我们|你|您))",
        0.85,
        (
            "The English relative “where” was rendered word by word.",
            "英文关系从句“where”被逐字译为“那里”。",
        ),
    ),
    rule(
        "通过…随后",
        r"(通过[^，。；]{2,40}[^，。；、](?:随后|然后|接着)[^，。；])",
        0.75,
        (
            "通过… runs into 随后 or 然后 without an end of its own.",
            "“通过……”未完即接“随后”“然后”，句子杂糅。",
        ),
    )
    .unless(|_, found| has_any(whole(found), &["方式", "方法", "手段", "途径", "方法来", "来"])),
    rule(
        "即使…但",
        r"(?:^|[，。；：“])((?:即使|即便|就算|哪怕)[^，。；]{2,50}，但)(?:[^凡愿]|$)",
        0.75,
        ("即使 goes with 也, not with 但.", "“即使”应与“也”搭配，不与“但”搭配。"),
    ),
    rule(
        "connectives that do not go together",
        r"(?:^|[，。；：“])((?:只有[^，。；]{2,40}，就(?:能|会|可)|只要[^，。；]{2,40}，才(?:能|会|可)|不仅[^。；，]{2,50}，但(?:还|也|同时)|不但[^。；，]{2,50}，但|无论[^，。；]{2,30}，但|既然[^，。；]{2,30}，但))",
        0.75,
        ("These connectives do not go together.", "关联词搭配不当。"),
    ),
    rule(
        "doubled contrast",
        r"(?:^|[。；])((?:尽管如此，(?:但|但是|然而|不过)|(?:然而|不过|但是)，(?:但|但是|然而|不过)))[^凡愿]",
        0.8,
        ("The contrast is said twice.", "转折词重复。"),
    ),
    rule(
        "prevented not to",
        r"((?:避免|防止|以防|以免|杜绝|切忌|禁止)[^，。；的]{0,6}(?:不再|不被|不受|不会|不要|不发生))",
        0.8,
        (
            "避免 and 不 cancel each other: the sentence says the opposite.",
            "“避免”“防止”与否定词连用，意思相反。",
        ),
    ),
    rule(
        "fewer by times",
        r"((?:减少|降低|下降|缩小|缩短)了?(?:近|约|超过|大约)?[0-9一二两三四五六七八九十百.]+多?倍)",
        0.85,
        ("What shrinks cannot do so N-fold; give a share.", "减少、降低不能用倍数表示。"),
    ),
    rule(
        "有…组成",
        r"(?:^|[^没所拥具只含享占持设据仅还共带])(有[^，。；、有]{2,24}组成)(?:[，。；的]|$)",
        0.7,
        ("有…组成 should be 由…组成.", "“有……组成”应为“由……组成”。"),
    )
    .unless(|_, found| has_any(whole(found), &["组成部分", "由", "有关", "有效", "有人", "有时"])),
    rule(
        "frames mixed",
        r"(围绕以[^，。；]{1,20}为|(?:对于|关于)[^，。；]{2,15}(?:问题|方面)上|靠的是[^，。；]{2,30}(?:取得|实现)的|多亏[^，。；]{2,20}的帮助下|本着[^，。；]{2,16}为(?:原则|宗旨)|以[^，。；]{1,10}为例子|目的是为[^，。；]{2,20}为目的|旨在[^，。；]{2,40}为目的|在[^，。；]{2,20}的影响之?下所造成)",
        0.75,
        ("Two frames are mixed in one sentence.", "两种句式杂糅。"),
    ),
    rule(
        "是由于…造成的",
        r"(是(?:由于|因为)[^，。；]{2,50}(?:导致|造成|引起|引发|所致)的)",
        0.6,
        ("是由于… and 是由…造成的 are mixed.", "“是由于……”与“是由……造成的”杂糅。"),
    )
    .info(),
    rule(
        "clause begins with a particle",
        r"[，。；：、]((?:的|们|地)\p{Han})",
        0.85,
        ("A clause cannot begin with this particle; something is missing before it.", "句首不能是助词，前面有缺漏。"),
    )
    .unless(|_, found| {
        has_any(whole(found), &["的确", "的士", "的话", "地点", "地址", "地区", "地方", "地理", "地缘", "地下", "地面", "地图", "地铁", "地位", "地球", "地产", "地质", "地震", "地毯", "地平", "地狱", "地板", "地形", "地域", "地名", "地税", "地级", "地市", "地段", "的黎"])
    }),
    rule(
        "preposition without its noun",
        r"[^存现正潜实所内外自]((?:以及|并且|或者|对于|关于|把|将|被|从|与|及|和|该)[。；！？])",
        0.85,
        ("The sentence breaks off behind this word.", "句子在此中断，后面有缺漏。"),
    )
    .unless(|before, found| {
        has_any(whole(found), &["参与", "给与", "涉及", "普及", "提及", "波及", "触及", "顾及", "应该", "温和", "总和", "缓和", "中和", "随和", "服从", "听从", "遵从", "跟从", "无从", "活该", "麻将", "门将", "主将", "棉被", "以及其", "埃及", "危及", "殃及", "不及", "赋与", "饱和", "共和", "柔和", "调和", "随从", "盲从", "顺从", "来得及", "来不及", "遍及", "累及", "论及", "祥和", "谐和", "一把", "刀把", "拖把"])
            || before.is_empty()
    }),
    rule(
        "things and people: 名, 位, 家, 台",
        r"((?:[0-9一两二三四五六七八九十几数百千万]|多)(?:名|位)(?:公司|设备|网站|账户|账号|域名|服务器|系统|文件|漏洞|恶意软件|组织)|(?:[0-9一两二三四五六七八九十几数百千万]|多)家(?:用户|设备|账户|域名|漏洞|服务器)|(?:[0-9一两二三四五六七八九十几数百千万]|多)台(?:用户|账户|域名|网站|漏洞|公司))(?:[，。；、）被在是已将于也都均曾受会遭]|$)",
        0.8,
        ("The measure word does not go with the noun.", "量词与名词搭配不当。"),
    ),
    rule(
        "two articles",
        r"((?:一个|一种|一款|一项)[^，。；、的一]{0,4}(?:一个|一种|一款|一项))",
        0.75,
        ("The noun has two numerals.", "数量词重复。"),
    )
    .unless(|_, found| has_any(whole(found), &["又一", "接一", "一个一个", "一项一项", "一种一种", "是", "到", "对", "换", "和", "与", "或", "比"])),
    rule(
        "的 for 地",
        r"((?:成功|悄悄|迅速|秘密|主动|自动|故意|非法|大量|直接|轻松|快速|持续|积极|进一步|巧妙|悄然|暗中|公开|明确|严重|大幅)的(?:窃取|入侵|攻击|利用|执行|部署|安装|下载|渗透|绕过|破坏|访问|获取|传播|扩大|提升|增加|减少|披露|发布|承认|否认|修复|影响)了)",
        0.8,
        ("An adverb is joined to its verb by 地, not 的.", "状语与动词之间应用“地”，不用“的”。"),
    ),
    rule(
        "截止 before a date",
        r"(截止)到?\s*(?:20\d\d|[0-9一二三四五六七八九十]+月|[今昨前本上]|发稿|目前|当地时间)",
        0.95,
        ("截止 is “to end”; “as of” is 截至.", "“截止”应为“截至”。"),
    ),
    rule(
        "all …, these …",
        r"((?:所有|任何|几乎|每个|大多数)[^，。；]{1,16}，这些\p{Han}{2,6})",
        0.75,
        (
            "The restrictive clause was cut off from its noun: it now says more than is meant.",
            "限定性从句被拆成独立分句，所指范围被扩大。",
        ),
    )
    .unless(|_, found| !repeats_noun(whole(found))),
    rule(
        "caption: 在…的例子",
        r"^((?:一个?|某个)?[^，。；：]{0,16}在[^，。；：中里上下时内后前间正存所]{2,16}的(?:例子|示例|实例))$",
        0.7,
        ("在… lacks its end (在…中), or the order of words is broken.", "“在……”不完整（缺“中”“上”等），或语序不当。"),
    )
    .unless(|_, found| has_any(whole(found), &["正在", "存在", "所在", "在线"])),
    rule(
        "更多关于 without a noun",
        r"(?:了解|提供|发布|分享|披露|公布|透露|获取|查看|收集|掌握|得到|找到)了?(?:更多的?|一些|大量|详细)?((?:有关|关于)[^，。；、的如“《]{2,30})[，。；]",
        0.7,
        (
            "有关… lacks the noun that it belongs to, e.g. …的信息.",
            "“有关……”缺少中心词，如“……的信息”。",
        ),
    )
    .unless(|_, found| {
        let tail: String = whole(found).chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        has_any(&tail, &HEADS)
    }),
    rule(
        "涉及 without a noun",
        r"((?:多|一|几|两|数)(?:个|种|起|次|项)涉及[^，。；的“]{6,60})(?:[，。；]|$)",
        0.65,
        (
            "The numeral has no noun: what is it that involves all this?",
            "数量词后缺少中心词（……的什么）。",
        ),
    )
    .unless(|_, found| has_any(whole(found), &["事件", "案件", "案例", "漏洞", "攻击活动", "行动"])),
    rule(
        "应…是重要的",
        r"((?:应该?|必须|需要|建议)[^，。；]{4,60}(?:是|非常|十分)(?:至关重要|非常重要|十分重要|很?重要|很?必要|关键|必不可少)的)",
        0.85,
        (
            "应… and …是至关重要的 are mixed in one sentence.",
            "“应……”与“……是至关重要的”两种句式杂糅。",
        ),
    )
    .unless(|_, found| has_any(whole(found), &["认为", "知道", "意识到", "明白", "记住", "强调"])),
    rule(
        "no subject: …后，促使",
        r"(?:^|[。；])([^，。；]{2,30}(?:后|之后|以来|期间|过程中)，(?:促使|迫使|使得|导致))",
        0.75,
        (
            "The clause of time is no subject: who or what caused it?",
            "时间状语不能作主语，句子缺少主语。",
        ),
    ),
    rule(
        "近期其",
        r"[\p{Han}A-Za-z0-9）)]((?:近期|近日|日前|最近)其)[^他它中实余次间后]",
        0.75,
        (
            "The subject is taken up by 其 behind the date; one of both must go.",
            "主语后又用“其”重复指代，句子结构混乱。",
        ),
    ),
    rule(
        "参与在",
        r"(参与在)",
        0.7,
        ("参与 takes its object without 在.", "“参与”后不接“在”。"),
    ),
    rule(
        "doubled passive",
        r"(被(?:遭到|遭受|受到))",
        0.85,
        ("The passive is marked twice: 被 and 遭到.", "“被”与“遭到”“受到”重复表示被动。"),
    ),
    rule(
        "当 without 时",
        r"(?:^|[。；])(当[^，。；：]{4,40})，",
        0.6,
        ("当… is not finished: 时 is missing.", "“当……”不完整，缺少“时”。"),
    )
    .unless(|_, found| {
        has_any(whole(found), &["时", "后", "之际", "期间", "一刻", "当中", "当地", "当局", "当前", "当天", "当年", "当今", "当选", "当事", "当然", "当日", "当场", "当务", "当作", "当成", "当晚", "当月", "当代", "当初", "当即"])
    })
    .info(),
    rule(
        "a chain of 的",
        r"((?:[^，。；：、！？的]{1,12}的){5,}[^，。；：、！？]{1,12})",
        0.6,
        ("Five or more 的 in one clause; split it.", "一个分句里连用五个以上“的”，宜拆分。"),
    )
    .info(),
    rule(
        "的 missing behind 攻击者控制",
        r"(?:触发|执行|运行|连接到?|发送到|发送至|传回|上传到|上传至|访问|重定向到|重定向至|引导至|引导到|指向|来自|加载|下载|从|向|与|使用)((?:攻击者|黑客|威胁者)控制(?:命令|服务器|域名|基础设施|网站|文件|设备|内容|代码|输入|页面|账户|存储库))",
        0.8,
        ("的 is missing: 攻击者控制的…, what attackers control.", "缺少“的”，应为“攻击者控制的……”。"),
    ),
    rule(
        "object missing",
        r"((?:命名为|称为|描述为|标记为|归类为|成为|属于|位于|名为|使得|来自|包括)[。；！？])",
        0.85,
        ("The verb has no object; something is missing behind it.", "动词缺少宾语，后面有缺漏。"),
    )
    .unless(|before, found| clause(before).contains("不") && whole(found).contains("包括")),
    rule(
        "suffers a flaw",
        r"((?:遭受|遭到|遭遇|受到)[^，。；的影攻被]{0,8}漏洞)(?:[，。；]|$)",
        0.7,
        (
            "One is attacked through a flaw, or has one: 存在…漏洞, 受…漏洞影响.",
            "“遭受”与“漏洞”搭配不当，应为“存在……漏洞”或“受……漏洞影响”。",
        ),
    ),
    rule(
        "进行…措施",
        r"(进行[^，。；、]{0,8}措施)(?:[，。；]|$)",
        0.75,
        ("措施 goes with 采取, not with 进行.", "“进行”与“措施”搭配不当，应为“采取……措施”。"),
    ),
    rule(
        "tenses clash",
        r"(已经?正在|正在已经?|已经?将会)",
        0.75,
        ("“Already” and “now” or “will” clash.", "时态词矛盾。"),
    ),
    rule(
        "degree doubled",
        r"(越来越(?:更|非常|十分|极其|很)|(?:非常|十分|极其|相当|极为)(?:更加|最为|最)|(?:非常|极其|相当|极为)十分|十分(?:非常|极其|相当))",
        0.8,
        ("Two degrees in a row.", "程度副词连用。"),
    ),
];

/// Whether what the quantifier stands before is what `这些` takes up: 所有的系统，这些系统…
fn repeats_noun(found: &str) -> bool {
    let Some((before, after)) = found.split_once("，这些") else { return false };
    let noun = before.trim_start_matches("几乎").trim_start_matches("所有").trim_start_matches("任何");
    let noun = noun.trim_start_matches("每个").trim_start_matches("大多数").trim_start_matches('的');
    noun.chars().count() >= 2 && after.starts_with(noun)
}
