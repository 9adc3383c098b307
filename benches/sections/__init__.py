"""The sections of BENCHMARKS.md, a file each: `run(bench) -> Markdown` measures and says it."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

SECTIONS = ["accuracy", "qa", "peers", "calibration", "encoder", "throughput", "stages", "pairs", "sentences", "fetch", "corpus"]


def load(section):
    return import_module(f"{__name__}.{section}")


@dataclass
class Bench:
    """What a section may use."""

    duizhao: object
    real: Path
    work: Path
    peers_python: Path
    many_pairs: Path
    largest_pairs: int
    largest_sentences: int
    repository: Path

    @property
    def dev(self):
        return self.real / "dev"

    @property
    def literary(self):
        return self.real / "literary/gold"

    def folder(self, *names):
        """A folder under the work folder, made if need be."""
        path = self.work.joinpath(*names)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def folds(self, engine):
        """What the built-in weights were learned on, each article left out once: dev, the repository's own gold, literary."""
        golds = [self.dev / "gold", self.repository / "corpora/gold/sample", self.literary]
        return self.duizhao.folds(golds, self.folder("folds", engine.name), engine)
