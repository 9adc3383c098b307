//! The files of findings that are more than a line after the other: the report and the spreadsheet. Nothing is written
//! where the settings say not to look for faults, or without the feature `report`.

use super::output::OutputFolder;
use super::settings::Settings;
use crate::error::Result;
use crate::model::Bitext;

#[cfg(feature = "report")]
use crate::{
    export::{
        Spreadsheet,
        report::{self, Fragment, Look, Report},
    },
    model::{Assessment, Overview},
    qa::{self, score},
};

/// A file with its content.
pub struct ReportFile {
    /// Its name in the folder: `report.html`, `findings.xlsx`, or `report/0001.html`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl ReportFile {
    /// Writes it into a run's folder; gives its name, hash and length.
    pub(super) fn write_to(self, folder: &mut OutputFolder) -> Result<(String, (String, u64))> {
        let mut file = folder.file(&self.name)?;
        file.write(&self.bytes)?;
        Ok((self.name, file.close()?))
    }
}

/// Renders articles, on any thread and in any order.
#[derive(Clone, Copy)]
pub struct Renderer {
    #[cfg(feature = "report")]
    look: Look,
}

/// An article as it will stand in the report, and its figures.
#[derive(Default)]
pub struct Rendered {
    #[cfg(feature = "report")]
    parts: Option<(Fragment, Assessment)>,
}

/// The report and the spreadsheet while they are written.
#[derive(Default)]
pub struct Reports {
    #[cfg(feature = "report")]
    open: Option<Open>,
}

#[cfg(feature = "report")]
struct Open {
    report: Report,
    spreadsheet: Spreadsheet,
    overview: Overview,
    config: qa::Config,
}

#[cfg(feature = "report")]
impl Renderer {
    /// Renders article `number`, counted from 0.
    pub fn article(self, number: usize, bitext: &Bitext, settings: &Settings) -> Rendered {
        let Some(config) = &settings.qa else { return Rendered::default() };
        let assessment = score::assess(&bitext.pair, &bitext.alignment, &bitext.findings, config);
        Rendered { parts: Some((self.look.article(number, bitext, &assessment), assessment)) }
    }
}

#[cfg(feature = "report")]
impl Reports {
    /// Begins files on this number of articles, and says how these are to be rendered.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new(settings: &Settings, articles: usize) -> Result<(Self, Renderer)> {
        let look = Look::new(settings.ui_lang, articles);
        let Some(config) = settings.qa.clone() else { return Ok((Self::default(), Renderer { look })) };
        let meta = super::meta(settings);
        let open = Open {
            report: Report::new(&meta, look),
            spreadsheet: Spreadsheet::new(&meta, settings.ui_lang)?,
            overview: Overview::default(),
            config,
        };
        Ok((Self { open: Some(open) }, Renderer { look }))
    }

    /// The report under another name than `report.html`.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        self.open = self.open.map(|open| Open { report: open.report.called(name), ..open });
        self
    }

    /// Adds an article, in the order in which they are to stand; gives its page, if it has its own.
    ///
    /// # Errors
    /// If a temporary file cannot be written.
    pub fn add(&mut self, rendered: Rendered, bitext: &Bitext) -> Result<Option<ReportFile>> {
        let (Some(open), Some((fragment, assessment))) = (&mut self.open, rendered.parts) else {
            return Ok(None);
        };
        score::add(&mut open.overview, &assessment, &open.config);
        open.spreadsheet.add(bitext)?;
        Ok(open.report.add(fragment).map(|(name, bytes)| ReportFile { name, bytes }))
    }

    /// How many findings the spreadsheet has no room for.
    pub fn left_out(&self) -> u32 {
        self.open.as_ref().map_or(0, |open| open.spreadsheet.left_out())
    }

    /// The files.
    ///
    /// # Errors
    /// If temporary files cannot be written or read.
    pub fn finish(self) -> Result<Vec<ReportFile>> {
        let Some(open) = self.open else { return Ok(Vec::new()) };
        let report = open.report.finish(&open.overview);
        Ok(vec![
            ReportFile { name: report::FILE.to_owned(), bytes: report },
            ReportFile { name: "findings.xlsx".to_owned(), bytes: open.spreadsheet.finish()? },
        ])
    }
}

#[cfg(not(feature = "report"))]
impl Renderer {
    /// Nothing is rendered.
    pub fn article(self, _: usize, _: &Bitext, _: &Settings) -> Rendered {
        Rendered::default()
    }
}

#[cfg(not(feature = "report"))]
impl Reports {
    /// Nothing is begun.
    ///
    /// # Errors
    /// None.
    pub fn new(_: &Settings, _: usize) -> Result<(Self, Renderer)> {
        Ok((Self::default(), Renderer {}))
    }

    /// There is nothing to be named.
    #[must_use]
    pub fn called(self, _: &str) -> Self {
        self
    }

    /// Nothing is added.
    ///
    /// # Errors
    /// None.
    pub fn add(&mut self, _: Rendered, _: &Bitext) -> Result<Option<ReportFile>> {
        Ok(None)
    }

    /// Nothing is left out.
    pub fn left_out(&self) -> u32 {
        0
    }

    /// There are no files.
    ///
    /// # Errors
    /// None.
    pub fn finish(self) -> Result<Vec<ReportFile>> {
        Ok(Vec::new())
    }
}
