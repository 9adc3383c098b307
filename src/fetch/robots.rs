//! robots.txt (RFC 9309): what a site does not want to be asked for.

use std::fmt;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// The name that a site can address us by.
pub const PRODUCT: &str = "duizhao";

/// The most of a robots.txt that is read; the standard asks for at least 500 KiB (2.5).
const MOST_BYTES: usize = 500 << 10;

/// How long it holds (2.4).
pub(super) const LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// The most redirects on the way to it (2.3.1.2).
pub(super) const MOST_HOPS: usize = 5;

/// What a site's robots.txt says to us.
pub(super) enum Rules {
    /// There is none, or it is refused to us, which allows everything (2.3.1.3).
    Everything,
    /// It cannot be had, for this reason, which forbids everything (2.3.1.4).
    Nothing(String),
    /// These rules hold.
    Said(Box<Robot>),
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Everything => "Everything",
            Self::Nothing(_) => "Nothing",
            Self::Said(_) => "Said",
        })
    }
}

impl Rules {
    /// Reads a robots.txt.
    pub fn parse(text: &[u8]) -> Self {
        let mut text = text.get(..MOST_BYTES).unwrap_or(text);
        if text.len() == MOST_BYTES {
            // The last line may be cut in half, and half a rule is another rule.
            let whole = text.iter().rposition(|&b| b == b'\n').unwrap_or_default();
            text = text.get(..whole).unwrap_or_default();
        }
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        match Robot::new(PRODUCT, text) {
            Ok(robot) => Self::Said(Box::new(robot)),
            Err(error) => Self::Nothing(format!("it cannot be understood: {error}")),
        }
    }

    /// Whether `url` may be asked for.
    pub fn allow(&self, url: &Url) -> bool {
        match self {
            Self::Everything => true,
            Self::Nothing(_) => false,
            Self::Said(robot) => robot.allowed(url.as_str()),
        }
    }

    /// The time between two requests that the site asks for.
    pub fn crawl_delay(&self) -> Option<Duration> {
        let Self::Said(robot) = self else { return None };
        Duration::try_from_secs_f32(robot.delay?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allows(text: &str, path: &str) -> bool {
        Rules::parse(text.as_bytes()).allow(&Url::parse(&format!("https://a.example{path}")).unwrap())
    }

    #[test]
    fn the_longest_rule_of_our_own_group_holds() {
        let text =
            "User-agent: *\nDisallow: /\n\nUser-agent: Duizhao\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 7";
        assert!(allows(text, "/x") && !allows(text, "/a/c") && allows(text, "/a/b"));
        assert_eq!(Rules::parse(text.as_bytes()).crawl_delay(), Some(Duration::from_secs(7)));
        assert!(!allows("user-agent: *\ndisallow: /*.php", "/x/y.php?z"));
        assert!(allows("", "/") && allows("<html>junk</html>", "/"));
    }

    #[test]
    fn delays_that_are_no_time_are_passed_over() {
        for delay in ["-1", "nan", "inf", "1e30"] {
            let text = format!("User-agent: *\nCrawl-delay: {delay}\nDisallow: /x");
            assert_eq!(Rules::parse(text.as_bytes()).crawl_delay(), None, "{delay}");
        }
    }

    #[test]
    fn half_a_rule_at_the_limit_is_no_rule() {
        let mut text = "User-agent: *\n".to_owned();
        while text.len() + 100 < MOST_BYTES {
            text += "Disallow: /private/of-some-length/\n";
        }
        text += &"#".repeat(MOST_BYTES - text.len() - 18);
        text += "\nDisallow: /public-but-for/this";
        assert_eq!(text.get(..MOST_BYTES).map(|t| t.ends_with("Disallow: /public")), Some(true));
        assert!(!allows(&text, "/private/of-some-length/x") && allows(&text, "/public"));
    }

    proptest! {
        #[test]
        fn junk_never_panics(text in "(User-agent: \\*\n|Disallow: |Allow: |\\*|\\$|/|%|\n|\\PC){0,40}", path in "(/|\\*|%|\\?|[a-z漏]){0,9}") {
            let _ = allows(&text, &format!("/{path}"));
        }
    }
}
