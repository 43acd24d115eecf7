"""What a message asks the assistant to do, learned from sentences with their acts and put into a pack beside its heads.

A linear head on the means of all layers, as the pack's own graph computes them: the encoder and the other heads stay
as they are, bit for bit. Its labels are `skill.verb` (`timer.start`), `refused.why`, `nothing` for what asks for
nothing, and `elsewhere` for what assistants are asked and no skill serves.
"""

import json
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

from .calibrate import one_hot, temperature
from .corpora import OWN, Corpora, tokenizer
from .export import VERSION, file_facts
from .noise import noisy_copies

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
EPOCHS, BATCH, RATE, DECAY = 40, 512, 2e-3, 0.2

POOLED, OUTPUT = "pooled.every", "request_logits"


@dataclass(frozen=True)
class Said:
    """A sentence, the label that it stands for, and which part of a cross-check it falls into."""

    text: str
    label: str
    part: int = 0


def label_of(expected: str, family: str) -> str | None:
    """The label of an expectation in the notation of tests/dialogues.rs, if it speaks of one act."""
    if " ; " in expected:
        return None
    first, *rest = expected.split()
    if first == "ask":
        return ASKED.get((family, rest[0]))
    if first == "refused":
        return f"refused.{rest[0]}"
    return first if first == NOTHING or "." in first else None


def said(folder: Path) -> list[Said]:
    """The sentences of `folder`/FAMILY_N.txt; those of one set N are in one part."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        family, number = re.fullmatch(r"([a-z]+?)(?:_(\d+))?\.txt", path.name).groups()
        with path.open(encoding="utf8") as file:
            for line in file:
                text, arrow, expected = line.strip().rpartition(" => ")
                label = label_of(expected, family) if arrow and not line.startswith("#") else None
                if label:
                    found.append(Said(text, label, int(number or 1)))
    return found


def written(corpora: Corpora) -> list[Said]:
    """Sentences of our own that say only what is asked for."""
    return [Said(row["text"], row["request"]) for row in corpora.own("own_requests")]


def talk(corpora: Corpora, seed: int) -> list[Said]:
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
    return [Said(text, NOTHING) for text in quiet] + [Said(text, ELSEWHERE) for text in others]


def pooled(pack: str, texts: list[str]) -> np.ndarray:
    """The means over tokens of the embedding output and every layer [texts, (layers + 1) * H]."""
    model = onnx.load(os.path.join(pack, "model.onnx"))
    model.graph.output.append(helper.make_tensor_value_info(POOLED, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = [encoding.ids for encoding in tokenizer().encode_batch(texts)]
    return np.concatenate([session.run([POOLED], {"input_ids": np.array(ids, np.int64)})[0] for ids in rows])


def learned(x: torch.Tensor, wanted: torch.Tensor, labels: int, seed: int) -> torch.nn.Linear:
    """A linear head by cross-entropy; x is [examples, inputs], of mean 0 and deviation 1."""
    torch.manual_seed(seed)
    head = torch.nn.Linear(x.shape[1], labels)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(x) // BATCH)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        rows = torch.randint(len(x), (BATCH,))
        loss = F.cross_entropy(head(x[rows]), wanted[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return head


def put_into(pack: str, weight: np.ndarray, bias: np.ndarray, labels: list[str], heat: float) -> None:
    """Add the head [inputs, labels] to the graph and the description of a pack, in place of one that is there."""
    path = os.path.join(pack, "model.onnx")
    model = onnx.load(path)
    graph = model.graph
    for kept, name in ((graph.node, "name"), (graph.initializer, "name"), (graph.output, "name")):
        rest = [one for one in kept if not getattr(one, name).startswith(("heads.request", OUTPUT, "shape.requests"))]
        del kept[:]
        kept.extend(rest)
    graph.initializer.extend(
        [
            numpy_helper.from_array(weight.astype(np.float16), "heads.request.weight"),
            numpy_helper.from_array(bias.astype(np.float32), "heads.request.bias"),
            numpy_helper.from_array(np.array([len(labels)], np.int64), "shape.requests"),
        ]
    )
    node = lambda op, name, *inputs, **more: helper.make_node(op, list(inputs), [name], name=name, **more)
    graph.node.extend(
        [
            node("Cast", "heads.request.weight.float", "heads.request.weight", to=TensorProto.FLOAT),
            node("MatMul", "heads.request.product", POOLED, "heads.request.weight.float"),
            node("Add", "heads.request", "heads.request.product", "heads.request.bias"),
            node("Reshape", OUTPUT, "heads.request", "shape.requests"),
        ]
    )
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [len(labels)]))
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    described = os.path.join(pack, "labels.json")
    with open(described, encoding="utf8") as file:
        facts = json.load(file)
    facts["version"] = VERSION
    facts["request"] = {"labels": labels, "temperature": round(heat, 4)}
    facts["files"]["model.onnx"] = file_facts(path)
    with open(described, "w", encoding="utf8") as file:
        json.dump(facts, file, indent=1, ensure_ascii=False)
        file.write("\n")


def answer_golden(path: str, pack: str, weight: np.ndarray, bias: np.ndarray) -> None:
    """Add the head's answers to the golden file, with its weights as the pack stores them."""
    with open(path, encoding="utf8") as file:
        rows = json.load(file)
    logits = pooled(pack, [row["text"] for row in rows]) @ weight.astype(np.float16).astype(np.float32) + bias
    for row, answer in zip(rows, logits.tolist()):
        row[OUTPUT] = [float(f"{v:.6g}") for v in answer]
    with open(path, "w", encoding="utf8") as file:
        json.dump(rows, file, ensure_ascii=False, separators=(",", ":"))


def describe(pack: str, score: str, sentences: int) -> None:
    """Say in the pack's card what it is called now, and how well it knows what is asked for."""
    path = os.path.join(pack, "MODEL.md")
    with open(path, encoding="utf8") as file:
        card = file.read()
    card = re.sub(r"(?<=^# )(\S+) \S+", rf"\1 {VERSION}", card, count=1)
    card = re.sub(r"^\| (?:requests,|Requests of our own).*\n", "", card, flags=re.MULTILINE)
    rows = {
        "Scores": f"| requests, {sentences} sentences of people it never heard | {score} |  |",
        "Data and licences": "| Requests of our own | requests | training/data, tests/dialogues/said | CC0 1.0 |",
    }
    for heading, row in rows.items():
        card = re.sub(
            rf"(^## {heading}\n(?:[^|].*\n|\n)*(?:\|.*\n)+)", rf"\g<1>{row}\n", card, count=1, flags=re.MULTILINE
        )
    with open(path, "w", encoding="utf8") as file:
        file.write(card)


def requests(data: str, pack: str, golden: str, seed: int) -> None:
    """Learn the head from what was said and written, and put it into `pack`.

    How well it is known, and the temperature, are those of the last set to a head that has not seen it; the head that
    is put into the pack has seen all.
    """
    corpora = Corpora(data)
    requested = said(SAID) + written(corpora)
    examples = requested + talk(corpora, seed)
    last = max(example.part for example in examples)
    noisy = noisy_copies([(example.text, [], None) for example in requested], seed)
    copies = [Said(text, example.label, example.part) for (text, _), example in zip(noisy, requested)]
    labels = sorted({example.label for example in examples})
    print(f"{len(examples)} sentences, {len(labels)} labels", flush=True)
    everything = examples + copies
    x = torch.from_numpy(pooled(pack, [example.text for example in everything]))
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    x = (x - mean) / deviation
    wanted = torch.tensor([labels.index(example.label) for example in everything])
    parts = torch.tensor([example.part for example in everything])
    held = (parts == last).nonzero()[:, 0]
    held = held[held < len(examples)]
    head = learned(x[parts != last], wanted[parts != last], len(labels), seed)
    with torch.no_grad():
        logits = head(x[held])
    heat = temperature(logits.numpy(), one_hot(wanted[held].tolist(), len(labels)))
    sure = F.softmax(logits / heat, -1).max(1)
    right = sure.indices == wanted[held]
    score = f"{right.float().mean():.1%}"
    print(f"set {last}, not seen: {score} of {len(held)} right, temperature {heat:.2f}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        enough = sure.values >= least
        print(f"  sure to {least}: {enough.float().mean():.1%}, of these right {right[enough].float().mean():.1%}")
    head = learned(x, wanted, len(labels), seed)
    weight = (head.weight / deviation).detach()
    bias = (head.bias - weight @ mean).detach()
    weight, bias = weight.t().numpy(), bias.numpy()
    put_into(pack, weight, bias, labels, heat)
    answer_golden(golden, pack, weight, bias)
    describe(pack, score.rstrip("%"), len(held))
