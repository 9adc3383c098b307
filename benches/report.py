"""BENCHMARKS.md: tables between markers, so that one section can be made anew and the prose around it stays."""

import math
from pathlib import Path

MEASURES = ["strict", "lax", "links", "null", "moved", "all"]


def table(head, rows):
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def scores(result):
    """F1 of every measure, as the cells of a row."""
    return [f"{result[measure]['f1']:.3f}" for measure in MEASURES]


def figure(number):
    """Two significant digits, three from 100 on, without an exponent: ratios and seconds carry no more."""
    if number == 0:
        return "0"
    digits = max(0, 1 - math.floor(math.log10(abs(number))))
    return f"{number:,.{digits}f}"


def megabytes(count):
    return f"{count / 1e6:,.0f}"


def slope(points):
    """Least-squares slope of log y over log x: the power with which y grows."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return math.nan
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread if spread else math.nan


def slopes(points):
    """The slope over all points and over the last two, in words."""
    if len(points) < 2:
        return "none to speak of"
    return f"{slope(points):.2f} over all sizes, {slope(points[-2:]):.2f} over the last two"


def growth(sizes, runs, start):
    """How runs grow with size, start-up taken off; memory below a tenth of start-up's is chance and left out."""
    times = [(size, run.cpu - start.cpu) for size, run in zip(sizes, runs)]
    peaks = [(size, run.peak - start.peak) for size, run in zip(sizes, runs) if run.peak > 1.1 * start.peak]
    return f"Slope of processor time: {slopes(times)}. Slope of memory beyond start-up's: {slopes(peaks)}."


def replace(path, section, text):
    """Puts `text` between `<!-- section -->` and `<!-- /section -->`."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    whole = Path(path).read_text(encoding="utf8")
    head, found, rest = whole.partition(begin)
    _, closed, tail = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{path}: no {begin} … {end} to write between")
    Path(path).write_text(f"{head}{begin}\n\n{text.strip()}\n\n{end}{tail}", encoding="utf8")
