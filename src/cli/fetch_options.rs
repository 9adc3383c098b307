//! What can be said on the command line about fetching, and what it comes to.

use duizhao::error::{Error, Result};
use duizhao::fetch::Config;
use duizhao::pipeline::fetch::{Listing, Want, Wanted};
use jiff::SignedDuration;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// `fetch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao fetch --feed https://www.4hou.com/feed --out pages/          # new posts, what they cite
  duizhao fetch https://www.4hou.com/posts/zAQO urls.txt --out pages/  # these posts
  duizhao fetch --follow pages/ --out pages/                           # originals still lacking
  duizhao fetch --list https://www.4hou.com/category/news --pages 20 --cites bleepingcomputer.com \\
      --since 2024-01-01 --out pages/
  duizhao fetch urls.txt --out pages/ --warc pages.warc.gz             # run reads either
  duizhao run pages/ --out corpus/

Stopped or killed, the same command goes on where it was. The folder gets a file a page and pages.jsonl, which says of \
every address what became of it. A site that shows a check for robots is left alone: open the page in a browser, save it \
into a folder, and give that folder to `duizhao run` too.")]
pub struct FetchArgs {
    /// Addresses of posts or originals, and files with an address a line
    #[arg(value_name = "URL|FILE", required_unless_present_any = ["feed", "list", "sitemap", "follow"])]
    pub urls: Vec<String>,
    /// Where posts are listed.
    #[command(flatten)]
    pub sources: Sources,
    /// Read the posts in these files and folders, and fetch the originals that are not there yet
    #[arg(long, value_name = "PAGES")]
    pub follow: Vec<PathBuf>,
    /// The folder to write; made if it does not exist, added to if it does
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write the answers, as they came over the wire, to this WARC file too (packed if it ends in .gz); pages that are there
    /// already are not in it
    #[arg(long, value_name = "FILE")]
    pub warc: Option<PathBuf>,
    /// Ask nobody; print the addresses that would be asked for first
    #[arg(long)]
    pub dry_run: bool,
    /// Write what happens to standard output, one JSON object a line
    #[arg(long)]
    pub json: bool,
    /// How to behave.
    #[command(flatten)]
    pub manners: Manners,
}

/// Where posts are listed, and which of them are wanted.
#[derive(Debug, clap::Args)]
pub struct Sources {
    /// Read this RSS or Atom feed for posts
    #[arg(long, value_name = "URL", value_parser = address)]
    pub feed: Vec<Url>,
    /// Read this listing for posts, such as a category of the site
    #[arg(long, value_name = "URL", value_parser = address)]
    pub list: Vec<Url>,
    /// Read so many pages of each --list
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub pages: u32,
    /// Read this sitemap (or index of sitemaps, packed or not) for posts
    #[arg(long, value_name = "URL", value_parser = address)]
    pub sitemap: Vec<Url>,
    /// Of posts in feeds, listings and sitemaps, take those that cite this domain; follow no other citation
    #[arg(long, value_name = "DOMAIN")]
    pub cites: Vec<String>,
    /// Of posts in feeds, listings and sitemaps, take those of this day and later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<Date>,
}

/// How servers are asked.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Manners and limits")]
pub struct Manners {
    /// Let so much time pass between two requests to a host (2s, 500ms, 0); a longer Crawl-delay of its robots.txt holds
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = time)]
    pub rate: Duration,
    /// Ask so many hosts at the same time, each by one connection
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..))]
    pub hosts: u16,
    /// Tell servers where to complain: an address of the web or of mail
    #[arg(long, value_name = "WHERE")]
    pub contact: Option<String>,
    /// Ask again for pages that are there, and take those that have changed
    #[arg(long)]
    pub refetch: bool,
    /// Ask an address at most so often before it is left
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
    pub attempts: u32,
    /// Leave a host alone after so many failures in a row
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..))]
    pub host_failures: u32,
    /// Give a request so much time from its start to its last byte
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = time)]
    pub timeout: Duration,
    /// The most bytes of a page, as received and unpacked
    #[arg(long, value_name = "BYTES", default_value_t = 10 << 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_page: u64,
    /// Ask private and loopback addresses too: for intranets and tests
    #[arg(long)]
    pub allow_private: bool,
    /// Draw the jitter of waiting times with this seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// What the options of behaviour come to.
pub fn config(manners: &Manners) -> Config {
    let default = Config::default();
    Config {
        pace: manners.rate,
        hosts: usize::from(manners.hosts),
        contact: manners.contact.clone(),
        attempts: manners.attempts,
        host_failures: manners.host_failures,
        backoff: default.backoff.min(manners.rate.max(Duration::from_millis(100))),
        max_bytes: manners.max_page,
        connect_timeout: default.connect_timeout.min(manners.timeout),
        first_byte_timeout: default.first_byte_timeout.min(manners.timeout),
        whole_timeout: manners.timeout,
        allow_private: manners.allow_private,
        refetch: manners.refetch,
        seed: manners.seed,
        ..default
    }
}

/// What is asked for.
pub fn want(args: &FetchArgs) -> Result<Want> {
    let mut urls = Vec::new();
    for given in &args.urls {
        if given.contains("://") {
            urls.push(address(given).map_err(Error::usage)?);
        } else {
            urls.extend(addresses_in(Path::new(given))?);
        }
    }
    Ok(Want { urls, follow: args.follow.clone(), ..listed(&args.sources) })
}

/// What is asked for first where posts are listed.
pub fn listed(sources: &Sources) -> Want {
    let listing = |url: &Url| Listing { url: url.clone(), pages: sources.pages };
    let domain = |given: &String| given.trim().trim_start_matches("www.").to_lowercase();
    Want {
        feeds: sources.feed.clone(),
        listings: sources.list.iter().map(listing).collect(),
        sitemaps: sources.sitemap.clone(),
        wanted: Wanted { cites: sources.cites.iter().map(domain).collect(), since: sources.since },
        ..Want::default()
    }
}

/// A file with an address a line; blank lines and those that begin with `#` are passed over.
fn addresses_in(path: &Path) -> Result<Vec<Url>> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Error::read(path, e)
            .remedy("give addresses with http:// or https://, or files with an address a line")
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1u64..);
    let meant = lines
        .map(|(line, n)| (line.trim(), n))
        .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    meant.map(|(line, n)| address(line).map_err(|e| Error::input(e).at(path).on_line(n))).collect()
}

/// An address of the web.
pub fn address(text: &str) -> std::result::Result<Url, String> {
    let url = Url::parse(text).map_err(|e| format!("{text} is no address: {e}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(format!("{text}: only http:// and https:// are fetched"));
    }
    Ok(url)
}

/// The longest time that can be asked for: a year.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// A length of time: `2s`, `500ms`, `1h`, or seconds.
pub fn time(text: &str) -> std::result::Result<Duration, String> {
    let time = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).map_err(|e| format!("{text}: {e}"))?,
        Err(_) => {
            let parsed: SignedDuration =
                text.parse().map_err(|e| format!("{text} is no time such as 2s or 1h: {e}"))?;
            Duration::try_from(parsed).map_err(|_| format!("{text} is less than nothing"))?
        }
    };
    if time > LONGEST { Err(format!("{text} is longer than a year")) } else { Ok(time) }
}

fn day(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|e| format!("{text} is no day such as 2024-01-31: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_write_them() {
        for (text, millis) in
            [("0", 0), ("2", 2000), ("2s", 2000), ("500ms", 500), ("0.5", 500), ("1h", 3_600_000)]
        {
            assert_eq!(time(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        assert!(time("-1").is_err() && time("-1s").is_err() && time("soon").is_err());
        assert!(time("inf").is_err() && time("1e18").is_err() && time("9000h").is_err());
    }

    #[test]
    fn only_the_web_is_fetched() {
        assert!(address("https://a.example/x").is_ok());
        for other in ["file:///etc/passwd", "ftp://a.example/", "a.example", "gopher://a/"] {
            assert!(address(other).is_err(), "{other}");
        }
    }
}
