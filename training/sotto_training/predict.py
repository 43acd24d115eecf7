"""Answers of a trained reader to many messages, each at its exact length."""

import numpy as np
import torch

from .corpora import tokenizer
from .model import Reader, shape_of


def load(path: str, device: str = "cpu") -> tuple[Reader, dict]:
    """The reader of a fine-tuning checkpoint, and the checkpoint's other facts."""
    stored = torch.load(path, map_location="cpu", weights_only=False)
    reader = Reader(shape_of(stored), len(stored["intents"]), len(stored["hwu_intents"]))
    reader.load_state_dict(stored["reader"])
    return reader.to(device).eval(), stored


@torch.no_grad()
def answers(
    reader: Reader, texts: list[str], heads: tuple[str, ...], batch_tokens: int = 4096
) -> list[dict[str, np.ndarray]]:
    """For each text the logits (float32) of the asked heads, and `offsets` [S, 2] of its tokens."""
    device = next(reader.parameters()).device
    encodings = tokenizer().encode_batch(texts)
    found: list[dict] = [{} for _ in texts]
    order = sorted(range(len(texts)), key=lambda n: len(encodings[n].ids))
    begin = 0
    while begin < len(order):
        length = len(encodings[order[begin]].ids)
        end = begin + 1
        while (
            end < len(order) and len(encodings[order[end]].ids) == length and (end - begin + 1) * length <= batch_tokens
        ):
            end += 1
        ids = torch.tensor([encodings[n].ids for n in order[begin:end]], device=device)
        out = {head: value.float().cpu().numpy() for head, value in reader(ids).items() if head in heads}
        for row, n in enumerate(order[begin:end]):
            found[n] = {head: value[row] for head, value in out.items()} | {"offsets": np.array(encodings[n].offsets)}
        begin = end
    return found


def stacked(found: list[dict], head: str) -> np.ndarray:
    return np.stack([f[head] for f in found])


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    z = logits / temperature
    z = np.exp(z - z.max(-1, keepdims=True))
    return z / z.sum(-1, keepdims=True)
