"""What other programs make of Sotto's exports: the messages, and the exports of them."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Each text with what it names: the words, where they begin, and their kind.
TEXTS = [
    ("call  Bob Lee 👩‍👩‍👧 in 東京\nby 10:30", [("Bob Lee", "person"), ("東京", "location"), ("10:30", "time")]),
    ("שלום  דנה, נפגש בתל אביב", [("דנה", "person"), ("תל אביב", "location")]),
    ("مرحبا يا ليلى في القاهرة", [("ليلى", "person"), ("القاهرة", "location")]),
    ("meet Anna  Maria  tomorrow", [("Anna  Maria", "person"), ("tomorrow", "date")]),
    ("New\nYork is  big\r\n\r\n  indeed", [("New\nYork", "location")]),
    ("=SUM(A1) was Ömer's idea", [("Ömer", "person")]),
    ("我在北京工作，老板是王伟。", [("北京", "location"), ("王伟", "person")]),
    ("Zoe\u0308 and 🇩🇪 José 👍🏽 e\u0301", [("Zoe\u0308", "person"), ("José", "person")]),
    ("see [the docs](https://example.org/a?b=c#d), [Bob", [("https://example.org/a?b=c#d", "url"), ("Bob", "person")]),
    ('ACME (Ltd) said "no" to {him}', [("ACME (Ltd)", "organization")]),
    ("[1][Anna] - # > * | text: a, b; c\ttab", [("Anna", "person")]),
    ("- not a list\n: nor a map\n\n", []),
    ("'quoted' 'twice'", []),
    ("nothing named here", []),
    ("  spaces around  ", []),
    ("plain\u2028separator\u00a0nbsp \u200bzero", []),
]


def analysis(text, entities, number):
    label = lambda name, confidence: {"name": name, "confidence": confidence}
    spans, at = [], 0
    for words, kind in entities:
        start = text.index(words, at)
        at = start + len(words)
        value = "2026-11-24" if kind == "date" else words
        source = "rule" if kind in ("date", "time", "url") else "model"
        spans.append({"start": start, "end": at, "text": words, "entity": kind, "confidence": 0.75,
                      "value": value, "source": source})
    intent = ["reminder", "greeting", "out_of_scope"][number % 3]
    return {
        "intent": label(intent, 0.5), "intent_ranking": [label(intent, 0.5), label("note", 0.25)],
        "act": label("inform", 0.5),
        "sentiment": {"name": "neutral", "confidence": 0.5,
                      "scores": {"negative": 0.25, "neutral": 0.5, "positive": 0.25}},
        "entities": spans, "model": {"name": "by-hand", "version": "1"},
    }


@pytest.fixture(scope="session")
def sotto():
    """The command line."""
    return os.environ.get("SOTTO") or str(ROOT / "target/debug/sotto")


@pytest.fixture(scope="session")
def export(sotto, tmp_path_factory):
    """Exports the messages above in a format: the file."""
    folder = tmp_path_factory.mktemp("exports")
    lines = []
    for number, (text, entities) in enumerate(TEXTS):
        message = {"id": number + 1, "conversation": 1 + number // 6, "speaker": ["Anna", "שרה", "=Bob"][number % 3],
                   "time": 1769880600000 + number * 1000, "source": "imported", "text": text,
                   "analysis": analysis(text, entities, number), "correction": None, "edited": None}
        lines.append(json.dumps(message))
    message = {**message, "id": len(TEXTS) + 1, "time": message["time"] + 1, "text": "not tagged", "analysis": None}
    lines.append(json.dumps(message))
    run(sotto, "import", "--data-dir", folder / "data", "-", input="\n".join(lines))

    def export(format, *options):
        file = folder / f"{format}{len(list(folder.iterdir()))}"
        run(sotto, "export", "--data-dir", folder / "data", "--format", format, "--output", file, *options)
        return file

    return export


@pytest.fixture(scope="session")
def messages(export):
    """The messages as JSON Lines has them, which the other formats are held against."""
    messages = [json.loads(line) for line in export("jsonl").read_text().splitlines()]
    assert [message["text"] for message in messages] == [text for text, _ in TEXTS] + ["not tagged"]
    for message, (_, entities) in zip(messages, TEXTS):
        found = message["analysis"]["entities"]
        assert [(entity["text"], entity["entity"]) for entity in found] == entities
        assert all(message["text"][entity["start"] : entity["end"]] == entity["text"] for entity in found)
    return messages


def entities(message):
    return message["analysis"]["entities"] if message["analysis"] else []


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout
