"""Sentences with their acts become labels, marks become tags, and a pack says that it knows them."""

import pytest

from sotto_training.corpora import tokenizer
from sotto_training.export import VERSION
from sotto_training.marked import TAGS, Request, joined, request, tags_of
from sotto_training.requests import describe, label_of, said, unmarked


def test_an_expectation_is_a_label():
    assert label_of("timer.start duration_s=300 name=*egg*", "timers") == "timer.start"
    assert label_of("refused network", "refusals") == "refused.network"
    assert label_of("nothing", "other") == "nothing"
    # A question stands for what it leads to, where that is one thing.
    assert label_of("ask time", "alarms") == "alarm.set"
    assert label_of("ask time", "reminders") == "reminder.set"
    assert label_of("ask which", "alarms") is None
    assert label_of("family list", "lists") is None


def test_sentences_know_their_set(tmp_path):
    text = (
        "# timers\n---\nbefore: set a timer for 5 minutes\nhow long => timer.status count=1\nask me => ask which\n"
        "an hour, and milk => timer.start duration_s=3600 ; list.add items=milk\n"
    )
    (tmp_path / "timers_17.txt").write_text(text)
    (tmp_path / "lists.txt").write_text("will it rain => refused network\n")
    assert said(tmp_path) == [
        Request("will it rain", ("refused.network",), [], 1),
        unmarked("how long", ("timer.status",), 17),
        unmarked("an hour, and milk", ("timer.start", "list.add"), 17),
    ]


def test_marks_are_tags_of_tokens():
    found = request("put [item:oat milk] on [list:Lidl], please => list.add")
    assert found.text == "put oat milk on Lidl, please" and found.labels == ("list.add",)
    encoding = tokenizer().encode(found.text)
    tags = [TAGS[n] for n in tags_of(encoding.offsets, found.spans)]
    marked = [(token, tag) for token, tag in zip(encoding.tokens, tags) if tag != "O"]
    assert marked[:3] == [("o", "B-item"), ("##at", "I-item"), ("milk", "I-item")]
    assert marked[3][1] == "B-list" and {tag for _, tag in marked[4:]} == {"I-list"}
    assert set(tags_of(encoding.offsets, None)) == {-1}
    with pytest.raises(ValueError):
        request("no request at all")


def test_two_requests_are_joined_with_their_marks():
    first, second = request("Time [length:an hour]. => timer.start"), request("Note [text:it's mild] => note.take")
    both = joined(first, second, " and ")
    assert (both.text, both.labels) == ("Time an hour and note it's mild", ("timer.start", "note.take"))
    assert [both.text[s["start"] : s["end"]] for s in both.spans] == ["an hour", "it's mild"]


def test_the_card_says_it_once(tmp_path):
    card = (
        "# sotto 0.1\n\n## Scores\n| | this |\n| --- | --- |\n| act | 1.0 |\n\nText.\n\n"
        "## Data and licences\n\nAbout.\n\n| source | used for |\n| --- | --- |\n| A | b |\n"
    )
    (tmp_path / "MODEL.md").write_text(card)
    describe(str(tmp_path), {"requests, 100": "80.0", "slots, 9": "70.0"})
    describe(str(tmp_path), {"requests, 200": "90.0", "slots, 9": "71.0"})
    found = (tmp_path / "MODEL.md").read_text()
    assert found.startswith(f"# sotto {VERSION}\n")
    assert "| act | 1.0 |\n| requests, 200 | 90.0 |  |\n| slots, 9 | 71.0 |  |\n\nText." in found
    assert found.count("| Requests of our own ") == 1 and found.count("\n| requests, ") == 1
    assert found.endswith(
        "| A | b |\n| Requests of our own | requests, slots | training/data, tests/dialogues/said | CC0 1.0 |\n"
    )
