"""Fine-tuning of all heads on one encoder: the dense teacher on labels, the student on labels and teacher.

One batch is drawn from one lesson and trains every head that the lesson has targets for. With a teacher the student
also learns its logits (temperature 2) and last hidden states on every batch; on unmarked lines it learns the sentence
embedding of the original encoder, whose head is first set in closed form.
"""

import random
import time
from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F

from .corpora import Corpora, alternate, batches_of_one_length
from .embedding import Aim, likeness_of_embeddings, refit
from .lessons import CLASSES, IGNORE, Curriculum, Example, Lesson
from .model import DENSE, STUDENT, Reader, dense_minilm, mixed
from .progress import Run
from .relabel import relabel

SOFT = 2.0
HEAD_WEIGHT = {"intent": 1.0, "hwu": 1.0, "act": 0.5, "sentiment": 1.0}


def class_loss(logits: dict, batch: list[Example], mood: str, smoothing: float) -> torch.Tensor:
    """Cross-entropy over the heads that the batch has targets for; polar labels say nothing of neutral."""
    loss = logits["intent"].new_zeros(())
    for head in CLASSES:
        target = torch.tensor([getattr(e, head) for e in batch])
        if (target != IGNORE).any():
            scores = logits[head].float()
            if head == "sentiment" and mood == "polar":
                scores, target = scores[:, ::2], torch.where(target == IGNORE, target, target // 2)
            loss = loss + HEAD_WEIGHT[head] * F.cross_entropy(
                scores, target.to(scores.device), ignore_index=IGNORE, label_smoothing=smoothing
            )
    return loss


def entity_loss(logits: torch.Tensor, batch: list[Example], unmarked: torch.Tensor) -> torch.Tensor:
    """Partial-label loss [B, S, tags]: an unmarked token is O or any kind that the corpus does not mark."""
    target = torch.tensor([e.tags for e in batch]).to(logits.device).view(-1)
    scores = logits.float().log_softmax(-1).view(len(target), -1)
    known = target != IGNORE
    scores, target = scores[known], target[known]
    anything_else = torch.logsumexp(scores + unmarked.to(logits.device), -1)
    return -torch.where(target == 0, anything_else, scores.gather(1, target[:, None])[:, 0]).mean()


def closeness(own: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler divergence of softened logits [rows, labels], mean over rows."""
    own, taught = own.float() / SOFT, taught.float() / SOFT
    return F.kl_div(own.log_softmax(-1), taught.softmax(-1), reduction="batchmean") * SOFT**2


class Teacher:
    """The fine-tuned dense reader; remembers its answer to an example that will come again."""

    def __init__(self, path: str, device: str, remember: bool):
        stored = torch.load(path, map_location="cpu", weights_only=False)
        self.run = stored["run"]
        self.reader = Reader(DENSE, len(stored["intents"]), len(stored["hwu_intents"]))
        self.reader.load_state_dict(stored["reader"])
        self.reader.to(device).eval().requires_grad_(False)
        self.device, self.remember = device, remember

    @torch.no_grad()
    def answer(self, ids: torch.Tensor, batch: list[Example] | None = None) -> dict[str, torch.Tensor]:
        """[B, S] -> logits by head and last hidden states"""
        if batch and self.remember and all(e.taught for e in batch):
            classes, entity, hidden = (torch.from_numpy(np.stack(part)) for part in zip(*(e.taught for e in batch)))
            widths = [self.reader.get_submodule(head).out_features for head in CLASSES]
            return dict(zip(CLASSES, classes.split(widths, -1))) | {"entity": entity, "hidden": hidden}
        with mixed(self.device):
            answer = self.reader(ids)
        if batch and self.remember:
            classes = torch.cat([answer[head] for head in CLASSES], -1).half().numpy()
            entity, hidden = answer["entity"].half().numpy(), answer["hidden"].half().numpy()
            for n, example in enumerate(batch):
                example.taught = (classes[n].copy(), entity[n].copy(), hidden[n].copy())
        return answer

    def rehearse(self, lessons: list[Lesson], tokens: int, minutes: float, seed: int) -> None:
        """Answer lessons in advance, the most often drawn ones the most."""
        until = time.time() + 60 * minutes
        for _, batch in draw(lessons, tokens, 0.0, seed):
            if time.time() > until:
                break
            self.answer(torch.tensor([e.ids for e in batch]), batch)
        print(
            f"{sum(e.taught is not None for lesson in lessons for e in lesson.examples)} answers in advance", flush=True
        )


def imitation(own: dict, taught: dict, marks_entities: bool, graded: bool) -> torch.Tensor:
    """Distance of the student's answers from the teacher's; its neutral counts only where people graded the mood."""
    loss = 0.7 * sum(closeness(own[head], taught[head]) for head in CLASSES if head != "sentiment")
    step = 1 if graded else 2
    loss = loss + 0.7 * closeness(own["sentiment"][:, ::step], taught["sentiment"][:, ::step])
    tags = own["entity"].shape[-1]
    loss = loss + (4.0 if marks_entities else 2.0) * closeness(
        own["entity"].reshape(-1, tags), taught["entity"].reshape(-1, tags)
    )
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


def draw(
    lessons: list[Lesson], tokens: int, plain_weight: float, seed: int
) -> Iterator[tuple[Lesson | None, list[Example] | None]]:
    """Endless pairs (lesson, batch); (None, None) where unmarked lines are due."""
    streams = {lesson.name: lesson.batches(tokens, seed + n) for n, lesson in enumerate(lessons)}
    choice = random.Random(seed)
    options = [*lessons, None]
    weights = [lesson.weight for lesson in lessons] + [plain_weight]
    while True:
        lesson = choice.choices(options, weights)[0]
        yield lesson, next(streams[lesson.name]) if lesson else None


def finetune(
    data: str,
    out: str,
    minutes: float,
    batch_tokens: int,
    rate: float,
    device: str,
    seed: int,
    dense: bool,
    start: str | None,
    teacher_path: str | None,
    plain_weight: float,
    rehearsal: float,
    accumulate: int,
    closed_form_lines: int,
) -> None:
    torch.manual_seed(seed)
    corpora = Corpora(data)
    curriculum = Curriculum(corpora, seed)
    lessons = curriculum.lessons()
    for lesson in lessons:
        print(
            f"{lesson.name}: {len(lesson.examples)} examples, {sum(len(e.ids) for e in lesson.examples)} tokens",
            flush=True,
        )
    run = Run(out, "dense" if dense else "student", minutes)
    stored = run.resume()
    labels = (len(curriculum.intents), len(curriculum.hwu_intents))
    reader = Reader(DENSE if dense else STUDENT, *labels, dropout=0.1 if dense else 0.0)
    teacher = plain = aim = None
    earlier_runs = []
    if dense:
        original = dense_minilm()
        relabel(original, STUDENT.groups)
        reader.encoder.load_state_dict(original.state_dict())
        for layer in reader.encoder.layers:
            layer.dropout = 0.0
        plain_weight = 0.0
    else:
        begun = torch.load(start, map_location="cpu", weights_only=False)
        earlier_runs = [begun["run"]]
        if teacher_path:
            teacher = Teacher(teacher_path, device, remember=device == "cpu")
            if rehearsal and not stored:
                teacher.rehearse(lessons, batch_tokens, rehearsal, seed)
            take_over(reader, teacher.reader.state_dict(), curriculum.intents, curriculum.intents)
            earlier_runs.append(teacher.run)
        if "reader" in begun:
            take_over(reader, begun["reader"], begun["intents"], curriculum.intents)
        reader.encoder.load_state_dict(begun["encoder"])
        original = dense_minilm()
        original.to(device).eval().requires_grad_(False)
        reader.to(device)
        aim = Aim(turn=stored["turn"]) if stored else refit(reader, corpora, closed_form_lines, device, seed)
        plain = batches_of_one_length(alternate(corpora.unlabelled(seed), corpora.own_domain(seed)), batch_tokens)
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
            seed=seed,
            earlier_runs=earlier_runs,
            turn=aim and aim.turn,
        )

    run.started = time.time()
    for lesson, batch in draw(lessons, batch_tokens, plain_weight, seed + run.step):
        if run.part >= 1:
            break
        for group in optimizer.param_groups + of_words.param_groups:
            group["lr"] = group["top"] * min(1, (run.step + 1) / 200) * (1.01 - run.part)
        ids = (torch.tensor([e.ids for e in batch]) if lesson else next(plain)).to(device)
        with mixed(device):
            own = reader(ids)
        loss = own["intent"].new_zeros(()).float()
        if lesson:
            loss = loss + class_loss(own, batch, lesson.mood, 0.05 if dense else 0.0)
            if lesson.marks:
                loss = loss + entity_loss(own["entity"], batch, lesson.unmarked())
        if teacher:
            loss = loss + imitation(
                own,
                teacher.answer(ids, batch),
                marks_entities=not lesson or bool(lesson.marks),
                graded=bool(lesson) and lesson.mood == "graded",
            )
        if not lesson:
            with torch.no_grad(), mixed(device):
                wanted = aim.of(original(ids)[-1].float().mean(1))
            loss = loss + likeness_of_embeddings(own["embedding"], wanted)
        (loss / accumulate).backward()
        if run.step % accumulate == accumulate - 1:
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        if run.step % (4 * accumulate) == 4 * accumulate - 1:
            of_words.step()
            of_words.zero_grad(set_to_none=True)
        run.count(ids.numel(), **{lesson.name if lesson else "plain": loss.item()})
        if run.step % 200 == 0:
            run.report()
        if time.time() - run.saved > 240:
            keep()
    keep()
