"""Growth of time and memory with the number of pairs of pages."""

import measured
import report
from sections.throughput import many_pairs

SIZES = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]


def run(bench):
    head = ["pairs", "time a pair, first row = 1", "peak MB"]
    texts = []
    for engine in bench.duizhao.engines:
        # An encoder takes ten times as long.
        largest = bench.largest_pairs if engine.name == "lexicon" else bench.largest_pairs / 10
        sizes = [size for size in SIZES if size <= largest]
        start = bench.duizhao.start_up(engine, times=3)
        out = bench.folder("pairs") / engine.name
        options = ["--quiet", "--threads", 1, "--config", bench.duizhao.settings(out.parent)]
        command = [bench.duizhao.path, *options, "run", "--no-qa", *engine.arguments]
        runs = [measured.run([*command, many_pairs(bench, size), "--out", out]) for size in sizes]
        each = [(took.cpu - start.cpu) / size for size, took in zip(sizes, runs)]
        rows = [
            [f"{size:,}", f"{one / each[0]:.2f}", report.megabytes(took.peak)]
            for size, one, took in zip(sizes, each, runs)
        ]
        texts.append(f"Engine `{engine.name}`, one thread, start-up left out of time:\n")
        texts += [report.table(head, rows), report.growth(sizes, runs, start) + "\n"]
    return "\n".join(texts)
