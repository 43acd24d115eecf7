"""All steps one after the other within a given time; started again, it goes on where it was stopped."""

import os

import torch

from .distil import distil
from .evaluate import evaluate
from .export import export
from .finetune import finetune
from .heads import heads

# Shares of the time, after what was found on two cores: general distillation is what is starved.
SHARES = {"distil": 0.4, "dense": 0.2, "student": 0.4}
# Tokens a batch, batches a step, and the peak rate of each step, by device.
SIZES = {
    "cpu": {"distil": (1024, 1, 6e-4), "dense": (1024, 1, 1.5e-4), "student": (2048, 1, 5e-4)},
    "cuda": {"distil": (32768, 1, 1e-3), "dense": (4096, 2, 1.5e-4), "student": (4096, 4, 6e-4)},
}


def done(path: str, minutes: float) -> bool:
    """Whether the run of checkpoint `path` has had its time."""
    return os.path.exists(path) and torch.load(path, map_location="cpu", weights_only=False)["spent"] >= 59 * minutes


def everything(data: str, out: str, minutes: float, device: str, seed: int, pack: str, golden: str, lines: int) -> None:
    size, time = SIZES[device], {step: minutes * share for step, share in SHARES.items()}
    general, dense, student = (os.path.join(out, f"{name}.pt") for name in ("distilled", "dense", "student"))
    if not done(general, time["distil"]):
        tokens, _, rate = size["distil"]
        distil(data, out, time["distil"], tokens, rate, device, seed, closed_form_tokens=400_000)
    if not done(dense, time["dense"]):
        tokens, steps, rate = size["dense"]
        finetune(data, out, time["dense"], tokens, rate, device, seed, True, None, None, 0.0, 0.0, steps, lines)
    if not done(student, time["student"]):
        tokens, steps, rate = size["student"]
        finetune(data, out, time["student"], tokens, rate, device, seed, False, general, dense, 4.0, 0.0, steps, lines)
    last = heads(data, os.path.join(out, "heads"), student, lines, device, seed)
    result = evaluate(data, out, last, device, stored_form=True)
    export(last, result, pack, golden)
