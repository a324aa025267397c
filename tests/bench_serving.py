"""Compares our pages with Django's least and a new Django project, each on the same gunicorn, one processor, one worker.

Usage: python tests/bench_serving.py [ROUNDS] [PAGES ...]. What is compared takes turns: a busy machine is fair to all;
a ratio is the median over the rounds. With PAGES: what the hub, a list and a search cost the processor when there are so many.
"""

import http.client
import re
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import load
from tests.bench import make_content
from tests.serving import bare, environment, manage, memory, processor_time, site

HUB = "/topics/dry-needling/"
BROWSER = {"accept_encoding": "gzip, deflate, br, zstd", "accept": "text/html", "user_agent": "Mozilla/5.0 (X11; Linux x86_64)"}
# Who may be staff is not answered from the cache.
UNKNOWN = {"cookie": "__Host-sessionid=00000000000000000000000000000000"}
SECONDS = 1.0
WARMING = 0.5


@dataclass
class Step:
    """What is measured: a request to a port, and what its rounds gave."""

    name: str
    port: int
    worker: int
    request: bytes
    connections: int = 4
    rounds: list = field(default_factory=list)

    def measure(self, seconds):
        """Run once; the processor's time a request is of the worker alone, so that other work on the machine matters less."""
        before = processor_time(self.worker)
        run = load.run(self.port, self.request, connections=self.connections, seconds=seconds, cpu=1)
        if not run.statuses.keys() <= {"200", "304"}:
            raise RuntimeError(f"{self.name}: {run.statuses}")
        return run.rate, run.at(0.5), run.at(0.99), (processor_time(self.worker) - before) / len(run.seconds)

    def middle(self, number):
        """The median over the rounds of one of what `measure` gives."""
        return statistics.median(one[number] for one in self.rounds)

    def ratio(self, other, number=0):
        """The median over the rounds of this step's number by another's in the same round."""
        return statistics.median(mine[number] / theirs[number] for mine, theirs in zip(self.rounds, other.rounds, strict=True))


def compare(rounds):
    """Print the table of the hub page and what it is compared with."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        env = environment(folder)
        for command in (("migrate",), ("import_content",), ("collectstatic", "--noinput")):
            manage(env, *command)
        least, (least_pid,) = stack.enter_context(bare(env, "least()", cpu=0))
        project, (project_pid,) = stack.enter_context(bare(env, "project()", cpu=0))
        ours, (our_pid,) = stack.enter_context(site(env, cpu=0))
        etag, style = _look(ours)
        hello = load.request_bytes("/", **BROWSER)
        steps = [
            Step("Django's least, hello", least, least_pid, hello),
            Step("new Django project, hello", project, project_pid, hello),
            Step("hub page, warm", ours, our_pid, load.request_bytes(HUB, **BROWSER)),
            Step("hub page, unpacked", ours, our_pid, load.request_bytes(HUB)),
            Step("hub page, 304", ours, our_pid, load.request_bytes(HUB, **BROWSER, if_none_match=etag)),
            Step("stylesheet, static file", ours, our_pid, load.request_bytes(style, **BROWSER)),
            Step("hub page, cold", ours, our_pid, load.request_bytes(HUB, **BROWSER, **UNKNOWN), connections=1),
        ]
        for step in steps:
            step.measure(WARMING)
        for _ in range(rounds):
            for step in steps:
                step.rounds.append(step.measure(SECONDS))
        _print(steps)
        sizes = {"Django's least": memory(least_pid), "new Django project": memory(project_pid), "our site": memory(our_pid)}
        own = sizes["our site"] / sizes["new Django project"]
        sys.stdout.write("memory of a worker, MB: " + ", ".join(f"{name} {size:.0f}" for name, size in sizes.items()))
        sys.stdout.write(f"; ours is {own:.2f} of a new project's\n")


def _print(steps):
    least, project = steps[:2]
    head = ("a second", "of least", "of new", "p50 ms", "p99 ms", "p99 of new", "CPU ms", "CPU of least", "CPU of new")
    sys.stdout.write(f"{'':<28}" + "".join(f"{title:>13}" for title in head) + "\n")
    for step in steps:
        numbers = (
            f"{step.middle(0):.0f}",
            f"{step.ratio(least):.2f}",
            f"{step.ratio(project):.2f}",
            f"{step.middle(1) * 1000:.2f}",
            f"{step.middle(2) * 1000:.2f}",
            f"{step.ratio(project, 2):.2f}",
            f"{step.middle(3) * 1000:.2f}",
            f"{step.ratio(least, 3):.2f}",
            f"{step.ratio(project, 3):.2f}",
        )
        sys.stdout.write(f"{step.name:<28}" + "".join(f"{number:>13}" for number in numbers) + "\n")


def _look(port):
    """The ETag of the hub page, and the address of its stylesheet."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", HUB, headers={"Host": "clinic.example", "X-Forwarded-Proto": "https"})
    response = connection.getresponse()
    return response.headers["ETag"], re.search(rb'href="(/static/css/bundle[^"]+)"', response.read())[1].decode()


def grow(counts):
    """Print what pages cost the processor to be made, and to be given from the cache, for so many pages."""
    sys.stdout.write(f"{'pages':>8}{'':>4}" + "".join(f"{title:>16}" for title in ("hub", "list", "search", "hub, warm")) + "\n")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            env = environment(folder)
            make_content(Path(folder) / "content", count)
            manage(env, "migrate")
            manage(env, "import_content", Path(folder) / "content")
            manage(env, "collectstatic", "--noinput")
            with site(env, cpu=0) as (port, (pid,)):
                asked = {
                    "/topics/topic-0/": UNKNOWN,
                    "/conditions/": UNKNOWN,
                    "/search/?q=muscel+twich": {},
                    "/topics/topic-0/?": {},
                }
                steps = [
                    Step(path, port, pid, load.request_bytes(path, **BROWSER, **headers), connections=1)
                    for path, headers in asked.items()
                ]
                for step in steps:
                    step.measure(WARMING)
                    step.rounds = [step.measure(SECONDS) for _ in range(3)]
                sys.stdout.write(f"{count:>8,}{'':>4}" + "".join(f"{step.middle(3) * 1000:>13.2f} ms" for step in steps) + "\n")


if __name__ == "__main__":
    compare(int(sys.argv[1]) if sys.argv[1:] else 5)
    if sys.argv[2:]:
        grow([int(count) for count in sys.argv[2:]])
