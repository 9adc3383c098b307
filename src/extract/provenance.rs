//! What a page, or the record of its fetching, says of language, day and text and data mining.

use super::date;
use super::document::Document;
use crate::model::{Lang, Page, Provenance, RESERVATION_HEADERS, TdmReservation};
use crate::text::{han, hex};
use sha2::{Digest, Sha256};

/// Where records and front matter say when a page was fetched.
const RETRIEVED: [&str; 5] = ["fetch_date", "fetched", "retrieved", "date_retrieved", "access_date"];

/// What is known of an article's page.
pub(super) fn of(page: &Page, document: &Document, lang: Lang, text: &str) -> Provenance {
    let retrieved = RETRIEVED.iter().find_map(|key| date::find(page.front_matter.get(*key)?));
    Provenance {
        tag: Some(han::tag(lang, text).to_owned()),
        retrieved,
        tdm: reservation(page, document),
        page_sha256: Some(hex::digits(&Sha256::digest(&page.text))),
    }
}

/// The statement on text and data mining: `tdm-reservation` and `tdm-policy` of the TDM Reservation Protocol
/// (<https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/>) in the page's head, front matter or headers, else
/// `noai` among what is said to robots. Of several, one that reserves outranks one that does not.
fn reservation(page: &Page, document: &Document) -> Option<TdmReservation> {
    let stated = |key: &'static str| {
        [document.head(&[key]), page.front_matter.get(key).map(String::as_str)].into_iter().flatten()
    };
    let [reservation, policy, robots] = RESERVATION_HEADERS;
    let mut flags: Vec<&str> =
        stated(reservation).map(str::trim).filter(|flag| matches!(*flag, "0" | "1")).collect();
    flags.sort_unstable();
    if let Some(flag) = flags.last() {
        let policy = stated(policy).next().map(|policy| format!("; {}: {policy}", RESERVATION_HEADERS[1]));
        let statement = format!("{reservation}: {flag}{}", policy.unwrap_or_default());
        return Some(TdmReservation { reserved: *flag == "1", statement });
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let says_no =
        |said: &&str| said.split(|c: char| !is_word(c)).any(|word| word.eq_ignore_ascii_case("noai"));
    let no = stated("robots").chain(stated(robots)).find(says_no)?;
    Some(TdmReservation { reserved: true, statement: format!("robots: {no}") })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{Media, Origin};

    fn page(head: &str, fields: &[(&str, &str)]) -> Page {
        let fields = fields.iter().map(|&(key, value)| (key.to_owned(), value.to_owned()));
        Page {
            id: "x".to_owned(),
            origin: Origin::default(),
            media: Media::Html,
            text: format!("<html><head>{head}</head><body><p>A text.</p></body></html>"),
            body_start: 0,
            front_matter: fields.collect(),
        }
    }

    fn stated(head: &str, fields: &[(&str, &str)]) -> Option<(bool, String)> {
        let page = page(head, fields);
        let document = Document::parse(&page).unwrap();
        of(&page, &document, Lang::En, "A text.").tdm.map(|tdm| (tdm.reserved, tdm.statement))
    }

    #[test]
    fn a_reservation_is_what_page_or_answer_states() {
        let said = |reserved, statement: &str| Some((reserved, statement.to_owned()));
        let meta = |name: &str, content: &str| format!("<meta name='{name}' content='{content}'>");
        assert_eq!(stated("", &[]), None);
        assert_eq!(stated(&meta("TDM-Reservation", " 1 "), &[]), said(true, "tdm-reservation: 1"));
        assert_eq!(stated(&meta("tdm-reservation", "0"), &[]), said(false, "tdm-reservation: 0"));
        assert_eq!(stated(&meta("tdm-reservation", "perhaps"), &[]), None);
        let policy = meta("tdm-reservation", "1") + &meta("tdm-policy", "https://news.example/tdm.json");
        let with_policy = said(true, "tdm-reservation: 1; tdm-policy: https://news.example/tdm.json");
        assert_eq!(stated(&policy, &[]), with_policy);
        // The header reserves what the page leaves open.
        let both = stated(&meta("tdm-reservation", "0"), &[("tdm-reservation", "1")]);
        assert_eq!(both, said(true, "tdm-reservation: 1"));
        assert_eq!(stated(&meta("robots", "index, NoAI"), &[]), said(true, "robots: index, NoAI"));
        assert_eq!(stated("", &[("x-robots-tag", "noai, noimageai")]), said(true, "robots: noai, noimageai"));
        assert_eq!(stated(&meta("robots", "noindex, noimageai"), &[]), None);
    }

    #[test]
    fn the_day_of_fetching_the_tag_and_the_page_itself_are_kept() {
        let page = page("", &[("fetch_date", "2031-05-19T12:17:14.526122"), ("retrieved", "2030-01-01")]);
        let document = Document::parse(&page).unwrap();
        let known = of(&page, &document, Lang::Zh, "這個漏洞");
        assert_eq!(known.retrieved.as_deref(), Some("2031-05-19"));
        assert_eq!(known.tag.as_deref(), Some("zh-Hant"));
        assert_eq!(known.page_sha256, Some(hex::digits(&Sha256::digest(&page.text))));
    }
}
