"""Aligners that a registry has, a file each.

A peer's file holds `NAME`, `NEEDS` (what pip installs for it), `FED` (what it is given and how it is set, for the
notes under the table) and `prepare(golds) -> align`, where `align(gold) -> beads` aligns the sentences of one
article. `prepare` gets all articles so that a peer which learns can learn from all but the one at hand; nothing else
of the gold may it look at. Where one setting decides how readily a sentence is left out, the file holds its
candidates, `SETTINGS`, and `align(gold, setting)`: such a peer is shown twice, as it comes and with the setting
chosen (`tuning.py`).
"""

from importlib import import_module

PEERS = ["nltk_gale_church", "compiled_gale_church", "bleualign_gloss", "sentweave_use", "bertalign_use"]


def load(peer):
    """The peer's module; raises ImportError if what it needs is not installed."""
    return import_module(f"{__name__}.{peer}")
