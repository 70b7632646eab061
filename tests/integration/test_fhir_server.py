"""A plan's Bundle on a real FHIR R4 server, which checks it by its own rules: kept, found and read back.

The server (sekmet-fhir) has an environment of its own: `make test-fhir` makes it and runs this.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.fhir.bundle import bundle_of
from imp2art.fhir.strict import read_package, write_package
from tests.spec.plans import PEAK_FLOW, WHOLE_PLANS
from tests.unit.test_fhir_bundle import package

SERVER = Path(__file__).parents[2] / ".venv-fhir" / "bin" / "sekmet"
Answer = tuple[int, dict[str, Any]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty server on this machine."""
    if not SERVER.exists():
        pytest.skip("no FHIR server is here: make test-fhir makes its environment")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("fhir")
    address = f"http://127.0.0.1:{port}/fhir"
    server = subprocess.Popen(
        [SERVER, "serve", "--host", "127.0.0.1", "--port", str(port)],
        cwd=folder,
        env={**os.environ, "SEKMET_BASE_URL": address, "SEKMET_DB": str(folder / "kept.db")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/metadata", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers; half a minute at most."""
    for _ in range(150):
        assert server.poll() is None, "the FHIR server ended before it answered"
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the FHIR server did not answer within half a minute")


def put(address: str, content: bytes) -> Answer:
    """What the server says to this resource at this address."""
    head = {"Content-Type": "application/fhir+json"}
    try:
        with urlopen(Request(address, content, head, method="PUT")) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


def get(address: str) -> bytes:
    """What the server keeps at this address."""
    with urlopen(address) as answer:
        return answer.read()


@pytest.mark.parametrize("plan", WHOLE_PLANS.values(), ids=WHOLE_PLANS)
def test_a_bundle_comes_back_from_the_server_as_it_was(base: str, plan: ActionPlan) -> None:
    address = f"{base}/Bundle/{bundle_of(package(plan))['id']}"
    status, _ = put(address, write_package(package(plan)))
    assert status in (200, 201)
    assert read_package(get(address)) == package(plan)


def test_every_resource_by_itself_is_taken_and_the_bundle_of_them_is_the_plan(base: str) -> None:
    bundle = json.loads(write_package(package(PEAK_FLOW)))
    for entry in bundle["entry"]:
        address = f"{base}/{entry['resource']['resourceType']}/{entry['resource']['id']}"
        status, answer = put(address, json.dumps(entry["resource"]).encode())
        assert status in (200, 201), answer
        entry["resource"] = json.loads(get(address))
    assert read_package(json.dumps(bundle).encode()) == package(PEAK_FLOW)


def test_the_person_is_found_by_nhs_number(base: str) -> None:
    patient = json.loads(write_package(package(PEAK_FLOW)))["entry"][1]["resource"]
    put(f"{base}/Patient/{patient['id']}", json.dumps(patient).encode())
    number = quote(f"https://fhir.nhs.uk/Id/nhs-number|{PEAK_FLOW.person.nhs_number}")
    found = json.loads(get(f"{base}/Patient?identifier={number}"))
    assert [entry["resource"]["id"] for entry in found["entry"]] == [patient["id"]]


def test_the_server_does_check(base: str) -> None:
    status, answer = put(f"{base}/CarePlan/x", b'{"resourceType": "CarePlan", "id": "x", "status": "active"}')
    assert (status, answer["resourceType"]) == (400, "OperationOutcome")
