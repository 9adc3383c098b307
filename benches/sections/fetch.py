"""Fetching from eight hosts on loopback: how fast without pauses, how much memory, and which pauses a server sees."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
from contextlib import contextmanager

import measured
import report

HOSTS = 8
NUMBERS = [1_000, 10_000]
POLITE = 6
TIMES = 3


def run(bench):
    folder = bench.folder("fetch")
    rows = []
    for number in NUMBERS:
        with server(bench, folder) as (port, _):
            runs = [fetch(bench, folder, port, number, "0") for _ in range(TIMES)]
        # What disturbs a run only ever adds to it.
        took = min(runs, key=lambda run: run.wall)
        stored = len((folder / "pages/pages.jsonl").read_text().splitlines())
        if stored != number:
            raise measured.CommandFailed(f"{stored} pages of {number} were stored")
        share = took.cpu / took.wall / os.cpu_count()
        rows.append(
            [
                f"{number:,}",
                f"{number / took.wall:,.0f}",
                f"{share:.0%}",
                report.figure(1e3 * took.cpu / number),
                report.megabytes(took.peak),
            ]
        )
    head = ["pages", "pages/s", f"share of {os.cpu_count()} processors", "ms of processor time a page", "peak MB"]
    return f"""Eight hosts, invented pages of 2 kB, no pauses (`--rate 0`); the server, in Python, takes its own share of the same machine:

{report.table(head, rows)}
{politeness(bench, folder)}"""


def politeness(bench, folder):
    """The pauses between requests to one host with the usual rate."""
    with server(bench, folder) as (port, log):
        fetch(bench, folder, port, HOSTS * POLITE, "2s")
    times = json.loads(log.read_text())
    gaps = [later - earlier for host in times.values() for earlier, later in zip(host, host[1:])]
    return (
        f"With the usual pace, 2 s between an answer and the next request to its host, the server saw {len(gaps)} pauses on {len(times)} hosts asked "
        f"side by side: the shortest {min(gaps):.3f} s, the median {statistics.median(gaps):.3f} s, the longest {max(gaps):.3f} s.\n"
    )


def fetch(bench, folder, port, number, rate):
    """Fetches so many pages, the same number from each host, into an empty folder."""
    pages, urls = folder / "pages", folder / "urls.txt"
    shutil.rmtree(pages, ignore_errors=True)
    urls.write_text("".join(f"http://127.0.0.{n % HOSTS + 1}:{port}/news/{n}\n" for n in range(number)))
    options = ["--allow-private", "--rate", rate, "--hosts", HOSTS, "--quiet"]
    command = [bench.duizhao.path, "fetch", urls, "--out", pages, *options]
    return measured.run(command, one_thread=False)


@contextmanager
def server(bench, folder):
    """The server's port, and the log that is there once it has ended."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "times.json"
    script = bench.repository / "benches/page_server.py"
    process = subprocess.Popen([sys.executable, script, str(port), log], stdout=subprocess.PIPE, text=True)
    try:
        process.stdout.readline()
        yield port, log
    finally:
        process.terminate()
        process.wait()
