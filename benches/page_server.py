#!/usr/bin/env python3
"""Serves invented pages on eight addresses of loopback, and tells when it was asked.

`page_server.py PORT LOG` listens on 127.0.0.1 to 127.0.0.8; every path but /robots.txt is an article of its own. On SIGTERM
it writes the times of its requests, a list of seconds for each host, as JSON into LOG. A line on standard output says that it
listens.
"""

import asyncio
import json
import signal
import sys
import time

HOSTS = [f"127.0.0.{n}" for n in range(1, 9)]

SENTENCES = [
    "The harbour office of page {} said that its cranes stopped on Monday after a worm had spread through the yard.",
    "Nobody was hurt, and the pilots brought the ships that were waiting outside to three other ports.",
    "The worm came with a message that looked like one of the firm that maintains the cranes.",
    "Whoever opened it gave the attackers the password of a server that had not been updated since spring.",
    "The office has restored its systems from backups and asks its customers to change their passwords.",
]


def page(path):
    text = " ".join(SENTENCES).format(path)
    body = "".join(f"<p>{text}</p>" for _ in range(4))
    html = f"<!doctype html><html lang=en><head><title>Cranes of {path} stop</title></head><body><article><h1>Cranes of {path} stop</h1>{body}</article></body></html>"
    return answer("200 OK", html.encode())


def answer(status, body):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Host(asyncio.Protocol):
    def __init__(self, times):
        self.times, self.data = times, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, self.data = self.data.split(b"\r\n\r\n", 1)
            self.times.append(time.monotonic())
            path = head.split(b" ", 2)[1].decode()
            missing = path == "/robots.txt"
            self.transport.write(answer("404 Not Found", b"") if missing else page(path.strip("/")))


async def main(port, log):
    loop = asyncio.get_running_loop()
    times = {host: [] for host in HOSTS}
    for host in HOSTS:
        await loop.create_server(lambda host=host: Host(times[host]), host, port)
    ended = loop.create_future()
    loop.add_signal_handler(signal.SIGTERM, ended.set_result, None)
    print("listening", flush=True)
    await ended
    with open(log, "w") as file:
        json.dump(times, file)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
