"""Gale & Church (1993) as the package galechurch has it: a compiled core and costs that are learned from gold."""

import math

from galechurch import align as align_lengths
from galechurch.calibrate import estimate_bead_costs, estimate_length_params

NAME = "galechurch, calibrated"
NEEDS = ["galechurch"]
FED = "its own calibration of costs and lengths on all other articles of the same gold"


def prepare(golds):
    return lambda gold: align(gold, [other for other in golds if other is not gold])


def align(gold, others):
    # One article alone has nothing to learn from but itself.
    costs, mean, variance = calibrated(others or [gold])
    cells = (len(gold.zh) + 1) * (len(gold.en) + 1)
    block = align_lengths(
        gold.zh, gold.en, bead_costs=costs, mean_xy=mean, variance_xy=variance, max_block_size=max(cells, 50_000_000)
    )
    return [
        (range(b.source_start, b.source_end), range(b.target_start, b.target_end))
        for b in block.beads
        if b.source_end > b.source_start and b.target_end > b.target_start
    ]


def calibrated(golds):
    zh, en, beads = [], [], []
    for gold in golds:
        beads += [([z + len(zh) for z in zs], [e + len(en) for e in es]) for zs, es in gold.beads]
        zh, en = zh + gold.zh, en + gold.en
    costs = {shape: cost for shape, cost in estimate_bead_costs(beads).items() if math.isfinite(cost)}
    return costs, *estimate_length_params(beads, zh, en)
