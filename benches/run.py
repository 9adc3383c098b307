#!/usr/bin/env python3
"""Measures what BENCHMARKS.md reports and writes it there, each section between its markers.

  cargo build --release
  python3 benches/run.py --install                 # a virtual environment with the peers, from PyPI
  python3 benches/run.py --real REAL               # everything
  python3 benches/run.py --real REAL calibration   # one section

REAL holds dev/ (zh/, en/, gold/, pairs.tsv) and literary/gold/. Whatever is made on the way (weights of each fold,
beads, pages) stays in the work folder; the folds and the pages are used again: delete `folds` there when the program
or the gold has changed, `pages` when the script that makes them has.
"""

import argparse
import subprocess
import sys
import venv
from pathlib import Path

import report
import sections
from measured import CommandFailed
from program import Duizhao

REPOSITORY = Path(__file__).resolve().parent.parent


def main():
    options = arguments()
    python = options.work / "venv/bin/python"
    if options.install:
        install(options.work / "venv", python)
    if options.real is None:
        sys.exit(0 if options.install else "name the folder with dev/ and literary/ by --real")
    bench = sections.Bench(
        duizhao=Duizhao(options.program),
        real=options.real.resolve(),
        work=options.work.resolve(),
        peers_python=python.absolute() if python.exists() else Path(sys.executable),
        many_pairs=options.many_pairs.resolve(),
        largest_pairs=options.largest_pairs,
        largest_sentences=options.largest_sentences,
        repository=REPOSITORY,
    )
    failed = [name for name in options.sections or sections.SECTIONS if not measure(name, bench, options.dry)]
    sys.exit(f"left as they were: {', '.join(failed)}" if failed else 0)


def measure(name, bench, dry):
    """Makes one section anew; tells why, and leaves it as it was, if that cannot be done."""
    print(f"== {name}", file=sys.stderr, flush=True)
    try:
        text = sections.load(name).run(bench)
    except CommandFailed as reason:
        print(reason, file=sys.stderr)
        return False
    print(text)
    if not dry:
        report.replace(REPOSITORY / "BENCHMARKS.md", name, text)
    return True


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("sections", nargs="*", type=section, metavar="SECTION", help=", ".join(sections.SECTIONS))
    add("--real", type=Path, help="the folder with dev/ and literary/")
    add("--program", type=Path, default=REPOSITORY / "target/release/duizhao", help="the duizhao to measure")
    add("--work", type=Path, default=REPOSITORY / "target/bench", help="where everything made on the way is kept")
    add("--install", action="store_true", help="make WORK/venv and install the peers into it")
    add("--many-pairs", type=Path, default=REPOSITORY / "benches/many_pairs.py", help="the script that copies pairs")
    add("--largest-pairs", type=int, default=10_000, help="the most pairs in `pairs` (100000 takes long, and some GB)")
    add("--largest-sentences", type=int, default=50_000, help="the most sentences a side in `sentences`")
    add("--dry", action="store_true", help="print the tables only")
    return parser.parse_args()


def section(name):
    if name not in sections.SECTIONS:
        raise argparse.ArgumentTypeError(f"no section {name}; there are {', '.join(sections.SECTIONS)}")
    return name


def install(folder, python):
    venv.create(folder, with_pip=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", REPOSITORY / "benches/peers/requirements.txt"], check=True)
    # Of what it requires, only its search is used here: neither torch nor a newer Python than this one is needed.
    subprocess.run([*pip, "--no-deps", "--ignore-requires-python", "bertalign==2.0.1"], check=True)


if __name__ == "__main__":
    main()
