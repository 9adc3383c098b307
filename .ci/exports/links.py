"""Alignments that point to sentences: vecalign, hunalign, InterText, gold."""

import contextlib
import io
import json
import re

import pandas
from opustools.parse.alignment_parser import AlignmentParser
from opustools.parse.sentence_parser import SentenceParser

import changes
from case import lines, reads, same


@reads("vecalign", "sentweave")
def vecalign(case):
    """vecalign's own reader and scorer, which `sentweave` ships."""
    from sentweave.score import read_alignments, score_multiple

    got = read_alignments(case.export("vecalign"))
    assert set(score_multiple([got], [got]).values()) == {1.0}
    return same(got, [step for row in case.rows for step in vecalign_steps(row)])


@reads("vecalign-pairs", "sentweave")
def vecalign_pairs(case):
    """The same an article, with the texts that the numbers are of."""
    from sentweave.score import read_alignments

    folder, read = case.export("vecalign-pairs"), 0
    files = {tuple(lines(path)): path.name.removesuffix(".zh.txt") for path in named(folder, ".zh.txt")}
    for rows in case.articles().values():
        zh, en = (list(map(changes.line, case.sentences(rows, lang))) for lang in ("zh", "en"))
        name = files[tuple(zh)]
        same(lines(folder / f"{name}.en.txt"), en)
        read += same(read_alignments(folder / f"{name}.beads"), [step for row in rows for step in vecalign_steps(row)])
    return read


def vecalign_steps(row):
    """A bead as vecalign has it: what has no counterpart, a sentence at a time."""
    if row["relation"] in ("translation", "moved"):
        return [(row["zh_index"], row["en_index"])]
    if row["relation"] == "omitted":
        return [([], [n]) for n in row["en_index"]]
    return [([n], []) for n in row["zh_index"]]


def steps(rows, sizes):
    """The path of an article's translated beads that follow one another, as stretches of both texts."""
    path, zh, en = [], 0, 0
    for row in rows:
        one, other = row["zh_index"], row["en_index"]
        follows = lambda numbers: numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if row["relation"] != "translation" or not (follows(one) and follows(other)) or one[0] < zh or other[0] < en:
            continue
        path += [((n, n + 1), (en, en)) for n in range(zh, one[0])] + [((one[0],) * 2, (n, n + 1)) for n in range(en, other[0])]
        zh, en = one[-1] + 1, other[-1] + 1
        path.append(((one[0], zh), (other[0], en)))
    path += [((n, n + 1), (en, en)) for n in range(zh, sizes[0])] + [((sizes[0],) * 2, (n, n + 1)) for n in range(en, sizes[1])]
    return path


def named(folder, ending):
    """The files of that ending; they say by their names which article they are of, and there is one an article."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(ending))




@reads("hunalign", "pandas")
def hunalign(case):
    """No reader of ladders is in a registry: numbers and columns as pandas reads them."""
    folder, read = case.export("hunalign"), 0
    files = {tuple(lines(path)): path.name.removesuffix(".zh.txt") for path in named(folder, ".zh.txt")}
    for rows in case.articles().values():
        zh, en = (list(map(changes.line, case.sentences(rows, lang))) for lang in ("zh", "en"))
        name = files[tuple(zh)]
        same(lines(folder / f"{name}.en.txt"), en)
        rungs = pandas.read_csv(folder / f"{name}.ladder", sep="\t", header=None, names=["zh", "en", "quality"])
        rungs = list(zip(rungs["zh"], rungs["en"]))
        assert rungs[0] == (0, 0) and rungs[-1] == (len(zh), len(en)), rungs
        path = [tuple(zip(one, other)) for one, other in zip(rungs, rungs[1:])]
        read += same(path, steps(rows, (len(zh), len(en))))
        rows = [line.split("\t") for line in lines(folder / f"{name}.aligned.txt")]
        plain = lambda side, stretch: [re.sub("~~+", "~~", text) for text in side[slice(*stretch)]]
        got = ([[re.sub("~~+", "~~", part) for part in text.split(" ~~~ ")] if text else [] for text in row[:2]] for row in rows)
        # A sentence of blanks is an empty text, and so is no sentence.
        same(got, ([side if any(side) else [] for side in (plain(zh, z), plain(en, e))] for z, e in path))
    return read


@reads("intertext", "opustools")
def intertext(case):
    """OPUS's parsers of such texts and links; InterText names the sentences of `toDoc` first, OPUS those of `fromDoc`."""
    folder, read = case.export("intertext"), 0
    texts = {}
    for path in named(folder, ".xml"):
        if path.name.endswith(".zh.en.xml"):
            with open(path, encoding="utf8") as file, contextlib.redirect_stderr(io.StringIO()):
                links, _, _, _, from_doc, to_doc, _ = AlignmentParser(file).collect_links()
            texts[path] = [[sentences(folder / doc, ids) for doc, ids in zip((from_doc, to_doc), reversed(link))] for link in links]
    want = []
    for rows in case.articles().values():
        zh, en = (list(map(changes.xml, case.sentences(rows, lang))) for lang in ("zh", "en"))
        trim = lambda side, stretch: [text.strip() for text in side[slice(*stretch)]]
        want.append([[trim(zh, z), trim(en, e)] for z, e in steps(rows, (len(zh), len(en)))])
    same(sorted(texts.values()), sorted(want))
    return sum(map(len, want))


PARSED = {}


def sentences(path, ids):
    """A document's sentences of these numbers."""
    if path not in PARSED:
        parser = SentenceParser(open(path, encoding="utf8"), preprocessing="raw", doc_level=True)
        parser.store_sentences(set(), path.stat().st_size)
        PARSED[path] = parser
    return [PARSED[path].get_sentence(number)[0] for number in ids.split()]


@reads("gold", "json")
def gold(case):
    """A form of our own: nobody else reads it."""
    read = {}
    for path in named(case.export("gold"), ".gold.json"):
        data = json.loads(path.read_text(encoding="utf8"))
        read[(tuple(data["zh"]), tuple(data["en"]))] = len(data["beads"])
    want = [tuple(tuple(case.sentences(rows, lang)) for lang in ("zh", "en")) for rows in case.articles().values()]
    same(sorted(read), sorted(want))
    return sum(read.values())
