"""One student between two: the weights of a later and an earlier checkpoint of the same run of students, averaged.

What was learned last fits the training corpora best; a part of what was before keeps what holds for other text
(Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022). The part is chosen on validation.
"""

import os

import torch


def mix(start: str, earlier: str, part: float, out: str) -> str:
    """Write `out`/student.pt: `part` of checkpoint `start` and the rest of `earlier`; gives its path."""
    later, before = (torch.load(path, map_location="cpu", weights_only=False) for path in (start, earlier))
    if {n: v.shape for n, v in later["reader"].items()} != {n: v.shape for n, v in before["reader"].items()}:
        raise SystemExit(f"{start} and {earlier} have other shapes or heads: mix checkpoints of one run of students")
    reader = {n: part * v.float() + (1 - part) * before["reader"][n].float() for n, v in later["reader"].items()}
    os.makedirs(out, exist_ok=True)
    run = {"name": f"mix, {part:g} of the last", "minutes": 0, "step": 0, "tokens": 0}
    run |= {"seed": later["seed"], "threads": 1}
    kept = {k: v for k, v in later.items() if k not in ("optimizer", "of_words")}
    path = os.path.join(out, "student.pt")
    torch.save(
        kept | {"reader": reader, "earlier_runs": [*later.get("earlier_runs", []), later["run"]], "run": run}, path
    )
    return path
