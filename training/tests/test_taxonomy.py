"""The taxonomy describes the labels of the shipped pack, and no others."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TAXONOMY = tomllib.loads((ROOT / "training/data/taxonomy.toml").read_text("utf8"))
PACK = json.loads((ROOT / "models/squeezebert/labels.json").read_text("utf8"))
ENTRIES = [(head, name, entry) for head, labels in TAXONOMY.items() for name, entry in labels.items()]


@pytest.mark.parametrize("head", ["intent", "act", "sentiment"])
def test_every_label_is_described_in_the_order_of_the_pack(head):
    assert list(TAXONOMY[head]) == PACK[head]["labels"]


def test_every_kind_of_entity_is_described():
    kinds = [tag[2:] for tag in PACK["entity"]["labels"] if tag.startswith("B-")]
    assert list(TAXONOMY["entity"]) == kinds


def test_descriptions_are_short_and_tell_labels_apart():
    descriptions = [entry["description"] for _, _, entry in ENTRIES]
    assert [text for text in descriptions if not 0 < len(text) <= 120] == []
    assert len(set(descriptions)) == len(descriptions)


def test_each_label_has_three_examples_of_its_own():
    examples = [(head, text) for head, _, entry in ENTRIES for text in entry["examples"]]
    assert [name for _, name, entry in ENTRIES if len(entry["examples"]) != 3] == []
    assert len(set(examples)) == len(examples)


def test_examples_of_entities_mark_their_span():
    for name, entry in TAXONOMY["entity"].items():
        for text in entry["examples"]:
            assert re.fullmatch(r"[^\[\]]*(\[[^\[\]]+\][^\[\]]*)+", text), f"{name}: {text}"
