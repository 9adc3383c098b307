"""Reads what `duizhao export` writes with tools that are not ours, and compares it with aligned.jsonl: once for a run's folder,
once for the same articles with hostile text in them.

    python .ci/exports PROGRAM RUN OUT SCHEMAS

SCHEMAS holds what Debian's packages `omegat` and `php-symfony-translation` unpack to.
"""

import pathlib
import re
import subprocess
import sys

import hostile
from case import CHECKS, Case, Differs, version

import dataset, links, markup, parallel, standoff, tables, testsets  # noqa: E401, F401  They say what they check.

# Described by a schema of their own, which tests hold them to; stand-off lines are read back by `.ci/standoff.py`.
OTHERS = {"findings", "sarif", "standoff"}

program, run, out, schemas = sys.argv[1:]
out = pathlib.Path(out)
answer = subprocess.run([program, "export", "-", "--format", "?"], capture_output=True, encoding="utf8").stderr
formats = set(re.search("choose one of ([^\n]+)", answer)[1].replace("\n", " ").split(", "))
unread = formats - OTHERS - {form for form, _, _ in CHECKS}
assert not unread, f"nobody reads {unread}"

failed = 0
for what, folder in [("the run", run), ("hostile text", hostile.make(program, run, out / "hostile"))]:
    print(f"\n{what}")
    case = Case(program, folder, out / f"exports of {what}", schemas)
    for form, tool, check in CHECKS:
        if form not in formats and "." not in form:
            continue
        print(f"  {form:16} {version(tool):36} ", end="", flush=True)
        try:
            print(check(case), flush=True)
        except Exception as error:
            failed += 1
            print(f"FAILED\n{error!r}" if not isinstance(error, Differs) else f"FAILED: {error}", flush=True)
sys.exit(f"\n{failed} checks failed" if failed else 0)
