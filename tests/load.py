"""A client that sends one request over and over on a few connections, and how long each answer took.

Usage: python tests/load.py PORT CONNECTIONS SECONDS CPU < REQUEST. Prints JSON; CPU is the processor to run on, -1 for any.
"""

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What a run saw: requests a second, and the seconds that answers took, from quickest to slowest."""

    rate: float
    seconds: list[float]
    statuses: dict[str, int]

    def at(self, share):
        """The seconds within which this share of the answers came."""
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * share))]


def request_bytes(path, **headers):
    """A GET request as it goes over the wire; `accept_encoding="br"` is a header."""
    lines = [f"GET {path} HTTP/1.1", "Host: clinic.example", "X-Forwarded-Proto: https"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def run(port, request, *, connections=8, seconds=2.0, cpu=-1):
    """The `Load` of a client in a process of its own."""
    command = [sys.executable, __file__, str(port), str(connections), str(seconds), str(cpu)]
    done = subprocess.run(command, input=request, stdout=subprocess.PIPE, check=True)
    return Load(**json.loads(done.stdout))


def send(port, request, connections, seconds):
    """Keep each connection busy with the request; gives what `Load` holds. Raises ValueError where answers break off."""
    selector, took, statuses = selectors.DefaultSelector(), [], {}
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(request)
        selector.register(connection, selectors.EVENT_READ, [time.perf_counter(), b""])
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _ in selector.select(1):
            data, state = key.fileobj.recv(262_144), key.data
            if not data:
                raise ValueError(f"the server closed a connection after {state[1][:200]!r}")
            state[1] += data
            if (status := _complete(state[1])) is None:
                continue
            now = time.perf_counter()
            took.append(now - state[0])
            statuses[status] = statuses.get(status, 0) + 1
            key.fileobj.sendall(request)
            state[:] = [now, b""]
    return {"rate": len(took) / (time.perf_counter() - began), "seconds": sorted(took), "statuses": statuses}


def _complete(data):
    """The status of an answer that is all there, else None."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return None
    status, lower = head[9:12].decode(), head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at >= 0:
        is_there = len(body) >= int(lower[at + 17 :].partition(b"\r\n")[0])
    else:
        is_there = status in ("304", "204") or body.endswith(b"0\r\n\r\n")
    return status if is_there else None


if __name__ == "__main__":
    *numbers, cpu = sys.argv[1:]
    if int(cpu) >= 0:
        os.sched_setaffinity(0, {int(cpu)})
    port, connections, seconds = int(numbers[0]), int(numbers[1]), float(numbers[2])
    json.dump(send(port, sys.stdin.buffer.read(), connections, seconds), sys.stdout)
