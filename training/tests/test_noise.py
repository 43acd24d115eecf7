"""Noise changes the text and keeps every entity where it was."""

import random

from sotto_training.noise import edited, noisy

TEXT = "Remind me to call Anna in New York tomorrow, please!"
SPANS = [{"start": 18, "end": 22, "type": "person"}, {"start": 26, "end": 34, "type": "location"}]


def test_spans_move_with_the_text():
    text, spans = edited(TEXT, SPANS, 0, 6, "ask")
    assert [text[s["start"] : s["end"]] for s in spans] == ["Anna", "New York"]
    text, spans = edited(TEXT, SPANS, 19, 20, "")
    assert [text[s["start"] : s["end"]] for s in spans] == ["Ana", "New York"]


def test_noise_is_seldom_more_than_a_slip_inside_an_entity():
    chance, changed = random.Random(0), 0
    for _ in range(500):
        text, spans = noisy(TEXT, SPANS, chance, "neutral")
        changed += text != TEXT
        assert [s["type"] for s in spans] == ["person", "location"]
        for span, name in zip(spans, ("Anna", "New York")):
            found = text[span["start"] : span["end"]]
            assert abs(len(found) - len(name)) <= 2 and len(set(name) & set(found)) >= 2, (text, found)
    assert changed > 400
