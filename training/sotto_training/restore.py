"""A pack's weights as a training checkpoint, to go on from a model of which only the pack is left."""

import json
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .labels import ACTS, ENTITY_TAGS, SENTIMENTS
from .model import STUDENT, Reader

# Sotto's name of a part in the graph -> in the encoder's layer.
LAYER = {
    "attention.query": "query",
    "attention.key": "key",
    "attention.value": "value",
    "post_attention": "post_attention",
    "attention_norm": "attention_norm",
    "intermediate": "intermediate",
    "output": "output",
    "output_norm": "output_norm",
}


def reader_of(pack: str) -> tuple[Reader, dict]:
    """The reader of the pack in folder `pack`, the training-only head and the embedding at random, and its labels.json."""
    with open(os.path.join(pack, "labels.json"), encoding="utf8") as file:
        labels = json.load(file)
    known = (labels["act"]["labels"], labels["sentiment"]["labels"], labels["entity"]["labels"])
    if known != (ACTS, SENTIMENTS, ENTITY_TAGS):
        raise SystemExit(f"{pack}: its acts, sentiments or entity tags are not those of labels.py")
    graph = onnx.load(os.path.join(pack, "model.onnx")).graph
    stored = {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer if i.data_type != 7}
    # What is stored as bytes has its scales beside it.
    scales = [name for name in stored if name.endswith(".weight.scale")]
    stored |= {name.removesuffix(".scale"): stored[name.removesuffix(".scale")] * stored[name] for name in scales}
    reader = Reader(STUDENT, len(labels["intent"]["labels"]), 64)
    state = reader.state_dict()

    def put(name: str, value: np.ndarray) -> None:
        if name == "encoder.positions.weight":
            value = np.concatenate([value, state[name].numpy()[len(value) :]])
        if tuple(state[name].shape) != value.shape:
            raise SystemExit(f"{pack}: {name} has shape {value.shape}, not {tuple(state[name].shape)}")
        state[name] = torch.from_numpy(value.copy())

    put("encoder.words.weight", stored["embeddings.words.weight"] * stored["embeddings.words.scale"])
    put("encoder.positions.weight", stored["embeddings.positions.weight"])
    for end in ("weight", "bias"):
        put(f"encoder.norm.{end}", stored[f"embeddings.norm.{end}"])
        for number in range(STUDENT.layers):
            for theirs, ours in LAYER.items():
                value = stored[f"encoder.layer.{number}.{theirs}.{end}"]
                dense = ours == "post_attention" and end == "weight"
                put(f"encoder.layers.{number}.{ours}.{end}", value[None] if dense else value)
        for head in ("intent", "act", "mood", "sentiment", "entity"):
            value = stored[f"heads.{head}.{end}"]
            put(f"{head}.{end}", value.T if end == "weight" else value)
    reader.load_state_dict(state)
    return reader, labels


def restore(pack: str, out: str) -> str:
    """Write `out`/restored.pt from the pack in folder `pack`; gives its path."""
    reader, labels = reader_of(pack)
    os.makedirs(out, exist_ok=True)
    path = os.path.join(out, "restored.pt")
    earlier = labels.get("runs", [])
    torch.save(
        {
            "encoder": reader.encoder.state_dict(),
            "reader": reader.state_dict(),
            "intents": labels["intent"]["labels"],
            "earlier_runs": earlier[:-1],
            "run": earlier[-1] if earlier else {"name": f"pack {labels['version']}", "tokens": 0},
        },
        path,
    )
    return path
