//! Clauses of a kind that translators like to add: what something is for or leads to, and what users should do.

use super::score;
use crate::qa::nearby::clauses;
use crate::qa::words::{self, Accounted};
use crate::qa::{Unit, View, cues};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What such a clause must be worth, by the words of its own bead alone: less than a stretch anywhere.
const LEAST: f32 = 4.5;

/// How a clause begins that says what the one before it is for, or what comes of it.
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    cues::built("^(?:以[^及上下来往外内前后色太]|从而|进而|避免|以免|以便|以防|防止|确保|谨防|最终)")
});

/// Who is told, and that they are.
static ADVICE: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "^(?:因此|所以|同时|此外|建议|提醒)?(?:广大|普通|相关|受影响的?)?(?:用户|企业|组织|机构|管理员|公众|开发者|读者|玩家|客户|消费者)(?:们)?(?:也|还|都|均)?(?:应|需|务必|必须|要|切勿|请|最好)",
    )
});

/// English that tells people what to do, if only by the way.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    cues::english(
        "should|must|need*|recommend*|advi*|urg*|suggest*|encourag*|have to|has to|ought|requir*|please|told|tell*|ask*|warn*|instruct*|\
do not|don't|never|always|important|imperative|ensure|consider*|careful|caution*|vigilan*|avoid|necessary|essential|best|remind*",
    )
});

/// Clauses of a bead's Chinese that its English has nothing of.
pub fn added(unit: &Unit, view: &View<'_>) -> Vec<(Range<usize>, f32)> {
    let lexicon = view.tools.lexicon;
    let (zh, en) = (&unit.zh.text, &unit.en.text);
    let candidates = clauses(zh).into_iter().filter(|range| {
        let text = zh.get(range.clone()).unwrap_or_default();
        (range.start > 0 && OUTCOME.is_match(text)) || (ADVICE.is_match(text) && !TELLS.is_match(en))
    });
    let candidates: Vec<Range<usize>> = candidates.collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let accounted = Accounted::new(&words::english(en, lexicon), lexicon);
    let words = words::chinese(zh, lexicon);
    let worth = |range: &Range<usize>| -> f32 {
        let inside = words.iter().filter(|word| range.contains(&word.range.start));
        inside.map(|word| score(word, zh, &accounted, view)).sum()
    };
    candidates
        .into_iter()
        .map(|range| (range.clone(), worth(&range)))
        .filter(|(_, worth)| *worth >= LEAST)
        .collect()
}
