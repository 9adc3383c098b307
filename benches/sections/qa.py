"""Findings against annotated faults, and known errors made one at a time."""

import json

import measured
import report


def run(bench):
    gold = bench.dev / "gold"
    hosts = [gold, bench.repository / "corpora/gold/sample", bench.repository / "corpora/gold/qa"]
    found, injected = {}, {}
    for engine in bench.duizhao.engines:
        out = bench.folder("qa", engine.name)
        pages = bench.dev / "zh", bench.dev / "en"
        measured.run([bench.duizhao.path, "--quiet", "run", *engine.arguments, *pages, "--out", out, "--force"])
        scored = bench.duizhao.output("eval", gold, out / "aligned.jsonl", "--qa", "--format", "json")
        found[engine.name] = json.loads(scored)
        text = bench.duizhao.output("qa", "--quiet", *engine.arguments, "--inject", *hosts, "--seed", 7)
        injected[engine.name] = text.rstrip()
    names = list(found)
    tables = [
        report.table(["", *names], [[kind, *(found[n][table][kind] for n in names)] for kind in found[names[0]][table]])
        for table in ("found by type", "major and critical")
    ]
    overall = [[n, *(f"{found[n]['issues'][m]:.3f}" for m in ("p", "r"))] for n in names]
    parts = [
        report.table(["", "precision of fidelity", "recall"], overall),
        "Annotated faults found, by type:\n\n" + tables[0],
        "Major and critical ones:\n\n" + tables[1],
    ]
    parts += [f"Known errors, engine `{n}`:\n\n```\n{injected[n]}\n```\n" for n in names]
    return "\n".join(parts)
