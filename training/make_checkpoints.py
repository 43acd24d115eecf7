"""SqueezeBERT checkpoints with random weights as `transformers` saves them, and what PyTorch makes of some texts.

    python training/make_checkpoints.py tests/golden/checkpoints           # the small ones that the tests read
    python training/make_checkpoints.py FOLDER --base                      # one of the paper's size, 12 x 768

Each folder gets `config.json`, the weights, the vocabulary and `answers.json`: token ids and logits.
"""
import argparse
import json
import logging
from pathlib import Path

import torch
from transformers import SqueezeBertConfig, SqueezeBertForSequenceClassification, SqueezeBertForTokenClassification

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the a i you it is was good bad book table call anna in at ##s ##ing ##ed . , ! ?"
SMALL = dict(vocab_size=len(WORDS.split()), hidden_size=32, embedding_size=32, num_hidden_layers=2,
             num_attention_heads=4, intermediate_size=64, max_position_embeddings=40, q_groups=4, k_groups=2,
             v_groups=1, post_attention_groups=1, intermediate_groups=4, output_groups=2, layer_norm_eps=1e-5)
LENGTHS = (2, 3, 9, 17, 40)


def stirred(model):
    """Random in every weight, the norms and biases too, which `transformers` begins with ones and zeros."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            flat = 1.0 if name.endswith(("LayerNorm.weight", "layernorm.weight")) else 0.0
            weight.copy_(flat + torch.randn_like(weight) * (0.2 if weight.dim() == 1 else 0.15))
    return model.eval()


def answers(model, lengths):
    found = []
    for length in lengths:
        ids = [(at * 7 + length) % model.config.vocab_size for at in range(length)]
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0]
        found.append({"ids": ids, "logits": [float(f"{value:.7g}") for value in logits.flatten().tolist()]})
    return found


def save(model, folder: Path, lengths=LENGTHS, words=WORDS.split(), export=False):
    folder.mkdir(parents=True, exist_ok=True)
    if export:
        model.config.architectures = [type(model).__name__]
        model.config.save_pretrained(folder)
        ids, axes = torch.tensor([[2, 5, 6, 3]]), {0: "batch", 1: "sequence"}
        torch.onnx.export(model, (ids,), folder / "model.onnx", input_names=["input_ids"], output_names=["logits"],
                          dynamic_axes={"input_ids": axes}, opset_version=17, dynamo=False)
    else:
        model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf8")
    (folder / "answers.json").write_text(json.dumps(answers(model, lengths)) + "\n", encoding="utf8")


def labels(*names):
    return dict(id2label=dict(enumerate(names)), label2id={name: at for at, name in enumerate(names)})


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--base", action="store_true")
    options = options.parse_args()
    torch.manual_seed(20)
    logging.disable(logging.WARNING)
    if options.base:
        words = [*WORDS.split(), *(f"word{at}" for at in range(30528 - len(WORDS.split())))]
        config = SqueezeBertConfig(vocab_size=len(words), **labels("yes", "no", "maybe"))
        return save(stirred(SqueezeBertForSequenceClassification(config)), options.folder / "base", (2, 30, 128), words)
    sequence, token = SqueezeBertForSequenceClassification, SqueezeBertForTokenClassification
    tags = labels("O", "B-person", "I-person", "B-place")
    save(stirred(sequence(SqueezeBertConfig(**SMALL, **labels("POSITIVE", "NEGATIVE")))), options.folder / "sentiment")
    save(stirred(sequence(SqueezeBertConfig(**SMALL, **labels("greet", "book", "call")))).half().float(),
         options.folder / "intent-onnx", export=True)
    save(stirred(token(SqueezeBertConfig(**SMALL, **tags))), options.folder / "entity")
    save(stirred(token(SqueezeBertConfig(**SMALL, **tags))), options.folder / "entity-onnx", export=True)


if __name__ == "__main__":
    main()
