"""Tables: CSV, TSV, JSON Lines, Parquet, spreadsheets, MQM."""

import csv
import io
import json

import openpyxl
import openpyxl.utils.escape
import pandas
import pyarrow.parquet

import changes
from case import lines, reads, same, tool

# A cell of a spreadsheet is cut behind so many characters.
LONGEST = 8000
# And a cell of the reviewers' sheet behind so many.
EXCEL = 32767
TEXT = {"dtype": str, "keep_default_na": False, "na_filter": False, "encoding": "utf-8-sig"}


def beads(table):
    return list(zip(table["zh"], table["en"]))


@reads("csv", "python")
def csv_module(case):
    with open(case.export("csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    got = [(r["zh"], r["en"]) for r in rows]
    return same(got, [tuple(map(changes.csv, bead)) for bead in case.beads])


@reads("csv", "pandas")
def csv_pandas(case):
    table = pandas.read_csv(case.export("csv"), **TEXT)
    return same(beads(table), [tuple(map(changes.csv, bead)) for bead in case.beads])


@reads("tsv", "pandas")
def tsv(case):
    table = pandas.read_csv(case.export("tsv"), sep="\t", quoting=csv.QUOTE_NONE, **TEXT)
    return same(beads(table), [tuple(map(changes.cell, bead)) for bead in case.beads])


@reads("jsonl", "pandas")
def jsonl(case):
    path = case.export("jsonl")
    table = pandas.read_json(path, lines=True, dtype=False, convert_dates=False, encoding="utf8")
    return same(beads(table), [(r["zh"], r["en"]) for r in case.rows])


@reads("parquet", "pyarrow")
def parquet(case):
    """Wants the keys of aligned.jsonl as columns: `signals` as a map or a struct, `findings` as a list of structs."""
    path = case.export("parquet")
    rows = pyarrow.parquet.read_table(path).to_pylist(maps_as_pydicts="strict")
    for row in rows:
        # A struct has all signals in every row, a map only those that spoke.
        row["signals"] = {name: value for name, value in row["signals"].items() if value is not None}
        # aligned.jsonl leaves it out where nobody revised anything; a column is there for all.
        if row["revision"] is None:
            del row["revision"]
    return same(rows, case.rows)


@reads("parquet", "pyarrow, and back")
def parquet_back(case):
    """What pyarrow writes, packed as others pack and with a column more, is read as what it was made of."""
    table = pyarrow.parquet.read_table(case.export("parquet"))
    more = pyarrow.array([[(1, 2)]] * len(table), pyarrow.map_(pyarrow.int32(), pyarrow.int32()))
    table = table.append_column("of_somebody_else", more)
    for packed in ("none", "snappy", "gzip", "brotli", "lz4", "zstd"):
        path, back = case.out / f"{packed}.parquet", case.out / f"{packed}.jsonl"
        pyarrow.parquet.write_table(table, path, compression=packed)
        tool(case.program, "export", path, "--quiet", "--format", "jsonl", "--out", back)
        with open(back, encoding="utf8", newline="\n") as file:
            rows = [json.loads(line) for line in file]
        told = ([(r["id"], r["zh"], r["en"]) for r in some] for some in (rows, case.rows))
        same(*told)
    return len(table)


@reads("parquet", "pandas")
def parquet_pandas(case):
    table = pandas.read_parquet(case.export("parquet"))
    return same(((list(z), list(e)) for z, e in beads(table)), ((r["zh"], r["en"]) for r in case.rows))


@reads("mqm", "pandas")
def mqm(case):
    """As mt-metrics-eval's converter has it: nothing quoted, segments of a document numbered without a gap."""
    table = pandas.read_csv(case.export("mqm"), sep="\t", quoting=csv.QUOTE_NONE, **TEXT)
    got, want, last = [], [], None
    for row in table.to_dict("records"):
        unmarked = tuple(row[side].replace("<v>", "").replace("</v>", "") for side in ("target", "source"))
        got.append((row["doc"], int(row["doc_id"]), *unmarked, row["severity"] == "no-error"))
        json.loads(row["metadata"])
        assert row["severity"] in ("no-error", "Neutral", "Minor", "Major"), row["severity"]
    for pair, rows in case.articles().items():
        for number, row in enumerate(rows):
            texts = ("".join(row["zh"]), " ".join(row["en"]))
            texts = (changes.cell(text).replace("<v>", "").replace("</v>", "") for text in texts)
            line = (changes.word(pair), number + 1, *texts, not row["findings"])
            want.extend([line] * max(1, len(row["findings"])))
    return same(got, want)


@reads("mqm", "python")
def mqm_module(case):
    """With the very reader that mt-metrics-eval's converter has, which gives up where a cell is longer than 128 KiB."""
    csv.field_size_limit(1 << 24)
    with open(case.export("mqm"), encoding="utf8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(None not in row and None not in row.values() for row in rows), "a row of more or fewer columns"
    return same((int(r["doc_id"]) > 0 for r in rows), [True] * sum(max(1, len(r["findings"])) for r in case.rows))


@reads("findings.xlsx", "openpyxl")
def findings(case):
    """The spreadsheet that a run writes: the findings in their order, and no cell that is a formula."""
    book = openpyxl.load_workbook(case.run / "findings.xlsx")
    header, *rows = book.worksheets[0].iter_rows()
    names = [cell.value for cell in header]
    assert all(cell.data_type in "sn" for row in rows for cell in row), "a cell is no text"
    # openpyxl leaves what is escaped in a cell of its own as it is.
    value = lambda cell: openpyxl.utils.escape.unescape(cell.value or "")
    got = [dict(zip(names, map(value, row))) for row in rows]
    columns = ("id", "check", "severity", "article", "Chinese", "English", "suggestion")
    want = []
    for row, finding in ((row, finding) for row in case.rows for finding in row["findings"]):
        texts = ("".join(row["zh"]), " ".join(row["en"]), finding["suggestion"] or "")
        want.append((finding["id"], finding["check"], finding["severity"], sheet(row["pair"]), *map(sheet, texts)))
    return same((tuple(row[name] for name in columns) for row in got), want)


@reads("xlsx", "openpyxl")
def review(case):
    """The reviewers' sheet: read, filled in as a reviewer would, and put into aligned.jsonl again."""
    book = openpyxl.load_workbook(io.BytesIO(case.export("xlsx").read_bytes()))
    cells = book.worksheets[0]
    names = [cell.value for cell in cells[1]]
    column = {name: names.index(name) + 1 for name in ("bead", "article", "Chinese", "English", "merge", "comment")}
    read = lambda row, name: openpyxl.utils.escape.unescape(cells.cell(row, column[name]).value or "")
    rows = range(2, cells.max_row + 1)
    whole = [n for n, r in enumerate(case.rows) if all(len(t) <= EXCEL for t in r["zh"] + r["en"])]
    shown = lambda texts: "\n".join(filter(None, (changes.line(t.translate({0xFFFE: " ", 0xFFFF: " "})) for t in texts)))
    same([(read(n + 2, "Chinese"), read(n + 2, "English")) for n in whole],
         [(shown(case.rows[n]["zh"]), shown(case.rows[n]["en"])) for n in whole])
    assert len(rows) == len(case.rows) and not any(cell.data_type == "f" for row in cells for cell in row)
    linked = [n for n in whole if case.rows[n]["relation"] == "translation" and case.rows[n]["zh"]]
    edited = linked[0]
    cells.cell(edited + 2, column["Chinese"]).value = "改过的一句。"
    cells.cell(linked[1] + 2, column["comment"]).value = "读过"
    filled, revised = case.out / "filled.xlsx", case.out / "revised.jsonl"
    book.save(filled)
    tool(case.program, "corpus", "revise", case.aligned, "--sheet", filled, "--out", revised)
    after = [json.loads(line) for line in lines(revised)]
    same([r.get("revision") for r in after if "revision" in r],
         [{"comment": None, "edited": ["zh"], "merged": 0}, {"comment": "读过", "edited": [], "merged": 0}])
    assert after[edited]["zh"] == ["改过的一句。"]
    return same([r["en"] for r in after], [r["en"] for r in case.rows])


def sheet(text):
    """A text as a spreadsheet's cell holds it: without what XML cannot hold, without carriage returns, cut."""
    text = changes.xml(text).replace("\r", "")
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
