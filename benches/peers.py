#!/usr/bin/env python3
"""Aligns the sentences of a gold folder with aligners that a registry has, and scores them beside duizhao.

  python3 -m venv venv && venv/bin/pip install nltk
  venv/bin/python benches/peers.py target/release/duizhao GOLD_DIR

Peers: nltk's Gale-Church (lengths only). Every aligner gets the gold's own sentences and is scored by `duizhao eval`.
"""
import subprocess, sys, tempfile, time
from pathlib import Path

from nltk.translate.gale_church import align_blocks


def gale_church(zh, en):
    """nltk's dynamic programme over characters, Chinese stretched to the length of the English; links joined to beads."""
    ratio = sum(map(len, en)) / max(1, sum(map(len, zh)))
    links = align_blocks([round(len(s) * ratio) or 1 for s in zh], [len(s) or 1 for s in en])
    beads = []
    for z, e in links:
        for bead in beads:
            if z in bead[0] or e in bead[1]:
                bead[0].add(z), bead[1].add(e)
                break
        else:
            beads.append(({z}, {e}))
    return beads


def main():
    program, gold = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder, lang) for lang in ("zh", "en")]
        for side in sides:
            side.mkdir()
            for path in gold.glob(f"*.{side.name}.txt"):
                (side / path.name.replace(f".{side.name}.txt", ".txt")).write_bytes(path.read_bytes())
        peer, ours = Path(folder, "gale-church"), Path(folder, "duizhao")
        peer.mkdir()
        start = time.perf_counter()
        for path in sorted(sides[0].iterdir()):
            zh, en = (Path(s, path.name).read_text(encoding="utf8").splitlines() for s in sides)
            rows = [f"{sorted(z)}:{sorted(e)}" for z, e in gale_church(zh, en)]
            (peer / path.name.replace(".txt", ".beads")).write_text("\n".join(rows) + "\n")
        middle = time.perf_counter()
        subprocess.run([program, "align", "--segmented", *sides, "--format", "vecalign", "--out", ours], check=True)
        end = time.perf_counter()
        for name, beads, seconds in (("nltk Gale-Church", peer, middle - start), ("duizhao", ours, end - middle)):
            print(f"== {name} ({seconds:.2f} s, start-up {'included' if name == 'duizhao' else 'left out'})")
            subprocess.run([program, "eval", gold, beads], check=True)


if __name__ == "__main__":
    main()
