"""Articles in which every sentence is one that a format could stumble over."""

import itertools
import json
import pathlib

from case import tool

# Put into sentences one after the other, so that each stands on both sides and in beads of every kind.
TEXTS = [
    "控制\x01符\x07\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x80\x9f here",
    "NUL\x00 in 文中\x00",
    "\x00\x01\x02",
    "]]> <![CDATA[ <b>x</b> &amp; &#0; <!-- --> <?php ?>",
    "=cmd|' /C calc'!A0",
    "+1 @SUM(A1) -2",
    "'=1+1",
    " \t=HYPERLINK(\"x\")",
    "tab\there\t\ttwice",
    "line\nfeed\r\nboth\rcarriage",
    "next\x85line\u2028line separator\u2029paragraph separator",
    "bidi \u202eright to left\u202c \u2066isolate\u2069 \u200fmark\u200e \u061c",
    "𠮷野家 𪚥 𮯠 astral",
    "😀 👩‍👩‍👧‍👦 🇨🇳 emoji ☎️",
    "\ufeffbyte order mark\ufeff",
    "\u3000full-width blank\u3000",
    "noncharacters \ufffe\uffff\U0001fffe and \ufffd",
    "quotes \" \"\" ' '' “ ” ‘ ’ \\ \\n \\t \\u0000",
    "~~~ tildes ~~~~ ||| pipes <v>marked</v> <cp hex=\"0041\"/>",
    "NA", "null", "nan", "None", "#N/A", "TRUE", "1e5", "0012", "2031-07-10", "_x0041_ _x000D_",
    "%s {0} $HOME `id` ; DROP TABLE", "C:\\dir\\file", "http://a.example/?a=1&b=<2>#x",
    "e\u0301 é combining \u0300", "zero\u200bwidth\u200c\u200d\u2060joiners", "\xa0no-break\u202f",
]
# One bead's. Nothing in it is there twice in a row: each of that would be a finding, with the whole text beside it.
LONG = {"zh": "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(100_000)),
        "en": " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)}x" for n in range(20_000))}

NAMES = "zh/=a  \t\"b\"\n&<c>]]>\x01\u2028#1.md", "en/文\u202e 𠮷 `x` --- '+@.html"
ADDRESSES = "=HYPERLINK(\"x\")\t\r\n&<y>]]>\x00", "https://news.example/?a=1&b=\"<c>\"\n\t文\u2028"


def make(program, run, out):
    """A run's folder whose articles are those of another one with other sentences, and the findings that those have."""
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in open(pathlib.Path(run) / "aligned.jsonl", encoding="utf8", newline="\n")]
    texts, known = itertools.cycle(TEXTS), {}
    longest = next(row for row in rows if row["relation"] == "translation")
    for row, lang in itertools.product(rows, ("zh", "en")):
        # A sentence that belongs to several beads is the same in all of them.
        places = [(row["pair"], lang, n) for n in row[lang + "_index"]]
        row[lang] = [known.setdefault(at, LONG[lang] if row is longest else next(texts)) for at in places]
        row["findings"] = []
    for lang in ("zh", "en"):
        place(rows, lang)
    pair = longest["pair"]
    for row in rows:
        if row["pair"] == pair:
            name(row)
    raw = out / "raw.jsonl"
    write(raw, rows)
    tool(program, "qa", raw, "--quiet", "--out", out)
    aligned = out / "aligned.jsonl"
    aligned.write_text(tool(program, "qa", raw, "--quiet", "--format", "jsonl"), encoding="utf8", newline="\n")
    return out


def name(row):
    """Gives a bead an article with a hostile name and hostile addresses."""
    row["zh_file"], row["en_file"] = NAMES
    row["pair"] = "+".join(NAMES)
    row["id"] = f"{row['pair']}#{row['id'].rsplit('#', 1)[1]}"
    row["zh_url"], row["en_url"] = ADDRESSES


def place(rows, lang):
    """Gives every sentence the place where it now stands in its article."""
    sizes = {}
    for row in rows:
        for n, text in zip(row[lang + "_index"], row[lang]):
            sizes.setdefault(row["pair"], {})[n] = len(text.encode())
    starts = {}
    for pair, numbered in sizes.items():
        at = 0
        for n in sorted(numbered):
            starts[pair, n] = at
            at += numbered[n] + 2
    for row in rows:
        places = ((starts[row["pair"], n], text) for n, text in zip(row[lang + "_index"], row[lang]))
        row[lang + "_span"] = [[at, at + len(text.encode())] for at, text in places]


def write(path, rows):
    with open(path, "w", encoding="utf8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
