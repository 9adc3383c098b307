"""Gale & Church (1993) as nltk has it: lengths only."""

from nltk.translate.gale_church import align_blocks

NAME = "nltk, Gale–Church"
NEEDS = ["nltk"]
FED = "lengths in characters, the Chinese stretched to the length of the English; links that share a sentence joined"


def prepare(golds):
    return align


def align(gold):
    ratio = sum(map(len, gold.en)) / max(1, sum(map(len, gold.zh)))
    links = align_blocks([round(len(s) * ratio) or 1 for s in gold.zh], [len(s) or 1 for s in gold.en])
    beads = []
    for z, e in links:
        # Links come in order, so one that shares a sentence shares it with the last bead.
        if beads and (z in beads[-1][0] or e in beads[-1][1]):
            beads[-1][0].add(z), beads[-1][1].add(e)
        else:
            beads.append(({z}, {e}))
    return beads
