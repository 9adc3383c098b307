//! Host and file names that machine translation broke with a Chinese full stop: `evil。com`, `payload。exe`.

/// Whether the full stop between `before` and `after` stands inside a host name, a file name or an address.
///
/// Letters on both sides are not enough: `…攻击了Windows。Linux用户…` is two sentences. What follows has to be a known
/// ending, or the next label but one has to be (`mail。evil。com`), or the whole has to be four octets.
pub(super) fn splits_name(before: &str, after: &str) -> bool {
    let first = label(after);
    if first.is_empty() {
        return false;
    }
    let behind_latin = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    let rest = after.get(first.len()..).unwrap_or("").trim_start_matches(['[', ']', '\\']);
    let second = rest.strip_prefix('。').map_or("", label);
    UNMISTAKABLE.contains(&first)
        || (behind_latin && (is_ending(first) || is_ending(second)))
        || is_address(before, after)
}

fn label(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// How many characters of an address are looked at on each side: four octets take fewer, with every dot in brackets.
const LONGEST_ADDRESS: usize = 64;

fn is_address(before: &str, after: &str) -> bool {
    let part = |c: &char| c.is_ascii_digit() || matches!(c, '。' | '.' | '[' | ']');
    let left: usize = before.chars().rev().take(LONGEST_ADDRESS).take_while(part).map(char::len_utf8).sum();
    let right: usize = after.chars().take(LONGEST_ADDRESS).take_while(part).map(char::len_utf8).sum();
    let octets = |text: &str| {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
        numbers.map(|number| if number.len() <= 3 { 1 } else { 5 }).sum::<usize>()
    };
    let behind = after.get(..right).unwrap_or("").trim_end_matches('。');
    octets(before.get(before.len() - left..).unwrap_or("")) + octets(behind) == 4
}

fn is_ending(label: &str) -> bool {
    UNMISTAKABLE.contains(&label) || ENDINGS.contains(&label)
}

/// Endings that no sentence begins with, in small letters.
const UNMISTAKABLE: [&str; 37] = [
    "com", "net", "org", "io", "biz", "xyz", "onion", "exe", "dll", "bat", "cmd", "ps1", "vbs", "jse", "hta",
    "lnk", "msi", "rar", "7z", "apk", "so", "py", "php", "asp", "aspx", "jsp", "htm", "txt", "docx", "docm",
    "xls", "xlsx", "xlsm", "yml", "js", "conf", "tmp",
];

/// Endings that are words, too: taken for such only behind a Latin letter or a digit.
const ENDINGS: [&str; 41] = [
    "co", "info", "top", "site", "online", "shop", "club", "icu", "ru", "cn", "us", "uk", "de", "fr", "eu",
    "gov", "edu", "mil", "dev", "app", "me", "cc", "tk", "pw", "ws", "su", "cloud", "live", "link", "sys",
    "iso", "img", "zip", "jar", "sh", "html", "pdf", "doc", "json", "xml", "png",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_endings_and_addresses_are_held_together() {
        for (before, after) in [
            ("域名evil", "com被查封"),
            ("域名mail", "evil。com被查封"),
            ("运行payload", "exe后"),
            ("程序用", "net写成"),
            ("连接10.0", "0.1端口"),
            ("连接10", "0。0。1端口"),
        ] {
            assert!(splits_name(before, after), "{before}。{after}");
        }
        for (before, after) in [
            ("攻击了Windows", "Linux用户不受影响"),
            ("攻击了Windows", "netcat是一种工具"),
            ("漏洞编号为CVE-2030-1", "2030年"),
            ("版本为5.6", "2024年"),
            ("漏洞", "攻击者"),
            ("漏洞", ""),
        ] {
            assert!(!splits_name(before, after), "{before}。{after}");
        }
    }

    #[test]
    fn a_run_of_digits_without_end_is_looked_at_only_nearby() {
        let run = "1111。".repeat(200_000);
        let stops: Vec<usize> = run.match_indices('。').map(|(at, _)| at).collect();
        let splits = |&&at: &&usize| splits_name(&run[..at], &run[at + '。'.len_utf8()..]);
        assert_eq!(stops.iter().filter(splits).count(), 0);
        assert!(splits_name("连接10", "0。0。1。") && !splits_name("连接10", &"0。0。1。".repeat(100)));
    }
}
