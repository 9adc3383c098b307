//! Which findings a change brought.

use super::edit::Edited;
use crate::model::{ArticlePair, Finding, Span};

/// The findings that the article had not before: of another check, at another place, or graver.
pub(super) fn fresh<'f>(
    pair: &ArticlePair,
    before: &[Finding],
    edited: &Edited,
    after: &'f [Finding],
) -> Vec<&'f Finding> {
    let (old, new) = (&pair.documents.zh.article.text, &edited.pair.documents.zh.article.text);
    let same_place = |was: &Finding, is: &Finding| {
        let (was, is) = (&was.spans.zh, &is.spans.zh);
        was.len() == is.len() && was.iter().zip(is).all(|(was, is)| same(edited, (old, *was), (new, *is)))
    };
    let is_known = |is: &Finding| {
        before.iter().any(|was| {
            was.check == is.check
                && was.severity >= is.severity
                && was.spans.en == is.spans.en
                && same_place(was, is)
        })
    };
    after.iter().filter(|finding| !is_known(finding)).collect()
}

/// Whether a span of the text as it was and one of the changed text are the same; inside of what changed, the same words.
fn same(edited: &Edited, was: (&str, Span), is: (&str, Span)) -> bool {
    match edited.splice.back(is.1) {
        Some(span) => span == was.1,
        None => {
            let inside = edited.splice.start <= was.1.start() && was.1.end() <= edited.splice.end;
            inside && was.1.slice(was.0) == is.1.slice(is.0)
        }
    }
}
