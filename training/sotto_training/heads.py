"""New heads on an encoder whose weights are put on the grid of bytes and then stay as they are: intents that it was not
trained for, and the sentence embedding.

What a head reads of every message is computed once, so that learning it takes seconds on any machine.
"""

import os

import numpy as np
import torch
import torch.nn.functional as F

from .corpora import Corpora, batches_of_one_length
from .embedding import refit
from .finetune import take_over
from .grid import put_on_grid
from .lessons import IGNORE, Curriculum, Example
from .model import Encoder, Reader, pooled_states, shape_of

# Lessons of the intent head, and how much an example of each counts.
INTENTS = {"clinc": 1.0, "own intents": 1.0, "strangers": 1.5}
EPOCHS, BATCH = 12, 512

# Lines of the corpora, and as many of plain text, whose inputs decide how weights are rounded.
ROUNDED_ON = 6000

# How many intents out_of_scope counts for; chosen on validation, where more turns away more of both kinds.
OUTSIDE = 30


@torch.no_grad()
def seen(encoder: Encoder, examples: list[Example], device: str, batch_tokens: int = 4096) -> torch.Tensor:
    """The mean over tokens of the last hidden states of every example [examples, H]."""
    order = sorted(range(len(examples)), key=lambda n: len(examples[n].ids))
    found = torch.zeros(len(examples), encoder.shape.hidden)
    begin = 0
    while begin < len(order):
        length, end = len(examples[order[begin]].ids), begin
        while end < len(order) and len(examples[order[end]].ids) == length and (end - begin) * length < batch_tokens:
            end += 1
        batch = torch.tensor([examples[n].ids for n in order[begin:end]], device=device)
        found[order[begin:end]] = pooled_states(encoder(batch)[-1:]).cpu()
        begin = end
    return found


def learn(head: torch.nn.Linear, seen: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor, seed: int) -> float:
    """Cross-entropy with label smoothing; `weight` [examples] is how much an example counts. Gives the last loss."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.01)
    steps = EPOCHS * (len(seen) // BATCH)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - step / steps)
        rows = torch.multinomial(weight, BATCH, generator=generator)
        loss = F.cross_entropy(head(seen[rows]), wanted[rows], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def heads(data: str, out: str, start: str, lines: int, device: str, seed: int) -> str:
    """Write `out`/student.pt: the reader of checkpoint `start` with its intent and embedding heads made anew."""
    os.makedirs(out, exist_ok=True)
    torch.manual_seed(seed)
    begun = torch.load(start, map_location="cpu", weights_only=False)
    corpora = Corpora(data)
    curriculum = Curriculum(corpora, seed, noisy_copies=1)
    shape = shape_of({"dense": False} | begun)
    reader = Reader(shape, len(curriculum.intents), len(curriculum.hwu_intents))
    take_over(reader, begun["reader"], begun["intents"], curriculum.intents)
    encoder = begun.get("encoder") or {k[8:]: v for k, v in begun["reader"].items() if k.startswith("encoder.")}
    reader.encoder.load_state_dict(encoder)
    reader.eval()
    lines_seen = corpora.own_domain(seed)[:ROUNDED_ON] + corpora.unlabelled(seed)[:ROUNDED_ON]
    put_on_grid(reader, list(batches_of_one_length(lines_seen, 512)))
    reader.to(device)

    lessons = {lesson.name: lesson.examples for lesson in curriculum.lessons()}
    asked = [(e, weight) for name, weight in INTENTS.items() for e in lessons[name] if e.intent != IGNORE]
    home = [(e, 1.0) for e in lessons["hwu"] if e.hwu != IGNORE]
    tokens = 0
    for head, lesson in (("intent", asked), ("hwu", home)):
        examples, weights = zip(*lesson)
        wanted = torch.tensor([getattr(e, head) for e in examples])
        # An intent of few sentences is shown as often as one of many, but for out_of_scope, which is many things.
        counts = np.maximum(np.bincount(wanted.numpy()), 1).astype(float)
        if head == "intent":
            counts[-1] /= OUTSIDE
        weight = torch.tensor(weights) / torch.from_numpy(counts)[wanted]
        loss = learn(getattr(reader, head).cpu(), seen(reader.encoder, examples, device), wanted, weight, seed)
        tokens += sum(len(e.ids) for e in examples)
        print(f"{head}: loss {loss:.4f} on {len(examples)} messages", flush=True)
    reader.to(device)
    aim = refit(reader, corpora, lines, device, seed)
    run = {"name": "heads", "minutes": 0, "step": 0, "tokens": tokens, "seed": seed}
    path = f"{out}/student.pt"
    torch.save(
        {
            "reader": reader.state_dict(),
            "intents": curriculum.intents,
            "hwu_intents": curriculum.hwu_intents,
            "dense": False,
            "layers": shape.layers,
            "seed": seed,
            "earlier_runs": [*begun.get("earlier_runs", []), begun["run"]],
            "run": run | {"threads": torch.get_num_threads()},
            "turn": aim.turn,
        },
        path,
    )
    return path
