#!/usr/bin/env python3
"""Aligns a gold folder's sentences with one peer: `align_with_peer.py PEER GOLD OUT` writes OUT/SLUG.beads.

Prints what the peer is called, fed and made of; processor seconds, `start` for imports, models, compiling and
learning, `align` for aligning all articles; and the peak of memory. With --tune, a peer that has SETTINGS aligns once
more, untimed, with the setting that suits the other articles best, into OUT/tuned. OUT/SLUG.beads are of the peer as
it comes.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import gold
import peers
from peers import tuning


def main():
    peer, golds, out = peers.load(sys.argv[1]), gold.read(sys.argv[2]), Path(sys.argv[3])
    align = peer.prepare(golds)
    start, seconds, beads, trials = time.process_time(), 0.0, [], []
    tuned = "--tune" in sys.argv and hasattr(peer, "SETTINGS")
    for article in golds:
        before = time.process_time()
        beads.append(align(article))
        seconds += time.process_time() - before
        if tuned:
            trials.append([peer.align(article, setting) for setting in peer.SETTINGS])
    write(golds, beads, out)
    if tuned:
        write(golds, tuning.chosen(golds, trials), out / "tuned")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    made_of = {name: version(name) for name in peer.NEEDS}
    said = {"name": peer.NAME, "fed": peer.FED, "versions": made_of, "tuned": tuned}
    print(json.dumps({**said, "start": start, "align": seconds, "peak": peak}))


def write(golds, beads, out):
    out.mkdir(parents=True, exist_ok=True)
    for article, aligned in zip(golds, beads):
        gold.write_beads(aligned, out / f"{article.slug}.beads")


if __name__ == "__main__":
    main()
