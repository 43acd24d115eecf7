"""Reading the corpora, keeping test text out, and cutting text into batches of one length.

A row is one JSON object of a corpus file. Licence and origin of each corpus: MODEL.md of the pack.
"""

import glob
import json
import lzma
import os
import random
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .model import minilm_folder

WINDOW = 128


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The bert-base-uncased WordPiece tokenizer, cut at WINDOW tokens with the special ones."""
    wordpiece = Tokenizer.from_file(os.path.join(minilm_folder(), "tokenizer.json"))
    wordpiece.no_padding()
    wordpiece.enable_truncation(WINDOW)
    return wordpiece


def rows(data: str, part: str, name: str) -> list[dict]:
    """All rows of `data/part/name.jsonl.xz`."""
    with lzma.open(os.path.join(data, part, f"{name}.jsonl.xz"), "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


OWN = Path(__file__).parent.parent / "data"


def plain(text: str) -> str:
    """Lower-cased letters and digits only: the form in which two texts count as the same."""
    return re.sub(r"[\W_]+", "", text.lower())


class Corpora:
    """The data folder, with every text of its test and evaluation files known."""

    def __init__(self, data: str):
        self.data = data
        self.judged = set()
        for path in glob.glob(os.path.join(data, "test", "*.xz")) + glob.glob(os.path.join(data, "eval-only", "*.xz")):
            part, name = os.path.relpath(path, data).split(os.sep)
            for row in rows(data, part, name.removesuffix(".jsonl.xz")):
                for key in ("text", "text1", "text2"):
                    if key in row:
                        self.judged.add(plain(row[key]))
        self.judged.discard("")

    def train(self, name: str) -> list[dict]:
        """Training rows whose text is in no test or evaluation file."""
        kept = [r for r in rows(self.data, "train", name) if plain(r.get("text", "")) not in self.judged]
        return [
            r
            for r in kept
            if plain(r.get("text1", "")) not in self.judged and plain(r.get("text2", "")) not in self.judged
        ]

    def own(self, name: str) -> list[dict]:
        """Rows of a file of our own sentences, but for those so short that they are in a test file too."""
        lines = (OWN / f"{name}.jsonl").read_text("utf8").splitlines()
        return [row for row in map(json.loads, lines) if plain(row["text"]) not in self.judged]

    def test(self, name: str, part: str = "test") -> list[dict]:
        return rows(self.data, part, name)

    def unlabelled(self, seed: int = 0) -> list[str]:
        """Utterances of 9 to 400 characters in random order."""
        with lzma.open(os.path.join(self.data, "unlabeled.txt.xz"), "rt", encoding="utf8") as file:
            lines = [line.strip() for line in file]
        lines = [line for line in lines if 8 < len(line) <= 400 and plain(line) not in self.judged]
        random.Random(seed).shuffle(lines)
        return lines

    def own_domain(self, seed: int = 0) -> list[str]:
        """The distinct texts of the training corpora in random order, without their labels."""
        found = {}
        for path in sorted(glob.glob(os.path.join(self.data, "train", "*.xz"))):
            name = os.path.basename(path).removesuffix(".jsonl.xz")
            for row in self.train(name):
                for text in (row.get("text"), row.get("text1"), row.get("text2")):
                    if text and (name != "sst2.train" or len(text.split()) > 2):
                        found.setdefault(plain(text), text)
        texts = sorted(found.values())
        random.Random(seed).shuffle(texts)
        return texts


def alternate(*sources: list[str]) -> Iterator[str]:
    """Endless lines, one from each source in turn; a source that ends is shuffled and starts again."""

    def endless(lines: list[str], seed: int) -> Iterator[str]:
        lines, order = list(lines), random.Random(seed)
        while True:
            yield from lines
            order.shuffle(lines)

    streams = [endless(lines, number) for number, lines in enumerate(sources)]
    while True:
        for stream in streams:
            yield next(stream)


def batches_of_one_length(lines: Iterable[str], tokens: int) -> Iterator[torch.Tensor]:
    """Token ids [B, S] with B * S close to `tokens`, a batch as soon as a length has enough lines."""
    waiting: dict[int, list[list[int]]] = {}
    block = []
    for line in lines:
        block.append(line)
        if len(block) == 1000:
            for encoded in tokenizer().encode_batch(block):
                bucket = waiting.setdefault(len(encoded.ids), [])
                bucket.append(encoded.ids)
                if len(bucket) * len(encoded.ids) >= tokens:
                    yield torch.tensor(bucket)
                    bucket.clear()
            block = []


def told(*words) -> None:
    print(*words, file=sys.stdout, flush=True)
