"""Line by line: Moses' plain pair, Bitextor's columns."""

import contextlib
import io
import sysconfig
from pathlib import Path

import changes
from case import lines, reads, same, tool

BIN = Path(sysconfig.get_path("scripts"))


@reads("moses", "opusfilter")
def moses(case):
    """Two of its filters, wide enough to let every pair pass, write what they read."""
    from opusfilter.opusfilter import OpusFilter

    folder = case.export("moses")
    filters = [{"LengthFilter": {"unit": "char", "min_length": 1, "max_length": 1 << 24}},
               {"LengthRatioFilter": {"unit": "char", "threshold": 1 << 24}}]
    step = {"inputs": ["corpus.zh", "corpus.en"], "outputs": ["kept.zh", "kept.en"], "filters": filters}
    steps = {"common": {"output_directory": str(folder)}, "steps": [{"type": "filter", "parameters": step}]}
    with contextlib.redirect_stderr(io.StringIO()):
        OpusFilter(steps).execute_steps(overwrite=True)
    assert len(lines(folder / "corpus.ids")) == len(lines(folder / "kept.zh"))
    return same(zip(lines(folder / "kept.zh"), lines(folder / "kept.en"), strict=True), changes.lines(case.translated))


def columns(path):
    return [line.split("\t") for line in lines(path)]


@reads("bitextor", "bifixer")
def bifixer(case):
    """Finds the columns by their names in the header; told to mend nothing, it writes what it read."""
    path, fixed = case.export("bitextor"), case.out / "bifixed"
    nothing = ["characters", "normalization", "html", "empty", "long", "orthography", "detokenization", "segmentation"]
    tool(BIN / "bifixer", "--header", "--scol", "src_text", "--tcol", "trg_text", *(f"--ignore_{n}" for n in nothing),
         path, fixed, "en", "zh")
    header, *rows = columns(fixed)
    assert header[:5] == columns(path)[0] and header[5:] == ["bifixer_hash", "bifixer_score"], header
    return same(((r[3], r[2]) for r in rows), changes.lines(case.translated))


@reads("bitextor", "bicleaner-hardrules")
def hardrules(case):
    """Its rules without language identification and language models; it knows no header, so that is cut off. All rules are run, since it
    stumbles over texts of more than 10,000 characters otherwise."""
    path, bare, judged = case.export("bitextor"), case.out / "bare.tsv", case.out / "judged.tsv"
    bare.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    tool(BIN / "bicleaner-hardrules", "--disable_lang_ident", "--disable_lm_filter", "--disable_porn_removal",
         "--source_lang", "en", "--target_lang", "zh", "--scol", 3, "--tcol", 4, "--annotated_output", "--run_all_rules",
         bare, judged)
    rows = columns(judged)
    assert all(len(r) == 7 for r in rows), "a row of more or fewer columns"
    read = same(((r[3], r[2]) for r in rows), changes.lines(case.translated))
    return f"{read}, keeps {sum(r[5] == '1' for r in rows)}"
