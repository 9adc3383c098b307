"""Raw pages to aligned.jsonl: many pairs at once, on one thread and on all."""

import json
import os
import sys

import measured
import report

PAIRS = 1000


def run(bench):
    pages = many_pairs(bench, PAIRS)
    size = sum(path.stat().st_size for path in pages.rglob("*") if path.is_file())
    unit = gale_church_per_pair(bench)
    rows = []
    for engine in bench.duizhao.engines:
        for threads in sorted({1, os.cpu_count()}):
            out = bench.folder("throughput") / f"{engine.name}-{threads}"
            command = [
                bench.duizhao.path,
                "--quiet",
                "--threads",
                threads,
                "--config",
                bench.duizhao.settings(out.parent),
                "run",
                *engine.arguments,
                pages,
                "--no-qa",
                "--out",
                out,
            ]
            took = measured.run(command, one_thread=False)
            per_pair = report.figure(took.cpu / PAIRS / unit)
            rows.append(
                [
                    engine.name,
                    threads,
                    per_pair,
                    f"{PAIRS / took.wall:,.0f}",
                    report.figure(size / 1e6 / took.wall),
                    report.megabytes(took.peak),
                ]
            )
    head = ["engine", "threads", "processor time a pair, nltk's Gale–Church = 1", "pairs/s", "MB of pages/s", "peak MB"]
    return f"{PAIRS:,} pairs, {size / 1e6:,.1f} MB of saved pages:\n\n" + report.table(head, rows)


def many_pairs(bench, number):
    """A folder of `number` pairs made from dev's, each under an id and an address of its own."""
    out = bench.work / "pages" / str(number)
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        measured.run([sys.executable, bench.many_pairs, bench.dev, out, number])
    return out


def gale_church_per_pair(bench):
    """The unit: processor time that nltk's Gale–Church takes for the cut sentences of a dev pair, start-up left out."""
    out = bench.folder("peers", "dev", "nltk_gale_church")
    helper = bench.repository / "benches/align_with_peer.py"
    command = [bench.peers_python, helper, "nltk_gale_church", bench.dev / "gold", out]
    times = [json.loads(measured.run(command).stdout.splitlines()[-1])["align"] for _ in range(3)]
    return min(times) / len(list((bench.dev / "gold").glob("*.gold.json")))
