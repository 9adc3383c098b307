"""Does a confidence of 0.9 mean nine right in ten? Cross-validated beads of `dev` against its gold."""

import json

import gold
import report

BINS = 10
KINDS = {
    "linked": ("translation", "moved"),
    "repeat": ("repeat",),
    "left out or added": ("omitted", "added"),
}


def run(bench):
    texts = []
    for engine in bench.duizhao.engines:
        judged = list(cross_validated(bench, engine))
        texts.append(f"Engine `{engine.name}`:\n\n" + reliability(judged) + "\n" + errors(judged))
    return "\n".join(texts)


def cross_validated(bench, engine):
    """(kind, confidence, right?) of every bead of dev, each article aligned with weights learned without it."""
    folds = bench.folds(engine)
    for article in gold.read(bench.dev / "gold"):
        texts = bench.folder("calibration", article.slug)
        gold.write([article], texts)
        out = bench.folder("calibration", article.slug, engine.name)
        bench.duizhao.align(texts, out, engine, form="jsonl", weights=folds / f"{article.slug}.weights.toml")
        yield from judge(article, out / f"{article.slug}.jsonl")


def judge(article, aligned):
    """A linked bead is right if exactly it is in the gold, a repeat if the gold has its links as repeats or as a
    bead, an omitted or added one if the gold leaves its sentences unaligned. A linked bead that the gold calls a
    repeat counts nowhere, as in the scores."""
    beads = gold.both_sided(article.beads)
    linked, repeats = gold.linked(beads), gold.linked(article.repeats)
    zh, en = {z for z, _ in linked}, {e for _, e in linked}
    for line in aligned.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        bead = tuple(sorted(row["zh_index"])), tuple(sorted(row["en_index"]))
        links = gold.linked([bead])
        kind = next(kind for kind, relations in KINDS.items() if row["relation"] in relations)
        if kind == "linked" and links <= repeats:
            continue
        if kind == "linked":
            right = bead in beads
        elif kind == "repeat":
            right = links <= repeats or bead in beads
        else:
            right = not zh & set(bead[0]) and not en & set(bead[1])
        yield kind, row["confidence"], right


def binned(judged):
    """(beads, mean confidence, share right) of each tenth; None where it is empty."""
    bins = [[] for _ in range(BINS)]
    for _, confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [(len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b)) if b else None for b in bins]


def reliability(judged):
    groups = [[j for j in judged if j[0] == kind] for kind in KINDS]
    columns = [binned(judged)] + [binned(group) for group in groups]
    rows = []
    for number, cells in enumerate(zip(*columns)):
        row = [f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}"]
        for cell in cells:
            row += [f"{cell[1]:.2f}", f"{cell[2]:.2f}", cell[0]] if cell else ["", "", 0]
        rows.append(row)
    head = ["confidence"]
    for name in ("all", *KINDS):
        head += [f"{name}: mean", "right", "beads"]
    return report.table(head, rows)


def expected_error(judged):
    """Expected calibration error: the bins' gaps between mean confidence and share right, weighted by their beads."""
    return sum(n * abs(confidence - right) for n, confidence, right in filter(None, binned(judged))) / max(
        1, len(judged)
    )


def errors(judged):
    rows = []
    for name in ("all", *KINDS):
        group = [j for j in judged if name in ("all", j[0])]
        brier = sum((confidence - right) ** 2 for _, confidence, right in group) / max(1, len(group))
        rows.append([name, len(group), f"{expected_error(group):.3f}", f"{brier:.3f}"])
    return report.table(["", "beads", "expected calibration error", "Brier score"], rows)
