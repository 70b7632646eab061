"""Where an engine is, what a delivery says of itself, and whether an answer is whole."""

from __future__ import annotations

import json
import sys
from datetime import date

import pyarrow as pa
import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.figures import FIGURES_SCHEMA
from imp2art.cluster.address import is_local, place_of
from imp2art.cluster.answer import figures_of
from imp2art.cluster.delivery import Delivery, delivery_of
from imp2art.cluster.partition import Question
from imp2art.cluster.rows import COUNTED, TABLES
from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.flows.audit_on_cluster import audit_on_cluster

MONTHS = (date(2026, 9, 30), date(2026, 10, 31))
QUESTION = Question((INDICATORS["plan-12-months"], INDICATORS["asthma-register"]), MONTHS, read_library())
DELIVERY = Delivery("/d", MONTHS[-1], ("A1", "B2"), {}, {}, "sha256:0")
MANIFEST = {
    "format": "imp2art-delivery/1",
    "taken_on": "2026-10-31",
    "practices": [{"code": "B2"}, {"code": "A1"}],
    "files": [{"name": f"part-{part:03}/{name}.parquet", "rows": 5} for part in (0, 1) for name in TABLES],
}


@pytest.mark.parametrize("url", ["local[2]", "local[*]", "local[2,3]"])
def test_spark_on_this_machine(url):
    assert is_local(url)
    assert place_of(url) == url


@pytest.mark.parametrize(
    "url", ["", "local", "spark://host:7077", "sc://", "sc://host:door", "http://host:1", "2"]
)
def test_any_other_address_is_refused(url):
    with pytest.raises(Refusal, match=r"sc://host:port .* or local\[2\]"):
        place_of(url)


def test_an_address_is_named_without_its_token():
    assert place_of("sc://host:15002/;token=quite-secret") == "sc://host:15002"
    assert place_of("sc://host") == "sc://host:15002"


def test_without_sparks_package_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "imp2art.cluster.spark", raising=False)
    monkeypatch.delattr("imp2art.cluster.spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(Refusal, match=r"pip install 'imp2art\[spark\]'"):
        audit_on_cluster("/d", "sc://127.0.0.1:1", QUESTION.library, 24, tmp_path / "out")


def test_a_manifest_gives_files_and_rows_by_table():
    delivery = delivery_of("s3://bucket/d", json.dumps(MANIFEST))
    assert delivery.practices == ("A1", "B2")
    assert delivery.taken_on == date(2026, 10, 31)
    assert delivery.rows == dict.fromkeys(TABLES, 10)
    assert delivery.files["issues"] == (
        "s3://bucket/d/part-000/issues.parquet",
        "s3://bucket/d/part-001/issues.parquet",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "imp2art-extract/1"}, "is not a delivery of the form imp2art-delivery/1"),
        ({"adds": True}, "only adds to an earlier delivery"),
        ({"taken_on": "yesterday"}, "is damaged"),
        ({"files": 3}, "is damaged"),
        ({"practices": []}, "names no practice"),
        ({"files": MANIFEST["files"][:3]}, "names no file of issues"),
    ],
)
def test_a_manifest_that_is_not_right_is_refused(change, told):
    with pytest.raises(Refusal, match=told):
        delivery_of("/d", json.dumps(MANIFEST | change))


def test_a_manifest_that_is_no_json_is_refused():
    with pytest.raises(Refusal, match=r"/d/manifest.json is damaged: copy the delivery again"):
        delivery_of("/d", '{"format": ')


def answer(practices=("B2", "A1")) -> list[dict[str, object]]:
    """What an engine gives, in an order of its own."""
    return [
        {
            "practice": practice,
            "indicator": indicator,
            "month_end": on,
            "denominator": 4 if practice == "A1" else 0,
            "numerator": 3 if practice == "A1" else 0,
            "excluded": 1,
            "cannot_tell": 2,
        }
        for practice in practices
        for on in reversed(MONTHS)
        for indicator in ("asthma-register", "plan-12-months")
    ]


def figures(rows: list[dict[str, object]]) -> pa.Table:
    return figures_of(pa.Table.from_pylist(rows, COUNTED), DELIVERY, QUESTION)


def test_the_figures_stand_by_practice_indicator_and_month():
    table = figures(answer())
    assert table.schema == FIGURES_SCHEMA
    found = [(row["practice"], row["indicator"], row["month_end"]) for row in table.to_pylist()]
    assert found == [
        (practice, slug, on)
        for practice in ("A1", "B2")
        for slug in ("plan-12-months", "asthma-register")
        for on in MONTHS
    ]
    assert table["rate"].to_pylist() == [0.75] * 4 + [None] * 4
    assert table["rule_version"][0].as_py() == QUESTION.indicators[0].version_on(MONTHS[0])


@pytest.mark.parametrize(
    "rows",
    [
        answer()[1:],
        [*answer(), answer()[0]],
        answer(("A1",)),
        answer(("A1", "B2", "C3")),
        answer(("A1", "C3")),
        [],
    ],
    ids=["a cell is missing", "a cell twice", "a practice is missing", "one too many", "another one", "none"],
)
def test_an_answer_that_is_not_whole_is_refused(rows):
    with pytest.raises(Refusal, match="not one for each of the 2 practices"):
        figures(rows)


def test_faults_are_told_and_no_figure_is_given():
    told = [{"practice": f"P{n}", "fault": f"practice P{n}: events: 1 row without last."} for n in range(7)]
    with pytest.raises(Refusal) as refused:
        figures([*answer(), *told])
    assert str(refused.value).startswith(
        "/d cannot be counted, and there are no figures. Practice P0: events"
    )
    assert str(refused.value).endswith("And 2 more such.")
