"""Hugging Face's layout."""

import os

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

import datasets
import yaml

from case import reads, same


@reads("huggingface", "datasets")
def load(case):
    """`load_dataset(FOLDER)`, without a network: the columns that the card names, the pairs that are there."""
    folder = case.export("huggingface")
    loaded = datasets.load_dataset(str(folder), cache_dir=str(case.out / "cache"))
    assert list(loaded) == ["train"], list(loaded)
    train = loaded["train"]
    card = yaml.safe_load((folder / "README.md").read_text(encoding="utf8").split("---\n")[1])
    assert train.features == datasets.Features._from_yaml_list(card["dataset_info"]["features"])
    assert train.features["translation"] == datasets.Translation(languages=["en", "zh"])
    rows = [r for r in case.rows if r["relation"] in ("translation", "moved")]
    same(((r["id"], r["pair"], r["relation"], r["confidence"]) for r in train),
         ((r["id"], r["pair"], r["relation"], r["confidence"]) for r in rows))
    return same(((r["translation"]["zh"], r["translation"]["en"]) for r in train), case.translated)
