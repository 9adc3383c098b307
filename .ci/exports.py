"""Reads what `duizhao export` wrote with readers that are not ours, and compares it with aligned.jsonl."""

import csv
import json
import pathlib
import sys

import openpyxl
from translate.storage import xliff, xliff2

work = pathlib.Path(sys.argv[1])
rows = [json.loads(line) for line in open(work / "sample/aligned.jsonl", encoding="utf8")]
beads = [("".join(r["zh"]), " ".join(r["en"]), r["relation"]) for r in rows]
pairs = [(zh, en) for zh, en, relation in beads if relation in ("translation", "moved")]


def same(what, got, want):
    assert got == want, f"{what}: {len(got)} read, {len(want)} expected"
    print(f"{what}: {len(got)} read back")


def lines(path):
    """As Python reads a text: any line end ends a line."""
    return [line.rstrip("\n") for line in open(work / path, encoding="utf8")]


def text(unit, name):
    node = unit.xmlelement.find("{*}" + name)
    return "".join(node.itertext()) if node is not None else None


units = xliff.xlifffile.parsefile(str(work / "sample.xliff-12")).units
units = [(text(u, "target"), text(u, "source")) for u in units if hasattr(u, "xmlelement")]
same("xliff-12 (translate-toolkit)", [u for u in units if u[0] is not None], pairs)

units = xliff2.Xliff2File.parsefile(str(work / "sample.xliff")).units
same("xliff (translate-toolkit)", [(u.target, u.source) for u in units if u.target], pairs)

with open(work / "sample.csv", encoding="utf-8-sig", newline="") as file:
    cells = [(r["zh"], r["en"]) for r in csv.DictReader(file)]
same("csv (Python)", [tuple(c[1:] if c[:1] == "'" and c[1:2] in "=+-@" else c for c in r) for r in cells],
     [(zh, en) for zh, en, _ in beads])

# What a reviewer would do: one text edited, one comment, one merge.
book = openpyxl.load_workbook(work / "sample.xlsx")
sheet = book.worksheets[0]
header = [cell.value for cell in sheet[1]]
zh, en, merge, comment = (header.index(name) + 1 for name in ("Chinese", "English", "merge", "comment"))
read = lambda row, column: sheet.cell(row, column).value or ""
same("xlsx (openpyxl)", [(read(n, zh), read(n, en)) for n in range(2, sheet.max_row + 1)],
     [("\n".join(r["zh"]), "\n".join(r["en"])) for r in rows])
row = next(n for n, r in enumerate(rows) if r["relation"] == "translation") + 2
sheet.cell(row, zh).value = "改过的一句。"
sheet.cell(row + 2, merge).value = "down"
sheet.cell(row + 2, comment).value = "=1+1"
sheet.cell(row + 2, comment).data_type = "s"
book.save(work / "filled.xlsx")

columns = [line.split("\t") for line in lines("sample.bitextor")][1:]
same("bitextor", [(c[3], c[2]) for c in columns], pairs)
same("moses", list(zip(lines("moses/corpus.zh"), lines("moses/corpus.en"), strict=True)), pairs)
dataset = [json.loads(line)["translation"] for line in lines("huggingface/train.jsonl")]
same("huggingface", [(t["zh"], t["en"]) for t in dataset], pairs)

comet = list(zip(lines("comet/ref.txt"), lines("comet/src.txt"), lines("comet/docs.txt"), strict=True))
assert comet and all(all(cells) for cells in comet), "comet: an empty line"
folder = "mt-metrics-eval/"
docs = [line.split() for line in lines(folder + "documents/en-zh.docs")]
sources, references = lines(folder + "sources/en-zh.txt"), lines(folder + "references/en-zh.refA.txt")
same("mt-metrics-eval", list(zip(references, sources, [d[1] for d in docs], strict=True)), comet)
starts = [d[1] for n, d in enumerate(docs) if n == 0 or docs[n - 1] != d]
assert len(starts) == len(set(starts)), "mt-metrics-eval: a document is torn apart"
