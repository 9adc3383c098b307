"""Sentences a second of the encoder, beside the package that its weights come from: one core, the same sentences."""

import json
import os
import subprocess

import gold
import measured
import report

RUNS = 5


def run(bench):
    file = bench.folder("encoder") / "sentences.txt"
    sentences = [s for article in gold.read(bench.dev / "gold") for s in (*article.zh, *article.en)]
    file.write_text("".join(" ".join(s.split()) + "\n" for s in sentences), encoding="utf8")
    ours, theirs = program(bench, file), package(bench, file)
    # In turn, so that what slows the machine slows both; the least of each counts.
    times = [(one_core(ours), one_core(theirs)) for _ in range(RUNS)]
    rows = []
    for name in ("open", "first", "again"):
        own, other = (min(run[side][name] for run in times) for side in (0, 1))
        label = {"open": "start-up", "first": "first pass", "again": "pieces seen before"}[name]
        rate = "" if name == "open" else f"{len(sentences) / own:,.0f}"
        rows.append([label, rate, f"{other / own:.1f} ×"])
    head = ["", "sentences a second", "as fast as the package"]
    return f"{len(sentences):,} sentences of `dev`, one core:\n\n" + report.table(head, rows)


def one_core(command):
    environment = {**os.environ, **measured.ONE_THREAD}
    pinned = ["taskset", "--cpu-list", "0", *map(str, command)]
    done = subprocess.run(pinned, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise measured.CommandFailed(f"{pinned}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def program(bench, file):
    """The bench's executable, so that cargo itself is not measured."""
    build = ["cargo", "bench", "--bench", "encoder", "--no-run", "--message-format", "json"]
    built = subprocess.run(build, cwd=bench.repository, capture_output=True, text=True, check=True)
    artifacts = [json.loads(line) for line in built.stdout.splitlines()]
    made = [a["executable"] for a in artifacts if a.get("target", {}).get("name") == "encoder" and a.get("executable")]
    return [made[-1], file]


def package(bench, file):
    return [bench.peers_python, bench.repository / "benches/package_encoder.py", file]
