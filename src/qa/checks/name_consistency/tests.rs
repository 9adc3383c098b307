//! What is told as inconsistent, and what is not.

use super::*;
use crate::model::Severity;
use crate::qa::testing::drafts_of;

fn found(rows: &[(&str, &str)]) -> Vec<(usize, String, Severity)> {
    let marked = |d: Draft| (d.unit, rows[d.unit].0[d.zh[0].clone()].to_owned(), d.severity);
    drafts_of(&CHECK, rows).into_iter().map(marked).collect()
}

#[test]
fn names_kept_here_and_translated_there() {
    let rows = [
        ("Silent Forest团伙活跃。", "The Silent Forest gang is active."),
        ("沉默的森林发动攻击。", "An attack by Silent Forest began."),
    ];
    assert_eq!(found(&rows), [(1, "沉默的森林".to_owned(), Severity::Major)]);
}

#[test]
fn a_speaker_that_became_words() {
    let rows =
        [("据报告，", "Red Lantern says it is active."), ("红色灯笼的报告", "A report by Red Lantern")];
    assert_eq!(found(&rows).len(), 1);
}

#[test]
fn half_translated() {
    let rows = [("在谷歌Wallet中", "It is in Google Wallet.")];
    assert_eq!(found(&rows), [(0, "谷歌Wallet".to_owned(), Severity::Minor)]);
    let rows = [
        ("Brasswater Security表示", "Brasswater Security says so."),
        ("Brasswater安全团伙", "It is the gang of Brasswater Security."),
    ];
    assert_eq!(found(&rows), [(1, "Brasswater安全".to_owned(), Severity::Minor)]);
}

#[test]
fn titles_with_two_names() {
    let rows = [
        ("《我的世界》玩家", "Minecraft players"),
        ("我的世界账户", "accounts of Minecraft"),
        ("Minecraft模组", "mods for Minecraft"),
    ];
    assert_eq!(found(&rows), [(2, "Minecraft".to_owned(), Severity::Minor)]);
}

#[test]
fn terms_with_two_renderings() {
    let rows = [
        ("窃取凭证", "steals credentials"),
        ("泄露的凭证", "leaked credentials"),
        ("凭据被盗", "stolen credentials"),
    ];
    assert_eq!(found(&rows), [(2, "凭据".to_owned(), Severity::Minor)]);
}

#[test]
fn what_is_consistent() {
    for rows in [
        [
            ("Black Otter活跃", "The Black Otter gang"),
            ("黑水獭（Black Otter）发动", "An attack by Black Otter"),
        ],
        [("微软表示", "Microsoft says"), ("Microsoft修复", "Microsoft fixed")],
        [("谷歌Chrome", "Google Chrome"), ("谷歌云", "Google Cloud")],
        [("窃取凭证", "steals credentials"), ("凭据管理", "a password manager")],
        [("虚拟机管理程序", "the hypervisor"), ("虚拟机管理程序", "hypervisors")],
        [("用户被骗", "Users of Windows are misled"), ("黑色的水獭", "a black otter")],
    ] {
        assert_eq!(found(&rows), [], "{rows:?}");
    }
}
