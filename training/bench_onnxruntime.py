"""Sotto and ONNX Runtime on the same model.onnx, one thread each, taking turns: a table of ratios in Markdown.

    cargo bench --no-default-features --bench pass --no-run      # prints the path of the program
    python training/bench_onnxruntime.py PROGRAM [--pack models/squeezebert] [--rounds 40]

Each round asks every engine for a few passes over the same number of tokens and leaves out the first, which finds
cold caches. Medians over all rounds; ratios are to ONNX Runtime.
"""
import argparse
import os
import subprocess
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import onnxruntime

LENGTHS = (8, 16, 32, 64, 128)
PASSES = 5


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program", help="the compiled bench `pass`")
    options.add_argument("--pack", type=Path, default=Path("models/squeezebert"))
    options.add_argument("--rounds", type=int, default=40)
    options = options.parse_args()

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        options.pack / "model.onnx", settings, providers=["CPUExecutionProvider"])
    vocabulary = 30522

    def onnx_runtime(tokens):
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
            times.setdefault("ONNX Runtime", []).extend(onnx_runtime(tokens)[1:])
            for engine in engines:
                times.setdefault(engine, []).extend(ask(engine, tokens)[1:])
        found[tokens] = {engine: median(all) / 1e3 for engine, all in times.items()}
    sotto.stdin.close()
    sotto.wait()

    print("| engine, milliseconds (ratio) |", " | ".join(f"{tokens} tokens" for tokens in LENGTHS), "|")
    print("| --- |" + " --- |" * len(LENGTHS))
    for engine in ("ONNX Runtime", *engines):
        cells = [f"{found[tokens][engine]:.2f} ({found[tokens][engine] / found[tokens]['ONNX Runtime']:.2f})"
                 for tokens in LENGTHS]
        print(f"| {engine} |", " | ".join(cells), "|")
    print(f"\nONNX Runtime {onnxruntime.__version__}, {options.rounds} rounds, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
