"""Weights on the grid of bytes that Sotto keeps them on, so that rounding them at run time changes nothing.

Each input's weights are rounded in turn, and what that leaves is made up for by the inputs after it, after what the
inputs have in common in real text (Frantar et al., "GPTQ", ICLR 2023, section 3).
"""

import torch
from torch import nn

from .model import GroupedLinear

# Of the mean square of an input, so that one that is always nothing does no harm.
DAMPING = 0.01
STEPS = 127


@torch.no_grad()
def inputs_of(reader: nn.Module, batches: list) -> dict[GroupedLinear, torch.Tensor]:
    """For each matrix the sums of the products of its inputs over `batches` of what it reads, [G, in/G, in/G]."""
    sums: dict[GroupedLinear, torch.Tensor] = {}
    whole = GroupedLinear.grouped

    def grouped(self: GroupedLinear, x: torch.Tensor) -> torch.Tensor:
        product = x.double().transpose(1, 2) @ x.double()
        sums[self] = sums.get(self, 0) + product
        return whole(self, x)

    GroupedLinear.grouped = grouped
    try:
        for ids in batches:
            reader(ids)
    finally:
        GroupedLinear.grouped = whole
    return sums


@torch.no_grad()
def on_grid(weight: torch.Tensor, gram: torch.Tensor) -> torch.Tensor:
    """One block of weights [in, out] rounded to STEPS either way of each output's largest; `gram` [in, in]."""
    left = weight.double().clone()
    step = left.abs().amax(0).clamp(min=1e-12) / STEPS
    largest = left.abs().argmax(0)
    gram = gram + DAMPING * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype)
    after = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(gram)), upper=True)
    found = torch.empty_like(left)
    for n in range(len(left)):
        digits = (left[n] / step).round().clamp(-STEPS, STEPS)
        # The largest stays what it is: by it the grid is found again.
        digits = torch.where(largest == n, (weight[n].double() / step).round(), digits)
        found[n] = digits * step
        left[n + 1 :] -= after[n, n + 1 :, None] * ((left[n] - found[n]) / after[n, n])
    return found.float()


@torch.no_grad()
def put_on_grid(reader: nn.Module, batches: list) -> None:
    """Round all matrices of the encoder where they are."""
    for part, gram in inputs_of(reader, batches).items():
        for group in range(part.groups):
            part.weight[group] = on_grid(part.weight[group], gram[group])
