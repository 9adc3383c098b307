"""Stand-off lines: what `aligned.jsonl` has beside its texts, and hashes of these; `duizhao corpus restore` does the rest."""

import hashlib
import json

from case import reads, same

TEXTS = ("zh", "en", "findings")


def sha256(text):
    return hashlib.sha256(text.encode("utf8")).hexdigest()


def lines(path):
    with open(path, encoding="utf8", newline="\n") as file:
        return [line.rstrip("\n") for line in file]


@reads("standoff", "hashlib")
def standoff(case):
    # Findings come last in a line; a quotation mark within them is escaped.
    bare = [line[: line.rindex('"findings":[')] + '"findings":[]}' for line in lines(case.aligned)]
    want = [
        {key: value for key, value in row.items() if key not in TEXTS}
        | {f"{lang}_sha256": [sha256(text) for text in row[lang]] for lang in ("zh", "en")}
        | {"standoff": 1, "line_sha256": sha256(line)}
        for row, line in zip(case.rows, bare)
    ]
    return same([json.loads(line) for line in lines(case.export("standoff"))], want)
