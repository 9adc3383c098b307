"""Growth of time, memory and accuracy with the length of two documents."""

import json
import random
from collections import Counter

import gold
import measured
import report

SIZES = [100, 300, 1_000, 3_000, 10_000, 20_000, 50_000]
# These fill the whole table of both lengths, and are asked only as far as that takes no more than a minute or so.
PEERS = {"nltk_gale_church": 1_000, "compiled_gale_church": 3_000}


def run(bench):
    articles = gold.read(bench.dev / "gold") + gold.read(bench.literary)
    documents = {}
    for size in (s for s in SIZES if s <= bench.largest_sentences):
        documents[size] = long_document(articles, size)
        gold.write([documents[size][0]], bench.folder("sentences", str(size)))
    return "\n".join(text for engine in bench.duizhao.engines for text in grown(bench, engine, articles, documents))


def grown(bench, engine, articles, documents):
    """The table of one engine, and its slopes."""
    head = ["sentences", "time, first row = 1", "peak MB", "strict", "each article alone"]
    head += ["time of nltk's Gale–Church, duizhao = 1", "of galechurch"]
    start, alone = bench.duizhao.start_up(engine, times=3), one_by_one(bench, engine, articles)
    runs, rows = [], []
    for size, (document, parts) in documents.items():
        folder, out = bench.folder("sentences", str(size)), bench.folder("sentences", str(size), engine.name)
        took = bench.duizhao.align(folder, out, engine)
        runs.append(took)
        seconds = took.cpu - start.cpu
        strict = bench.duizhao.score(folder, out)["strict"]["f1"]
        rows.append(
            [f"{len(document.zh):,} × {len(document.en):,}", report.figure(seconds / (runs[0].cpu - start.cpu))]
            + [report.megabytes(took.peak), f"{strict:.3f}", f"{together(alone, parts):.3f}"]
            + [beside(bench, peer, folder, size, seconds) for peer in PEERS]
        )
    sizes = [len(document.zh) for document, _ in documents.values()]
    yield f"Engine `{engine.name}`, one thread, start-up left out of time:\n"
    yield report.table(head, rows)
    yield report.growth(sizes, runs, start) + "\n"


def long_document(articles, size):
    """Articles one behind another, all of them once before any again, each time in another order, the same on both
    sides, until there are `size` Chinese sentences or a little fewer; with how often each article is in it."""
    whole, parts, order = gold.Gold("long", [], [], []), Counter(), random.Random(size)
    while True:
        before = len(whole.zh)
        for article in order.sample(articles, len(articles)):
            if len(whole.zh) + len(article.zh) <= size:
                append(whole, article)
                parts[article.slug] += 1
        if len(whole.zh) == before:
            return whole, parts


def one_by_one(bench, engine, articles):
    """What is right, and how many beads there are, of each article aligned by itself."""
    folder, out = bench.folder("sentences", "alone"), bench.folder("sentences", "alone", engine.name)
    gold.write(articles, folder)
    bench.duizhao.align(folder, out, engine)
    return {article.slug: gold.strict(article, gold.read_beads(out / f"{article.slug}.beads")) for article in articles}


def together(alone, parts):
    """Strict F1 that the parts would have had: what is lost beyond it, length has cost."""
    right, both = (sum(alone[slug][i] * times for slug, times in parts.items()) for i in (0, 1))
    return 2 * right / both


def append(whole, article):
    z0, e0 = len(whole.zh), len(whole.en)
    for all_beads, beads in ((whole.beads, article.beads), (whole.repeats, article.repeats)):
        all_beads += [[[z + z0 for z in zs], [e + e0 for e in es]] for zs, es in beads]
    whole.zh += article.zh
    whole.en += article.en


def beside(bench, peer, folder, size, ours):
    """The peer's processor time as a multiple of ours; empty where it is not asked to run or is not installed."""
    if size > PEERS[peer]:
        return ""
    try:
        command = [bench.peers_python, bench.repository / "benches/align_with_peer.py", peer, folder, folder / peer]
        said = json.loads(measured.run(command).stdout.splitlines()[-1])
    except measured.CommandFailed:
        return ""
    return report.figure(said["align"] / ours)
