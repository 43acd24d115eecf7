"""Closed-form start: each grouped matrix is the ridge regression of the dense encoder's values.

Layer after layer, the grouped encoder's own in-group inputs are regressed on the dense encoder's
pre-activations; the two matrices that write to the residual stream aim at the dense encoder's residual
sum, so they make up for earlier error. Normal equations are summed batch by batch in double precision.
"""

import torch
import torch.nn.functional as F

from .model import STUDENT, Encoder, GroupedLinear


class Regression:
    """Normal equations of one grouped matrix, summed over batches."""

    def __init__(self, target: GroupedLinear):
        self.target = target
        groups, inputs, outputs = target.weight.shape
        self.inputs, self.outputs = inputs, outputs
        self.gram = torch.zeros(groups, inputs + 1, inputs + 1, dtype=torch.float64)
        self.moment = torch.zeros(groups, inputs + 1, outputs, dtype=torch.float64)

    def add(self, x: torch.Tensor, y: torch.Tensor) -> None:
        """x [n, in], y [n, out]"""
        for g in range(self.target.groups):
            part = x[:, g * self.inputs : (g + 1) * self.inputs]
            part = torch.cat([part, torch.ones(len(part), 1)], 1)
            self.gram[g] += part.t() @ part
            self.moment[g] += part.t() @ y[:, g * self.outputs : (g + 1) * self.outputs]

    def solve(self, ridge: float = 1e-3) -> None:
        """Write the centred ridge solution into the matrix."""
        for g in range(self.target.groups):
            count = self.gram[g, -1, -1]
            mean_x, mean_y = self.gram[g, -1, :-1] / count, self.moment[g, -1] / count
            cov = self.gram[g, :-1, :-1] - count * mean_x[:, None] * mean_x
            cross = self.moment[g, :-1] - count * mean_x[:, None] * mean_y
            cov += ridge * cov.diagonal().mean() * torch.eye(self.inputs, dtype=cov.dtype)
            weight = torch.linalg.solve(cov, cross)
            self.target.weight[g] = weight.float()
            self.target.bias[g * self.outputs : (g + 1) * self.outputs] = (mean_y - mean_x @ weight).float()


@torch.no_grad()
def fit(dense: Encoder, batches: list[torch.Tensor]) -> Encoder:
    """A grouped encoder close to the (relabelled) dense one on `batches` of token ids [B, S]."""
    student = Encoder(STUDENT)
    shared = {k: v for k, v in dense.state_dict().items() if v.shape == student.state_dict()[k].shape}
    student.load_state_dict(shared, strict=False)
    flat = lambda t: t.reshape(-1, t.shape[-1])
    taught = [dense.embed(ids) for ids in batches]
    own = [state.clone() for state in taught]
    for number, (teacher, pupil) in enumerate(zip(dense.layers, student.layers)):
        sums = {part: Regression(getattr(pupil, part)) for part in ("query", "key", "value")}
        for t, s in zip(taught, own):
            for part, regression in sums.items():
                regression.add(flat(s), flat(getattr(teacher, part)(t)))
        for regression in sums.values():
            regression.solve()

        mixing = Regression(pupil.post_attention)
        target, context = [], []
        for t, s in zip(taught, own):
            target.append(t + teacher.post_attention(teacher.context(t)))
            context.append(pupil.context(s))
            mixing.add(flat(context[-1]), flat(target[-1] - s))
        mixing.solve()
        own = [pupil.attention_norm(s + pupil.post_attention(c)) for s, c in zip(own, context)]
        taught = [teacher.attention_norm(t) for t in target]
        del target, context

        widening, narrowing = Regression(pupil.intermediate), Regression(pupil.output)
        for t, s in zip(taught, own):
            widening.add(flat(s), flat(teacher.intermediate(t)))
        widening.solve()
        for n, (t, s) in enumerate(zip(taught, own)):
            taught[n] = t + teacher.output(F.gelu(teacher.intermediate(t)))
            narrowing.add(flat(F.gelu(pupil.intermediate(s))), flat(taught[n] - s))
        narrowing.solve()
        own = [pupil.output_norm(s + pupil.output(F.gelu(pupil.intermediate(s)))) for s in own]
        taught = [teacher.output_norm(t) for t in taught]

        error = sum(((t - s) ** 2).sum() for t, s in zip(taught, own)) / sum((t**2).sum() for t in taught)
        cosine = torch.cat([F.cosine_similarity(t.mean(1), s.mean(1)) for t, s in zip(taught, own)]).mean()
        print(f"layer {number}: relative error {error:.3f}, cosine of pooled states {cosine:.4f}", flush=True)
    return student
