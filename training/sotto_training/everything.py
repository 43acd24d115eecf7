"""All steps one after the other within a given time; started again, it goes on where it was stopped."""

import os

import torch

from .distil import distil
from .evaluate import evaluate
from .export import export
from .finetune import finetune
from .heads import heads
from .requests import requests
from .textbook import Material

# Shares of the time, after what was found: general distillation is what is starved on a CPU, and two teachers of
# other seeds agree on what one alone is unsure of.
SHARES = {"distil": 0.25, "dense": 0.15, "student": 0.45}
TEACHERS = 2
# Tokens a batch and the peak rate of each step, and noisy copies of each message, by device.
SIZES = {
    "cpu": {"distil": (1024, 6e-4), "dense": (2048, 1.5e-4), "student": (2048, 4e-4)},
    "cuda": {"distil": (32768, 1e-3), "dense": (8192, 3e-4), "student": (16384, 1e-3)},
}
NOISY_COPIES = {"cpu": 1, "cuda": 3}
# How often plain lines are drawn against all lessons together, whose weights sum to about 40.
PLAIN = {"cpu": 6.0, "cuda": 50.0}


def done(path: str, minutes: float) -> bool:
    """Whether the run of checkpoint `path` has had its time."""
    return os.path.exists(path) and torch.load(path, map_location="cpu", weights_only=False)["spent"] >= 59 * minutes


def everything(data: str, out: str, minutes: float, device: str, seed: int, pack: str, golden: str, lines: int) -> None:
    size, time = SIZES[device], {step: minutes * share for step, share in SHARES.items()}
    path = lambda name: os.path.join(out, f"{name}.pt")
    if not done(path("distilled"), time["distil"]):
        tokens, rate = size["distil"]
        distil(data, out, time["distil"], tokens, rate, device, seed, closed_form_tokens=400_000)
    material = Material(data, device, seed, NOISY_COPIES[device])
    teachers = [f"dense{n}" for n in range(TEACHERS)]
    for n, name in enumerate(teachers):
        if not done(path(name), time["dense"]):
            finetune(material, out, time["dense"], *size["dense"], seed + n, name=name)
    if not done(path("student"), time["student"]):
        finetune(
            material,
            out,
            time["student"],
            *size["student"],
            seed,
            start=path("distilled"),
            teachers=[path(name) for name in teachers],
            plain_weight=PLAIN[device],
            closed_form_lines=lines,
        )
    last = heads(data, os.path.join(out, "heads"), path("student"), lines, device, seed)
    result = evaluate(data, out, last, device, stored_form=True)
    export(last, result, pack, golden)
    requests(data, pack, golden, out, seed)
