"""Temperatures of the heads and the out-of-scope threshold, from validation data only."""

import numpy as np
from scipy.optimize import minimize_scalar

from .corpora import Corpora, tokenizer
from .labels import ACTS, OUT_OF_SCOPE, SENTIMENTS, SPAN_KINDS
from .lessons import IGNORE, Curriculum, Lesson, tags_of
from .model import Reader
from .predict import answers, softmax, stacked

KEPT = 0.97


def temperature(logits: np.ndarray, allowed: np.ndarray) -> float:
    """Temperature of least negative log-likelihood; `allowed` [rows, labels] marks every label that is right."""

    def loss(log_t: float) -> float:
        p = softmax(logits, float(np.exp(log_t)))
        return -np.log(np.maximum((p * allowed).sum(-1), 1e-12)).mean()

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def one_hot(index: list[int], labels: int) -> np.ndarray:
    return np.eye(labels)[np.array(index)]


def calibration_error(probabilities: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error of the winning label."""
    sure, hit = probabilities.max(-1), probabilities.argmax(-1) == right
    where = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(sure[where == b].mean() - hit[where == b].mean()) * (where == b).mean()
            for b in range(bins)
            if (where == b).any()
        )
    )


def best_real(logits: np.ndarray, temperature: float, out_of_scope: int) -> np.ndarray:
    """Probability of the best real intent: softmax of logits / temperature without out_of_scope's logit."""
    return softmax(np.delete(logits, out_of_scope, axis=-1), temperature).max(-1)


def kept(logits: np.ndarray, temperature: float, out_of_scope: int, threshold: float) -> np.ndarray:
    """Whether a message counts as in scope: out_of_scope does not win and the best real intent is sure enough."""
    return (logits.argmax(-1) != out_of_scope) & (best_real(logits, temperature, out_of_scope) >= threshold)


def validation(corpora: Corpora, curriculum: Curriculum) -> dict[str, tuple[list[str], list[int]]]:
    """Texts and label indices that no gradient step has seen, by head."""
    train = corpora.train
    intents = train("clinc150.val") + train("clinc150.oos_val")
    moods = [r for n in ("tweeteval_sentiment.val", "sst5.dev") for r in train(n)]
    moods += [r for r in train("goemotions.dev") if r["sentiment"] in SENTIMENTS][:2000]
    if not curriculum.held_acts:
        curriculum.acts(1.0)
    acts = curriculum.held_acts
    return {
        "intent": ([r["text"] for r in intents], [curriculum.intent_of(r["intent"]) for r in intents]),
        "sentiment": ([r["text"] for r in moods], [SENTIMENTS.index(r["sentiment"]) for r in moods]),
        "act": ([r["text"] for r in acts], [ACTS.index(r["act"]) for r in acts]),
    }


def calibrate(reader: Reader, corpora: Corpora, curriculum: Curriculum) -> dict:
    """Temperature by head, threshold, and validation figures."""
    out: dict = {"temperature": {}, "validation": {}}
    for head, (texts, index) in validation(corpora, curriculum).items():
        logits = stacked(answers(reader, texts, (head,)), head)
        t = temperature(logits, one_hot(index, logits.shape[1]))
        out["temperature"][head] = t
        out["validation"][head] = float((logits.argmax(-1) == np.array(index)).mean())
        if head == "intent":
            stranger = curriculum.intents.index(OUT_OF_SCOPE)
            real = np.array(index) != stranger
            sure = np.where(logits.argmax(-1) == stranger, 0.0, best_real(logits, t, stranger))
            out["threshold"] = float(np.quantile(sure[real], 1 - KEPT))
            out["validation"]["out_of_scope_recall"] = float(
                (~kept(logits, t, stranger, out["threshold"]))[~real].mean()
            )
    logits, allowed = [], []
    for name in ("wnut17", "btc"):
        rows = corpora.train(f"{name}.dev")
        free = np.exp(Lesson(name, 0, marks=name).unmarked().numpy())
        for row, encoding, found in zip(
            rows,
            tokenizer().encode_batch([r["text"] for r in rows]),
            answers(reader, [r["text"] for r in rows], ("entity",)),
        ):
            for tag, scores in zip(tags_of(encoding, row["spans"], SPAN_KINDS[name]), found["entity"]):
                if tag != IGNORE:
                    logits.append(scores)
                    allowed.append(free if tag == 0 else np.eye(len(scores))[tag])
    out["temperature"]["entity"] = temperature(np.stack(logits), np.stack(allowed))
    return out
