"""Chooses a peer's one setting as fairly as it can be: for each article by all others of the same gold."""

from gold import strict


def chosen(golds, trials):
    """`trials[i][s]` are the beads of gold i with setting s; for each gold, those of the setting with the best strict
    F1 on all others."""
    counts = [[strict(gold, beads) for beads in tried] for gold, tried in zip(golds, trials)]

    def on_others(i, setting):
        right, both = (sum(c[setting][part] for c in counts[:i] + counts[i + 1 :]) for part in (0, 1))
        return 2 * right / both if both else 0.0

    return [max(enumerate(tried), key=lambda t: on_others(i, t[0]))[1] for i, tried in enumerate(trials)]
