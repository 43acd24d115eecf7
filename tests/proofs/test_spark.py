"""docs/spark.md, run as it stands there on a local cluster of two workers."""

import json
import os
import re
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import ROOT

NOW = "2026-11-23T10:00:00+01:00[Europe/Berlin]"
TEXTS = [
    "remind me to call Anna in Berlin tomorrow at 9",
    "I love this 😀",
    "what is 15% of 240?",
    "שלום  עולם",
    "two  spaces\nand a line break",
    "我在北京工作",
    'quotes " and \\ backslashes, {braces}',
    "",
]


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """A dataset of some hundred messages in four files."""
    folder = tmp_path_factory.mktemp("messages")
    rows = [{"id": n, "who": "Anna", "text": f"{TEXTS[n % len(TEXTS)]} {n // 8}".strip()} for n in range(240)]
    for part in range(4):
        pq.write_table(pa.Table.from_pylist(rows[part::4]), folder / f"part-{part}.parquet")
    return folder, rows


def test_spark_gives_the_tags_of_one_process(messages, sotto, tmp_path):
    folder, rows = messages
    script = re.search(r"```python\n(.*?)```", (ROOT / "docs/spark.md").read_text(), re.S).group(1)
    (tmp_path / "tag.py").write_text(script)
    # Both runs take the same moment as now.
    wrapper = tmp_path / "sotto"
    wrapper.write_text(f'#!/bin/sh\necho "$$" >> "{tmp_path}/runs"\nexec "{sotto}" "$@" --now "{NOW}"\n')
    wrapper.chmod(0o755)

    master = "local-cluster[2,1,1024]"
    import pyspark

    home = os.path.dirname(pyspark.__file__)
    submit = [os.path.join(home, "bin/spark-submit"), "--master", master, "--conf", "spark.ui.enabled=false"]
    env = {**os.environ, "SOTTO": str(wrapper), "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1",
           "PYSPARK_PYTHON": sys.executable, "SPARK_WORKER_DIR": str(tmp_path / "work")}
    done = subprocess.run([*submit, str(tmp_path / "tag.py"), str(folder), str(tmp_path / "tagged")],
                          env=env, cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]

    lines = "".join(json.dumps(row) + "\n" for row in rows)
    alone = subprocess.run([sotto, "tag", "--format", "jsonl", "--now", NOW], input=lines, capture_output=True,
                           text=True, check=True)
    expected = {row["id"]: row for row in map(json.loads, alone.stdout.splitlines())}
    assert len(expected) == len(rows)

    tagged = {row["id"]: row for row in pq.read_table(tmp_path / "tagged").to_pylist()}
    assert tagged.keys() == expected.keys()
    for number, row in expected.items():
        assert narrowed(tagged[number]) == narrowed(row)
    assert len((tmp_path / "runs").read_text().split()) >= 2, "one process did it all"


def narrowed(value):
    """Numbers as Parquet's float columns hold them."""
    if isinstance(value, float):
        return pa.scalar(value, pa.float32()).as_py()
    if isinstance(value, dict):
        return {key: narrowed(one) for key, one in value.items() if not key.startswith("_")}
    if isinstance(value, list):
        return [narrowed(one) for one in value]
    return value
