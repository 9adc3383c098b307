//! What to look for in a translation: options over what the settings say.

use clap::ValueEnum;
use duizhao::error::{Error, Result};
use duizhao::model::Severity;
use duizhao::qa::{self, Config, Profile};

/// What to look for.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "What to look for")]
pub struct QaOptions {
    /// Run these checks only, with commas between them (`duizhao qa --list` prints them all)
    #[arg(long, value_name = "CHECKS", value_delimiter = ',')]
    pub checks: Vec<String>,
    /// Do not run these checks
    #[arg(long, value_name = "CHECKS", value_delimiter = ',')]
    pub skip: Vec<String>,
    /// What is taken for granted [default: as the settings say, else house-style]
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub profile: Option<ProfileName>,
    /// Leave out findings of less severity
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub min_severity: Option<SeverityName>,
    /// Leave out findings of less confidence, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub min_confidence: Option<f32>,
    /// End with exit code 1 if there is a finding of at least this severity
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<SeverityName>,
}

impl QaOptions {
    /// Puts the options over a configuration.
    ///
    /// # Errors
    /// A name that is no check's.
    pub fn apply(&self, config: &mut Config) -> Result<()> {
        if let Some(name) = self.checks.iter().chain(&self.skip).find(|name| qa::check(name).is_none()) {
            return Err(Error::usage(format!("there is no check `{name}`"))
                .remedy("`duizhao qa --list` prints them all"));
        }
        config.select(&self.checks, &self.skip);
        if let Some(profile) = self.profile {
            config.profile = profile.into();
        }
        if let Some(least) = self.min_severity {
            config.min_severity = least.into();
        }
        if let Some(least) = self.min_confidence {
            config.min_confidence = least;
        }
        Ok(())
    }

    /// The severity from which on findings fail the run.
    pub fn failing(&self) -> Option<Severity> {
        self.fail_on.map(Severity::from)
    }
}

fn share(text: &str) -> std::result::Result<f32, String> {
    let share = text.parse::<f32>().map_err(|e| e.to_string())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("it is not between 0 and 1".to_owned()) }
}

/// The profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// What security media do on purpose is no fault
    HouseStyle,
    /// Whatever differs is a fault
    Strict,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::HouseStyle => Self::HouseStyle,
            ProfileName::Strict => Self::Strict,
        }
    }
}

/// How grave findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SeverityName {
    /// Worth knowing
    Info,
    /// Small
    Minor,
    /// Changes what is said
    Major,
    /// Makes a claim false, or an indicator unusable
    Critical,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Info => Self::Info,
            SeverityName::Minor => Self::Minor,
            SeverityName::Major => Self::Major,
            SeverityName::Critical => Self::Critical,
        }
    }
}

/// The languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UiLang {
    /// English
    En,
    /// Chinese
    Zh,
}
