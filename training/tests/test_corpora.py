"""Text of test and evaluation files never reaches training, however it is typed."""

import json
import lzma

from sotto_training.corpora import Corpora, batches_of_one_length


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def test_judged_text_is_left_out(tmp_path):
    write(tmp_path / "test" / "a.test.jsonl.xz", [{"text": "What's up?"}])
    write(tmp_path / "eval-only" / "b.all.jsonl.xz", [{"text1": "A dog runs.", "text2": "A cat."}])
    write(tmp_path / "train" / "c.train.jsonl.xz", [{"text": "whats UP"}, {"text": "a dog, runs"}, {"text": "new"}])
    with lzma.open(tmp_path / "unlabeled.txt.xz", "wt") as file:
        file.write("a DOG runs!\nsomething quite else\n")
    corpora = Corpora(str(tmp_path))
    assert corpora.train("c.train") == [{"text": "new"}]
    assert corpora.unlabelled() == ["something quite else"]


def test_batches_hold_one_length():
    lines = ["one", "one two", "two", "two three"] * 500
    batches = list(batches_of_one_length(lines, 64))
    assert {batch.shape[1] for batch in batches} == {3, 4}
    assert all(batch.numel() >= 64 for batch in batches)
