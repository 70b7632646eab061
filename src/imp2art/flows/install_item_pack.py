"""A licensed instrument's questions taken into the site's folder, after they were checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from imp2art.asthma.instruments import instrument
from imp2art.asthma.item_packs import ItemPack, pack_files, read_pack
from imp2art.core.whole_file import whole_file


def install_item_pack(slug: str, questions: Path, licence: Path, folder: Path, on: date) -> ItemPack:
    """Check a pack with its licence and keep both. `Refusal`, and nothing kept, where it may not be used."""
    pack = read_pack(instrument(slug), questions, licence, on)
    folder.mkdir(parents=True, exist_ok=True)
    for source, kept in zip((questions, licence), pack_files(slug, folder), strict=True):
        with whole_file(kept) as opened:
            opened.write(source.read_bytes().decode("utf-8"))
    return pack
