"""Findings against annotated faults, and known errors made one at a time."""

import collections
import importlib.util
import json

import measured
import report

# What must hardly ever be wrong.
VALUES = ["number", "unit", "date", "version", "quantifier", "identifier", "indicator", "name-mangled", "name-missing"]


def run(bench):
    gold = bench.dev / "gold"
    hosts = [gold, bench.repository / "corpora/gold/sample", bench.repository / "corpora/gold/qa"]
    found, injected, alarms = {}, {}, {}
    for engine in bench.duizhao.engines:
        out = bench.folder("qa", engine.name)
        pages = bench.dev / "zh", bench.dev / "en"
        measured.run([bench.duizhao.path, "--quiet", "run", *engine.arguments, *pages, "--out", out, "--force"])
        aligned = out / "aligned.jsonl"
        verdicts = bench.repository / "tests/adjudicated.tsv"
        scored = bench.duizhao.output("eval", gold, aligned, "--qa", "--verdicts", verdicts, "--format", "json")
        found[engine.name] = json.loads(scored)
        beads, alarms[engine.name] = on_clean_beads(bench, aligned)
        text = bench.duizhao.output("qa", "--quiet", *engine.arguments, "--inject", *hosts, "--seed", 7)
        injected[engine.name] = text.rstrip()
    names = list(found)
    tables = [
        report.table(["", *names], [[kind, *(found[n][table][kind] for n in names)] for kind in found[names[0]][table]])
        for table in ("found by type", "major and critical")
    ]
    overall = [
        [n, *(f"{figure:.3f}" for figure in (issues["p"], found[n]["adjudicated"]["p"], issues["r"]))]
        for n in names
        for issues in [found[n]["issues"]]
    ]
    checks = sorted({*VALUES, *(check for n in names for check in alarms[n])})
    clean = [[check, *(f"{1000 * alarms[n][check] / beads:.1f}" for n in names)] for check in checks]
    parts = [
        report.table(["", "precision of fidelity", "adjudicated", "recall"], overall),
        f"Alarms per 1,000 linked beads without an annotated fault ({beads} beads):\n\n" + report.table(["", *names], clean),
        "Annotated faults found, by type:\n\n" + tables[0],
        "Major and critical ones:\n\n" + tables[1],
    ]
    parts += [f"Known errors, engine `{n}`:\n\n```\n{injected[n]}\n```\n" for n in names]
    return "\n".join(parts)


def on_clean_beads(bench, aligned):
    """How many linked beads have no annotated fault, and what is reported on them, by check."""
    spec = importlib.util.spec_from_file_location("score", bench.real.parent / "eval/score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = collections.defaultdict(list)
    for line in aligned.read_text().splitlines():
        row = json.loads(line)
        rows[score.slug_of(row["en_url"])].append(row)
    beads, alarms = 0, collections.Counter()
    for slug, gold in score.gold_docs(bench.dev / "gold").items():
        faulty = {(side, n) for issue in gold["issues"] for side in "ze" for n in issue[side]}
        is_clean = lambda zs, es: zs and es and not faulty & ({("z", z) for z in zs} | {("e", e) for e in es})
        beads += sum(bool(is_clean(zs, es)) for zs, es in gold["beads"])
        locators = score.Locator(gold["zh"]), score.Locator(gold["en"])
        for row in rows[slug]:
            if is_clean(locators[0].cover(row["zh"]), locators[1].cover(row["en"])):
                alarms.update(f["check"] for f in row["findings"] if f["severity"] != "info")
    return beads, alarms
