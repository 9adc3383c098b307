#!/usr/bin/env python3
"""Runs a command and tells its time and memory.

As a program, `measured.py REPORT COMMAND…` runs the command and writes `{"code", "wall", "cpu", "peak"}` into REPORT.
It is a process of its own because Linux counts the memory of a process that starts another into the other's peak.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

# Every library that would use several threads is held to one, so that processor time compares.
ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")
}


@dataclass
class Measured:
    """What one run took: seconds on the clock, seconds of processor time (all threads), peak bytes in memory."""

    wall: float
    cpu: float
    peak: int
    stdout: str


class CommandFailed(RuntimeError):
    """A measured command ended with an exit code other than 0."""


def run(command, one_thread=True, **options):
    """Runs `command` to its end; raises CommandFailed with the end of what it said if it fails."""
    environment = {**os.environ, **(ONE_THREAD if one_thread else {})}
    with tempfile.NamedTemporaryFile("r") as report:
        helper = [sys.executable, "-S", "-E", os.path.abspath(__file__), report.name]
        done = subprocess.run(
            helper + [str(part) for part in command], env=environment, capture_output=True, text=True, **options
        )
        if done.returncode:
            raise CommandFailed(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr[-2000:]}")
        numbers = json.load(report)
    return Measured(numbers["wall"], numbers["cpu"], numbers["peak"], done.stdout)


def least(times, command, **options):
    """The run of `times` that took least processor time: what disturbs a run only ever adds to it."""
    return min((run(command, **options) for _ in range(times)), key=lambda m: m.cpu)


def main():
    report, command = sys.argv[1], sys.argv[2:]
    start = time.perf_counter()
    code = subprocess.call(command)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    numbers = {"code": code, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
    with open(report, "w") as file:
        json.dump(numbers, file)
    sys.exit(code)


if __name__ == "__main__":
    main()
