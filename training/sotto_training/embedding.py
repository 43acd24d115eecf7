"""The sentence embedding: a linear map from the student's pooled states to the public encoder's, in closed form.

The aim is the original encoder's sentence vector, turned so that its first EMBEDDING directions keep the most of
it; angles, which are what search compares, hardly change.
"""

import numpy as np
import torch
import torch.nn.functional as F

from .corpora import Corpora, tokenizer
from .model import EMBEDDING, Encoder, Reader, dense_minilm, pooled_states


@torch.no_grad()
def pooled(encoders: list[Encoder], texts: list[str], device: str, batch_tokens: int = 4096) -> list[np.ndarray]:
    """For each encoder the pooled states of every text [texts, (layers + 1) * H], in the order of the texts."""
    ids = [encoding.ids for encoding in tokenizer().encode_batch(texts)]
    order = sorted(range(len(texts)), key=lambda n: len(ids[n]))
    widths = [(e.shape.layers + 1) * e.shape.hidden for e in encoders]
    found = [np.zeros((len(texts), width), np.float32) for width in widths]
    begin = 0
    while begin < len(order):
        length, end = len(ids[order[begin]]), begin
        while end < len(order) and len(ids[order[end]]) == length and (end - begin) * length < batch_tokens:
            end += 1
        batch = torch.tensor([ids[n] for n in order[begin:end]], device=device)
        for encoder, rows in zip(encoders, found):
            rows[order[begin:end]] = pooled_states(encoder(batch)).cpu().numpy()
        begin = end
    return found


class Aim:
    """The original encoder's sentence vectors, turned and cut to EMBEDDING directions of length one."""

    def __init__(self, vectors: np.ndarray | None = None, turn: torch.Tensor | None = None):
        if turn is None:
            turn = torch.from_numpy(np.linalg.svd(vectors, full_matrices=False)[2][:EMBEDDING].T.copy())
        self.turn = turn

    def of(self, vectors: torch.Tensor) -> torch.Tensor:
        """[B, H] -> [B, EMBEDDING]"""
        return F.normalize(F.normalize(vectors, dim=-1) @ self.turn.to(vectors.device), dim=-1)


def refit(reader: Reader, corpora: Corpora, texts: int, device: str, seed: int, ridge: float = 1e-4) -> Aim:
    """Set the reader's embedding head by ridge regression on `texts` lines, half of them of the corpora."""
    original = dense_minilm().to(device).eval()
    lines = corpora.unlabelled(seed)[: texts // 2] + corpora.own_domain(seed)[: texts - texts // 2]
    states, taught = pooled([reader.encoder, original], lines, device)
    vectors = taught[:, -original.shape.hidden :]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    aim = Aim(vectors)
    wanted = aim.of(torch.from_numpy(vectors)).numpy().astype(np.float64)
    mean, centre = states.mean(0, dtype=np.float64), wanted.mean(0)
    x = states - mean
    gram = x.T @ x
    gram[np.diag_indices_from(gram)] += ridge * np.trace(gram) / len(gram)
    weight = np.linalg.solve(gram, x.T @ (wanted - centre))
    bias = torch.from_numpy(centre - mean @ weight).float()
    weight = torch.from_numpy(weight).float()
    turn, shift = judged_by_people(
        reader, corpora, states @ weight.numpy() + bias.numpy(), wanted, weight, bias, device
    )
    with torch.no_grad():
        reader.embedding.weight.copy_((weight @ turn).t())
        reader.embedding.bias.copy_(bias @ turn + shift)
    return aim


def judged_by_people(
    reader: Reader,
    corpora: Corpora,
    own: np.ndarray,
    wanted: np.ndarray,
    weight: torch.Tensor,
    bias: torch.Tensor,
    device: str,
    steps: int = 600,
    rate: float = 2e-3,
) -> tuple[torch.Tensor, torch.Tensor]:
    """A map of the embedding [EMBEDDING, EMBEDDING] and its shift, nearer to what people call alike (STS-B's training
    pairs: their score, and the order of scores), and still to the original encoder's vectors on other lines.

    Learned on top of the regression and not in its place: its inputs have one scale, the pooled states have not.
    """
    pairs = corpora.train("stsb.train")
    read = lambda key: torch.from_numpy(pooled([reader.encoder], [r[key] for r in pairs], device)[0]) @ weight + bias
    one, other = read("text1"), read("text2")
    score = torch.tensor([float(r["score"]) for r in pairs])
    own, wanted = torch.from_numpy(own).float(), torch.from_numpy(wanted).float()
    turn, shift = torch.eye(EMBEDDING).requires_grad_(), torch.zeros(EMBEDDING).requires_grad_()
    optimizer = torch.optim.Adam([turn, shift], lr=rate)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * (1 - step / steps)
        of = lambda rows: F.normalize(rows @ turn + shift, dim=-1)
        n, m = torch.randint(0, len(score), (256,)), torch.randint(0, len(own), (256,))
        close = (of(one[n]) * of(other[n])).sum(-1)
        closer = score[n][:, None] > score[n][None, :]
        wrong_way = 20 * (close[None, :] - close[:, None])[closer]
        order = torch.logsumexp(torch.cat([torch.zeros(1), wrong_way]), 0)
        loss = 4 * F.mse_loss(close, score[n] / 5) + 0.2 * order + likeness_of_embeddings(of(own[m]), wanted[m])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return turn.detach(), shift.detach()


def likeness_of_embeddings(own: torch.Tensor, original: torch.Tensor) -> torch.Tensor:
    """Cosine and relational distance of two batches of unit vectors [B, H]."""
    return 2 * (1 - (own * original).sum(-1).mean()) + 5 * F.mse_loss(own @ own.t(), original @ original.t())
