"""Other aligners on the same sentences: accuracy, time, memory."""

import json

import measured
import peers
import report


def run(bench):
    texts, notes, versions = [], [], {}
    for title, gold in (("dev", bench.dev / "gold"), ("literary", bench.literary)):
        rows, missing = beside_one_another(bench, title, gold, notes, versions)
        texts.append(f"`{title}`:\n\n" + report.table(["", *report.MEASURES, "time", "start-up", "memory"], rows))
        texts += [f"{name} is left out: {reason}\n" for name, reason in missing]
    measured_with = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    notes.append("* tuned: how readily a sentence is left out, chosen for each article on all others.")
    return "\n".join(texts + ["\n".join(notes), f"\nMeasured: {measured_with}, duizhao {bench.duizhao.version}."])


def beside_one_another(bench, title, gold, notes, versions):
    """The rows of duizhao and of all peers; times and memory as multiples of duizhao's first engine."""
    ours, rows, missing = own(bench, title, gold), [], []
    _, unit, unit_start, unit_peak = ours[0][1:]
    for name, result, seconds, start, peak in ours:
        rows.append([name, *report.scores(result), *multiples(seconds / unit, start / unit_start, peak / unit_peak)])
    for peer in peers.PEERS:
        out = bench.folder("peers", title, peer)
        helper = bench.repository / "benches/align_with_peer.py"
        try:
            run = measured.run([bench.peers_python, helper, peer, gold, out, "--tune"])
        except measured.CommandFailed as failed:
            missing.append((peer, str(failed).strip().splitlines()[-1]))
            continue
        said = json.loads(run.stdout.splitlines()[-1])
        ratios = multiples(said["align"] / unit, said["start"] / unit_start, said["peak"] / unit_peak)
        rows.append([said["name"], *report.scores(bench.duizhao.score(gold, out)), *ratios])
        if said["tuned"]:
            tuned = bench.duizhao.score(gold, out / "tuned")
            rows.append([f"{said['name']}, tuned", *report.scores(tuned), *["as above"] * len(ratios)])
        note = f"* {said['name']}: {said['fed']}."
        notes += [note] * (note not in notes)
        versions.update(said["versions"])
    return rows, missing


def own(bench, title, gold):
    """(name, scores, seconds, start-up, peak) of each engine, cross-validated, since it was learned from both."""
    duizhao = bench.duizhao
    rows = []
    for engine in duizhao.engines:
        out = bench.folder("beads", engine.name, title)
        run, start = duizhao.align(gold, out, engine, times=5), duizhao.start_up(engine, times=5)
        name = f"**duizhao, {engine.name}**, cross-validated"
        rows.append((name, duizhao.score(gold, bench.folds(engine)), run.cpu - start.cpu, start.cpu, run.peak))
    return rows


def multiples(*ratios):
    return [f"{report.figure(ratio)} ×" for ratio in ratios]
