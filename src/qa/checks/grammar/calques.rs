//! English idioms and verbs that were rendered word by word.

use super::rules::{Rule, rule};

pub(super) const CALQUES: &[Rule] = &[
    rule(
        "literal: landing",
        r"(降落(?:在|到)[^，。；]{0,6}?(?:磁盘|硬盘|系统|设备|内存|页面|网站|收件箱|服务器|主机))",
        0.85,
        ("“Land” was rendered as of an aircraft.", "“land”被按“（飞机）降落”直译。"),
    ),
    rule(
        "literal: reference",
        r"((?:这|名称|名字|标题|代号|可能|似乎|显然)[^，。；]{0,6}是对[^，。；]{2,40}的引用)",
        0.75,
        (
            "“A reference to” means that something is alluded to; 引用 is a quotation.",
            "“reference”指暗指、影射，并非“引用”。",
        ),
    ),
    rule(
        "literal: drive, launch, carry",
        r"(驾驶(?:流量|网络流量)|(?:发射|发布)(?:了)?(?:网络)?攻击|携带(?:了)?(?:一次|多次|网络)?(?:攻击|袭击)(?:活动)?[，。]|消费(?:大量)?(?:内存|带宽|CPU|系统资源)|(?:住|坐)在(?:服务器|内存|系统|网络)(?:上|中|里))",
        0.8,
        ("The English verb was rendered word by word.", "英文动词被逐字直译，搭配不当。"),
    ),
    rule(
        "literal: the fact that",
        r"((?:由于|鉴于|基于|考虑到|利用)[^，。；]{4,40}(?:的|这一)事实)",
        0.7,
        ("“The fact that” was rendered word by word.", "“the fact that”被逐字译为“……的事实”。"),
    ),
    rule(
        "literal: as a result",
        r"(?:^|[，。；])(作为(?:一个|其)?结果)，",
        0.85,
        ("“As a result” was rendered word by word; 因此 is meant.", "“as a result”被逐字直译，应为“因此”。"),
    ),
    rule(
        "literal: made impossible",
        r"(使[^，。；]{1,14}成为不可能)",
        0.7,
        (
            "“Makes impossible” was rendered word by word; 使…无法 is meant.",
            "“makes … impossible”被逐字直译，应为“使……无法……”。",
        ),
    ),
    rule(
        "literal: tracked under",
        r"(在CVE-[0-9-]+(?:编号)?下被?(?:跟踪|追踪)|根据CVE-[0-9-]+[^，。；]{0,24}?(?:跟踪|追踪)的)",
        0.75,
        ("“Tracked as” gives the identifier; 编号为 is meant.", "“tracked as”指编号，应为“编号为”。"),
    ),
    rule(
        "literal: release",
        r"(释放了?(?:一个|一份|一款|安全|新的?|最新的?|紧急)*(?:补丁|更新|公告|声明|报告|修复程序))",
        0.85,
        (
            "“Release” was rendered as of prisoners or memory; 发布 is meant.",
            "“release”被直译为“释放”，应为“发布”。",
        ),
    ),
    rule(
        "literal: hit by",
        r"(被(?:勒索软件|恶意软件|网络攻击|黑客|攻击)(?:攻击)?(?:击中|命中|打击))",
        0.8,
        ("“Hit by” was rendered word by word; 遭到…攻击 is meant.", "“hit by”被逐字直译，应为“遭到……攻击”。"),
    ),
    rule(
        "literal: feed",
        r"(喂(?:养|食)(?:数据|信息|流量|模型|给?(?:模型|系统)))",
        0.75,
        ("“Feed” was rendered as of animals.", "“feed”被直译为“喂养”。"),
    ),
    rule(
        "literal: in the wake of",
        r"(在[^，。；]{1,16}的(?:唤醒|尾流|觉醒)[中下之])",
        0.85,
        (
            "“In the wake of” was rendered word by word; 在…之后 is meant.",
            "“in the wake of”被逐字直译，应为“在……之后”。",
        ),
    ),
];
