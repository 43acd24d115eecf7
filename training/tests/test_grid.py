"""Weights on the grid are found again by plain rounding, and lose less than plain rounding does."""

import torch
from sotto_training.grid import STEPS, inputs_of, on_grid, put_on_grid
from sotto_training.model import STUDENT, Encoder


def rounded(weight: torch.Tensor) -> torch.Tensor:
    step = weight.abs().amax(0) / STEPS
    return (weight / step).round() * step


def test_a_rounded_block_is_on_its_own_grid_and_closer_in_what_it_computes():
    torch.manual_seed(0)
    common = torch.randn(4000, 8, dtype=torch.float64) @ torch.randn(8, 64, dtype=torch.float64)
    x = common + 0.1 * torch.randn(4000, 64, dtype=torch.float64) + 1.0
    weight = torch.randn(64, 32)
    weight[3] *= 20.0
    found = on_grid(weight, x.T @ x)
    assert torch.allclose(rounded(found), found, atol=1e-5)
    # As the pack stores it.
    assert torch.allclose(rounded(found.half().float()), found, rtol=1e-3, atol=1e-5)
    lost = lambda w: ((x @ (w - weight).double()) ** 2).mean()
    assert lost(found) < 0.3 * lost(rounded(weight))


def test_all_matrices_of_an_encoder_are_put_on_the_grid():
    torch.manual_seed(0)
    encoder = Encoder(STUDENT)
    batches = [torch.randint(1000, 30000, (8, 12)) for _ in range(3)]
    assert len(inputs_of(encoder, batches)) == 6 * STUDENT.layers
    before = encoder(batches[0])[-1].detach()
    put_on_grid(encoder, batches)
    for layer in encoder.layers:
        weight = layer.output.weight[1]
        assert torch.allclose(rounded(weight), weight, atol=1e-6)
    after = encoder(batches[0])[-1].detach()
    assert 0 < (after - before).abs().max() < 0.1
