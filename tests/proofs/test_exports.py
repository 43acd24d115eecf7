"""Each export, read by the program that it is for."""

import csv
import io
import json
import subprocess
import sys

import jsonschema
import pandas
import pyarrow.parquet as pq
import pytest

from conftest import ROOT, entities, run


def closed_up(text):
    return "".join(text.split())


def test_jsonschema_accepts_every_line(export, sotto):
    schema = json.loads(run(sotto, "export", "--schema"))
    assert schema == json.loads((ROOT / "docs/schema/message.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for file in [export("jsonl"), export("jsonl", "--redact"), export("jsonl", "--shift-dates", "-30")]:
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert lines
        for line in lines:
            validator.validate(line)
    for key, value in [("time", "now"), ("text", None), ("source", "guessed"), ("analysis", {}), ("correction", {"intent": 5})]:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**lines[0], key: value})


def test_spacy_converts_the_conll_file(export, messages, tmp_path):
    import spacy
    from spacy.tokens import DocBin

    file = export("conll").rename(tmp_path / "log.conll")
    command = [sys.executable, "-m", "spacy", "convert", file, tmp_path, "--converter", "conll"]
    subprocess.run(command, check=True, capture_output=True)
    docs = list(DocBin().from_disk(tmp_path / "log.spacy").get_docs(spacy.blank("xx").vocab))
    found = [(closed_up(entity.text), entity.label_) for doc in docs for entity in doc.ents]
    names = {"person": "PER", "location": "LOC", "organization": "ORG"}
    expected = [(closed_up(entity["text"]), names.get(entity["entity"], entity["entity"].upper()))
                for message in messages for entity in entities(message)]
    assert found == expected
    words = "".join(closed_up(doc.text) for doc in docs)
    assert words == "".join(closed_up(message["text"]) for message in messages)
    assert len(docs) == len({message["conversation"] for message in messages})


def test_label_studio_takes_the_tasks_and_gives_them_back(export, messages, sotto, tmp_path):
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    tasks = json.loads(export("label-studio").read_text())
    config = run(sotto, "model", "--label-studio")
    interface = LabelInterface(config)
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        for prediction in task["predictions"]:
            assert interface.validate_prediction(prediction, return_errors=True) in (True, [])

    # As a person does who accepts the predictions.
    for number, task in enumerate(tasks):
        task["id"] = number
        task["annotations"] = [{"id": number, "result": prediction["result"]} for prediction in task["predictions"]]
    accepted = tmp_path / "accepted.json"
    accepted.write_text(json.dumps(tasks))
    converter = Converter(config, str(tmp_path))
    for format in ["JSON", "JSON_MIN", "CONLL2003"]:
        converter.convert(str(accepted), str(tmp_path / format), format, is_dir=False)

    result = json.loads((tmp_path / "JSON_MIN/result.json").read_text())
    assert [task["text"] for task in result] == [message["text"] for message in messages]
    for task, message in zip(result, messages):
        labels = [(label["start"], label["end"], label["text"], label["labels"]) for label in task.get("label", [])]
        assert labels == [(e["start"], e["end"], e["text"], [e["entity"]]) for e in entities(message)]
        if message["analysis"]:
            assert task["intent"] == message["analysis"]["intent"]["name"]
            assert task["sentiment"] == message["analysis"]["sentiment"]["name"]

    again = json.loads((tmp_path / "JSON/result.json").read_text())
    assert [task["data"]["text"] for task in again] == [message["text"] for message in messages]
    conll = (tmp_path / "CONLL2003/result.conll").read_text()
    begun = sum(line.split(" ")[-1].startswith("B-") for line in conll.splitlines() if line)
    # Its own tokens end only at white space, so that the two names in the Chinese sentence stand in one.
    assert begun == sum(len(entities(message)) for message in messages) - 1


def test_rasa_reads_the_yaml(export, messages, rasa):
    import yaml

    text = export("rasa").read_text()
    plain = yaml.safe_load(text)
    intents = {one["intent"] for one in plain["nlu"]}
    assert intents == {message["analysis"]["intent"]["name"] for message in messages if message["analysis"]}

    # `reads` begins with Rasa's own check against its published schema.
    examples = [example.as_dict() for example in rasa.reads(text).training_examples]
    tagged = [message for message in messages if message["analysis"]]
    assert len(examples) == len(tagged)
    named = lambda text, entity: text[entity["start"] : entity["end"]].replace("\\n", "\n")
    found = sorted((example["intent"], named(example["text"], entity), entity["entity"])
                   for example in examples for entity in example.get("entities", []))
    assert found == sorted((message["analysis"]["intent"]["name"], entity["text"], entity["entity"])
                           for message in tagged for entity in entities(message))
    values = {entity["value"] for example in examples for entity in example.get("entities", [])}
    assert "2026-11-24" in values


@pytest.fixture(scope="module")
def rasa():
    """Rasa's own reader. Its package wants an older Python and hundreds of others, of which reading needs few: so its
    top is passed by, and a class stands in that `packaging` no longer has."""
    import importlib.util
    import types

    import packaging.version

    packaging.version.LegacyVersion = type("LegacyVersion", (), {})
    spec = importlib.util.find_spec("rasa")
    package = types.ModuleType("rasa")
    package.__path__, package.__file__ = list(spec.submodule_search_locations), spec.origin
    package.__spec__ = spec
    sys.modules["rasa"] = package
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    return RasaYAMLReader()


def test_doccano_has_its_fields(export, messages):
    lines = [json.loads(line) for line in export("doccano").read_text().splitlines()]
    assert len(lines) == len(messages)
    for line, message in zip(lines, messages):
        assert line["text"] == message["text"]
        assert line["id"] == message["id"]
        assert line["label"] == [[e["start"], e["end"], e["entity"]] for e in entities(message)]
        for start, end, kind in line["label"]:
            # doccano refuses spans that are empty or lie outside of the text, and labels that are no strings.
            assert 0 <= start < end <= len(line["text"]) and isinstance(kind, str)
        assert [line["text"][start:end] for start, end, _ in line["label"]] == [e["text"] for e in entities(message)]
        spans = [range(start, end) for start, end, _ in line["label"]]
        assert all(set(a).isdisjoint(b) for a, b in zip(spans, spans[1:]))


def unquoted(text):
    """Without the quote that keeps a spreadsheet from computing."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in tuple("=+-@\t\r") and text.lstrip("'") else text


@pytest.mark.parametrize("options", [(), ("--excel",)])
def test_pandas_reads_the_table(export, messages, options):
    file = export("csv", *options)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == bool(options)
    rows = pandas.read_csv(file, keep_default_na=False, encoding="utf-8-sig")
    assert len(rows) == len(messages)
    # pandas takes a lone line feed in a cell for what it is, and so does Python's own reader.
    with open(file, encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == len(messages)
    for (_, row), message in zip(rows.iterrows(), messages):
        assert unquoted(row.text) == message["text"]
        assert unquoted(row.speaker) == message["speaker"]
        assert not row.text.startswith(tuple("=+-@\t\r"))
        assert pandas.Timestamp(row.time).timestamp() * 1000 == message["time"]
        found = json.loads(row.entities) if row.entities else []
        assert [row.text[e["start"] : e["end"]] for e in found] == [e["text"] for e in entities(message)]
        assert [e["entity"] for e in found] == [e["entity"] for e in entities(message)]


def test_arrow_and_pandas_read_the_columns(export, messages):
    file = export("parquet")
    table = pq.read_table(file)
    documented = (ROOT / "docs/formats.md").read_text()
    for field in table.schema:
        assert f"| `{field.name}` | `{field.type}` |" in documented, f"{field.name}: {field.type}"
    rows = table.to_pylist()
    assert len(rows) == len(messages) == len(pandas.read_parquet(file))
    for row, message in zip(rows, messages):
        for key in ["id", "conversation", "speaker", "source", "text"]:
            assert row[key] == message[key]
        assert row["time"].timestamp() * 1000 == message["time"]
        analysis = message["analysis"]
        if not analysis:
            assert all(row[key] is None for key in ["intent", "intent_ranking", "sentiment", "entities", "model_name"])
            continue
        assert row["entities"] == analysis["entities"]
        assert row["intent_ranking"] == analysis["intent_ranking"]
        assert (row["intent"], row["act"]) == (analysis["intent"]["name"], analysis["act"]["name"])
        assert row["sentiment_neutral"] == analysis["sentiment"]["scores"]["neutral"]
        assert [row["text"][e["start"] : e["end"]] for e in row["entities"]] == [e["text"] for e in entities(message)]
    piped = run_bytes(export)
    assert pq.read_table(io.BytesIO(piped)).num_rows == len(rows)


def run_bytes(export):
    return export("parquet", "--speaker", "Anna", "--speaker", "שרה", "--speaker", "=Bob").read_bytes()
