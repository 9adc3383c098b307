#!/usr/bin/env python3
"""Makes an aligned.jsonl of invented beads, to time `duizhao corpus` over.

  python3 benches/many_beads.py OUT.jsonl 2000000

Forty beads an article; one bead in twenty says again, word for word or nearly, what one before it said. The same
number gives the same bytes.
"""
import hashlib
import json
import random
import sys

ZH = (
    "攻击者 研究人员 该公司 恶意软件 漏洞 窃取 披露 修复 数据 用户 服务器 "
    "周二 利用 发布 影响 金融机构 勒索 组织 网络 密码 设备 更新"
).split()
EN = (
    "attackers researchers company malware flaw stole disclosed fixed data users server Tuesday exploited released "
    "affects banks ransom group network passwords devices update the of and to in for with that was said"
).split()
SYLLABLES = ["ka", "ro", "mi", "ten", "lo", "vas", "ne", "dor", "qui", "sel", "bra", "un"]


def name(dice):
    return "".join(dice.choices(SYLLABLES, k=3)).capitalize()


def texts(dice):
    """A Chinese and an English sentence with the same names and the same number; of nobody's making."""
    names, number = [name(dice) for _ in range(2)], dice.randint(2, 9999)
    zh = [*dice.choices(ZH, k=dice.randint(6, 16)), names[0], "的", str(number), "名", *dice.choices(ZH, k=4), names[1]]
    en = [*dice.choices(EN, k=dice.randint(10, 24)), names[0], str(number), *dice.choices(EN, k=6), names[1]]
    return "".join(zh) + "。", " ".join(en) + "."


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def spans(text, ends):
    """Where a sentence stands, a blank behind the one before it, of which `ends` has the end."""
    start = ends[-1] + 1 if ends else 0
    ends.append(start + len(text.encode()))
    return [[start, ends[-1]]]


def bead(article, number, zh, en, ends, dice):
    pair = f"zh/{article}.md+en/{article}.html"
    day = f"20{31 + article % 5}-{1 + article % 12:02}-{1 + article % 28:02}"
    return {
        "id": f"{pair}#{number}", "pair": pair,
        "zh_url": f"https://zh.example/posts/{article}", "en_url": f"https://en.example/news/{article}",
        "zh_file": f"zh/{article}.md", "en_file": f"en/{article}.html",
        "zh": [zh], "en": [en], "zh_index": [number], "en_index": [number],
        "zh_span": spans(zh, ends[0]), "en_span": spans(en, ends[1]),
        "zh_paragraph": [number], "en_paragraph": [number], "zh_kind": ["body"], "en_kind": ["body"],
        "zh_published": day, "en_published": day, "zh_retrieved": day, "en_retrieved": day,
        "orig_lang": "en", "zh_lang": "zh-Hans", "en_lang": "en", "translator": f"译者{article % 40}", "author": None,
        "licence": "unknown", "zh_tdm": None, "en_tdm": None, "zh_page_sha256": digest(zh), "en_page_sha256": digest(en),
        "relation": "translation",
        "confidence": round(1 - dice.random() ** 4, 4),
        "signals": {"length": 0.4121, "lexicon": 3.1022, "numbers": 0.9011, "position": 0.2213}, "findings": [],
    }  # fmt: skip


def main():
    path, count = sys.argv[1], int(sys.argv[2])
    dice, recent = random.Random(count), []
    with open(path, "w", encoding="utf8") as file:
        for n in range(count):
            zh, en = texts(dice)
            if recent and dice.random() < 0.05:
                zh, en = dice.choice(recent)
                if dice.random() < 0.5:
                    zh, en = zh.replace("。", "了。"), en.replace(".", " again.")
            recent = [*recent[-999:], (zh, en)] if n % 50 == 0 else recent
            ends = ([], []) if n % 40 == 0 else ends
            file.write(json.dumps(bead(n // 40, n % 40, zh, en, ends, dice), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
