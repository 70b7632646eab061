"""The sheets on which all forms and languages are looked at."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

SCRIPT = Path(__file__).parents[2] / "scripts" / "contact-sheet"


def test_a_sheet_of_one_family_has_a_row_for_each_language(tmp_path: Path) -> None:
    asked = ("--forms", "page", "--families", "mart", "--languages", "en,ar", "--width", "120")
    subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path), *asked], check=True, timeout=60)
    sheet = Image.open(tmp_path / "page.png")
    assert sheet.height > 2 * 120 * 1.4  # two A4 pages under one another
    assert len(set(sheet.convert("L").get_flattened_data())) > 10
