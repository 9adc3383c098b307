"""Share of each stage in a run: processor time between the lines with which `run --verbose` begins a stage (Linux)."""

import os
import subprocess
from pathlib import Path

import report

from sections.throughput import PAIRS, many_pairs

STAGES = {
    "reading": "ingest, extract, segment",
    "pairing": "pair",
    "aligning": "align, export",
}


def run(bench):
    pages = many_pairs(bench, PAIRS)
    texts, head = [], ["stage", "share", "ms a pair"]
    for engine in bench.duizhao.engines:
        out = bench.folder("stages") / engine.name
        options = ["-v", "--threads", "1", "--config", bench.duizhao.settings(out.parent)]
        seconds = timed([bench.duizhao.path, *options, "run", "--no-qa", *engine.arguments, pages, "--out", out])
        whole = sum(seconds.values())
        rows = []
        for name, took in seconds.items():
            does = STAGES.get(name, "start, listing the pages")
            rows.append([f"{name} ({does})", f"{100 * took / whole:.0f} %", f"{1000 * took / PAIRS:.2f}"])
        texts.append(f"{PAIRS:,} pairs, one thread, engine `{engine.name}`:\n\n" + report.table(head, rows))
    return "\n".join(texts)


def timed(command):
    """Processor seconds between the lines that name a stage; what comes before the first is the rest."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    stage, then, seconds = "the rest", 0.0, dict.fromkeys((*STAGES, "the rest"), 0.0)
    for line in process.stderr:
        following = announced(line)
        if following:
            now = used(process.pid)
            seconds[stage] += now - then
            stage, then = following, now
    if process.wait():
        raise SystemExit(f"{command}: exit {process.returncode}")
    return seconds


def announced(line):
    """The stage that a line of `--verbose` begins: "INFO aligning (1000)"; the summary, "articles …", ends the last."""
    words = line.split()
    if words[:1] == ["articles"]:
        return "the rest"
    return words[1] if words[:1] == ["INFO"] and words[1] in STAGES else None


def used(pid):
    """Processor seconds of a running process and its threads, as Linux tells them."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
