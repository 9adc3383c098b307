"""Growth of time and memory with the number of pairs of pages."""

import measured
import report

from sections.throughput import many_pairs

SIZES = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]


def run(bench):
    texts = []
    for engine in bench.duizhao.engines:
        start = bench.duizhao.start_up(engine, times=3)
        rows, times, peaks = [], [], []
        for size in (s for s in SIZES if s <= bench.largest_pairs):
            out = bench.folder("pairs") / engine.name
            pages = many_pairs(bench, size)
            took = measured.run(
                [bench.duizhao.path, "--quiet", "--threads", 1, "run", *engine.arguments, pages, "--out", out]
            )
            seconds, memory = took.cpu - start.cpu, took.peak - start.peak
            times.append((size, seconds)), peaks.append((size, memory))
            each = seconds / size / (times[0][1] / times[0][0])
            rows.append([f"{size:,}", f"{each:.2f} ×", report.megabytes(took.peak), report.figure(memory / size / 1e3)])
        head = ["pairs", "time a pair, as a multiple of the first row's", "peak MB", "KB a pair over start-up"]
        slopes = f"\nSlope of processor time: {report.slopes(times)}. Slope of memory: {report.slopes(peaks)}.\n"
        texts.append(
            f"Engine `{engine.name}`, one thread, start-up left out of time:\n\n" + report.table(head, rows) + slopes
        )
    return "\n".join(texts)
