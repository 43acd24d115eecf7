"""The model pack: model.onnx, tokenizer.json, labels.json, MODEL.md, and the golden answers beside it."""

import hashlib
import json
import os

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from . import card
from .corpora import WINDOW, tokenizer
from .golden import SENTENCES
from .graph import Bytes, as_bytes, build, of_bytes
from .labels import ACTS, ENTITY_TAGS, OUT_OF_SCOPE, SENTIMENTS
from .model import EMBEDDING, GroupedLinear, Reader
from .predict import load

OUTPUTS = ("intent", "act", "sentiment", "entity", "embedding")
NAME, VERSION = "sotto-squeezebert-s", "0.7.0"
LICENCE = (
    "Weights: CC BY-SA 4.0, because share-alike corpora (Schema-Guided Dialogue, UD English EWT) are among the "
    "training data; attribution of every source in MODEL.md. Tokenizer: Apache-2.0."
)


@torch.no_grad()
def round_as_stored(reader: Reader) -> tuple[Bytes, Bytes]:
    """Give the reader the very weights that the pack stores; returns the word table and the embedding head as bytes."""
    words = as_bytes(reader.encoder.words.weight, 1)
    meaning = as_bytes(reader.embedding.weight.t(), 0)
    reader.encoder.words.weight.copy_(torch.from_numpy(of_bytes(words)))
    reader.embedding.weight.copy_(torch.from_numpy(of_bytes(meaning)).t())
    matrices = [reader.encoder.positions.weight]
    for part in reader.modules():
        if isinstance(part, GroupedLinear):
            part.weight.copy_(torch.from_numpy(of_bytes(as_bytes(part.weight, 1))))
        elif isinstance(part, nn.Linear) and part is not reader.embedding:
            matrices.append(part.weight)
    for matrix in matrices:
        matrix.copy_(matrix.half().float())
    return words, meaning


def golden(reader: Reader) -> list[dict]:
    """The reader's answers to the golden sentences, one message at a time."""
    found = []
    for text in SENTENCES:
        ids = tokenizer().encode(text).ids
        with torch.no_grad():
            out = reader(torch.tensor([ids]))
        digits = lambda t: json.loads(json.dumps([[float(f"{v:.6g}") for v in row] for row in t.tolist()]))
        row = {"text": text, "input_ids": ids}
        for head in OUTPUTS:
            name = head if head == "embedding" else f"{head}_logits"
            row[name] = digits(out[head][0]) if head == "entity" else digits(out[head])[0]
        found.append(row)
    return found


def difference(model: str, rows: list[dict]) -> dict[str, float]:
    """Largest absolute difference of ONNX Runtime to the golden answers, by output."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    worst = dict.fromkeys(names, 0.0)
    for row in rows:
        for name, value in zip(names, session.run(None, {"input_ids": np.array(row["input_ids"], np.int64)})):
            assert value.shape == np.shape(row[name]), name
            worst[name] = max(worst[name], float(np.abs(value - np.array(row[name])).max()))
    return worst


def file_facts(path: str) -> dict:
    with open(path, "rb") as file:
        content = file.read()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def export(checkpoint: str, result: dict, pack: str, golden_path: str) -> None:
    """Write the pack of a student checkpoint; `result` is what `evaluate` returned for it."""
    reader, facts = load(checkpoint)
    words, meaning = round_as_stored(reader)
    os.makedirs(pack, exist_ok=True)
    model_path, tokenizer_path = os.path.join(pack, "model.onnx"), os.path.join(pack, "tokenizer.json")
    onnx.save(build(reader, words, meaning), model_path)
    wordpiece = tokenizer()
    wordpiece.no_truncation()
    wordpiece.save(tokenizer_path, pretty=False)
    wordpiece.enable_truncation(WINDOW)

    rows = golden(reader)
    worst = difference(model_path, rows)
    print("largest difference of ONNX Runtime to PyTorch:", worst)
    assert max(worst.values()) < 1e-4
    os.makedirs(os.path.dirname(golden_path), exist_ok=True)
    with open(golden_path, "w", encoding="utf8") as file:
        json.dump(rows, file, ensure_ascii=False, separators=(",", ":"))

    heat = result["calibration"]["temperature"]
    shape = reader.encoder.shape
    labels = {
        "format": 1,
        "name": NAME,
        "version": VERSION,
        "licence": LICENCE,
        "language": "en",
        # Whether that costs anything, `cargo xtask eval` shows: then it must not be said.
        "int8": True,
        "encoder": {
            "layers": shape.layers,
            "hidden_size": shape.hidden,
            "embedding_size": EMBEDDING,
            "attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "groups": shape.groups,
            "vocabulary_size": shape.vocabulary,
            "max_tokens": WINDOW,
        },
        "intent": {
            "labels": facts["intents"],
            "temperature": round(heat["intent"], 4),
            "out_of_scope": OUT_OF_SCOPE,
            "threshold": round(result["calibration"]["threshold"], 4),
        },
        "act": {"labels": ACTS, "temperature": round(heat["act"], 4)},
        "sentiment": {"labels": SENTIMENTS, "temperature": round(heat["sentiment"], 4)},
        "entity": {"labels": ENTITY_TAGS, "temperature": round(heat["entity"], 4)},
        "runs": result["runs"],
        "files": {"model.onnx": file_facts(model_path), "tokenizer.json": file_facts(tokenizer_path)},
    }
    with open(os.path.join(pack, "labels.json"), "w", encoding="utf8") as file:
        json.dump(labels, file, indent=1, ensure_ascii=False)
        file.write("\n")
    with open(os.path.join(pack, "MODEL.md"), "w", encoding="utf8") as file:
        file.write(card.text(result, labels, worst))
