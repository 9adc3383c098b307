"""The duizhao program as the benchmarks call it."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import measured

# One sentence on each side: what aligning it takes is start-up.
TINY = ("今天下雨。\n", "It rains today.\n")


@dataclass(frozen=True)
class Engine:
    """How sentences are compared: the value of --engine, and the arguments that choose it."""

    name: str
    arguments: tuple = ()


class Duizhao:
    """A built duizhao; what an older one does not know is found out from its help."""

    def __init__(self, path):
        self.path = Path(path).resolve()
        if not self.path.is_file():
            raise SystemExit(f"{path}: no such program; build it with `cargo build --release` or give --program")

    def output(self, *arguments):
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            raise measured.CommandFailed(f"duizhao {' '.join(map(str, arguments))}\n{done.stderr[-2000:]}")
        return done.stdout

    def knows(self, command, option):
        return option in self.output(command, "--help")

    @cached_property
    def version(self):
        return self.output("--version").split()[-1]

    @cached_property
    def engines(self):
        """The engines that work here; a program that knows no --engine has one."""
        if not self.knows("align", "--engine"):
            return [Engine("lexicon")]
        all_engines = [Engine(name, ("--engine", name)) for name in ("lexicon", "encoder")]
        return [engine for engine in all_engines if self.refusal(engine) is None]

    def refusal(self, engine):
        """Why the program does not align with this engine, or None if it does."""
        try:
            self.start_up(engine)
        except measured.CommandFailed as failed:
            return str(failed)
        return None

    def start_up(self, engine, times=1):
        """What one sentence against one takes."""
        with tempfile.TemporaryDirectory() as folder:
            for lang, text in zip(("zh", "en"), TINY):
                Path(folder, f"one.{lang}.txt").write_text(text, encoding="utf8")
            return self.align(folder, Path(folder, "beads"), engine, times=times)

    def align(self, gold, out, engine, form="vecalign", weights=None, times=1):
        """Aligns a gold folder's sentences on one thread into OUT/SLUG.beads (or another form's files)."""
        settings = self.settings(out, weights)
        command = [self.path, "--quiet", "--threads", 1, "--config", settings, "align", *engine.arguments, "--segmented"]
        return measured.least(times, [*command, gold, gold, "--format", form, "--out", out])

    def settings(self, out, weights=None):
        """A settings file that takes the weights from a file of `tune`'s, and nothing from a cache: many copies of a few
        pages would be read only once."""
        Path(out).mkdir(parents=True, exist_ok=True)
        path = Path(out, "duizhao.toml")
        named = f"weights = '{Path(weights).resolve()}'\n" if weights else ""
        path.write_text(f"[align]\nencoder_cache = 0\n{named}", encoding="utf8")
        return path

    def folds(self, golds, out, engine):
        """Leave-one-article-out into `out`: SLUG.beads and the SLUG.weights.toml that made them; kept if there."""
        made = len(list(Path(out).glob("*.weights.toml")))
        if made < sum(len(list(Path(gold).glob("*.gold.json"))) for gold in golds):
            self.output("tune", *engine.arguments, *golds, "--cross-validate", out)
        return Path(out)

    def score(self, gold, hypothesis):
        return json.loads(self.output("eval", gold, hypothesis, "--format", "json"))
