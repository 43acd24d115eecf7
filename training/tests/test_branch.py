"""What is learned of a message without labels comes from a teacher alone, and slots that nobody knows count as nothing."""

import torch
from torch import nn

from sotto_training.branch import TAGS, Heads, Lessons, learned
from sotto_training.marked import Request, request

LABELS = ["list.add", "nothing"]


class Words(nn.Module):
    """The least that can be taught: one state a word."""

    rate = 1e-2

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(997, 32)
        self.heads = Heads(32, len(LABELS))

    def forward(self, ids):
        return self.heads([self.words(ids % 997)])


def answer(lessons: Lessons, n: int):
    length = len(lessons.ids[n])
    return torch.zeros(1, len(LABELS)), torch.zeros(1, length, len(TAGS)), torch.zeros(1, length, 32)


def test_without_labels_there_is_nothing_to_learn_but_from_a_teacher():
    lessons = Lessons([Request("is it so", ())], LABELS)
    assert lessons.loss([0], *answer(lessons, 0)) == 0
    lessons.ask(Words())
    assert lessons.loss([0], *answer(lessons, 0)) > 0


def test_unknown_slots_count_as_nothing():
    marked = Lessons([request("add [item:milk] => list.add")], LABELS)
    unknown = Lessons([Request("add milk", ("list.add",))], LABELS)
    of_request = unknown.loss([0], *answer(unknown, 0))
    assert torch.isclose(of_request, torch.tensor(2.0).log())
    assert marked.loss([0], *answer(marked, 0)) > of_request


def test_what_is_taught_is_known_and_kept(tmp_path):
    texts = ["add [item:milk] => list.add", "add [item:jam] => list.add", "snow is white => nothing"]
    lessons, model = Lessons([request(text) for text in texts], LABELS), Words()
    before = sum(lessons.loss([n], *model(lessons.read([n]))).item() for n in range(3))
    learned(model, lessons.read, lessons, lambda chance: [0, 1, 2], epochs=300, seed=1, kept=str(tmp_path / "kept.pt"))
    after = sum(lessons.loss([n], *model(lessons.read([n]))).item() for n in range(3))
    assert after < before / 2
    asked, slots, _ = model(lessons.read([0]))
    assert LABELS[int(asked.argmax())] == "list.add"
    assert (slots[0].argmax(-1) == lessons.tags[0]).all()
    again = Words()
    learned(again, lessons.read, lessons, lambda chance: [0, 1, 2], epochs=300, seed=1, kept=str(tmp_path / "kept.pt"))
    assert torch.equal(again(lessons.read([0]))[0], asked)
