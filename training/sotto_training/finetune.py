"""Fine-tuning of all heads on one encoder: the dense teacher on labels, the student on labels and teachers.

A batch mixes the lessons and trains every head that a message has a target for. With teachers the student also learns
their logits (temperature 2) and last hidden states on every batch; on unmarked lines it learns the sentence embedding
of the original encoder too, whose head is first set in closed form.
"""

import random
import time
from collections.abc import Iterator

import torch
import torch.nn.functional as F

from .embedding import Aim, likeness_of_embeddings, refit
from .lessons import CLASSES, IGNORE
from .model import DENSE, STUDENT, Reader, Shape, deepened, dense_minilm, mixed, shape_of
from .progress import Run
from .relabel import relabel
from .textbook import Batch, Material, Textbook

SOFT = 2.0
HEAD_WEIGHT = {"intent": 1.0, "hwu": 1.0, "act": 0.5, "sentiment": 1.0}


def class_loss(logits: dict[str, torch.Tensor], batch: Batch, smoothing: float) -> torch.Tensor:
    """Cross-entropy of all heads, mean over all messages; a polar label says nothing of neutral."""

    def distance(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(scores, target, ignore_index=IGNORE, label_smoothing=smoothing, reduction="none")

    loss = logits["intent"].new_zeros(()).float()
    for n, head in enumerate(CLASSES):
        scores, target = logits[head].float(), batch.classes[:, n]
        found = distance(scores, target)
        if head == "sentiment":
            pole = torch.where(target == IGNORE, target, target // 2)
            found = torch.where(batch.polar, distance(scores[:, ::2], pole), found)
        loss = loss + HEAD_WEIGHT[head] * found.mean()
    return loss


def entity_loss(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Partial-label loss of logits [B, S, tags], mean over all tokens: one that a corpus left unmarked is O or any
    kind that the corpus does not mark."""
    scores = logits.float().log_softmax(-1)
    anything_else = torch.logsumexp(scores + batch.unmarked[:, None], -1)
    chosen = scores.gather(-1, batch.tags.clamp(min=0)[..., None])[..., 0]
    found = torch.where(batch.tags == 0, anything_else, chosen)
    return -torch.where(batch.tags == IGNORE, 0.0, found).mean()


def closeness(own: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler divergence of softened logits [..., labels] -> [...]"""
    own, taught = (own.float() / SOFT).log_softmax(-1), (taught.float() / SOFT).log_softmax(-1)
    return (taught.exp() * (taught - own)).sum(-1) * SOFT**2


class Teacher:
    """Fine-tuned dense readers, whose mean answer is taught.

    To a retyped message the classes are those that it answered to the message as it was, once it has been asked.
    """

    def __init__(self, paths: list[str], device: str):
        self.readers, self.runs = [], []
        for path in paths:
            stored = torch.load(path, map_location="cpu", weights_only=False)
            reader = Reader(shape_of(stored), len(stored["intents"]), len(stored["hwu_intents"]))
            reader.load_state_dict(stored["reader"])
            self.readers.append(reader.to(device).eval().requires_grad_(False))
            self.runs.append(stored["run"])
        self.device = device
        self.widths = [self.readers[0].get_submodule(head).out_features for head in CLASSES]
        self.known: dict[Textbook, tuple[torch.Tensor, torch.Tensor]] = {}

    @torch.no_grad()
    def answer(self, book: Textbook, batch: Batch) -> dict[str, torch.Tensor]:
        """Logits by head and last hidden states."""
        with mixed(self.device):
            answers = [reader(batch.ids) for reader in self.readers]
        mean = {name: sum(a[name].float() for a in answers) / len(answers) for name in (*CLASSES, "entity", "hidden")}
        if book not in self.known:
            # One row more, for what need not be remembered.
            self.known[book] = (
                torch.zeros(len(book) + 1, sum(self.widths), dtype=torch.float16, device=self.device),
                torch.zeros(len(book) + 1, dtype=torch.bool, device=self.device),
            )
        remembered, asked = self.known[book]
        now = torch.cat([mean[head] for head in CLASSES], -1)
        retyped = batch.row != batch.clean
        place = torch.where(retyped, len(book), batch.row)
        remembered[place], asked[place] = now.half(), ~retyped
        classes = torch.where((retyped & asked[batch.clean])[:, None], remembered[batch.clean].float(), now)
        return mean | dict(zip(CLASSES, classes.split(self.widths, -1)))


def imitation(own: dict, taught: dict, batch: Batch) -> torch.Tensor:
    """Distance of the student's answers from the teacher's; its neutral counts where people could have said it."""
    loss = 0.7 * sum(closeness(own[head], taught[head]).mean() for head in CLASSES if head != "sentiment")
    poles = closeness(own["sentiment"][:, ::2], taught["sentiment"][:, ::2])
    loss = loss + 0.7 * torch.where(batch.polar, poles, closeness(own["sentiment"], taught["sentiment"])).mean()
    weight = torch.where(batch.marked, 4.0, 2.0)
    loss = loss + (weight[:, None] * closeness(own["entity"], taught["entity"])).mean()
    hidden, aim = own["hidden"].float(), taught["hidden"].float()
    return loss + F.mse_loss(hidden, aim) / aim.square().mean()


def take_over(reader: Reader, state: dict, theirs: list[str], ours: list[str]) -> None:
    """Give the reader all heads of `state` that fit it; its intents are matched by name."""
    own = reader.state_dict()
    for name, value in state.items():
        if name.startswith("intent."):
            for n, intent in enumerate(ours):
                if intent in theirs:
                    own[name][n] = value[theirs.index(intent)]
        elif not name.startswith("encoder.") and own[name].shape == value.shape:
            own[name] = value
    reader.load_state_dict(own)


def draw(books: list[tuple[Textbook, float]], tokens: int, seed: int) -> Iterator[tuple[Textbook, Batch]]:
    """Endless batches, from each textbook by its weight."""
    streams = [book.batches(tokens, seed + n) for n, (book, _) in enumerate(books)]
    choice = random.Random(seed)
    while True:
        n = choice.choices(range(len(books)), [weight for _, weight in books])[0]
        yield books[n][0], next(streams[n])


def finetune(
    material: Material,
    out: str,
    minutes: float,
    batch_tokens: int,
    rate: float,
    seed: int,
    *,
    start: str | None = None,
    teachers: list[str] | None = None,
    layers: int = STUDENT.layers,
    plain_weight: float = 0.0,
    closed_form_lines: int = 24_000,
    name: str = "student",
) -> None:
    """Write `out`/`name`.pt: the student that goes on from checkpoint `start`, or without one a dense teacher."""
    torch.manual_seed(seed)
    dense, device = start is None, material.device
    curriculum, book = material.curriculum, material.lessons
    run = Run(out, name, minutes)
    stored = run.resume()
    labels = (len(curriculum.intents), len(curriculum.hwu_intents))
    reader = Reader(DENSE if dense else Shape(layers=layers), *labels, dropout=0.1 if dense else 0.0)
    original = dense_minilm()
    teacher = plain = aim = None
    earlier_runs = []
    books = [(book, sum(book.weights))]
    if dense:
        relabel(original, STUDENT.groups)
        reader.encoder.load_state_dict(original.state_dict())
    else:
        begun = torch.load(start, map_location="cpu", weights_only=False)
        earlier_runs = [*begun.get("earlier_runs", []), begun["run"]]
        if teachers:
            teacher = Teacher(teachers, device)
            take_over(reader, teacher.readers[0].state_dict(), curriculum.intents, curriculum.intents)
            earlier_runs += teacher.runs
        if "reader" in begun:
            take_over(reader, begun["reader"], begun["intents"], curriculum.intents)
        encoder = begun.get("encoder") or {k[8:]: v for k, v in begun["reader"].items() if k.startswith("encoder.")}
        if f"layers.{layers - 1}.query.bias" not in encoder:
            encoder = deepened(encoder, layers // 2)
        reader.encoder.load_state_dict(encoder)
        original.to(device).eval().requires_grad_(False)
        reader.to(device)
        aim = Aim(turn=stored["turn"]) if stored else refit(reader, material.corpora, closed_form_lines, device, seed)
        plain = material.plain
        books.append((plain, plain_weight))
    if stored:
        reader.load_state_dict(stored["reader"])
    reader.to(device).train()

    words = reader.encoder.words.weight
    body = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and p is not words]
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    head_rate = 1e-3 if dense else max(5e-4, rate)
    optimizer = torch.optim.AdamW(
        [{"params": body, "top": rate}, {"params": heads, "top": head_rate}],
        lr=rate,
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    of_words = torch.optim.SparseAdam([words], lr=rate)
    of_words.param_groups[0]["top"] = 0.3 * rate
    if stored:
        optimizer.load_state_dict(stored["optimizer"])
        of_words.load_state_dict(stored["of_words"])

    def keep() -> None:
        run.save(
            reader=reader.state_dict(),
            optimizer=optimizer.state_dict(),
            of_words=of_words.state_dict(),
            intents=curriculum.intents,
            hwu_intents=curriculum.hwu_intents,
            dense=dense,
            layers=reader.encoder.shape.layers,
            seed=seed,
            earlier_runs=earlier_runs,
            turn=aim and aim.turn,
        )

    run.started = time.time()
    for source, batch in draw(books, batch_tokens, seed + run.step):
        if run.part >= 1:
            break
        for group in optimizer.param_groups + of_words.param_groups:
            group["lr"] = group["top"] * min(1, (run.step + 1) / 200) * (1.01 - run.part)
        with mixed(device):
            own = reader(batch.ids)
        losses = {}
        if source is book:
            losses["classes"] = class_loss(own, batch, 0.05 if dense else 0.0)
            losses["entities"] = entity_loss(own["entity"], batch)
        if teacher:
            losses["imitation"] = imitation(own, teacher.answer(source, batch), batch)
        if source is plain:
            with torch.no_grad(), mixed(device):
                wanted = aim.of(original(batch.ids)[-1].float().mean(1))
            losses["embedding"] = likeness_of_embeddings(own["embedding"], wanted)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if run.step % 4 == 3:
            of_words.step()
            of_words.zero_grad(set_to_none=True)
        run.count(batch.ids.numel(), **losses)
        if run.step % 200 == 0:
            run.report()
        if time.time() - run.saved > 240:
            keep()
    run.report()
    keep()
