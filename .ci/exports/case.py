"""A run's folder whose exports are read back, and who reads them."""

import importlib.metadata
import json
import pathlib
import subprocess

CHECKS = []


def reads(form, tool):
    """Marks a function that takes a case and says what `tool` read of the format `form`; raises where it read something else."""

    def mark(function):
        CHECKS.append((form, tool, function))
        return function

    return mark


def version(tool):
    try:
        return f"{tool} {importlib.metadata.version(tool)}"
    except importlib.metadata.PackageNotFoundError:
        return tool


class Differs(Exception):
    """What is read is not what was written."""


def same(got, want):
    """The number of things that are the same; tells the first that is not."""
    got, want = list(got), list(want)
    for number, (one, other) in enumerate(zip(got, want)):
        if one != other:
            raise Differs(f"number {number} is read as\n{one!r:.600}\nand should be\n{other!r:.600}")
    if len(got) != len(want):
        raise Differs(f"{len(got)} are read, {len(want)} are there")
    return len(got)


def tool(*command, folder=None):
    """Runs a program that must succeed, and gives what it wrote."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf8")
    if done.returncode:
        raise Differs(f"{' '.join(command)[:300]}\nends with {done.returncode}: {done.stderr[-3000:]}")
    return done.stdout


def lines(path):
    """As Python reads a text: any line end ends a line."""
    return [line.rstrip("\n") for line in open(path, encoding="utf8")]


class Case:
    """A run's folder; exports go to another one."""

    def __init__(self, program, run, out, schemas):
        self.program, self.run = pathlib.Path(program).resolve(), pathlib.Path(run).resolve()
        self.out, self.schemas = pathlib.Path(out).resolve(), pathlib.Path(schemas).resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.aligned = self.run / "aligned.jsonl"
        self.rows = [json.loads(line) for line in open(self.aligned, encoding="utf8", newline="\n")]
        self.beads = [("".join(r["zh"]), " ".join(r["en"])) for r in self.rows]
        self.translated = [b for b, r in zip(self.beads, self.rows) if r["relation"] in ("translation", "moved")]

    def export(self, form, *more):
        """The file or folder with the export."""
        path = self.out / form
        tool(self.program, "export", self.aligned, "--quiet", "--format", form, "--out", path, *more)
        return path

    def articles(self):
        """Rows by article pair."""
        pairs = {}
        for row in self.rows:
            pairs.setdefault(row["pair"], []).append(row)
        return pairs

    def sentences(self, rows, lang):
        """An article's sentences in their order."""
        numbered = {n: text for r in rows for n, text in zip(r[lang + "_index"], r[lang])}
        return [numbered[n] for n in sorted(numbered)]
