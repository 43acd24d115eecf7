"""The networks that say what a message asks for and which words fill its slots.

The branch that ships reads the encoder of a pack from early on with layers of its own, so that encoder and other heads
stay as they are, bit for bit. It learns from labels and from a dense teacher, a whole encoder to itself that is only
there to be asked.
"""

import copy
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper
from torch import nn

from .calibrate import one_hot, temperature
from .corpora import tokenizer
from .export import VERSION, file_facts
from .finetune import closeness
from .graph import SEQUENCE, Graph, as_bytes, of_bytes
from .grid import put_on_grid
from .marked import TAGS, Request, tags_of
from .model import Encoder, GroupedLinear, Layer, dense_minilm, mixed

# Layers of the encoder that the requests share with the other heads; the branch begins with copies of the rest.
SHARED = 2
BATCH, DECAY, WARM_UP, DROPOUT = 48, 0.02, 200, 0.1
# The peak rates of layers that were trained before, in the teacher and in the branch, and of new heads.
DENSE_RATE, BRANCH_RATE, HEAD_RATE = 1e-4, 4e-4, 1e-3
# The weight of the slots.
OF_SLOTS = 4.0

OUTPUTS = ["request_logits", "slot_logits"]
NAMES = "requests."

# Logits of requests [B, labels] and of slots [B, S, tags], and the last states that they were read from [B, S, H].
Answer = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class Heads(nn.Module):
    """Of everything that is seen of a message: what it asks for by the mean over tokens, the slots token by token."""

    def __init__(self, read: int, labels: int):
        super().__init__()
        self.request, self.slot = nn.Linear(read, labels), nn.Linear(read, len(TAGS))

    def forward(self, seen: list[torch.Tensor]) -> Answer:
        """States [B, S, H], side by side"""
        every = torch.cat(seen, -1)
        drop = lambda x: F.dropout(x, DROPOUT, self.training)
        return self.request(drop(every.mean(1))), self.slot(drop(every)), seen[-1]


class Dense(nn.Module):
    """A BERT to itself, which begins as the public sentence encoder."""

    rate = DENSE_RATE

    def __init__(self, labels: int):
        super().__init__()
        self.encoder = dense_minilm()
        self.encoder.words.sparse = False
        self.encoder.words.weight.requires_grad_(False)
        for layer in self.encoder.layers:
            layer.dropout = DROPOUT
        self.heads = Heads(3 * self.encoder.shape.hidden, labels)

    def forward(self, ids: torch.Tensor) -> Answer:
        """Token ids [B, S]"""
        with mixed("cpu"):
            states = self.encoder(ids)
            answer = self.heads([states[0], states[4], states[-1]])
        return tuple(part.float() for part in answer)


class Branch(nn.Module):
    """Layers behind the first SHARED of the encoder, and two heads. These read the words, too, as the encoder begins with
    them: what a word is, its later states have half forgotten."""

    rate = BRANCH_RATE

    def __init__(self, layers: list[Layer], labels: int):
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)
        for layer in self.layers:
            layer.dropout = DROPOUT
        hidden = self.layers[0].shape.hidden
        self.heads = Heads(hidden * (2 + len(self.layers)), labels)
        # Where the teacher has what is seen here; not kept.
        self.turned = nn.Linear(hidden, hidden)

    def forward(self, states: tuple[torch.Tensor, torch.Tensor]) -> Answer:
        """Words and states [B, S, H]"""
        seen = list(states)
        for layer in self.layers:
            seen.append(layer(seen[-1]))
        asked, slots, last = self.heads(seen)
        return asked, slots, self.turned(last) if self.training else last


@torch.no_grad()
def shared_states(encoder: Encoder, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """[B, S] -> the embedding output and that of layer SHARED, each [B, S, H]"""
    words = state = encoder.embed(ids)
    for layer in encoder.layers[:SHARED]:
        state = layer(state)
    return words, state


class Lessons:
    """Messages, and what is to be said of them: nothing of those without labels, of which only a teacher knows."""

    def __init__(self, requests: list[Request], labels: list[str]):
        encodings = tokenizer().encode_batch([request.text for request in requests])
        self.ids = [torch.tensor(encoding.ids) for encoding in encodings]
        self.wanted = torch.zeros(len(requests), len(labels))
        for row, request in zip(self.wanted, requests):
            for label in request.labels:
                row[labels.index(label)] += 1 / len(request.labels)
        self.tags = [torch.tensor(tags_of(e.offsets, r.spans)) for e, r in zip(encodings, requests)]
        # What a teacher says of each, once it has been asked.
        self.taught: list[Answer] = []

    def __len__(self) -> int:
        return len(self.ids)

    def batches(self, numbers: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
        """The numbers by the lengths of their messages."""
        by_length = defaultdict(list)
        for n in numbers:
            by_length[len(self.ids[n])].append(n)
        for same in by_length.values():
            yield from (same[at : at + size] for at in range(0, len(same), size))

    def read(self, batch: list[int]) -> torch.Tensor:
        """Token ids [B, S]"""
        return torch.stack([self.ids[n] for n in batch])

    def loss(self, batch: list[int], *answer: torch.Tensor) -> torch.Tensor:
        """Cross-entropy to labels, and the distance from what the teacher says and sees."""
        asked, slots, states = (part.float() for part in answer)
        tags = torch.stack([self.tags[n] for n in batch])
        loss = F.cross_entropy(asked, self.wanted[batch])
        # A message of unknown slots counts as nothing, not as less than one.
        of_slots = F.cross_entropy(slots.flatten(0, 1), tags.flatten(), ignore_index=-1, reduction="sum")
        loss = loss + OF_SLOTS * of_slots / tags.numel()
        if self.taught:
            of_request, of_tags, aim = (torch.stack(said).float() for said in zip(*(self.taught[n] for n in batch)))
            loss = loss + closeness(asked, of_request).mean() + OF_SLOTS * closeness(slots, of_tags).mean()
            loss = loss + F.mse_loss(states, aim) / aim.square().mean()
        return loss

    @torch.no_grad()
    def ask(self, teacher: nn.Module) -> None:
        """Remember what the teacher says of every message."""
        teacher.eval()
        self.taught = [(torch.empty(0),) * 3] * len(self)
        for batch in self.batches(range(len(self)), 128):
            for n, *answer in zip(batch, *teacher(self.read(batch))):
                self.taught[n] = tuple(part.half().clone() for part in answer)


class Seen:
    """Messages as the first SHARED layers of the encoder see them."""

    def __init__(self, encoder: Encoder, lessons: Lessons):
        self.encoder, self.lessons = encoder, lessons
        self.states: list[torch.Tensor] = [torch.empty(0)] * len(lessons)
        for batch in lessons.batches(range(len(lessons)), 128):
            for n, state in zip(batch, shared_states(encoder, lessons.read(batch))[1].half()):
                self.states[n] = state.clone()

    def read(self, batch: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """What a branch reads of some."""
        with torch.no_grad():
            words = self.encoder.embed(self.lessons.read(batch))
        return words, torch.stack([self.states[n] for n in batch]).float()


def learned(
    model: nn.Module,
    read: Callable[[list[int]], object],
    lessons: Lessons,
    draw: Callable[[random.Random], list[int]],
    epochs: int,
    seed: int,
    kept: str | None = None,
) -> None:
    """Teach a model, which gets of each batch what `read` gives of it; `draw` chooses the messages of an epoch.

    Goes on from the file `kept`, which is written after every epoch.
    """
    heads = list(model.heads.parameters())
    known = {id(part) for part in heads}
    layers = [part for part in model.parameters() if part.requires_grad and id(part) not in known]
    optimizer = torch.optim.AdamW(
        {
            "params": [part for part in parts if (part.dim() > 1) == matrices],
            "weight_decay": DECAY if matrices else 0,
            "peak": rate,
        }
        for parts, rate in ((layers, model.rate), (heads, max(model.rate, HEAD_RATE)))
        for matrices in (True, False)
    )
    begun = 0
    if kept and os.path.exists(kept):
        stored = torch.load(kept, map_location="cpu")
        model.load_state_dict(stored["model"])
        optimizer.load_state_dict(stored["optimizer"])
        begun = stored["epochs"]
    model.train()
    for epoch in range(begun, epochs):
        # By its number, so that a run that was stopped goes on as it would have gone.
        torch.manual_seed(seed + epoch)
        chance = random.Random(f"{seed} {epoch}")
        numbers = draw(chance)
        batches = list(lessons.batches(numbers))
        chance.shuffle(batches)
        total, steps = 0.0, len(batches) * epochs
        for step, batch in enumerate(batches, len(batches) * epoch):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * min(1.0, step / WARM_UP) * max(0.0, 1 - step / steps)
            loss = lessons.loss(batch, *model(read(batch)))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(numbers):.3f}", flush=True)
        if kept:
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epochs": epoch + 1}
            torch.save(state, kept + ".new")
            os.replace(kept + ".new", kept)
    model.eval()


@torch.no_grad()
def as_stored(branch: Branch, seen: Seen, seed: int) -> None:
    """Give the branch the very weights that the pack stores, its matrices on the grid of bytes."""
    numbers = random.Random(seed).sample(range(len(seen.states)), min(4096, len(seen.states)))
    put_on_grid(branch, [seen.read(batch) for batch in seen.lessons.batches(numbers)])
    for part in branch.modules():
        if isinstance(part, GroupedLinear | nn.Linear):
            part.weight.copy_(torch.from_numpy(of_bytes(as_bytes(part.weight, 1))))


def put_into(pack: str, branch: Branch, labels: list[str], heat: tuple[float, float]) -> None:
    """Add the branch to the graph and the description of a pack, in place of one that is there."""
    path = os.path.join(pack, "model.onnx")
    model = onnx.load(path)
    graph = model.graph
    for kept, name in ((graph.node, "name"), (graph.initializer, "name"), (graph.output, "name")):
        rest = [one for one in kept if not getattr(one, name).startswith((NAMES, *OUTPUTS))]
        del kept[:]
        kept.extend(rest)
    g = Graph()
    g.known = {constant.name for constant in graph.initializer}
    seen = ["embeddings.norm", f"encoder.layer.{SHARED - 1}.output_norm"]
    for number, layer in enumerate(branch.layers):
        seen.append(g.layer(f"{NAMES}layer.{number}.", seen[-1], layer))
    every = g.node("Concat", NAMES + "every", *seen, axis=1)
    mean = g.node("ReduceMean", NAMES + "pooled", every, axes=[0], keepdims=1)

    def dense(name: str, x: str, part: nn.Linear) -> str:
        weight = g.bytes(f"{NAMES}{name}.weight", as_bytes(part.weight.t(), 0))
        return g.linear(NAMES + name, x, weight, part.bias)

    asked = dense("request", mean, branch.heads.request)
    g.node("Reshape", OUTPUTS[0], asked, g.constant(NAMES + "labels", np.array([len(labels)], np.int64)))
    g.node("Identity", OUTPUTS[1], dense("slot", every, branch.heads.slot))
    graph.initializer.extend(g.stored)
    graph.node.extend(g.nodes)
    shapes = ([len(labels)], [SEQUENCE, len(TAGS)])
    graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in zip(OUTPUTS, shapes)
    )
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    described = os.path.join(pack, "labels.json")
    with open(described, encoding="utf8") as file:
        facts = json.load(file)
    facts["version"] = VERSION
    facts["request"] = {"labels": labels, "temperature": round(heat[0], 4)}
    facts["slot"] = {"labels": TAGS, "temperature": round(heat[1], 4)}
    facts["files"]["model.onnx"] = file_facts(path)
    with open(described, "w", encoding="utf8") as file:
        json.dump(facts, file, indent=1, ensure_ascii=False)
        file.write("\n")


@torch.no_grad()
def answer_golden(path: str, encoder: Encoder, branch: Branch) -> None:
    """Add the branch's answers to the golden file."""
    with open(path, encoding="utf8") as file:
        rows = json.load(file)
    digits = lambda values: [float(f"{v:.6g}") for v in values]
    for row in rows:
        asked, slots, _ = branch(shared_states(encoder, torch.tensor([row["input_ids"]])))
        row[OUTPUTS[0]] = digits(asked[0].tolist())
        row[OUTPUTS[1]] = [digits(tags) for tags in slots[0].tolist()]
    with open(path, "w", encoding="utf8") as file:
        json.dump(rows, file, ensure_ascii=False, separators=(",", ":"))


@torch.no_grad()
def judged(model: nn.Module, read: Callable[[list[int]], object], lessons: Lessons):
    """Of messages of one request how many are known, of those with slots how many have all tags right; temperatures."""
    model.eval()
    logits, wanted, tags, marks, whole = [], [], [], [], []
    for batch in lessons.batches(range(len(lessons))):
        for n, of_request, of_tags, _ in zip(batch, *model(read(batch))):
            if lessons.wanted[n].max() == 1:
                logits.append(of_request)
                wanted.append(int(lessons.wanted[n].argmax()))
            if lessons.tags[n].max() > 0:
                tags.extend(of_tags)
                marks.extend(lessons.tags[n].tolist())
                whole.append(bool((of_tags.argmax(-1) == lessons.tags[n]).all()))
    logits, tags = torch.stack(logits), torch.stack(tags)
    heat = (
        temperature(logits.numpy(), one_hot(wanted, logits.shape[1])),
        temperature(tags.numpy(), one_hot(marks, len(TAGS))),
    )
    sure = F.softmax(logits / heat[0], -1).max(1)
    right = sure.indices == torch.tensor(wanted)
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        enough = sure.values >= least
        print(f"  sure to {least}: {enough.float().mean():.1%}, of these right {right[enough].float().mean():.1%}")
    share = lambda hits: f"{100 * float(np.mean(hits)):.1f}"
    scores = {
        f"requests, {len(wanted)} sentences of people it never heard": share(right.tolist()),
        f"slots, {len(whole)} sentences with all of their words marked right": share(whole),
    }
    return scores, heat
