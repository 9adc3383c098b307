#!/usr/bin/env python3
"""Makes many pages out of few, to time a run over: copies of a folder's pairs under names of their own.

  python3 benches/many_pairs.py DEV OUT 1000
  time target/release/duizhao run OUT --out ALIGNED --threads 2

DEV holds `zh/`, `en/` and `pairs.tsv` (post ⇥ original). Every copy of a post has an id of its own, and cites its
own copy of the original, so that a run ends with as many pairs by citation as there are copies.
"""
import sys
from pathlib import Path


def main():
    dev, out, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    pairs = [line.split("\t") for line in (dev / "pairs.tsv").read_text(encoding="utf8").splitlines()]
    pages = [[(dev / lang / name).read_text(encoding="utf8") for lang, name in zip(("zh", "en"), pair)] for pair in pairs]
    for lang in ("zh", "en"):
        (out / lang).mkdir(parents=True)
    for copy in range(number):
        round, which = divmod(copy, len(pairs))
        post, slug = (Path(name).stem for name in pairs[which])
        new_post, new_slug = f"{post}{round}", f"{slug}-{round}"
        zh, en = (page.replace(f"/posts/{post}", f"/posts/{new_post}").replace(slug, new_slug) for page in pages[which])
        (out / "zh" / f"{new_post}.md").write_text(zh, encoding="utf8")
        (out / "en" / f"{new_slug}.md").write_text(en, encoding="utf8")


if __name__ == "__main__":
    main()
