"""The sections of BENCHMARKS.md, a file each: `run(bench) -> Markdown` measures and says it."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

SECTIONS = ["accuracy", "peers", "calibration", "throughput", "stages", "pairs", "sentences"]


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
        """dev cross-validated; the repository's own gold is in every fold."""
        out = self.folder("folds", engine.name)
        return self.duizhao.folds(self.dev / "gold", self.repository / "corpora/gold/sample", out, engine)
