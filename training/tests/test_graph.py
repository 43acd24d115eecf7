"""The ONNX graph answers as the reader with the stored weights does, at any length."""

import numpy as np
import onnxruntime
import torch

from sotto_training.export import round_as_stored
from sotto_training.graph import build
from sotto_training.model import STUDENT, Reader


def test_graph_answers_as_the_reader():
    torch.manual_seed(0)
    reader = Reader(STUDENT, intents=151, hwu_labels=64).eval()
    words, meaning = round_as_stored(reader)
    session = onnxruntime.InferenceSession(build(reader, words, meaning).SerializeToString())
    for length in (2, 7, 40):
        ids = torch.randint(0, STUDENT.vocabulary, (length,))
        with torch.no_grad():
            own = reader(ids[None])
        for output in session.get_outputs():
            head = output.name.removesuffix("_logits")
            found = session.run([output.name], {"input_ids": ids.numpy()})[0]
            assert np.abs(found - own[head][0].numpy()).max() < 1e-4, output.name
