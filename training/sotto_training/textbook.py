"""All examples of some lessons as tensors on the device, drawn in batches of one length.

A batch is a mixture: each lesson gives its share of the tokens, so that every step learns a little of everything.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat

import numpy as np
import torch

from .corpora import Corpora
from .labels import ENTITY_TAGS
from .lessons import CLASSES, IGNORE, Curriculum, Lesson

# Batches drawn at once, to be cut by length.
BLOCK = 256


class Stream:
    """The numbers from `first` to `last` without end, in ever new order."""

    def __init__(self, first: int, last: int, chance: np.random.Generator):
        self.numbers, self.chance = np.arange(first, last), chance
        self.left = np.empty(0, np.int64)

    def take(self, count: int) -> np.ndarray:
        while len(self.left) < count:
            self.left = np.concatenate([self.left, self.chance.permutation(self.numbers)])
        taken, self.left = self.left[:count], self.left[count:]
        return taken


@dataclass(slots=True)
class Batch:
    """B messages of S tokens each.

    `classes` [B, CLASSES] and `tags` [B, S] are IGNORE where nothing is known; `polar` [B] says that a sentiment is
    negative or positive because neutral could not be said; `marked` [B] that entities are marked, all kinds but those
    of `unmarked` [B, tags], as log-weights; `row` [B] is the number of the message, `clean` [B] that of the message
    as it was before it was retyped: the same for most.
    """

    ids: torch.Tensor
    classes: torch.Tensor
    polar: torch.Tensor
    tags: torch.Tensor
    marked: torch.Tensor
    unmarked: torch.Tensor
    row: torch.Tensor
    clean: torch.Tensor


class Textbook:
    """Examples on `device`, and where each lesson begins and ends."""

    def __init__(self, lessons: list[Lesson], device: str):
        self.device = device
        self.names, self.weights = [l.name for l in lessons], [l.weight for l in lessons]
        ids, tags, lengths, clean = array("H"), array("h"), [], []
        self.bounds = []
        for lesson in lessons:
            first = len(lengths)
            for example in lesson.examples:
                ids.extend(example.ids)
                lengths.append(len(example.ids))
                if example.tags:
                    tags.extend(example.tags)
                clean.append(len(lengths) - 1 if example.clean is None else first + example.clean)
            if not lesson.marks:
                tags.extend(repeat(IGNORE, len(ids) - len(tags)))
            self.bounds.append((first, len(lengths)))
        known = [[getattr(e, head) for e in chain.from_iterable(l.examples for l in lessons)] for head in CLASSES]
        self.lengths = np.array(lengths)
        put = lambda values, kind: torch.from_numpy(np.array(values, dtype=kind)).to(device)
        self.ids, self.tags = put(ids, np.int32), put(tags, np.int16)
        self.begin = put(np.cumsum(self.lengths) - self.lengths, np.int64)
        self.classes, self.clean = put(np.transpose(known), np.int64), put(clean, np.int64)
        sizes = [last - first for first, last in self.bounds]
        self.polar = put(np.repeat([lesson.mood == "polar" for lesson in lessons], sizes), bool)
        self.marked = put(np.repeat([lesson.marks is not None for lesson in lessons], sizes), bool)
        self.lesson = put(np.repeat(np.arange(len(lessons)), sizes), np.int64)
        nothing = torch.zeros(len(ENTITY_TAGS))
        self.unmarked = torch.stack([l.unmarked() if l.marks else nothing for l in lessons]).to(device)

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def tokens(self) -> int:
        return int(self.lengths.sum())

    def batch(self, rows: np.ndarray) -> Batch:
        """The messages of `rows`, all of one length."""
        row = torch.from_numpy(rows).to(self.device, non_blocking=True)
        place = self.begin[row][:, None] + torch.arange(int(self.lengths[rows[0]]), device=self.device)
        return Batch(
            ids=self.ids[place].long(),
            classes=self.classes[row],
            polar=self.polar[row],
            tags=self.tags[place].long(),
            marked=self.marked[row],
            unmarked=self.unmarked[self.lesson[row]],
            row=row,
            clean=self.clean[row],
        )

    def batches(self, tokens: int, seed: int) -> Iterator[Batch]:
        """Endless batches of at most `tokens` tokens; a length that does not fill one waits for the next block."""
        chance = np.random.default_rng(seed)
        streams = [Stream(first, last, chance) for first, last in self.bounds]
        means = [self.lengths[first:last].mean() for first, last in self.bounds]
        waiting: dict[int, list[np.ndarray]] = {}
        while True:
            drawn = []
            for weight, stream, mean in zip(self.weights, streams, means):
                wanted = BLOCK * tokens * weight / sum(self.weights) / mean
                drawn.append(stream.take(int(wanted + chance.random())))
            rows = np.concatenate(drawn)
            chance.shuffle(rows)
            rows = rows[np.argsort(self.lengths[rows], kind="stable")]
            full = []
            for part in np.split(rows, np.flatnonzero(np.diff(self.lengths[rows])) + 1):
                length = int(self.lengths[part[0]])
                part = np.concatenate([*waiting.pop(length, []), part])
                size = max(1, tokens // length)
                whole = len(part) // size * size
                full += np.split(part[:whole], whole // size) if whole else []
                if whole < len(part):
                    waiting[length] = [part[whole:]]
            chance.shuffle(full)
            yield from map(self.batch, full)


class Material:
    """What every run of fine-tuning reads, made once: the corpora of folder `data`, their lessons, and plain lines."""

    def __init__(self, data: str, device: str, seed: int = 0, noisy_copies: int = 0):
        self.device, self.seed = device, seed
        self.corpora = Corpora(data)
        self.curriculum = Curriculum(self.corpora, seed, noisy_copies)
        self.lessons = Textbook(self.curriculum.lessons(), device)
        for name, (first, last) in zip(self.lessons.names, self.lessons.bounds):
            print(f"{name}: {last - first} examples, {self.lessons.lengths[first:last].sum()} tokens", flush=True)

    @cached_property
    def plain(self) -> Textbook:
        """Lines without labels."""
        book = Textbook(self.curriculum.plain(), self.device)
        print(f"plain: {len(book)} lines, {book.tokens} tokens", flush=True)
        return book
