"""Sentences in which the words are marked that fill the slots of a request.

remind me [when:at 8] to [what:call Anna] => reminder.set
[item:Milk] on the [list:shopping] list, and flip a coin => list.add ; chance.coin
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from .noise import Spans

# What the words of a request can say; training/data/README.md tells what is marked as what.
SLOTS = "item list name what text query when length place choice word person sum day".split()
# BIO tags, in the order of the logits.
TAGS = ["O"] + [f"{end}-{slot}" for slot in SLOTS for end in "BI"]

MARK = re.compile(r"\[([a-z]+):([^\[\]]+)\]")


@dataclass(frozen=True)
class Request:
    """A message, the labels of what it asks for, and where its slots are filled; `None` where that is not known."""

    text: str
    labels: tuple[str, ...]
    spans: Spans | None = None
    # Which set of a cross-check it falls into.
    part: int = 0


def request(line: str) -> Request:
    """A line in the notation above; `start` and `end` in code points, half-open."""
    marked, arrow, labels = line.rpartition(" => ")
    if not arrow:
        raise ValueError(f"no request is said to be in: {line}")
    spans, text, at = [], "", 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append({"start": len(text), "end": len(text) + len(mark[2]), "type": mark[1]})
        text, at = text + mark[2], mark.end()
    return Request(text + marked[at:], tuple(labels.split(" ; ")), spans)


def requests_in(path: Path) -> list[Request]:
    """Those of a file; lines that begin with # say something about it."""
    lines = path.read_text("utf8").splitlines()
    return [request(line) for line in lines if line and not line.startswith("#")]


def joined(first: Request, second: Request, joint: str) -> Request:
    """Both in one message."""
    text = first.text.rstrip(" .!?,;") + joint
    later = [s | {"start": s["start"] + len(text), "end": s["end"] + len(text)} for s in second.spans]
    begins = second.text
    if not joint.startswith(".") and begins[:1].isupper() and not re.match(r"I\b", begins):
        begins = begins[0].lower() + begins[1:]
    return replace(first, text=text + begins, labels=first.labels + second.labels, spans=first.spans + later)


def tags_of(offsets: list[tuple[int, int]], spans: Spans | None) -> list[int]:
    """The tag of every token, by its place in the text; -1 for all where the slots are not known."""
    if spans is None:
        return [-1] * len(offsets)
    tags = [0] * len(offsets)
    for span in spans:
        begun = False
        for n, (start, end) in enumerate(offsets):
            if start < end and start < span["end"] and end > span["start"]:
                tags[n] = TAGS.index(("I-" if begun else "B-") + span["type"])
                begun = True
    return tags
