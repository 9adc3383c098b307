//! The domain types that pass between the stages: plain data, no logic beyond their invariants.

mod alignment;
mod article;
mod assessment;
mod bitext;
mod document;
mod fetched;
mod finding;
mod lang;
mod outcome;
mod page;
mod pair;
mod provenance;
mod record;
mod renderings;
mod revision;
mod sheet;
mod sides;
mod span;

pub use alignment::{Alignment, Bead, Part, Relation};
pub use article::{Article, Citation, Paragraph, ParagraphKind, Source};
pub use assessment::{Aspect, Assessment, Counts, Overview, Rule, Scorecard};
pub use bitext::Bitext;
pub use document::{Document, Sentence};
pub use fetched::{Fetched, FetchedKind, Hop, PAGES_INDEX, RESERVATION_HEADERS, charset};
pub use finding::{Finding, Message, Severity};
pub use lang::Lang;
pub use outcome::{Notice, Outcome, Stage, reason};
pub use page::{Media, Origin, Page};
pub use pair::{ArticlePair, Evidence};
pub use provenance::{Provenance, TdmReservation};
pub use record::{Record, UNKNOWN};
pub use renderings::Renderings;
pub use revision::Revision;
pub use sheet::{REVIEW_COLUMNS, SheetCell, SheetRow};
pub use sides::Sides;
pub use span::Span;
