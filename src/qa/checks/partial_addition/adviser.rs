//! Experts who are made to say what nobody in particular says.

use crate::qa::{Unit, cues};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Who speaks in the Chinese.
static EXPERTS: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "(?:网络)?(?:安全(?:研究)?(?:人员|专家|分析师|从业者|机构|厂商|公司)|研究(?:人员|员|者)|专家|业内(?:人士|专家))们?(?:也|还|则|同时|已|均|纷纷)?(?:强烈)?(?:建议|提醒|呼吁|警告|敦促|推荐)",
    )
});

/// Somebody who may be meant, or who speaks in the English.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    cues::english(
        "researcher*|expert*|analyst*|specialist*|professional*|team*|lab|labs|firm*|company|companies|vendor*|authorit*|agenc*|they|he|she|we|our|\
say|says|said|tell*|told|explain*|warns|warned|warning|note|notes|noted|suggests|suggested|recommends|recommendation*|recommending|advises|advising|advice|urges|urging|according|report*|statement",
    )
});

/// Where the Chinese has experts advise and the English advises without them.
pub fn invented(unit: &Unit) -> Option<Range<usize>> {
    let found = EXPERTS.find(&unit.zh.text)?.range();
    (!SOMEBODY.is_match(&unit.en.text)).then_some(found)
}
