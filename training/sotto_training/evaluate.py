"""The table of scores: every test set once, nothing chosen by it."""

import json
import os
from itertools import chain

import numpy as np
from scipy.stats import spearmanr

from .calibrate import calibrate, calibration_error, kept
from .corpora import Corpora, tokenizer
from .labels import ACTS, ENTITY_TAGS, OUT_OF_SCOPE, SENTIMENTS, SPAN_KINDS
from .lessons import IGNORE, Curriculum, tags_of
from .model import Reader
from .predict import answers, load, softmax, stacked

# The scores of the feasibility run's student: (name, figure).
REFERENCE = {
    "clinc150 accuracy": 93.6,
    "clinc150 accuracy at threshold": 92.3,
    "out-of-scope recall at threshold": 74.6,
    "hwu64 accuracy": 89.2,
    "sst2 dev accuracy": 84.2,
    "sst3 test accuracy": 70.3,
    "tweeteval macro-recall": 64.6,
    "meld accuracy": 47.6,
    "entity F1 ewt": 54.2,
    "entity F1 btc": 51.5,
    "entity F1 wnut17": 26.9,
    "entity F1 conll2003": 48.3,
    "entity F1 nlu-eval": 71.8,
}

CONLL = {"PER": "person", "ORG": "organization", "LOC": "location", "MISC": "product"}
HOME_SIX = {k: SPAN_KINDS["home"][k] for k in ("person", "place_name", "date", "time", "event_name", "list_name")}

# NPS Chat's acts -> the acts that count as right. Emphasis, Continuer, Clarify, Other and System have no counterpart.
NPS = {
    "Greet": {"greeting"},
    "Bye": {"goodbye"},
    "ynQuestion": {"question"},
    "whQuestion": {"question"},
    "Accept": {"affirm"},
    "yAnswer": {"affirm"},
    "Reject": {"negate"},
    "nAnswer": {"negate"},
    "Statement": {"inform", "opinion", "request"},
    "Emotion": {"other"},
}


def spans(tags: list[int]) -> set[tuple[int, int, str]]:
    """Token spans (first, end, kind) of a tag sequence; I- of another kind ends a span and starts one."""
    found, begin, kind = set(), None, None
    for n, tag in enumerate([*tags, 0]):
        name = ENTITY_TAGS[tag]
        if begin is not None and name != f"I-{kind}":
            found.add((begin, n, kind))
            begin = None
        if name != "O" and begin is None:
            begin, kind = n, name[2:]
    return found


def entity_f1(reader: Reader, rows: list[dict], kinds: dict[str, str]) -> float:
    """Exact-span F1 in percent over the kinds that the corpus marks."""
    texts = [r["text"] for r in rows]
    judged = set(kinds.values())
    right = wrong = missed = 0
    for row, encoding, found in zip(rows, tokenizer().encode_batch(texts), answers(reader, texts, ("entity",))):
        gold_tags = tags_of(encoding, row["spans"], kinds)
        own_tags = [0 if g == IGNORE else int(t) for g, t in zip(gold_tags, found["entity"].argmax(-1))]
        gold = spans([max(0, t) for t in gold_tags])
        own = {s for s in spans(own_tags) if s[2] in judged}
        right, wrong, missed = right + len(gold & own), wrong + len(own - gold), missed + len(gold - own)
    return 200 * right / max(1, 2 * right + wrong + missed)


def mood(reader: Reader, rows: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Logits [rows, 3] and the right index."""
    logits = stacked(answers(reader, [r["text"] for r in rows], ("sentiment",)), "sentiment")
    return logits, np.array([SENTIMENTS.index(r["sentiment"]) for r in rows])


def similarity(reader: Reader, rows: list[dict]) -> float:
    """Spearman correlation of embedding cosine and human score, in percent."""
    a = stacked(answers(reader, [r["text1"] for r in rows], ("embedding",)), "embedding")
    b = stacked(answers(reader, [r["text2"] for r in rows], ("embedding",)), "embedding")
    return 100 * float(spearmanr((a * b).sum(-1), [r["score"] for r in rows]).statistic)


def act_scores(reader: Reader, rows: list[dict]) -> dict[str, float]:
    rows = [r for r in rows if r["intent"] in NPS]
    logits = stacked(answers(reader, [r["text"] for r in rows], ("act",)), "act")
    hits: dict[str, list[bool]] = {}
    for row, best in zip(rows, logits.argmax(-1)):
        hits.setdefault(row["intent"], []).append(ACTS[best] in NPS[row["intent"]])
    scores = {"act accuracy nps": 100 * float(np.mean(list(chain.from_iterable(hits.values()))))}
    scores["act macro-recall nps"] = 100 * float(np.mean([np.mean(v) for v in hits.values()]))
    return scores | {f"act nps {name} ({len(v)})": 100 * float(np.mean(v)) for name, v in sorted(hits.items())}


def scores(reader: Reader, corpora: Corpora, curriculum: Curriculum, calibration: dict) -> dict[str, float]:
    test, out = corpora.test, {}
    heat = calibration["temperature"]
    stranger = curriculum.intents.index(OUT_OF_SCOPE)
    asked = lambda rows: stacked(answers(reader, [r["text"] for r in rows], ("intent",)), "intent")
    rows, odd = test("clinc150.test"), asked(test("clinc150.oos_test"))
    logits, right = asked(rows), np.array([curriculum.intent_of(r["intent"]) for r in rows])
    hit = logits.argmax(-1) == right
    stays = lambda z: kept(z, heat["intent"], stranger, calibration["threshold"])
    out["clinc150 accuracy"] = 100 * hit.mean()
    out["clinc150 accuracy at threshold"] = 100 * (hit & stays(logits)).mean()
    out["out-of-scope recall at threshold"] = 100 * (~stays(odd)).mean()
    out["out-of-scope recall of the label alone"] = 100 * (odd.argmax(-1) == stranger).mean()
    rows = test("hwu64.test")
    own = stacked(answers(reader, [r["text"] for r in rows], ("hwu",)), "hwu").argmax(-1)
    out["hwu64 accuracy"] = 100 * np.mean([curriculum.hwu_intents[n] == r["intent"] for n, r in zip(own, rows)])
    z, right_mood = mood(reader, test("sst2.dev"))
    out["sst2 dev accuracy"] = 100 * (np.where(z[:, 2] > z[:, 0], 2, 0) == right_mood).mean()
    z3, right_mood3 = mood(reader, test("sst5.test"))
    out["sst3 test accuracy"] = 100 * (z3.argmax(-1) == right_mood3).mean()
    z, right_mood = mood(reader, test("tweeteval_sentiment.test"))
    out["tweeteval macro-recall"] = 100 * np.mean([(z.argmax(-1)[right_mood == c] == c).mean() for c in range(3)])
    zm, right_m = mood(reader, test("meld.test", "eval-only"))
    out["meld accuracy"] = 100 * (zm.argmax(-1) == right_m).mean()
    out["entity F1 ewt"] = entity_f1(reader, test("uner_ewt.test"), SPAN_KINDS["uner_ewt"])
    out["entity F1 btc"] = entity_f1(reader, test("btc.test"), SPAN_KINDS["btc"])
    out["entity F1 wnut17"] = entity_f1(reader, test("wnut17.test"), SPAN_KINDS["wnut17"])
    out["entity F1 conll2003"] = entity_f1(reader, test("conll2003.testb", "eval-only"), CONLL)
    out["entity F1 nlu-eval"] = entity_f1(reader, test("nlu_eval_home.test"), HOME_SIX)
    out["sts-b test spearman"] = similarity(reader, test("stsb.test"))
    out |= act_scores(reader, test("nps_chat.all", "eval-only"))
    out["intent ECE, clinc150 test"] = 100 * calibration_error(softmax(logits, heat["intent"]), right)
    everything, truth = np.concatenate([logits, odd]), np.concatenate([right, np.full(len(odd), stranger)])
    out["intent ECE, with out-of-scope"] = 100 * calibration_error(softmax(everything, heat["intent"]), truth)
    out["sentiment ECE, sst3 test"] = 100 * calibration_error(softmax(z3, heat["sentiment"]), right_mood3)
    out["sentiment ECE, tweeteval test"] = 100 * calibration_error(softmax(z, heat["sentiment"]), right_mood)
    return {name: float(value) for name, value in out.items()}


def table(found: dict[str, float]) -> str:
    """Markdown: score, this model, the feasibility run's student."""
    lines = ["| | this model | feasibility student |", "| --- | --- | --- |"]
    lines += [f"| {name} | {value:.1f} | {REFERENCE.get(name, '')} |" for name, value in found.items()]
    return "\n".join(lines)


def evaluate(data: str, out: str, checkpoint: str, device: str, stored_form: bool) -> dict:
    """Prints the table of a fine-tuning checkpoint and writes scores.json; `stored_form` rounds as the pack does."""
    reader, facts = load(checkpoint, device)
    if stored_form:
        from .export import round_as_stored

        round_as_stored(reader)
    corpora = Corpora(data)
    curriculum = Curriculum(corpora, facts["seed"])
    assert curriculum.intents == facts["intents"]
    calibration = calibrate(reader, corpora, curriculum)
    found = scores(reader, corpora, curriculum, calibration)
    print(table(found))
    print("temperature", calibration["temperature"], "threshold", calibration["threshold"])
    print("validation", calibration["validation"])
    os.makedirs(out, exist_ok=True)
    runs = [*facts.get("earlier_runs", []), facts["run"]] if "run" in facts else []
    result = {"scores": found, "calibration": calibration, "runs": runs}
    with open(os.path.join(out, "scores.json"), "w", encoding="utf8") as file:
        json.dump(result, file, indent=1)
    return result
