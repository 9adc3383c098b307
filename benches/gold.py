"""Gold folders, as read and written by the benchmarks (the form of corpora/gold/sample)."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Gold:
    """One hand-aligned pair: sentences, beads `(zh numbers, en numbers)`, and repeats, which may be linked or not."""

    slug: str
    zh: list
    en: list
    beads: list
    repeats: list = field(default_factory=list)


def read(folder):
    """Every SLUG.gold.json of `folder`, in order of name."""
    golds = []
    for path in sorted(Path(folder).glob("*.gold.json")):
        data = json.loads(path.read_text(encoding="utf8"))
        slug = path.name[: -len(".gold.json")]
        golds.append(Gold(slug, data["zh"], data["en"], data["beads"], data.get("repeats", [])))
    if not golds:
        raise SystemExit(f"{folder}: no *.gold.json here; give the folder of the gold")
    return golds


def write(golds, folder):
    """Writes gold, and its sentences one a line as SLUG.zh.txt and SLUG.en.txt, which `align --segmented` takes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for gold in golds:
        for lang, sentences in (("zh", gold.zh), ("en", gold.en)):
            # A sentence is a line: what ends a line within it would move all numbers behind it.
            lines = [" ".join(s.split()) for s in sentences]
            (folder / f"{gold.slug}.{lang}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
        data = {"zh": gold.zh, "en": gold.en, "beads": gold.beads, "repeats": gold.repeats}
        (folder / f"{gold.slug}.gold.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf8")


def write_beads(beads, path):
    """Beads in vecalign's form; sentences in none of them need no line, the scorer takes them as unaligned."""
    # Some aligners give numpy's integers, which print as what they are.
    rows = ([sorted(int(number) for number in side) for side in bead] for bead in beads)
    Path(path).write_text("".join(f"{z}:{e}\n" for z, e in rows if z and e), encoding="utf8")


def linked(beads):
    """The sentence links of beads."""
    return {(z, e) for zs, es in beads for z in zs for e in es}


def both_sided(beads):
    """The beads that link something, in a form that compares."""
    return {(tuple(sorted(z)), tuple(sorted(e))) for z, e in beads if len(z) and len(e)}


def strict(gold, beads):
    """Beads that are exactly in the gold, and the beads of both; links that the gold calls repeats are left out."""
    repeats = linked(gold.repeats)
    ours = {bead for bead in both_sided(beads) if not linked([bead]) <= repeats}
    theirs = both_sided(gold.beads)
    return len(ours & theirs), len(ours) + len(theirs)


def read_beads(path):
    """Beads of vecalign's form."""
    sides = (line.split(":")[:2] for line in Path(path).read_text(encoding="utf8").splitlines())
    return [(json.loads(z), json.loads(e)) for z, e in sides]
