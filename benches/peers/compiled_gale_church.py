"""Gale & Church (1993) as the package galechurch has it: lengths only, a compiled core."""

from galechurch import align as align_lengths

NAME = "galechurch"
NEEDS = ["galechurch"]
FED = (
    "the Chinese stretched to the length of the English, its default costs (its own calibration, on all other articles "
    "of the same gold, was tried and did worse)"
)


def prepare(golds):
    return align


def align(gold):
    ratio = sum(map(length, gold.en)) / max(1, sum(map(length, gold.zh)))
    # It counts characters itself, so a Chinese sentence goes in as that many characters of no meaning.
    stretched = ["x" * max(1, round(length(sentence) * ratio)) for sentence in gold.zh]
    cells = (len(gold.zh) + 1) * (len(gold.en) + 1)
    beads = align_lengths(stretched, gold.en, max_block_size=max(cells, 50_000_000)).beads
    return [(range(b.source_start, b.source_end), range(b.target_start, b.target_end)) for b in beads]


def length(sentence):
    return len(sentence.replace(" ", ""))
