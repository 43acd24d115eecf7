"""A run's clock, its log lines and its checkpoints."""

import os
import time

import torch


class Run:
    """Counts the time and tokens of a run that may be stopped and resumed."""

    def __init__(self, out: str, name: str, minutes: float):
        os.makedirs(out, exist_ok=True)
        self.name = name
        self.path = os.path.join(out, f"{name}.pt")
        self.seconds = minutes * 60
        self.before, self.started = 0.0, time.time()
        self.step = self.tokens = self.tokens_here = 0
        self.losses: dict[str, list[torch.Tensor]] = {}
        self.saved = time.time()

    @property
    def spent(self) -> float:
        """Seconds of training, earlier runs included."""
        return self.before + time.time() - self.started

    @property
    def part(self) -> float:
        """0 at the start of the run, 1 at its end."""
        return min(1.0, self.spent / self.seconds)

    def count(self, tokens: int, **losses: torch.Tensor) -> None:
        self.step += 1
        self.tokens += tokens
        self.tokens_here += tokens
        for name, value in losses.items():
            self.losses.setdefault(name, []).append(value.detach())

    def report(self) -> None:
        speed = self.tokens_here / (time.time() - self.started)
        means = " ".join(f"{k} {torch.stack(v).float().mean():.4f}" for k, v in sorted(self.losses.items()))
        left = (self.seconds - self.spent) / 60
        print(f"step {self.step} {self.part:.1%} {speed:.0f} tokens/s, {left:.0f} min left: {means}", flush=True)
        self.losses = {}

    def save(self, **state) -> None:
        """Write the checkpoint whole or not at all."""
        facts = {
            "name": self.name,
            "minutes": self.spent / 60,
            "step": self.step,
            "tokens": self.tokens,
            "seed": state["seed"],
            "threads": torch.get_num_threads(),
        }
        state |= {"step": self.step, "tokens": self.tokens, "spent": self.spent, "run": facts}
        torch.save(state, self.path + ".part")
        os.replace(self.path + ".part", self.path)
        self.saved = time.time()

    def resume(self) -> dict | None:
        """The checkpoint of an earlier run of the same name, its clock taken over."""
        if not os.path.exists(self.path):
            return None
        state = torch.load(self.path, map_location="cpu", weights_only=False)
        self.step, self.tokens, self.before = state["step"], state["tokens"], state["spent"]
        print(f"resumed {self.path} at step {self.step}, {self.before / 60:.1f} min", flush=True)
        return state
