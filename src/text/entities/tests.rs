//! Entities as tabled, and what must hold for any text.

use super::*;
use proptest::prelude::*;

/// A kind and value a found entity, `!` for a broken one, `~` for a defanged one.
fn shown(text: &str) -> Vec<String> {
    let mark = |form| match form {
        Form::Plain => "",
        Form::Defanged => "~",
        Form::Broken => "!",
    };
    entities(text).iter().map(|e| format!("{:?} {}{}", e.kind, e.value, mark(e.form))).collect()
}

#[test]
fn entities_are_found_in_both_languages() {
    for (text, expected) in [
        ("漏洞编号为CVE-2031-12345，评分9.8", &["Cve CVE-2031-12345"][..]),
        (
            "tracked as CVE‑2031‑4242 and GHSA-ab12-cd34-ef56.",
            &["Cve CVE-2031-4242", "Advisory GHSA-AB12-CD34-EF56"],
        ),
        (
            "技术编号T1059.001，补丁KB5031234、MS27-010",
            &["Mitre T1059.001", "Kb KB5031234", "Advisory MS27-010"],
        ),
        ("位于hxxp://203.0.113[.]14:8080的服务器", &["Url 203.0.113.14:8080~"]),
        ("连接到203.0.113[.]14:8080。", &["Ip 203.0.113.14:8080~"]),
        ("see https://Vexmoor.example.com/Path_a/.", &["Url vexmoor.example.com/Path_a"]),
        ("通过vexmoor[.]com和Zolto(dot)net传播", &["Domain vexmoor.com~", "Domain zolto.net~"]),
        (
            "vexmoor{.}org, vexmoor[dot]icu, vexmoor(.)cc",
            &["Domain vexmoor.org~", "Domain vexmoor.icu~", "Domain vexmoor.cc~"],
        ),
        ("hxxps[:]//cdn.vexmoor[.]xyz/a", &["Url cdn.vexmoor.xyz/a~"]),
        ("ｖｅｘｍｏｏｒ．ｃｏｍ", &["Domain vexmoor.com"]),
        (r"vexmoor\.com 与 vex\_moor.exe", &["Domain vexmoor.com", "File vex_moor.exe"]),
        (
            "vexmoor[。com、vexmoor[.com、vexmoor[。]com",
            &["Domain vexmoor.com!", "Domain vexmoor.com!", "Domain vexmoor.com!"],
        ),
        ("运行setup。exe后", &["File setup.exe!"]),
        ("文件为invoice.mp4.exe，扩展名为.vexm", &["File invoice.mp4.exe", "Extension .vexm"]),
        (
            r"写入C:\Users\Public\a.dll并修改HKCU\Software\Vexmoor",
            &[r"Path c:\users\public\a.dll", r"Registry hkcu\software\vexmoor"],
        ),
        (r"in %APPDATA%\Vexmoor and /etc/passwd", &[r"Path %appdata%\vexmoor", "Path /etc/passwd"]),
        ("Zephyr 1.3版本，1.10.2之前", &["Version 1.3", "Version 1.10.2"]),
        (
            "versions before 7.2.3, v2.0, and 11.3.4_23",
            &["Version 7.2.3", "Version 2.0", "Version 11.3.4_23"],
        ),
        ("端口8080与TCP/26256、443端口", &["Port 8080", "Port 26256", "Port 443"]),
        ("联系ir@vexmoor[.]com。", &["Email ir@vexmoor.com~"]),
        ("d41d8cd98f00b204e9800998ecf8427e", &["Hash d41d8cd98f00b204e9800998ecf8427e"]),
        ("2031.07.29发布", &["Date 2031.07.29"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn running_text_is_none() {
    for text in [
        "It stole $2.8 million, i.e. 47.5% of 1,234.",
        "The attack.This followed e.g. Tuesday.",
        "基于.NET的窃取程序，ASP.NET",
        "评分为9.8分，速度5.8 Tbps，约1.5TB。",
        "CVSS 9.8, and/or, 24/7, U.S. and U.K.",
        "攻击了Windows。Linux用户不受影响。",
        "the (unlikely) case; [see note] at 3.5 hours",
        "增长1.5倍，共2.5亿元",
    ] {
        assert_eq!(shown(text), [""; 0], "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_well_formed_entities(text in any::<String>()) {
        well_formed(&text)?;
    }

    #[test]
    fn any_mixture_of_parts_gives_well_formed_entities(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..20)
    ) {
        well_formed(&parts.concat())?;
    }

    #[test]
    fn defanging_changes_no_value(name in "[a-z]{3,9}", style in 0usize..5) {
        let dot = ["[.]", "(.)", "{.}", "[dot]", "."][style];
        for text in [format!("域名{name}{dot}com被封"), format!("The {name}{dot}com domain")] {
            let found = entities(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(&found[0].value, &format!("{name}.com"));
            prop_assert_eq!(found[0].span.slice(&text), format!("{name}{dot}com"));
        }
    }
}

/// Whether entities stand in order, apart, on character boundaries.
fn well_formed(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for entity in entities(text) {
        prop_assert!(entity.span.start() >= end, "{:?}", text);
        prop_assert!(!entity.span.slice(text).is_empty(), "{:?} {:?}", text, entity);
        prop_assert!(!entity.value.is_empty(), "{:?}", text);
        end = entity.span.end();
    }
    Ok(())
}

const PARTS: &[&str] = &[
    "evil", "[.]", "[。", "。", ".", "com", "exe", "hxxp", "://", "/", "\\", "C:", "%TEMP%", "1", "2031",
    "255", "CVE-", "-", "@", "v", "版本", " ", "（", "）", "[", "]", "(dot)", "T1059", "HKLM", "端口",
    "port ", "漏洞", "\\_", "．", "é", "🦀",
];

#[test]
fn long_texts_are_read_in_one_pass() {
    for part in [
        "a.",
        "[.]",
        "evil[.]com ",
        "1.",
        "/a",
        "\\a",
        "%a%",
        "a@",
        "hxxp://",
        "v1.",
        "CVE-",
        "a。",
        "0:",
        "-",
    ] {
        let text = part.repeat(60_000 / part.len());
        let started = std::time::Instant::now();
        entities(&text);
        assert!(started.elapsed().as_secs() < 10, "{part}");
    }
}
