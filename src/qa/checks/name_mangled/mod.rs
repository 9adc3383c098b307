//! Latin names in the Chinese that the English does not have, or writes otherwise.

mod case;
mod nearest;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use crate::model::{Message, Severity};
use crate::qa::names::{Exonyms, Names, Run, Shape, Standing, Token, is_general};
use crate::qa::{Check, Doc, Draft, Unit, View};
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "name-mangled",
    category: "Accuracy/Entity",
    doc: Doc {
        what: "A Latin name in the Chinese that is nowhere in the English article, or that is written there with other \
               letters' case. The nearest name of the original is suggested.",
        why: "Readers cannot look up a name that does not exist, and a name that became a word says something false.",
        known_problems: "A name that the translator added from knowledge counts as mangled unless it is a usual \
                         abbreviation. Of a name that was replaced by another name of the article `name-extra` tells.",
        example: "en: Attackers deploy the Quillsnatch stealer through iMirror.\nzh: 攻击者通过imirror部署quill \
                  natch窃取程序。\nquill natch: nowhere in the original; nearest: Quillsnatch (major). imirror: iMirror \
                  (minor).",
    },
    fidelity: true,
    run,
};

/// Abbreviations and words of the trade that a translator may add or write for the English long form.
const USUAL: &str = "ai api app apt apk app atm av aws b2b bios bug byovd c2 cdn ceo cfo ciso cio coo cto cpu cve cvss cwe \
ddos dll dns dos edr eol ftp gb gbps ghz gpu gps gdpr gui hr http https iaas iab id idc ide idp ids imei ioc ioc ios iot \
ip ips isp it json kb kbps kev lan lnk ldap linux llm mac maas mac mb mbps mfa mhz mitm ml msp mssp nas nat nfc nft nvd \
ntlm ocr os ot otp p2p pc pdf phaas phi pii pin plc poc pos powershell pr python qq qr raas ram rat rce rdp rfid rmm rom \
root rpc saas sdk sd seo shell siem sim smb sms soar soc spf sql sqli ssh ssid ssl sso ssn ssrf svg tb tbps tcp tls token \
tor ttp ttps txt u2f uac udp uefi ui url usb utc uac vlan vm vnc vpn vps vs waf wan web wifi windows word ppt \
excel xml xss xdr zip 2fa 3d 4g 5g id key hash html css js java log bps hz khz mm cm km kg usd eur gbp btc eth nas pro max \
vip ok no top cookie cookies dlp pam iam casb sase ztna xz";

/// No bead that somebody wrote has more such names: one that has is not looked at to its end.
const MOST: usize = 64;

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let Some(names) = view.names.units.get(number) else { continue };
        let before = drafts.len();
        for run in &names.zh.runs {
            if drafts.len() - before > MOST {
                break;
            }
            drafts.extend(unknown(view, number, unit, run));
            drafts.extend(case::drafts(&view.names.english, number, unit, run));
        }
    }
    drafts
}

/// Findings for the words of a run that the English does not have, neighbours together.
fn unknown(view: &View<'_>, number: usize, unit: &Unit, run: &Run) -> Vec<Draft> {
    let whole: String = run.tokens.iter().map(|token| token.key.as_str()).collect();
    if view.names.english.has(&whole.replace(['+', '#'], "")) {
        return Vec::new();
    }
    let mut stretches: Vec<Vec<&Token>> = Vec::new();
    let mut open = false;
    for token in &run.tokens {
        // `set .txt` is a file name with a blank in it, which is another check's.
        let is_file = unit.zh.text.get(token.range.end..).is_some_and(|rest| rest.starts_with(" ."));
        let strange = is_strange(&view.names, token) && !(is_file && token.key.len() < 5);
        match stretches.last_mut() {
            Some(stretch) if strange && open => stretch.push(token),
            _ if strange => stretches.push(vec![token]),
            _ => {}
        }
        open = strange;
    }
    stretches.iter().filter_map(|stretch| draft(view, number, unit, run, stretch)).collect()
}

/// Whether a Latin word has nothing in the article to come from.
fn is_strange(names: &Names, token: &Token) -> bool {
    let key = token.key.trim_end_matches(['+', '#']);
    let letters = key.trim_matches(|c: char| c.is_ascii_digit());
    let known = |key: &str| names.english.has(key) || USUAL.split_whitespace().any(|usual| usual == key);
    // Three small letters are the initials of some words or other.
    let short =
        |key: &str| matches!(token.shape, Shape::Acronym | Shape::Mixed) && names.english.abbreviates(key);
    let singular = |key: &str| key.strip_suffix('s').is_some_and(|single| known(single) || short(single));
    if letters.len() < 2 || token.technical || known(key) || known(letters) || short(key) || singular(key) {
        return false;
    }
    !Exonyms::builtin().of(key).any(|row| names.english.has(&row.zh.to_lowercase()))
}

fn draft(view: &View<'_>, number: usize, unit: &Unit, run: &Run, stretch: &[&Token]) -> Option<Draft> {
    let range = stretch.first()?.range.start..stretch.last()?.range.end;
    let (range, text) = with_neighbours(view, unit, run, range)?;
    let lexicon = view.tools.lexicon;
    let names = view.names.units.get(number)?;
    let absent = names.en.iter().filter(|m| {
        !matches!(view.names.standing(number, m, &view.units, lexicon), Standing::Here | Standing::Literal(_))
    });
    let absent: Vec<_> = absent.collect();
    let near = nearest::find(view, number, text);
    let is_word = stretch.iter().all(|token| is_general(&token.key, lexicon));
    let replaced = absent.iter().find(|m| m.strong);
    let (severity, original) = match (&near, replaced) {
        (Some(near), _) if is_slip(near, text) => (Severity::Minor, Some(near.clone())),
        (Some(near), _) => (Severity::Major, Some(near.clone())),
        (None, Some(mention)) if is_word => (Severity::Critical, Some(mention.text.clone())),
        (None, Some(mention)) => (Severity::Major, Some(mention.text.clone())),
        (None, None) => (Severity::Minor, None),
    };
    let confidence = if original.is_some() { 0.95 } else { 0.5 };
    let draft = Draft::new(number, severity, message(text, original.as_deref())).zh(range);
    let draft = mark(draft, unit, original.as_deref()).confidence(confidence).cause(text.to_lowercase());
    Some(match original {
        Some(original) => draft.suggest(original),
        None => draft,
    })
}

/// The stretch with the words of its run beside it, if a name of the article looks like all of it.
fn with_neighbours<'u>(
    view: &View<'_>,
    unit: &'u Unit,
    run: &Run,
    range: Range<usize>,
) -> Option<(Range<usize>, &'u str)> {
    let first = run.tokens.iter().rev().find(|token| token.range.end < range.start);
    let wide = first.map(|token| token.range.start..range.end).filter(|wide| {
        let text = unit.zh.text.get(wide.clone()).unwrap_or_default();
        let alike = view.names.units.iter().flat_map(|names| &names.en).any(|m| is_slip(&m.text, text));
        !text.contains(" .") && alike
    });
    let range = wide.unwrap_or(range);
    Some((range.clone(), unit.zh.text.get(range)?))
}

/// Whether a name lost or won a single letter at its end, and can still be found.
fn is_slip(near: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    let near = near.to_lowercase();
    text.len() >= 6
        && text.len().abs_diff(near.len()) == 1
        && (near.starts_with(&text) || text.starts_with(&near))
}

/// Marks the original's name in the English.
pub(super) fn mark(draft: Draft, unit: &Unit, original: Option<&str>) -> Draft {
    match original.and_then(|original| find(&unit.en.text, original)) {
        Some(range) => draft.en(range),
        None => draft,
    }
}

fn find(text: &str, name: &str) -> Option<Range<usize>> {
    text.find(name).map(|at| at..at + name.len())
}

fn message(text: &str, original: Option<&str>) -> Message {
    match original {
        Some(original) => Message::new(
            format!("“{text}” is nowhere in the original, which says “{original}”."),
            format!("“{text}”在原文中不存在，原文为“{original}”。"),
        ),
        None => {
            Message::new(format!("“{text}” is nowhere in the original."), format!("“{text}”在原文中不存在。"))
        }
    }
}
