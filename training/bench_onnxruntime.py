"""Sotto and ONNX Runtime on the same network, one thread each, taking turns: a table of ratios in Markdown.

ONNX Runtime gets the network in the form it is fastest in, and also with its own dynamic quantisation to bytes.

    cargo bench --no-default-features --bench pass --no-run      # prints the path of the program
    python training/bench_onnxruntime.py PROGRAM [--pack models/squeezebert] [--rounds 40]

Each round asks every engine for a few passes over the same number of tokens and leaves out the first, which finds
cold caches. Medians over all rounds; ratios are to ONNX Runtime.
"""
import argparse
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic

LENGTHS = (8, 16, 32, 64, 128)
PASSES = 5


def best_forms(model, folder):
    """The model in the form that ONNX Runtime is fastest in, each group a product of its own: the files with its
    weights in single precision, and with ONNX Runtime's dynamic quantisation."""
    # Its constants folded: the quantiser finds no weights behind the casts that the pack has.
    folding = onnxruntime.SessionOptions()
    folding.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    folding.optimized_model_filepath = str(folder / "plain.onnx")
    onnxruntime.InferenceSession(model, folding, providers=["CPUExecutionProvider"])
    plain = onnx.load(folder / "plain.onnx")
    constants = {it.name: it for it in plain.graph.initializer}
    makers = {name: node for node in plain.graph.node for name in node.output}
    readers = {name: node for node in plain.graph.node for name in node.input}
    nodes = []
    for node in plain.graph.node:
        if node.op_type != "Einsum":
            nodes.append(node)
            continue
        rows, joined = makers[node.input[0]], readers[node.output[0]]
        weights = onnx.numpy_helper.to_array(constants[node.input[1]])
        groups, inputs, _ = weights.shape
        name = joined.output[0]
        sizes = onnx.numpy_helper.from_array(np.full(groups, inputs), f"{name}.sizes")
        parts = [onnx.numpy_helper.from_array(weights[n], f"{name}.weight{n}") for n in range(groups)]
        plain.graph.initializer.extend([sizes, *parts])
        split = [f"{name}.part{n}" for n in range(groups)]
        nodes.append(onnx.helper.make_node("Split", [rows.input[0], sizes.name], split, axis=-1))
        nodes += [onnx.helper.make_node("MatMul", [part, weight.name], [f"{part}.product"], name=f"{part}.product")
                  for part, weight in zip(split, parts)]
        nodes.append(onnx.helper.make_node("Concat", [f"{part}.product" for part in split], [name], axis=-1))
        for reshape in (rows, joined):
            reshape.op_type = "unused"
    del plain.graph.node[:]
    plain.graph.node.extend(node for node in nodes if node.op_type != "unused")
    used = {name for node in plain.graph.node for name in node.input}
    constants = [constant for constant in plain.graph.initializer if constant.name in used]
    del plain.graph.initializer[:]
    plain.graph.initializer.extend(constants)
    onnx.save(plain, folder / "groups.onnx")
    quantize_dynamic(folder / "groups.onnx", folder / "bytes.onnx", per_channel=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul"])
    return folder / "groups.onnx", folder / "bytes.onnx"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program", help="the compiled bench `pass`")
    options.add_argument("--pack", type=Path, default=Path("models/squeezebert"))
    options.add_argument("--rounds", type=int, default=40)
    options = options.parse_args()

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    load = lambda model: onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
    with tempfile.TemporaryDirectory() as folder:
        single, of_bytes = best_forms(options.pack / "model.onnx", Path(folder))
        sessions = {"ONNX Runtime": load(single), "ONNX Runtime int8": load(of_bytes),
                    "ONNX Runtime, the file as it is": load(options.pack / "model.onnx")}
    vocabulary = 30522

    def onnx_runtime(session, tokens):
        ids = {"input_ids": np.array([(1996 + at * 131) % vocabulary for at in range(tokens)], np.int64)}
        times = []
        for _ in range(PASSES):
            start = perf_counter()
            session.run(None, ids)
            times.append((perf_counter() - start) * 1e6)
        return times

    sotto = subprocess.Popen([options.program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             env=os.environ | {"SOTTO_MODEL_DIR": str(options.pack.resolve())})
    engines = sotto.stdout.readline().split()

    def ask(engine, tokens):
        print(engine, tokens, PASSES, file=sotto.stdin, flush=True)
        return [float(time) for time in sotto.stdout.readline().split()]

    found = {}
    for tokens in LENGTHS:
        times = {}
        for _ in range(options.rounds):
            for name, session in sessions.items():
                times.setdefault(name, []).extend(onnx_runtime(session, tokens)[1:])
            for engine in engines:
                times.setdefault(engine, []).extend(ask(engine, tokens)[1:])
        found[tokens] = {engine: median(all) / 1e3 for engine, all in times.items()}
    sotto.stdin.close()
    sotto.wait()

    print("| engine, milliseconds (ratio) |", " | ".join(f"{tokens} tokens" for tokens in LENGTHS), "|")
    print("| --- |" + " --- |" * len(LENGTHS))
    for engine in (*sessions, *engines):
        cells = [f"{found[tokens][engine]:.2f} ({found[tokens][engine] / found[tokens]['ONNX Runtime']:.2f})"
                 for tokens in LENGTHS]
        print(f"| {engine} |", " | ".join(cells), "|")
    print(f"\nONNX Runtime {onnxruntime.__version__}, {options.rounds} rounds, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
