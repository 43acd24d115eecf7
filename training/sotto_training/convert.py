"""To and from the state dict of `transformers`' SqueezeBertModel, whose linears are Conv1d [out, in/G, 1]."""

import torch

from .model import PARTS, Encoder, GroupedLinear


def to_squeezebert(encoder: Encoder) -> dict[str, torch.Tensor]:
    """State dict for `SqueezeBertModel(config)`; the pooler, which Sotto does not have, is missing."""
    state = {
        "embeddings.word_embeddings.weight": encoder.words.weight,
        "embeddings.position_embeddings.weight": encoder.positions.weight,
        "embeddings.token_type_embeddings.weight": torch.zeros(2, encoder.shape.hidden),
        "embeddings.LayerNorm.weight": encoder.norm.weight,
        "embeddings.LayerNorm.bias": encoder.norm.bias,
    }
    for number, layer in enumerate(encoder.layers):
        for ours, (_, theirs) in PARTS.items():
            part = getattr(layer, ours)
            weight = part.weight
            if isinstance(part, GroupedLinear):
                weight = weight.transpose(1, 2).reshape(-1, weight.shape[1], 1)
            state[f"encoder.layers.{number}.{theirs}.weight"] = weight
            state[f"encoder.layers.{number}.{theirs}.bias"] = part.bias
    return {name: value.detach().clone().contiguous() for name, value in state.items()}


def from_squeezebert(state: dict[str, torch.Tensor], encoder: Encoder) -> None:
    """Load a SqueezeBertModel's state dict; token type 0 is folded into the position table."""
    own = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"]
        + state["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for number, layer in enumerate(encoder.layers):
        for ours, (_, theirs) in PARTS.items():
            part = getattr(layer, ours)
            weight = state[f"encoder.layers.{number}.{theirs}.weight"]
            if isinstance(part, GroupedLinear):
                groups, inputs, outputs = part.weight.shape
                weight = weight.reshape(groups, outputs, inputs).transpose(1, 2)
            own[f"layers.{number}.{ours}.weight"] = weight
            own[f"layers.{number}.{ours}.bias"] = state[f"encoder.layers.{number}.{theirs}.bias"]
    encoder.load_state_dict({name: value.clone() for name, value in own.items()})
