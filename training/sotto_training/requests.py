"""What a message asks the assistant to do and with which words, learned from sentences with their acts and put into a
pack beside its heads.

It reads the encoder from halfway on with layers of its own, so that encoder and other heads stay as they are, bit for
bit. What is asked for is one of `skill.verb` (`timer.start`), `refused.why`, `nothing` for what asks for nothing, and
`elsewhere` for what assistants are asked and no skill serves; a message of two requests is half of each. Which words
fill a slot is told by BIO tags.
"""

import copy
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper
from torch import nn

from .calibrate import one_hot, temperature
from .corpora import OWN, Corpora, plain, tokenizer
from .export import VERSION, file_facts
from .graph import SEQUENCE, Graph, as_bytes, of_bytes
from .grid import put_on_grid
from .marked import TAGS, Request, joined, requests_in, tags_of
from .model import Encoder, GroupedLinear, Layer
from .noise import noisy_copies
from .restore import reader_of

# Sentences with their acts, which the tests hold the assistant to.
SAID = OWN.parent.parent / "tests" / "dialogues" / "said"

NOTHING, ELSEWHERE = "nothing", "elsewhere"

# What is meant by a question for a slot, by the family of the file.
ASKED = {
    ("timers", "duration"): "timer.start",
    ("alarms", "time"): "alarm.set",
    ("reminders", "time"): "reminder.set",
    ("reminders", "what"): "reminder.set",
    ("lists", "items"): "list.add",
    ("notes", "text"): "note.take",
}

# Intents of CLINC150 that skills serve, whose sentences would contradict the acts of ours, or are only talk.
SERVED = set(
    "alarm calculator calendar calendar_update cancel change_user_name date fun_fact flip_coin measurement_conversion "
    "maybe next_holiday no reminder reminder_update repeat roll_dice schedule_meeting meeting_schedule shopping_list "
    "shopping_list_update spelling time timer timezone todo_list todo_list_update user_name what_can_i_ask_you yes "
    "meaning_of_life what_are_your_hobbies what_is_your_name where_are_you_from who_do_you_work_for who_made_you "
    "are_you_a_bot do_you_have_pets how_old_are_you goodbye greeting thank_you tell_joke".split()
)

# Messages that ask for nothing, by corpus: what friends write, and what is written to all, with its dates and names.
TALK = {"goemotions.train": 5000, "emocontext.train": 5000, "semeval2017_4a.train": 8000, "sst5.train": 2000}
# Sentences of each intent of CLINC150 that no skill serves.
OF_INTENT = 30
# Pairs of requests in one message, and what joins them.
PAIRS, ALIKE = 5000, 0.3
JOINTS = [" and ", " and ", ", and ", ". ", " then ", ", then ", " and then ", ", also ", " plus ", "; ", ". Also "]
# Of the marked sentences one in so many is held back with the last set.
HELD = 20

# Layers of the encoder that the requests share with the other heads; they begin with copies of the rest.
SHARED = 4
EPOCHS, BATCH, RATE, DECAY, WARM_UP, DROPOUT = 8, 48, 4e-4, 0.02, 200, 0.1
# Messages an epoch that ask for nothing or for what no skill serves, and the weight of the slots.
QUIET, OF_SLOTS = 6000, 4.0

OUTPUTS = ["request_logits", "slot_logits"]
NAMES = "requests."


def label_of(expected: str, family: str) -> str | None:
    """The label of an expected act in the notation of tests/dialogues.rs."""
    first, *rest = expected.split()
    if first == "ask":
        return ASKED.get((family, rest[0]))
    if first == "refused":
        return f"refused.{rest[0]}"
    return first if first == NOTHING or "." in first else None


def unmarked(text: str, labels: tuple[str, ...], part: int = 0) -> Request:
    """A sentence of which only the labels are known; what no skill does has no slots."""
    quiet = all(label in (NOTHING, ELSEWHERE) or label.startswith("refused.") for label in labels)
    return Request(text, labels, [] if quiet else None, part)


def said(folder: Path) -> list[Request]:
    """The sentences of `folder`/FAMILY_N.txt, with their slots where these are marked; those of one set N are in one part."""
    marked = {request.text: request for request in requests_in(OWN / "said_marked.txt")}
    found = []
    for path in sorted(folder.glob("*.txt")):
        family, number = re.fullmatch(r"([a-z]+?)(?:_(\d+))?\.txt", path.name).groups()
        for line in path.read_text("utf8").splitlines():
            text, arrow, expected = line.strip().rpartition(" => ")
            if arrow and not line.startswith("#"):
                labels = tuple(label_of(act, family) for act in expected.split(" ; "))
                if all(labels):
                    known = marked.get(text, unmarked(text, labels))
                    found.append(replace(known, labels=labels, part=int(number or 1)))
    return found


def written(corpora: Corpora) -> list[Request]:
    """Sentences of our own: those that say only what is asked for, and those whose slots are marked."""
    labelled = [unmarked(row["text"], (row["request"],)) for row in corpora.own("own_requests")]
    marked = requests_in(OWN / "own_marked.txt")
    return labelled + [request for request in marked if plain(request.text) not in corpora.judged]


def talk(corpora: Corpora, seed: int) -> list[Request]:
    """What asks for nothing, and what is asked of others."""
    chance = random.Random(seed)
    quiet = [text for n, m in TALK.items() for text in chance.sample([r["text"] for r in corpora.train(n)], m)]
    quiet += [r["text"] for r in corpora.own("own_acts") if r["act"] in ("inform", "opinion", "greeting", "thanks")]
    asked: dict[str, list[str]] = {}
    for row in corpora.train("clinc150.train"):
        if row["intent"] not in SERVED:
            asked.setdefault(row["intent"], []).append(row["text"])
    others = [text for texts in asked.values() for text in chance.sample(texts, OF_INTENT)]
    others += [r["text"] for r in corpora.train("clinc150.oos_train")]
    return [unmarked(text, (NOTHING,)) for text in quiet] + [unmarked(text, (ELSEWHERE,)) for text in others]


def pairs(examples: list[Request], seed: int) -> list[Request]:
    """Two requests in one message, as people join them; some of one kind."""
    chance = random.Random(seed)
    alone = [e for e in examples if e.spans is not None and len(e.labels) == 1 and e.labels[0] != NOTHING]
    by_label = defaultdict(list)
    for example in alone:
        by_label[example.labels[0]].append(example)
    found = []
    for _ in range(PAIRS):
        first, second = chance.sample(alone, 2)
        if chance.random() < ALIKE:
            second = chance.choice(by_label[first.labels[0]])
        found.append(joined(first, second, chance.choice(JOINTS)))
    return found


class Branch(nn.Module):
    """Layers behind the first SHARED of the encoder, and two heads. These read the words, too, as the encoder begins with
    them: what a word is, its later states have half forgotten."""

    def __init__(self, layers: list[Layer], labels: int):
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)
        for layer in self.layers:
            layer.dropout = DROPOUT
        read = self.layers[0].shape.hidden * (2 + len(self.layers))
        self.request, self.slot = nn.Linear(read, labels), nn.Linear(read, len(TAGS))

    def forward(self, states: tuple[torch.Tensor, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Words and states [B, S, H] -> logits of requests [B, labels] and of slots [B, S, tags]"""
        seen = list(states)
        for layer in self.layers:
            seen.append(layer(seen[-1]))
        every = torch.cat(seen, -1)
        drop = lambda x: F.dropout(x, DROPOUT, self.training)
        return self.request(drop(every.mean(1))), self.slot(drop(every))


@torch.no_grad()
def shared_states(encoder: Encoder, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """[B, S] -> the embedding output and that of layer SHARED, each [B, S, H]"""
    words = state = encoder.embed(ids)
    for layer in encoder.layers[:SHARED]:
        state = layer(state)
    return words, state


class Lessons:
    """Messages as the first SHARED layers of the encoder see them, and what is to be said of them."""

    def __init__(self, encoder: Encoder, requests: list[Request], labels: list[str]):
        encodings = tokenizer().encode_batch([request.text for request in requests])
        self.lengths = [len(encoding.ids) for encoding in encodings]
        self.wanted = torch.zeros(len(requests), len(labels))
        for row, request in zip(self.wanted, requests):
            for label in request.labels:
                row[labels.index(label)] += 1 / len(request.labels)
        self.tags = [torch.tensor(tags_of(e.offsets, r.spans)) for e, r in zip(encodings, requests)]
        self.encoder, self.ids = encoder, [torch.tensor(encoding.ids) for encoding in encodings]
        self.states: list[torch.Tensor] = [torch.empty(0)] * len(requests)
        for batch in self.batches(range(len(requests)), 128):
            states = shared_states(encoder, torch.stack([self.ids[n] for n in batch]))[1].half()
            for n, state in zip(batch, states):
                self.states[n] = state.clone()

    def batches(self, numbers, size: int) -> Iterator[list[int]]:
        """The numbers by the lengths of their messages."""
        by_length = defaultdict(list)
        for n in numbers:
            by_length[self.lengths[n]].append(n)
        for same in by_length.values():
            yield from (same[at : at + size] for at in range(0, len(same), size))

    def read(self, batch: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """What a branch reads of some."""
        with torch.no_grad():
            words = self.encoder.embed(torch.stack([self.ids[n] for n in batch]))
        return words, torch.stack([self.states[n] for n in batch]).float()


def learned(encoder: Encoder, lessons: Lessons, requests: int, seed: int) -> Branch:
    """A branch by cross-entropy; the first `requests` lessons are read every epoch, of the others QUIET."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    branch = Branch(list(encoder.layers[SHARED:]), lessons.wanted.shape[1])
    matrices = [p for p in branch.parameters() if p.dim() > 1]
    vectors = [p for p in branch.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0}])
    steps, step = 0, 0
    for epoch in range(EPOCHS):
        others = range(requests, len(lessons.lengths))
        numbers = list(range(requests)) + chance.sample(others, min(QUIET, len(others)))
        chance.shuffle(numbers)
        batches = list(lessons.batches(numbers, BATCH))
        chance.shuffle(batches)
        steps = steps or len(batches) * EPOCHS
        total = 0.0
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, step / WARM_UP) * max(0.0, 1 - step / steps)
            asked, slots = branch(lessons.read(batch))
            tags = torch.stack([lessons.tags[n] for n in batch])
            loss = F.cross_entropy(asked, lessons.wanted[batch])
            # A message of unknown slots counts as nothing, not as less than one.
            of_slots = F.cross_entropy(slots.flatten(0, 1), tags.flatten(), ignore_index=-1, reduction="sum")
            loss = loss + OF_SLOTS * of_slots / tags.numel()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            total, step = total + loss.item() * len(batch), step + 1
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(numbers):.3f}", flush=True)
    branch.eval()
    return branch


@torch.no_grad()
def as_stored(branch: Branch, lessons: Lessons, seed: int) -> None:
    """Give the branch the very weights that the pack stores, its matrices on the grid of bytes."""
    numbers = random.Random(seed).sample(range(len(lessons.lengths)), min(4096, len(lessons.lengths)))
    put_on_grid(branch, [lessons.read(batch) for batch in lessons.batches(numbers, BATCH)])
    for part in branch.modules():
        if isinstance(part, GroupedLinear):
            part.weight.copy_(torch.from_numpy(of_bytes(as_bytes(part.weight, 1))))
        elif isinstance(part, nn.Linear):
            part.weight.copy_(part.weight.half().float())


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
    asked = g.dense(NAMES + "request", mean, branch.request)
    g.node("Reshape", OUTPUTS[0], asked, g.constant(NAMES + "labels", np.array([len(labels)], np.int64)))
    g.node("Identity", OUTPUTS[1], g.dense(NAMES + "slot", every, branch.slot))
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
        asked, slots = branch(shared_states(encoder, torch.tensor([row["input_ids"]])))
        row[OUTPUTS[0]] = digits(asked[0].tolist())
        row[OUTPUTS[1]] = [digits(tags) for tags in slots[0].tolist()]
    with open(path, "w", encoding="utf8") as file:
        json.dump(rows, file, ensure_ascii=False, separators=(",", ":"))


def describe(pack: str, scores: dict[str, str]) -> None:
    """Say in the pack's card what it is called now, and how well it knows what is asked for."""
    path = os.path.join(pack, "MODEL.md")
    with open(path, encoding="utf8") as file:
        card = file.read()
    card = re.sub(r"(?<=^# )(\S+) \S+", rf"\1 {VERSION}", card, count=1)
    card = re.sub(r"^\| (?:requests,|slots,|Requests of our own).*\n", "", card, flags=re.MULTILINE)
    rows = {
        "Scores": "".join(f"| {what} | {score} |  |\n" for what, score in scores.items()),
        "Data and licences": "| Requests of our own | requests, slots | training/data, tests/dialogues/said | CC0 1.0 |\n",
    }
    for heading, row in rows.items():
        card = re.sub(
            rf"(^## {heading}\n(?:[^|].*\n|\n)*(?:\|.*\n)+)", rf"\g<1>{row}", card, count=1, flags=re.MULTILINE
        )
    with open(path, "w", encoding="utf8") as file:
        file.write(card)


@torch.no_grad()
def judged(branch: Branch, lessons: Lessons) -> tuple[dict[str, float], tuple[float, float]]:
    """Of messages of one request how many are known, of those with slots how many have all tags right; temperatures."""
    logits, wanted, tags, marks, whole = [], [], [], [], []
    for batch in lessons.batches(range(len(lessons.lengths)), BATCH):
        asked, slots = branch(lessons.read(batch))
        for n, of_request, of_tags in zip(batch, asked, slots):
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


def requests(data: str, pack: str, golden: str, seed: int) -> None:
    """Learn the branch from what was said and written, and put it into `pack`.

    The last set that was said and one in HELD marked sentences are kept back: by them the scores in the card and the
    temperatures are those of messages that it has not seen.
    """
    corpora = Corpora(data)
    requested, quiet = said(SAID) + written(corpora), talk(corpora, seed)
    labels = sorted({label for request in requested + quiet for label in request.labels})
    last = max(request.part for request in requested)
    held = [r for n, r in enumerate(requested) if r.part == last or r.part == 0 and r.spans and n % HELD == 0]
    unseen = {request.text for request in held}
    known = [request for request in requested if request.text not in unseen]
    clean = [(request.text, request.spans or [], None) for request in known]
    copies = [
        replace(request, text=text, spans=request.spans if request.spans is None else spans)
        for (text, spans), request in zip(noisy_copies(clean, seed), known)
    ]
    known = known + copies + pairs(known, seed)
    print(f"{len(known)} sentences, {len(quiet)} that ask for nothing, {len(labels)} labels", flush=True)
    encoder = reader_of(pack)[0].encoder.eval()
    lessons = Lessons(encoder, known + quiet, labels)
    branch = learned(encoder, lessons, len(known), seed)
    as_stored(branch, lessons, seed)
    scores, heat = judged(branch, Lessons(encoder, held, labels))
    print(scores, heat)
    put_into(pack, branch, labels, heat)
    answer_golden(golden, encoder, branch)
    describe(pack, scores)
