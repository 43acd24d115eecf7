"""Sentences with their acts become labels, and a pack says that it knows them."""

from sotto_training.export import VERSION
from sotto_training.requests import Said, describe, label_of, said


def test_an_expectation_is_a_label():
    assert label_of("timer.start duration_s=300 name=*egg*", "timers") == "timer.start"
    assert label_of("refused network", "refusals") == "refused.network"
    assert label_of("nothing", "other") == "nothing"
    # A question stands for what it leads to, where that is one thing.
    assert label_of("ask time", "alarms") == "alarm.set"
    assert label_of("ask time", "reminders") == "reminder.set"
    assert label_of("ask which", "alarms") is None
    assert label_of("family list", "lists") is None
    assert label_of("timer.start duration_s=60 ; alarm.set", "timers") is None


def test_sentences_know_their_set(tmp_path):
    text = "# timers\n---\nbefore: set a timer for 5 minutes\nhow long => timer.status count=1\nask me => ask which\n"
    (tmp_path / "timers_17.txt").write_text(text)
    (tmp_path / "lists.txt").write_text("my list => list.read\n")
    assert said(tmp_path) == [Said("my list", "list.read", 1), Said("how long", "timer.status", 17)]


def test_the_card_says_it_once(tmp_path):
    card = (
        "# sotto 0.1\n\n## Scores\n| | this |\n| --- | --- |\n| act | 1.0 |\n\nText.\n\n"
        "## Data and licences\n\nAbout.\n\n| source | used for |\n| --- | --- |\n| A | b |\n"
    )
    (tmp_path / "MODEL.md").write_text(card)
    describe(str(tmp_path), "80.0", 100)
    describe(str(tmp_path), "90.0", 200)
    found = (tmp_path / "MODEL.md").read_text()
    assert found.startswith(f"# sotto {VERSION}\n")
    assert "| act | 1.0 |\n| requests, 200 sentences of people it never heard | 90.0 |  |\n\nText." in found
    assert found.count("| Requests of our own ") == 1 and found.count("| requests, ") == 1
    assert found.endswith(
        "| A | b |\n| Requests of our own | requests | training/data, tests/dialogues/said | CC0 1.0 |\n"
    )
