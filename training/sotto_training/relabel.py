"""Rename channels, heads and neurons of a dense encoder so that four group blocks keep the most energy.

The function of the encoder does not change: every renaming is undone by its neighbours. Alternating
balanced assignment decides which channel, head and neuron belongs to which group.
"""

import numpy as np
import torch
from scipy.optimize import linear_sum_assignment

from .model import Encoder


def balanced(score: np.ndarray, size: int) -> np.ndarray:
    """Score [rows, G] -> group of each row, `size` rows a group, of the highest total score."""
    rows, slots = linear_sum_assignment(-np.repeat(score, size, axis=1))
    groups = np.empty(len(rows), dtype=int)
    groups[rows] = slots // size
    return groups


def relabel(encoder: Encoder, groups: int, rounds: int = 30, seed: int = 0) -> np.ndarray:
    """Renames in place; returns the old channel at each new place [H]."""
    shape = encoder.shape
    energy_of_heads, energy_of_neurons = [], []
    for layer in encoder.layers:
        squared = [getattr(layer, part).weight[0].detach().numpy().T ** 2 for part in ("query", "key", "value")]
        by_head = [w.reshape(shape.heads, shape.head_width, shape.hidden).sum(1) / w.sum() for w in squared]
        energy_of_heads.append(sum(by_head))
        into = layer.intermediate.weight[0].detach().numpy().T ** 2
        out_of = layer.output.weight[0].detach().numpy() ** 2
        energy_of_neurons.append(2 * into / into.sum() + 2 * out_of / out_of.sum())

    channel_group = np.random.default_rng(seed).permutation(np.repeat(np.arange(groups), shape.hidden // groups))
    for _ in range(rounds):
        member = np.eye(groups)[channel_group]
        head_group = [balanced(e @ member, shape.heads // groups) for e in energy_of_heads]
        neuron_group = [balanced(e @ member, shape.intermediate // groups) for e in energy_of_neurons]
        score = sum(e.T @ np.eye(groups)[g] for e, g in zip(energy_of_heads, head_group))
        score += sum(e.T @ np.eye(groups)[g] for e, g in zip(energy_of_neurons, neuron_group))
        channel_group = balanced(score, shape.hidden // groups)
    kept = score[np.arange(shape.hidden), channel_group].sum() / score.sum()
    print(f"relabelling keeps {kept:.1%} of the squared weight inside the groups")

    channels = np.argsort(channel_group, kind="stable")
    with torch.no_grad():
        move_channels(encoder, torch.as_tensor(channels))
        for layer, heads, neurons in zip(encoder.layers, head_group, neuron_group):
            order = np.argsort(heads, kind="stable")[:, None] * shape.head_width + np.arange(shape.head_width)
            move_inside(layer, torch.as_tensor(order.ravel()), torch.as_tensor(np.argsort(neurons, kind="stable")))
    return channels


def move_channels(encoder: Encoder, order: torch.Tensor) -> None:
    """Put the residual stream's channel `order[n]` at place n, everywhere it is read or written."""
    for table in (encoder.words, encoder.positions):
        table.weight.copy_(table.weight[:, order].clone())
    norms = [encoder.norm] + [n for layer in encoder.layers for n in (layer.attention_norm, layer.output_norm)]
    for norm in norms:
        norm.weight.copy_(norm.weight[order].clone())
        norm.bias.copy_(norm.bias[order].clone())
    for layer in encoder.layers:
        for reader in (layer.query, layer.key, layer.value, layer.intermediate):
            reader.weight.copy_(reader.weight[:, order].clone())
        for writer in (layer.post_attention, layer.output):
            writer.weight.copy_(writer.weight[:, :, order].clone())
            writer.bias.copy_(writer.bias[order].clone())


def move_inside(layer, heads: torch.Tensor, neurons: torch.Tensor) -> None:
    """Reorder one layer's attention channels [H] and feed-forward neurons [I]."""
    for part in (layer.query, layer.key, layer.value):
        part.weight.copy_(part.weight[:, :, heads].clone())
        part.bias.copy_(part.bias[heads].clone())
    layer.post_attention.weight.copy_(layer.post_attention.weight[:, heads].clone())
    layer.intermediate.weight.copy_(layer.intermediate.weight[:, :, neurons].clone())
    layer.intermediate.bias.copy_(layer.intermediate.bias[neurons].clone())
    layer.output.weight.copy_(layer.output.weight[:, neurons].clone())
