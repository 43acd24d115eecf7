"""The sentences of our own are what their README says."""

import json
from collections import Counter
from pathlib import Path

import pytest

from sotto_training.labels import ACTS, ENTITIES, SENTIMENTS
from sotto_training.marked import SLOTS, requests_in
from sotto_training.requests import ELSEWHERE, NOTHING

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf8").splitlines()]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.jsonl")), ids=lambda path: path.stem)
def test_no_sentence_is_empty_or_there_twice(path):
    texts = [row["text"] for row in rows(path.stem)]
    assert texts and all(text == text.strip() != "" for text in texts)
    assert [text for text, n in Counter(texts).items() if n > 1] == []


def test_every_intent_has_enough_and_none_is_in_both_files():
    train, valid = rows("own_intents"), rows("own_intents.valid")
    assert {r["intent"] for r in train} == {r["intent"] for r in valid}
    assert min(Counter(r["intent"] for r in train).values()) >= 55
    assert set(Counter(r["intent"] for r in valid).values()) == {10}
    assert {r["text"] for r in train}.isdisjoint(r["text"] for r in valid)


def test_labels_are_known():
    assert {r["act"] for r in rows("own_acts")} == set(ACTS)
    assert {r["sentiment"] for r in rows("own_sentiment")} == set(SENTIMENTS)


def test_spans_hold_whole_words_and_do_not_cross():
    for row in rows("own_entities"):
        text, at = row["text"], 0
        for span in row["spans"]:
            start, end = span["start"], span["end"]
            assert at <= start < end <= len(text) and span["type"] in ENTITIES, row
            assert text[start:end] == text[start:end].strip(), row
            assert start == 0 or not text[start - 1].isalnum(), row
            assert end == len(text) or not text[end].isalnum(), row
            at = end


def test_marked_slots_are_known_and_hold_whole_words():
    marked = requests_in(DATA / "own_marked.txt")
    assert [text for text, n in Counter(request.text for request in marked).items() if n > 1] == []
    for request in marked:
        assert "[" not in request.text and "]" not in request.text, request
        assert all(label in (NOTHING, ELSEWHERE) or label.count(".") == 1 for label in request.labels), request
        for span in request.spans:
            words = request.text[span["start"] : span["end"]]
            assert span["type"] in SLOTS and words == words.strip() != "", request
        assert not (request.spans and set(request.labels) <= {NOTHING, ELSEWHERE}), request
