"""The encoder and `transformers`' SqueezeBertModel are the same function, both ways."""

import torch
from transformers import SqueezeBertConfig, SqueezeBertModel

from sotto_training.convert import from_squeezebert, to_squeezebert
from sotto_training.model import STUDENT, Encoder


def squeezebert() -> SqueezeBertModel:
    groups = {f"{part}_groups": STUDENT.groups for part in ("q", "k", "v", "intermediate", "output")}
    config = SqueezeBertConfig(
        vocab_size=STUDENT.vocabulary,
        hidden_size=STUDENT.hidden,
        num_hidden_layers=STUDENT.layers,
        num_attention_heads=STUDENT.heads,
        intermediate_size=STUDENT.intermediate,
        embedding_size=STUDENT.hidden,
        post_attention_groups=1,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        **groups,
    )
    return SqueezeBertModel(config).eval()


def same(model: SqueezeBertModel, encoder: Encoder) -> None:
    ids = torch.randint(0, STUDENT.vocabulary, (3, 17))
    with torch.no_grad():
        theirs = model(ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        ours = encoder.eval()(ids)[-1]
    assert (theirs - ours).abs().max() < 2e-5


def test_to_squeezebert():
    torch.manual_seed(0)
    encoder, model = Encoder(), squeezebert()
    missing, unexpected = model.load_state_dict(to_squeezebert(encoder), strict=False)
    assert not unexpected and all("pooler" in name or "position_ids" in name for name in missing)
    same(model, encoder)


def test_from_squeezebert():
    torch.manual_seed(1)
    encoder, model = Encoder(), squeezebert()
    from_squeezebert(model.state_dict(), encoder)
    same(model, encoder)
