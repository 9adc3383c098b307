"""Accuracy on `dev` and `literary`, for each engine."""

import json

import measured
import report


def run(bench):
    rows = []
    for engine in bench.duizhao.engines:
        for name, result in results(bench, engine):
            rows.append([f"{name}, {engine.name}", *report.scores(result)])
    note = "" if len(bench.duizhao.engines) > 1 else "\nThe program measured has the engine `lexicon` only.\n"
    return report.table(["", *report.MEASURES], rows) + note


def results(bench, engine):
    duizhao, gold = bench.duizhao, bench.dev / "gold"
    folds = bench.folds(engine)
    yield "dev, the gold's sentences, cross-validated", duizhao.score(gold, folds)
    yield "dev, raw pages end to end, cross-validated", raw_cross_validated(bench, engine, folds)
    yield "dev, raw pages with `--adapt`, cross-validated", adapted(bench, engine, folds)
    yield "dev, one block moved an article, 20 rounds, cross-validated", shuffled(bench, engine, folds)
    yield "literary, cross-validated", duizhao.score(bench.literary, folds)
    for name, folder in (
        ("dev, built-in weights (learned on it)", gold),
        ("literary, built-in weights (learned on it)", bench.literary),
    ):
        out = bench.folder("beads", engine.name, folder.parent.name)
        duizhao.align(folder, out, engine)
        yield name, duizhao.score(folder, out)


def shuffled(bench, engine, folds):
    """A random block of one to four Chinese sentences moved in each article."""
    rounds = ("--shuffle", 1, "--rounds", 20, "--weights", folds, "--format", "json")
    return json.loads(bench.duizhao.output("eval", *engine.arguments, bench.dev / "gold", *rounds))


def raw_cross_validated(bench, engine, folds):
    """The whole pipeline, each pair of pages aligned with the weights that were learned without it."""

    def run(slug, pages, command):
        command("run", *pages, "--out", bench.folder("raw", engine.name) / slug)
        return (bench.folder("raw", engine.name) / slug / "aligned.jsonl").read_bytes()

    return each_pair(bench, engine, folds, run)


def adapted(bench, engine, folds):
    """The same, the lexicon first adapted to all of dev, as aligned with those weights."""

    def run(slug, pages, command):
        out = bench.folder("adapted", engine.name) / slug
        command("run", bench.dev / "zh", bench.dev / "en", "--adapt", "--out", out)
        lines = (out / "aligned.jsonl").read_bytes().splitlines(keepends=True)
        return b"".join(line for line in lines if f"/{slug}/" in json.loads(line)["en_url"])

    return each_pair(bench, engine, folds, run)


def each_pair(bench, engine, folds, run):
    """`run` makes the beads of one pair, with a command that knows engine and weights; all are scored together."""
    duizhao, out = bench.duizhao, bench.folder("raw", engine.name)
    together = out / "aligned.jsonl"
    with together.open("wb") as aligned:
        for line in (bench.dev / "pairs.tsv").read_text(encoding="utf8").splitlines():
            zh, en = line.split("\t")[:2]
            slug = en.rsplit(".", 1)[0]
            config = duizhao.settings(bench.folder("raw", engine.name, "settings"), folds / f"{slug}.weights.toml")

            def command(name, *arguments):
                measured.run([duizhao.path, "--quiet", "--config", config, name, *engine.arguments, *arguments])

            aligned.write(run(slug, (bench.dev / "zh" / zh, bench.dev / "en" / en), command))
    return duizhao.score(bench.dev / "gold", together)
