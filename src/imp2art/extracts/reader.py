"""Reading an extract: the whole folder is checked before the first row is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from imp2art.codes.identifiers import Code
from imp2art.core.refusal import Refusal
from imp2art.extracts.csv_rows import csv_batches
from imp2art.extracts.folder import FileState, check_folder, check_unchanged
from imp2art.extracts.manifest import extract_digest, file_of
from imp2art.extracts.parquet_rows import parquet_batches
from imp2art.extracts.people import KnownPeople, People
from imp2art.extracts.rejects import RejectList
from imp2art.extracts.tables import (
    BuiltBatch,
    Doubles,
    EventsTable,
    IssuesTable,
    PatientsTable,
    RegistrationsTable,
)
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.extract_schema import EXTRACT_TABLES, PATIENTS, ExtractManifest, ExtractTable

_TABLES = {table.name: table for table in EXTRACT_TABLES}


def open_extract(folder: Path) -> Extract:
    """Check the folder, the manifest, the digests and the structure of every file.

    Raises `Refusal` for the first structural fault; the whole extract is then refused. Faults of single
    rows are found later, by `Extract.clean_batches`.
    """
    extract = Extract(folder, *check_folder(folder))
    extract.check_structure()
    return extract


class Extract:
    """An extract whose structure is right. Rows are read as they are asked for; memory stays flat.

    `rejects` and `left_out` hold what `clean_batches` found, table by table; a table that is read
    again is counted anew. Rows = clean + rejected + left out, in every table.
    """

    def __init__(self, folder: Path, manifest: ExtractManifest, states: Mapping[str, FileState]) -> None:
        self.manifest = manifest
        self.digest = extract_digest(manifest)
        self.rejects = RejectList()
        self.left_out: dict[str, int] = {}
        self._folder = folder
        self._states = states
        self._known = KnownPeople.nobody()
        self._matched: tuple[People, Doubles] | None = None

    def compare_with(self, known: KnownPeople) -> None:
        """From now on, reject the row of a person who comes under someone else's patient_id."""
        self._known = known
        self._matched = None

    def clean_batches(self, table_name: str, keep: frozenset[Code] | None) -> Iterator[pa.RecordBatch]:
        """The valid rows of a table in its form of `CLEAN_SCHEMAS`, in the order of the file.

        Of events and issues, only those whose code is in `keep` (None: all). Faulty rows go to
        `rejects`; rows whose code is right but in no list are counted in `left_out`, and nothing else
        about them is looked at.
        """
        built_by = self._table(table_name, keep)
        file = file_of(self.manifest, table_name).name
        self.rejects.forget(file)
        self.left_out[table_name] = 0
        for first_row, texts in self._texts(_TABLES[table_name]):
            built = built_by.build(texts)
            self._note(file, table_name, first_row, built)
            yield _clean(table_name, built)

    def check_structure(self) -> None:
        """Read every file through once: its rows must be whole and as many as the manifest says."""
        for table in EXTRACT_TABLES:
            stated = file_of(self.manifest, table.name)
            found = sum(texts.num_rows for _, texts in self._texts(table))
            if found != stated.rows:
                raise Refusal(
                    f"{stated.name} has {found} rows and the manifest says {stated.rows}. "
                    "The export was cut off or the manifest is of another one: make both anew."
                )
            if table is PATIENTS and not found:
                raise Refusal(f"{stated.name} holds nobody. An extract has everyone on the list.")

    def _table(
        self, name: str, keep: frozenset[Code] | None
    ) -> PatientsTable | RegistrationsTable | EventsTable | IssuesTable:
        people, doubles = self._match()
        on = self.manifest.taken_on
        if name == "patients":
            return PatientsTable(on, self._known, doubles)
        if name == "registrations":
            return RegistrationsTable(on, people)
        return EventsTable(on, people, keep) if name == "events" else IssuesTable(on, people, keep)

    def _match(self) -> tuple[People, Doubles]:
        """Who is in the patients table and whose row is right: a pass of its own, made once."""
        if self._matched is None:
            self._matched = _match([batch for _, batch in self._people_batches()])
        return self._matched

    def _people_batches(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        first_pass = PatientsTable(self.manifest.taken_on, self._known, Doubles())
        for row, texts in self._texts(PATIENTS):
            built = first_pass.build(texts)
            born = pc.if_else(pa.array(~built.faults.faulty), built.columns["date_of_birth"], None)
            ids = texts["patient_id"]
            columns = [ids.dictionary.take(ids.indices), built.columns["nhs_number"], born]
            yield row, pa.RecordBatch.from_arrays(columns, ["id", "number", "born"])

    def _texts(self, table: ExtractTable) -> Iterator[tuple[int, pa.RecordBatch]]:
        name = file_of(self.manifest, table.name).name
        path = self._folder / name
        read = csv_batches if name.endswith(".csv") else parquet_batches
        check_unchanged(path, self._states[name])
        yield from read(path, table)
        check_unchanged(path, self._states[name])

    def _note(self, file: str, table_name: str, first_row: int, built: BuiltBatch) -> None:
        self.left_out[table_name] += int(built.left_out.sum())
        self.rejects.count_rows(file, int((built.faults.faulty & ~built.left_out).sum()))
        for column, reason, rows in built.faults.found:
            told = rows[~built.left_out[rows]]
            if len(told):
                self.rejects.add(file, column, reason, told + first_row)


def _clean(table_name: str, built: BuiltBatch) -> pa.RecordBatch:
    schema = CLEAN_SCHEMAS[table_name]
    batch = pa.RecordBatch.from_arrays([built.columns[name] for name in schema.names], schema=schema)
    return batch.filter(pa.array(~built.faults.faulty & ~built.left_out))


def _match(batches: list[pa.RecordBatch]) -> tuple[People, Doubles]:
    everyone = pa.Table.from_batches(batches)
    doubles = Doubles(_doubled(everyone["id"]), _doubled(everyone["number"]))
    doubled = pc.or_(
        pc.is_in(everyone["id"], value_set=doubles.patient_ids),
        pc.is_in(everyone["number"], value_set=doubles.nhs_numbers),
    )
    born = pc.if_else(doubled, None, everyone["born"])
    return People(everyone["id"].combine_chunks(), born.combine_chunks()), doubles


def _doubled(column: pa.ChunkedArray) -> pa.Array:
    counts = column.drop_null().value_counts()
    return counts.field("values").filter(pa.array(np.asarray(counts.field("counts")) > 1))
