"""Times import, unchanged re-import, export, searches and the admin's lists of many pages, and the memory imports take.

Usage: python tests/bench.py PAGES [PAGES ...]. Each step runs as its own process on a new SQLite database.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPH = (
    "Your provider may look for a small tight spot in the muscle. You may feel a short twitch. Some people feel looser "
    "straight away, others after a day or two [@study-{source}]. Read [more](topic:topic-{link}) before your visit.\n\n"
)
CARD = "::: urgent Call the clinic today if:\n- the sore spot gets worse\n- you have a fever\n:::\n\n"

# Run within the site; every page holds most of these words, which is the worst that a search can meet.
SEARCHES = """
import sys, time
from education.search import search
slowest = 0
for text in ("provider", "muscel twich", "what do some people feel after a day or two", "sore sopt get worse " * 10, "(" * 200):
    started = time.perf_counter()
    search(text, "en")
    slowest = max(slowest, time.perf_counter() - started)
sys.stdout.write(f"{'':>8}  slowest search: {slowest * 1000:.0f} ms\\n")
"""


def page(collection, number, count):
    """One page's text: about 3.5 kB for a topic, condition or question, with links and citations."""
    front = f"title: Page {number} of {collection}\nsummary: What page {number} is about, in one sentence.\nstatus: published\n"
    front += f"search_words:\n  - word {number}\n"
    own = {
        "topics": f"position: {number % 1000}\n",
        "conditions": "evidence: some\nevidence_summary: Two small studies found less pain.\n",
        "faqs": f"topic: topic-{number % max(1, count // 4)}\nposition: {number % 1000}\n",
        "sources": f"publisher: A journal\nyear: 2020\nurl: https://example.org/{number}\n",
    }[collection]
    if collection == "sources":
        return f"---\n{front}{own}---\n"
    sections = "".join(
        f"## Section {section}\n\n"
        + PARAGRAPH.format(source=number % sources_of(count), link=(number * 7 + section) % max(1, count // 4)) * 2
        for section in range(5)
    )
    return f"---\n{front}{own}---\n\n{CARD}{sections}".rstrip() + "\n"


def sources_of(count):
    """How many of so many pages are sources."""
    return min(50, count // 3)


def make_content(folder, count):
    """Write a content folder of `count` pages."""
    names = {"topics": "topic", "conditions": "condition", "faqs": "question", "sources": "study"}
    shares = {"sources": sources_of(count), "topics": count // 4, "conditions": count // 10}
    shares["faqs"] = count - sum(shares.values())
    for collection, share in shares.items():
        place = folder / "en" / collection
        place.mkdir(parents=True)
        for number in range(share):
            (place / f"{names[collection]}-{number}.md").write_text(page(collection, number, count))


def run(var_dir, *arguments):
    """Run a management command; gives its seconds and the most memory it held, in MB."""
    environment = {**os.environ, "VAR_DIR": str(var_dir), "DATABASE_URL": ""}
    started = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, str(ROOT / "manage.py"), *map(str, arguments), "--verbosity", "0"],
        environment,
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"manage.py {' '.join(map(str, arguments))} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main(counts):
    """Print a line a step."""
    sys.stdout.write(f"{'pages':>8}  {'step':<22}{'seconds':>9}{'ms a page':>11}{'peak MB':>9}\n")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            make_content(place / "content", count)
            run(place, "migrate")
            steps = {
                "first import": ("import_content", place / "content"),
                "unchanged re-import": ("import_content", place / "content"),
                "export": ("export_content", place / "export"),
            }
            for step, command in steps.items():
                seconds, memory = run(place, *command)
                sys.stdout.write(f"{count:>8,}  {step:<22}{seconds:>9.2f}{seconds / count * 1000:>11.2f}{memory:>9.0f}\n")
                sys.stdout.flush()
            run(place, "shell", "--command", SEARCHES)
            run(place, "shell", "--command", "from tests.bench_admin import main; main()")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1000])
