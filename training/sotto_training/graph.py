"""The reader as an ONNX graph, one message at its exact length, written node by node.

Input `input_ids` int64 [sequence]; every linear is a grouped matrix product over [sequence, group, channel].
The matrices of layers are stored as int8 with a scale an output, as is the embedding head's; the word table as int8 with
a scale a row; what is left in half precision, cast to float.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .corpora import WINDOW
from .labels import ACTS, ENTITY_TAGS, SENTIMENTS
from .model import EMBEDDING, GroupedLinear, Layer, Reader

OPSET = 17

# Whole numbers int8, and the float scale that they stand for, of length 1 along one axis.
Bytes = tuple[np.ndarray, np.ndarray]
SEQUENCE = "sequence"


def as_bytes(table, axis: int) -> Bytes:
    """int8 of the table's shape, and the scales, each of all numbers along `axis`"""
    table = table.detach().float().cpu().numpy()
    scale = np.maximum(np.abs(table).max(axis, keepdims=True), 1e-12) / 127
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def of_bytes(stored: Bytes) -> np.ndarray:
    """The floats that they stand for."""
    return stored[0].astype(np.float32) * stored[1]


class Graph:
    """Nodes and initializers in the order of computation; every method returns the name of its result."""

    def __init__(self):
        self.nodes, self.stored, self.known = [], [], set()

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.known:
            self.known.add(name)
            self.stored.append(numpy_helper.from_array(value, name))
        return name

    def integers(self, *values: int) -> str:
        return self.constant("shape." + "_".join(map(str, values)).replace("-", "m"), np.array(values, np.int64))

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, np.float32))

    def node(self, op: str, name: str, *inputs: str, **attributes) -> str:
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, **attributes))
        return name

    def half(self, name: str, value) -> str:
        """A matrix stored in half precision, as float."""
        self.constant(name, value.detach().cpu().numpy().astype(np.float16))
        return self.node("Cast", name + ".float", name, to=TensorProto.FLOAT)

    def single(self, name: str, value) -> str:
        return self.constant(name, value.detach().cpu().numpy().astype(np.float32))

    def bytes(self, name: str, stored: Bytes) -> str:
        """A matrix stored as bytes with their scales, as float."""
        floats = self.node("Cast", name + ".float", self.constant(name, stored[0]), to=TensorProto.FLOAT)
        return self.node("Mul", name + ".scaled", floats, self.constant(name + ".scale", stored[1]))

    def linear(self, name: str, x: str, weight: str, bias) -> str:
        """Dense: x [rows, in], weight [in, out]"""
        product = self.node("MatMul", name + ".product", x, weight)
        return self.node("Add", name, product, self.single(name + ".bias", bias))

    def dense(self, name: str, x: str, part) -> str:
        """A head: x [rows, in], weight [out, in]"""
        return self.linear(name, x, self.half(name + ".weight", part.weight.t()), part.bias)

    def grouped(self, name: str, x: str, part: GroupedLinear) -> str:
        """x [sequence, in] -> [sequence, out], weight [G, in/G, out/G]"""
        groups, inputs, outputs = part.weight.shape
        stored = as_bytes(part.weight, 1)
        if groups == 1:
            stored = (stored[0][0], stored[1][0])
            return self.linear(name, x, self.bytes(name + ".weight", stored), part.bias)
        rows = self.node("Reshape", name + ".grouped", x, self.integers(0, groups, inputs))
        weight = self.bytes(name + ".weight", stored)
        product = self.node("Einsum", name + ".product", rows, weight, equation="sgi,gio->sgo")
        joined = self.node("Reshape", name + ".joined", product, self.integers(0, groups * outputs))
        return self.node("Add", name, joined, self.single(name + ".bias", part.bias))

    def norm(self, name: str, x: str, part) -> str:
        return self.node(
            "LayerNormalization",
            name,
            x,
            self.single(name + ".weight", part.weight),
            self.single(name + ".bias", part.bias),
            axis=-1,
            epsilon=part.eps,
        )

    def gelu(self, name: str, x: str) -> str:
        scaled = self.node("Mul", name + ".scaled", x, self.number("gelu.root_half", 0.5**0.5))
        erf = self.node("Erf", name + ".erf", scaled)
        gate = self.node("Add", name + ".gate", erf, self.number("gelu.one", 1.0))
        half = self.node("Mul", name + ".half", x, self.number("gelu.half", 0.5))
        return self.node("Mul", name, half, gate)

    def layer(self, at: str, x: str, layer: Layer) -> str:
        """x [sequence, H] -> [sequence, H]; names begin with `at`."""
        shape = layer.shape
        heads = self.integers(0, shape.heads, shape.head_width)
        parts = {}
        for part in ("query", "key", "value"):
            flat = self.grouped(f"{at}attention.{part}", x, getattr(layer, part))
            parts[part] = self.node("Reshape", f"{at}attention.{part}.heads", flat, heads)
        q = self.node("Transpose", at + "attention.query.by_head", parts["query"], perm=[1, 0, 2])
        k = self.node("Transpose", at + "attention.key.by_head", parts["key"], perm=[1, 2, 0])
        v = self.node("Transpose", at + "attention.value.by_head", parts["value"], perm=[1, 0, 2])
        score = self.node("MatMul", at + "attention.scores", q, k)
        score = self.node("Mul", at + "attention.scaled", score, self.number("attention.scale", shape.head_width**-0.5))
        weight = self.node("Softmax", at + "attention.weights", score, axis=-1)
        mixed = self.node("MatMul", at + "attention.mixed", weight, v)
        mixed = self.node("Transpose", at + "attention.by_token", mixed, perm=[1, 0, 2])
        context = self.node("Reshape", at + "attention.context", mixed, self.integers(0, shape.hidden))
        added = self.grouped(at + "post_attention", context, layer.post_attention)
        x = self.norm(at + "attention_norm", self.node("Add", at + "attention_sum", x, added), layer.attention_norm)
        wide = self.gelu(at + "activation", self.grouped(at + "intermediate", x, layer.intermediate))
        added = self.grouped(at + "output", wide, layer.output)
        return self.norm(at + "output_norm", self.node("Add", at + "output_sum", x, added), layer.output_norm)


def build(reader: Reader, words: Bytes, meaning: Bytes) -> onnx.ModelProto:
    """`words` stands for the word table [vocabulary, H], `meaning` for the embedding head's matrix [in, out]."""
    g, encoder = Graph(), reader.encoder
    rows = g.node(
        "Gather", "embeddings.words.rows", g.constant("embeddings.words.weight", words[0]), "input_ids", axis=0
    )
    rows = g.node("Cast", "embeddings.words.float", rows, to=TensorProto.FLOAT)
    scales = g.node(
        "Gather", "embeddings.words.scales", g.constant("embeddings.words.scale", words[1]), "input_ids", axis=0
    )
    word = g.node("Mul", "embeddings.words", rows, scales)
    length = g.node("Shape", "sequence.length", "input_ids")
    table = g.half("embeddings.positions.weight", encoder.positions.weight[:WINDOW])
    place = g.node("Slice", "embeddings.positions", table, g.integers(0), length, g.integers(0))
    x = g.norm("embeddings.norm", g.node("Add", "embeddings.sum", word, place), encoder.norm)

    states = [x]
    for number, layer in enumerate(encoder.layers):
        states.append(g.layer(f"encoder.layer.{number}.", states[-1], layer))

    means = [g.node("ReduceMean", f"pooled.{n}", state, axes=[0], keepdims=1) for n, state in enumerate(states)]
    pooled = means[-1]
    flat = lambda name, source, size: g.node("Reshape", name, source, g.integers(size))
    flat("intent_logits", g.dense("heads.intent", pooled, reader.intent), reader.intent.out_features)
    flat("act_logits", g.dense("heads.act", pooled, reader.act), len(ACTS))
    mood = g.node("Tanh", "heads.mood.tanh", g.dense("heads.mood", pooled, reader.mood))
    flat("sentiment_logits", g.dense("heads.sentiment", mood, reader.sentiment), len(SENTIMENTS))
    tags = g.dense("heads.entity", states[-1], reader.entity)
    g.node("Identity", "entity_logits", tags)
    every = g.node("Concat", "pooled.every", *means, axis=1)
    meant = g.linear("heads.embedding", every, g.bytes("heads.embedding.weight", meaning), reader.embedding.bias)
    raw = flat("heads.embedding.flat", meant, EMBEDDING)
    squares = g.node(
        "ReduceSum",
        "heads.embedding.squares",
        g.node("Mul", "heads.embedding.square", raw, raw),
        g.integers(0),
        keepdims=1,
    )
    length = g.node("Sqrt", "heads.embedding.length", squares)
    g.node("Div", "embedding", raw, length)

    value = lambda name, *dims: helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)
    graph = helper.make_graph(
        g.nodes,
        "sotto-squeezebert",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [SEQUENCE])],
        [
            value("intent_logits", reader.intent.out_features),
            value("act_logits", len(ACTS)),
            value("sentiment_logits", len(SENTIMENTS)),
            value("entity_logits", SEQUENCE, len(ENTITY_TAGS)),
            value("embedding", EMBEDDING),
        ],
        g.stored,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="sotto_training")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model
