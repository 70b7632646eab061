"""A delivery counted by Spark: Spark Connect as Sail serves it, and Apache Spark itself where it is.

Apache Spark needs Java and the whole of Spark, in an environment of its own: `make test-spark`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import count
from imp2art.audit.figures import FIGURES_SCHEMA
from imp2art.audit.packing.pack import pack_practice
from imp2art.cli.main import app
from imp2art.codes.library import read_library
from imp2art.core.period import month_ends
from imp2art.core.refusal import Refusal
from imp2art.flows import audit_on_cluster as flow
from imp2art.flows.audit_on_cluster import audit_on_cluster
from tests.audit_people import code_of
from tests.deliveries import TAKEN_ON, edit_table, simulated, write_delivery

LIBRARY = read_library()
SAIL = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""


@contextmanager
def sail() -> Iterator[str]:
    """A Spark Connect server on this machine, as long as its standard input is open."""
    with subprocess.Popen(
        [sys.executable, "-c", SAIL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        yield f"sc://127.0.0.1:{int(server.stdout.readline())}"
        server.stdin.close()


@contextmanager
def apache_connect() -> Iterator[str]:
    """Apache Spark's own server for Spark Connect."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"spark.connect.grpc.binding.port": port, "spark.connect.grpc.binding.address": "127.0.0.1"}
    with subprocess.Popen(
        [
            Path(sys.executable).with_name("spark-submit"),
            *("--master", "local[2,4]", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
            *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")),
            *("--conf", "spark.ui.enabled=false", "spark-internal"),
        ],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        next(line for line in server.stderr if "Spark Connect server started" in line)
        with ThreadPoolExecutor(1) as reader:  # a full pipe would stop the server
            reader.submit(lambda: [None for _ in server.stderr])
            try:
                yield f"sc://127.0.0.1:{port}"
            finally:
                server.terminate()


@contextmanager
def local() -> Iterator[str]:
    """Apache Spark in this process; a task may fail three times."""
    yield "local[2,4]"


@pytest.fixture(autouse=True)
def seen_as_a_script(monkeypatch):
    """Spark's client takes a main module with no file (a pytest-xdist worker) for its own doctests."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)


def whole_spark() -> bool:
    """Whether Apache Spark itself can run here, and not only its client."""
    found = find_spec("pyspark") is not None and find_spec("py4j") is not None
    return found and shutil.which("java") is not None


ENGINES = {"Sail": sail, "Apache Spark": local, "Apache Spark Connect": apache_connect}
AVAILABLE = {
    "Sail": find_spec("pysail") is not None,
    "Apache Spark": whole_spark(),
    "Apache Spark Connect": whole_spark(),
}


@pytest.fixture(scope="module", params=[name for name, is_here in AVAILABLE.items() if is_here])
def url(request) -> Iterator[str]:
    """The address of an engine."""
    if not AVAILABLE[request.param]:
        pytest.skip(f"{request.param} is not here: see make test (Sail) and make test-spark (Apache Spark)")
    with ENGINES[request.param]() as address:
        yield address


@pytest.fixture(scope="module")
def practices():
    return simulated(4, 400)


@pytest.fixture
def delivery(tmp_path, practices) -> Path:
    return write_delivery(tmp_path / "delivery", practices)


def laptop_figures(practices, months: int = 24) -> pa.Table:
    """The same figures by the engine of one machine, practice by practice."""
    days, indicators, rows = month_ends(TAKEN_ON, months), tuple(INDICATORS.values()), []
    for code, tables in sorted(practices.items()):
        counts = count(pack_practice(tables, indicators, LIBRARY), indicators, days)
        for indicator in indicators:
            of = counts[indicator.slug]
            for place, on in enumerate(days):
                met, asked = int(of.numerator[place]), int(of.denominator[place])
                rows.append(
                    {
                        "practice": code,
                        "indicator": indicator.slug,
                        "month_end": on,
                        "denominator": asked,
                        "numerator": met,
                        "excluded": int(of.excluded[place]),
                        "cannot_tell": int(of.cannot_tell[place]),
                        "rate": met / asked if asked else None,
                        "rule_version": indicator.version_on(on),
                    }
                )
    return pa.Table.from_pylist(rows, FIGURES_SCHEMA)


@pytest.mark.parametrize("url", ENGINES, indirect=True)
def test_every_cell_is_the_laptops(url, delivery, practices, tmp_path):
    ended = CliRunner().invoke(
        app,
        ["audit", str(delivery), "--spark", url, "--out", str(tmp_path / "out")],
        env={"IMP2ART_HOME": str(tmp_path / "home")},
        catch_exceptions=False,
    )
    assert ended.exit_code == 0
    expected = laptop_figures(practices)
    found = pq.read_table(tmp_path / "out" / "figures.parquet")
    assert found == expected
    assert pc.sum(found["numerator"]).as_py() > 1000
    written = pa.csv.read_csv(tmp_path / "out" / "figures.csv")
    assert written["numerator"].to_pylist() == found["numerator"].to_pylist()
    assert f"counting 4 practices at {url}" in ended.output
    assert f"{len(expected):,} figures: " in ended.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["delivery", "out"]


def refused(url: str, delivery: Path | str, out: Path) -> str:
    """The sentence; nothing is written, and what stood there before stands."""
    out.mkdir(exist_ok=True)
    (out / "figures.csv").write_text("of last month")
    with pytest.raises(Refusal) as told:
        audit_on_cluster(str(delivery), url, LIBRARY, 24, out)
    assert {path.name: path.read_text() for path in out.iterdir()} == {"figures.csv": "of last month"}
    assert not list(out.parent.glob(f".{out.name}.*"))
    return str(told.value)


def test_a_row_of_an_unknown_patient_gives_a_sentence_and_no_figures(url, delivery, tmp_path):
    code = str(code_of("asthma-diagnosis"))

    def with_stranger(table: pa.Table) -> pa.Table:
        stranger = table.slice(0, 1).to_pylist()[0] | {"patient": 987654321, "code": code, "system": "snomed"}
        return pa.concat_tables([table, pa.Table.from_pylist([stranger], table.schema)])

    edit_table(delivery, "events", with_stranger)
    told = refused(url, delivery, tmp_path / "out")
    assert told.endswith("there are no figures. Events: 1 row of someone who is not in patients.")
    assert "987654321" not in told


def test_a_faulty_row_gives_a_sentence_and_no_figures(url, delivery, practices, tmp_path):
    def unsexed(table: pa.Table) -> pa.Table:
        place = table.schema.get_field_index("sex")
        return table.set_column(place, table.schema.field(place), pa.array(["female"] * len(table)))

    edit_table(delivery, "patients", unsexed)
    told = refused(url, delivery, tmp_path / "out")
    first, _, third, _ = practices
    assert (
        f"Practice {first}: patients: {len(practices[first]['patients']):,} rows with a sex that is" in told
    )
    assert f"Practice {third}: patients: " in told


def test_a_patient_of_two_practices_is_refused(url, delivery, tmp_path):
    other = pq.read_table(delivery / "part-001" / "patients.parquet")
    edit_table(delivery, "patients", lambda table: pa.concat_tables([table, other.slice(0, 1)]))
    assert "1 patients have more than one row" in refused(url, delivery, tmp_path / "out")


def test_files_that_are_not_as_the_manifest_says_are_refused(url, delivery, tmp_path):
    issues = delivery / "part-001" / "issues.parquet"
    whole = pq.read_table(issues)
    pq.write_table(whole.slice(1), issues)
    assert "issues has" in refused(url, delivery, tmp_path / "out")
    pq.write_table(whole.drop_columns(["quantity"]), issues)
    assert "must have a column quantity of string" in refused(url, delivery, tmp_path / "out")
    issues.unlink()
    assert "manifest" in refused(url, delivery, tmp_path / "out")


def test_a_folder_that_the_engine_does_not_see_is_refused(url, tmp_path):
    told = refused(url, tmp_path / "nowhere", tmp_path / "out")
    assert f"{url} cannot read {tmp_path / 'nowhere'}/manifest.json" in told


def test_a_task_that_dies_gives_every_row_once_or_none(
    request, url, delivery, practices, monkeypatch, tmp_path
):
    """Spark runs the task of a lost worker again; Sail gives up, and is asked again."""
    died, retries = tmp_path / "died", "Sail" not in request.node.name
    original = flow.count_partition

    def dies_once(batches, question):
        for figures in original(batches, question):
            yield figures
            if not died.exists():
                died.touch()
                if retries:
                    os._exit(1)  # the worker's own process
                raise RuntimeError("lost in the midst of a partition")

    monkeypatch.setattr(flow, "count_partition", dies_once)
    out = tmp_path / "out"
    if not retries:
        assert "gave up in the midst" in refused(url, delivery, out)
    audit_on_cluster(str(delivery), url, LIBRARY, 24, out)
    assert died.exists()
    assert pq.read_table(out / "figures.parquet") == laptop_figures(practices)


def test_a_task_that_always_fails_gives_a_sentence_and_no_figures(url, delivery, monkeypatch, tmp_path):
    original = flow.count_partition

    def fails(batches, question):
        yield from original(batches, question)
        raise RuntimeError("of patient 1000001")

    monkeypatch.setattr(flow, "count_partition", fails)
    told = refused(url, delivery, tmp_path / "out")
    assert told == f"{url} gave up in the midst, so there are no figures. Its log says why."


def test_a_server_that_dies_gives_a_sentence_and_no_figures(delivery, monkeypatch, tmp_path):
    pytest.importorskip("pysail", reason="Sail is not installed here")
    from imp2art.cluster import spark

    def kills(batches, question):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)
        yield from batches

    monkeypatch.setattr(flow, "count_partition", kills)
    monkeypatch.setattr(spark, "_RETRIES", 2)
    with sail() as url:
        assert "gave up in the midst" in refused(url, delivery, tmp_path / "out")


def test_where_no_spark_connect_server_answers(delivery, monkeypatch, tmp_path):
    """Neither a closed port nor one where something else listens keeps anybody waiting for ten minutes."""
    pytest.importorskip("pyspark", reason="Spark's client is not installed here")
    from imp2art.cluster import spark

    monkeypatch.setattr(spark, "_PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"sc://127.0.0.1:{listening.getsockname()[1]}"
        told = f"No Spark Connect server answers at {url}. Start it there, or mend the address."
        assert refused(f"{url}/;token=quite-secret", delivery, tmp_path / "out") == told
    assert refused(url, delivery, tmp_path / "out") == told
