"""General distillation: the grouped encoder learns the dense one's hidden states on plain text."""

import itertools
import math
import random
import time

import torch
import torch.nn.functional as F

from . import closed_form
from .corpora import Corpora, alternate, batches_of_one_length
from .model import Encoder, dense_minilm, mixed
from .progress import Run
from .relabel import relabel


def likeness(own: list[torch.Tensor], taught: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss between two lists of hidden states [B, S, H], and the mean cosine of their pooled last states."""
    loss = 0.0
    last = len(own) - 1
    for number in range(1, len(own)):
        a, b = own[number].float(), taught[number].float()
        loss = loss + (2.0 if number == last else 0.5) * F.mse_loss(a, b) / b.square().mean()
    a = F.normalize(own[-1].float().mean(1), dim=-1)
    b = F.normalize(taught[-1].float().mean(1), dim=-1)
    cosine = (a * b).sum(-1).mean()
    return loss + 2 * (1 - cosine) + 5 * F.mse_loss(a @ a.t(), b @ b.t()), cosine


@torch.no_grad()
def judged(student: Encoder, dense: Encoder, held: list[torch.Tensor], device: str) -> tuple[float, float]:
    """Mean cosine of pooled states, and correlation of all pairwise similarities, on held-out text."""
    a, b = [], []
    for ids in held:
        ids = ids.to(device)
        with mixed(device):
            a.append(F.normalize(student(ids)[-1].float().mean(1), dim=-1))
            b.append(F.normalize(dense(ids)[-1].float().mean(1), dim=-1))
    a, b = torch.cat(a), torch.cat(b)
    upper = torch.triu_indices(len(a), len(a), 1, device=a.device)
    pairs = torch.stack([(a @ a.t())[upper[0], upper[1]], (b @ b.t())[upper[0], upper[1]]])
    return (a * b).sum(-1).mean().item(), torch.corrcoef(pairs)[0, 1].item()


def start(lines, groups: int, tokens: int) -> tuple[Encoder, Encoder, torch.Tensor]:
    """The relabelled dense encoder, the closed-form student, and the channel order."""
    dense = dense_minilm()
    order = relabel(dense, groups)
    batches, seen = [], 0
    for ids in batches_of_one_length(lines, 2048):
        batches.append(ids)
        seen += ids.numel()
        if seen >= tokens:
            break
    lengths = sorted({b.shape[1] for b in batches})
    print(f"closed form on {seen} tokens, lengths {lengths[0]} to {lengths[-1]}", flush=True)
    return dense, closed_form.fit(dense, batches), torch.as_tensor(order)


def distil(
    data: str, out: str, minutes: float, batch_tokens: int, rate: float, device: str, seed: int, closed_form_tokens: int
) -> None:
    torch.manual_seed(seed)
    random.seed(seed)
    corpora = Corpora(data)
    plain_text, own_domain = corpora.unlabelled(seed), corpora.own_domain(seed)
    held = list(batches_of_one_length(plain_text[:1000], 1))
    held = [
        torch.cat(list(g)) for _, g in itertools.groupby(sorted(held, key=lambda b: b.shape[1]), lambda b: b.shape[1])
    ]
    lines = alternate(plain_text[1000:], own_domain)
    print(f"{len(plain_text)} unlabelled lines, {len(own_domain)} lines of the training corpora", flush=True)

    run = Run(out, "distilled", minutes)
    stored = run.resume()
    if stored:
        dense, student, order = dense_minilm(), Encoder(), stored["order"]
        relabel(dense, student.shape.groups)
        student.load_state_dict(stored["encoder"])
    else:
        dense, student, order = start(lines, Encoder().shape.groups, closed_form_tokens)
        run.started = time.time()
    dense.to(device).eval().requires_grad_(False)
    student.to(device)
    student.words.weight.requires_grad_(False)
    learned = [p for p in student.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)

    def say(when: str) -> None:
        cosine, correlation = judged(student, dense, held, device)
        print(f"{when}: cosine {cosine:.4f}, similarity correlation {correlation:.4f}", flush=True)

    if stored:
        optimizer.load_state_dict(stored["optimizer"])
    else:
        say("closed form, held out")

    def keep() -> None:
        run.save(encoder=student.state_dict(), optimizer=optimizer.state_dict(), order=order, seed=seed)

    keep()
    for ids in batches_of_one_length(lines, batch_tokens):
        if run.part >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (run.step + 1) / 100) * (0.02 + 0.49 * (1 + math.cos(math.pi * run.part)))
        ids = ids.to(device, non_blocking=True)
        with mixed(device):
            with torch.no_grad():
                taught = dense(ids)
            loss, cosine = likeness(student(ids), taught)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        run.count(ids.numel(), loss=loss, cosine=cosine)
        if run.step % 200 == 0:
            run.report()
        if time.time() - run.saved > 240:
            keep()
            say("held out")
    keep()
    say("end, held out")
