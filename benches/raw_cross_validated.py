#!/usr/bin/env python3
"""Scores the whole pipeline on raw pages, each pair aligned with weights learned from all other pairs.

  duizhao tune GOLD_DIR --cross-validate FOLDS
  benches/raw_cross_validated.py target/release/duizhao DEV_DIR FOLDS

DEV_DIR holds zh/, en/, gold/ and pairs.tsv; FOLDS the SLUG.weights.toml that `tune` wrote.
"""
import subprocess, sys, tempfile
from pathlib import Path


def main():
    program, dev, folds = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder, "aligned.jsonl")
        with together.open("wb") as out:
            for line in (dev / "pairs.tsv").read_text(encoding="utf8").splitlines():
                zh, en = line.split("\t")[:2]
                config, one = Path(folder, "duizhao.toml"), Path(folder, "out")
                config.write_text(f"[align]\nweights = '{folds}/{Path(en).stem}.weights.toml'\n")
                command = [program, "--quiet", "--config", config, "run", dev / "zh" / zh, dev / "en" / en, "--out", one]
                subprocess.run(command, check=True)
                out.write((one / "aligned.jsonl").read_bytes())
        subprocess.run([program, "eval", dev / "gold", together], check=True)


if __name__ == "__main__":
    main()
