//! `duizhao extract`: what was understood of pages.

use super::args::ExtractArgs;
use super::settings::with_input;
use super::{Done, io};
use duizhao::error::Result;
use duizhao::ingest;
use duizhao::model::{Article, Notice};
use duizhao::pipeline::{self, Settings, Silent, Understood};
use serde_json::{Value, json};

/// Runs it.
pub fn run(args: &ExtractArgs, settings: &Settings) -> Result<Done> {
    let settings = with_input(settings.clone(), &args.input, None);
    let listed = ingest::list(&args.input.inputs, &settings.ingest)?;
    let mut failed = listed.notices.iter().any(Notice::is_failure);
    for notice in &listed.notices {
        write(&refused(notice))?;
    }
    pipeline::read_all(&listed.output, &settings, &Silent, |reading| match reading {
        Ok(understood) => write(&shown(&understood)),
        Err(notice) => {
            failed |= notice.is_failure();
            write(&refused(&notice))
        }
    })?;
    Ok(if failed { Done::InputsFailed } else { Done::Well })
}

fn write(value: &Value) -> Result<()> {
    io::write(format!("{value}\n").as_bytes())
}

fn shown(understood: &Understood) -> Value {
    let article: &Article = &understood.document.article;
    let paragraphs: Vec<Value> = article
        .paragraphs
        .iter()
        .map(|p| json!({ "kind": p.kind, "text": article.paragraph_text(p), "span": p.span, "source": p.source }))
        .collect();
    json!({
        "file": article.id,
        "site": article.site,
        "lang": article.lang,
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "author": article.author,
        "published": article.published,
        "cites": article.cites,
        "paragraphs": paragraphs,
        "notices": understood.notices,
    })
}

/// A page without an article: the same fields, empty, and the reason.
fn refused(notice: &Notice) -> Value {
    json!({
        "file": notice.input,
        "site": null,
        "lang": null,
        "url": null,
        "title": null,
        "lead": null,
        "author": null,
        "published": null,
        "cites": [],
        "paragraphs": [],
        "notices": [notice],
    })
}
