"""Batches are of one length and mix the lessons by their weights; losses read only what a message is labelled with."""

from itertools import islice

import pytest
import torch
import torch.nn.functional as F
from sotto_training.finetune import class_loss, entity_loss, imitation
from sotto_training.labels import ENTITY_TAGS
from sotto_training.lessons import CLASSES, IGNORE, Example, Lesson
from sotto_training.mix import mix
from sotto_training.model import STUDENT, Encoder, deepened
from sotto_training.noise import noisy_copies
from sotto_training.textbook import Textbook


def lesson(name: str, weight: float, count: int, **rest) -> Lesson:
    examples = [Example([101, *range(1000, 1000 + n % 7), 102], **rest) for n in range(count)]
    return Lesson(name, weight, examples)


def test_batches_are_of_one_length_and_share_their_tokens_by_weight():
    book = Textbook([lesson("one", 3.0, 500, intent=1), lesson("other", 1.0, 40, intent=2)], "cpu")
    tokens = {1: 0, 2: 0}
    for batch in islice(book.batches(64, 0), 600):
        assert batch.ids.numel() <= 64
        assert (batch.ids[:, 0] == 101).all() and (batch.ids[:, -1] == 102).all()
        for label in tokens:
            tokens[label] += int((batch.classes[:, 0] == label).sum()) * batch.ids.shape[1]
    assert tokens[1] / tokens[2] == pytest.approx(3.0, rel=0.1)


def test_a_retyped_message_knows_the_one_it_was():
    second = Lesson("second", 1.0, [Example([101, 5, 102]), Example([101, 6, 102]), Example([101, 7, 102], clean=1)])
    book = Textbook([lesson("first", 1.0, 10), second], "cpu")
    assert book.clean.tolist() == [*range(10), 10, 11, 11]


def test_a_polar_label_says_nothing_of_neutral_and_an_unknown_one_nothing_at_all():
    examples = [Example([101, 102], sentiment=2), Example([101, 102])]
    book = Textbook([Lesson("polar", 1.0, examples, mood="polar")], "cpu")
    batch = book.batch(torch.arange(2).numpy())
    logits = {head: torch.zeros(2, 3, requires_grad=True) for head in CLASSES}
    class_loss(logits, batch, 0.0).backward()
    grad = logits["sentiment"].grad
    assert grad[0, 1] == 0 and grad[0, 0] > 0 > grad[0, 2]
    assert (grad[1] == 0).all() and logits["intent"].grad.abs().sum() == 0


def test_an_unmarked_token_may_be_of_a_kind_that_the_corpus_does_not_mark():
    date, person = ENTITY_TAGS.index("B-date"), ENTITY_TAGS.index("B-person")
    book = Textbook([Lesson("btc", 1.0, [Example([101, 7, 102], tags=[IGNORE, 0, IGNORE])], marks="btc")], "cpu")
    batch = book.batch(torch.arange(1).numpy())
    sure = lambda tag: 20.0 * F.one_hot(torch.tensor([[tag] * 3]), len(ENTITY_TAGS)).float()
    assert entity_loss(sure(date), batch) < 1e-3 < 1 < entity_loss(sure(person), batch)


def test_imitation_is_nothing_where_the_answers_are_the_same():
    book = Textbook([lesson("any", 1.0, 7)], "cpu")
    batch = book.batch(torch.tensor([2]).numpy())
    size = batch.ids.shape
    own = {head: torch.tensor([[3.0, 0.0, -1.0]]) for head in CLASSES}
    own |= {"entity": torch.randn(*size, len(ENTITY_TAGS)), "hidden": torch.randn(*size, 8)}
    assert abs(imitation(own, own, batch).item()) < 1e-5
    other = own | {"intent": own["intent"].flip(-1)}
    assert imitation(own, other, batch) > 0.01


def test_twelve_layers_begin_close_to_the_six_they_come_from():
    torch.manual_seed(0)
    six = Encoder(STUDENT)
    twelve = Encoder(type(STUDENT)(layers=12))
    twelve.load_state_dict(deepened(six.state_dict(), 6))
    ids = torch.randint(1000, 30000, (2, 9))
    with torch.no_grad():
        assert F.cosine_similarity(six(ids)[-1], twelve(ids)[-1], dim=-1).min() > 0.99


def test_noisy_copies_are_the_same_each_time_and_keep_what_they_name():
    anna = [{"start": 5, "end": 9, "type": "p"}]
    messages = [(f"call Anna at {n} about the garden party", anna, None) for n in range(50)]
    copies = noisy_copies(messages, 0.5)
    assert copies == noisy_copies(messages, 0.5) and len(copies) == 50
    assert sum(text != message[0] for (text, _), message in zip(copies, messages)) > 40
    assert all(text[span["start"] : span["end"]] for text, spans in copies for span in spans)


def test_a_mix_lies_between_and_refuses_strangers(tmp_path):
    stored = {"dense": False, "seed": 0, "run": {"name": "student"}}
    for name, value, width in (("a", 1.0, 2), ("b", 3.0, 2), ("c", 3.0, 3)):
        torch.save(stored | {"reader": {"w": torch.full((width,), value)}}, tmp_path / name)
    mixed = torch.load(mix(tmp_path / "a", tmp_path / "b", 0.75, tmp_path), weights_only=False)
    assert mixed["reader"]["w"].tolist() == [1.5, 1.5]
    with pytest.raises(SystemExit, match="other shapes"):
        mix(tmp_path / "a", tmp_path / "c", 0.75, tmp_path)
