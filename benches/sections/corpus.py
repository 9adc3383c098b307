"""What making a corpus takes, and that its memory does not grow with the beads but for the index."""

import json
import subprocess
import sys

import measured
import report

SIZES = [20_000, 200_000, 2_000_000]
# What any script must do that looks at every bead.
READ = "import json, sys\nfor line in open(sys.argv[1], encoding='utf8'): json.loads(line)"


def run(bench):
    head = ["beads", "command", "seconds", "of Python's", "peak MB", "bytes of index a bead in it"]
    rows = [row for size in SIZES for row in measure(bench, size)]
    return f"Two threads.\n\n{report.table(head, rows)}"


def measure(bench, size):
    folder = bench.folder("corpus")
    beads = folder / f"{size}.jsonl"
    if not beads.is_file():
        subprocess.run([sys.executable, bench.repository / "benches/many_beads.py", beads, str(size)], check=True)
    told, out = folder / "report.json", folder / "out.jsonl"
    python = measured.run([sys.executable, "-c", READ, beads])
    yield [f"{size:,}", "Python's `json` alone", report.figure(python.wall), "1", report.megabytes(python.peak), ""]
    command = [bench.duizhao.path, "--quiet", "--threads", 2, "corpus"]
    for name, arguments in {
        "filter": ["filter", beads, "--out", out],
        "dedup": ["dedup", beads, "--out", out, "--report", told],
        "dedup exact": ["dedup", beads, "--method", "exact", "--out", out, "--report", told],
        "split": ["split", beads, "--out", folder / "parts"],
        "stats": ["stats", beads],
        "export tsv": ["export", beads, "--format", "tsv", "--out", out],
        "export parquet": ["export", beads, "--format", "parquet", "--out", out],
    }.items():
        took = measured.run([*command, *arguments], one_thread=False)
        index = ""
        if name.startswith("dedup"):
            said = json.loads(told.read_text(encoding="utf8"))
            index = f"{said['index_bytes'] / max(1, said['kept']):.0f}"
        if name == "split":
            said = json.loads((folder / "parts/split.json").read_text(encoding="utf8"))["report"]
            index = f"{said['index_bytes'] / max(1, said['dev']['beads'] + said['test']['beads']):.0f}"
        yield [f"{size:,}", f"`{name}`", report.figure(took.wall), report.figure(took.wall / python.wall), report.megabytes(took.peak), index]
