//! Bilingual alignment of Chinese security news with the English originals it was translated from.
//!
//! 0. `fetch` (a feature) gets pages from the web, politely.
//! 1. [`ingest`]: files, folders and archives become [`model::Page`]s.
//! 2. [`extract`]: a page becomes an [`model::Article`]: title, lead, paragraphs, cited sources.
//! 3. [`pair`]: a post finds its original, by citation or by content.
//! 4. [`segment`]: an article becomes a [`model::Document`] of sentences.
//! 5. [`align`](mod@align): two documents become an [`model::Alignment`] of beads.
//! 6. [`qa`]: beads are checked, and what looks wrong becomes [`model::Finding`]s.
//! 7. [`export`]: a [`model::Bitext`] becomes bytes; [`import`] reads some of them again.
//!
//! [`corpus`] makes of many such files what one can train and test on.
//!
//! [`pipeline`] does all of it, [`eval`] says how well. The stages do not know each other: each can be used alone.
//!
//! ```
//! use duizhao::align::{self, Line};
//! use duizhao::lexicon::Lexicon;
//! use duizhao::model::{Relation, Sides};
//!
//! let zh = ["攻击者窃取了500万用户的密码。", "该公司已修复漏洞。"];
//! let en = ["Attackers stole the passwords of 5 million users.", "Source: Acme", "The company has fixed the flaw."];
//! let lines = Sides::new(zh.map(Line::body).to_vec(), en.map(Line::body).to_vec());
//! let alignment = align::align(&lines, Lexicon::builtin(), &align::Config::default())?;
//!
//! let beads: Vec<_> = alignment.beads().iter().map(|b| (b.zh.clone(), b.en.clone(), b.relation)).collect();
//! assert_eq!(beads, [
//!     (vec![0], vec![0], Relation::Translation),
//!     (vec![], vec![1], Relation::Omitted),
//!     (vec![1], vec![2], Relation::Translation),
//! ]);
//! # Ok::<(), duizhao::error::Error>(())
//! ```

pub mod align;
pub mod corpus;
pub mod encoder;
pub mod error;
pub mod eval;
pub mod export;
pub mod extract;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod import;
pub mod ingest;
pub mod lexicon;
pub mod model;
pub mod pair;
pub mod pipeline;
pub mod qa;
pub mod segment;
pub mod text;
