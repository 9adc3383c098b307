"""Test sets for machine translation."""

import itertools
import json

from case import lines, reads, same, tool
from parallel import BIN


def segments(case):
    """What belongs into a test set: pairs without a grave finding, in the order of the source."""
    from changes import line, word

    found = []
    for pair, rows in case.articles().items():
        kept = [r for r in rows if r["relation"] in ("translation", "moved")]
        kept = [r for r in kept if not any(f["severity"] in ("major", "critical") for f in r["findings"])]
        for row in sorted(kept, key=lambda r: r["en_index"][0]):
            texts = line(" ".join(row["en"])), line("".join(row["zh"]))
            if all(texts):
                found.append((*texts, word(pair)))
    return found


def shape(*paths):
    """Whether files are lines for any reader: of equal number, none empty, nothing but `\\n` at the end of any."""
    counts = set()
    for path in paths:
        data = path.read_bytes()
        assert b"\r" not in data and data.endswith(b"\n"), path
        text = data.decode("utf8")
        rows = text.split("\n")[:-1]
        assert rows == text.splitlines() and all(row.strip() for row in rows), path
        counts.add(len(rows))
    assert len(counts) == 1, f"files of {counts} lines"


@reads("sacrebleu", "sacrebleu")
def sacrebleu(case):
    """The reference scores full marks against itself, as many segments as there are."""
    folder = case.export("sacrebleu")
    same(zip(lines(folder / "src.en"), lines(folder / "ref.zh"), lines(folder / "docs.txt"), strict=True), segments(case))
    case.export("sacrebleu", "--system", f"same={folder / 'ref.zh'}")
    shape(*(folder / name for name in ("src.en", "ref.zh", "hyp.same.zh", "docs.txt", "ids.txt")))
    score = tool(BIN / "sacrebleu", "ref.zh", "-i", "hyp.same.zh", "-l", "en-zh", "-m", "bleu", "chrf", folder=folder)
    scores = json.loads(score)
    assert [round(s["score"], 1) for s in scores] == [100, 100], score
    return f"{len(lines(folder / 'ref.zh'))}, {scores[0]['signature']}"


@reads("comet", "its shape")
def comet(case):
    """`comet-score` pairs lines with `zip`; its checkpoints cannot be had."""
    folder = case.export("comet")
    case.export("comet", "--system", f"same={folder / 'ref.txt'}")
    shape(*(folder / name for name in ("src.txt", "ref.txt", "hyp.same.txt", "docs.txt", "ids.txt", "context.jsonl")))
    samples = json.loads((folder / "samples.same.json").read_text(encoding="utf8"))
    same(((s["src"], s["ref"], s["mt"]) for s in samples), ((s, r, r) for s, r, _ in segments(case)))
    return same(zip(*(lines(folder / name) for name in ("src.txt", "ref.txt", "docs.txt"))), segments(case))


@reads("mt-metrics-eval", "its shape")
def mt_metrics_eval(case):
    """What its `EvalSet` asserts: documents in one piece, references and outputs as long as the source, names that it can tell
    apart. Its package is in no registry."""
    folder = case.export("mt-metrics-eval")
    reference = folder / "references/en-zh.refA.txt"
    case.export("mt-metrics-eval", "--system", f"same={reference}")
    docs, source = folder / "documents/en-zh.docs", folder / "sources/en-zh.txt"
    outputs = sorted((folder / "system-outputs/en-zh").iterdir())
    assert [path.name for path in outputs] == ["refA.txt", "same.txt"], outputs
    assert [path.name for path in (folder / "references").iterdir()] == ["en-zh.refA.txt"]
    shape(docs, source, reference, *outputs)
    named = [line.split() for line in lines(docs)]
    assert all(len(columns) == 2 for columns in named), "a document's name has a blank"
    runs = [name for name, _ in itertools.groupby(named)]
    assert len(runs) == len({name for _, name in runs}), "a document is torn apart"
    assert "[No translation supplied]" not in lines(source) + lines(reference), "a text that means none"
    return same(zip(lines(source), lines(reference), (name for _, name in named), strict=True), segments(case))
