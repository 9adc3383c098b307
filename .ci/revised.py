"""Looks for what .ci/exports.py filled in in what `duizhao corpus revise` wrote."""

import json
import pathlib
import sys

work = pathlib.Path(sys.argv[1])
before, after = ((work / name).read_text(encoding="utf8").splitlines() for name in ("sample/aligned.jsonl", "revised.jsonl"))
assert len(after) == len(before) - 1, "two beads were to become one"
revised = [r for r in map(json.loads, after) if "revision" in r]
assert [r["revision"] for r in revised] == [
    {"comment": None, "edited": ["zh"], "merged": 0},
    {"comment": "=1+1", "edited": [], "merged": 2},
], revised
assert revised[0]["zh"] == ["改过的一句。"]
pairs = {r["pair"] for r in revised}
same = [line for line in before if json.loads(line)["pair"] not in pairs]
assert [line for line in after if json.loads(line)["pair"] not in pairs] == same, "another article was touched"
print(f"xlsx: {len(revised)} beads revised, {len(same)} lines of other articles as they were")
