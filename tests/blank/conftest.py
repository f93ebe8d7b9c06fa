"""Forms of every policy, filled in and computed by LibreOffice, once for all tests."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from perfeval.blank import Asked, blank_form
from perfeval.blank.printed import printed
from perfeval.convert import converter
from perfeval.policy.files import shipped_codes
from tests.blank.filling import filled

BEFORE_COST = ("000000", "110000", "340000", "420000")  # the others with cost indicators of 2022
ASKED = {
    f"{code}_{year}": Asked(code, year)
    for code in shipped_codes()
    for year in ((2020,) if code in BEFORE_COST else (2023,))
} | {"000000_2023": Asked("000000", 2023)}
AGAIN = ("000000_2023", "420000_2020", "530000_2023")  # saved in other formats as well
LOW = "capped_low"  # a rate of 66.5%: the total is capped


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if converter() is None:
        pytest.skip("LibreOffice is not installed")
    return tmp_path_factory.mktemp("blank")


@pytest.fixture(scope="session")
def computed(folder: Path) -> Mapping[str, Path]:
    """Every policy's form, filled in honestly, with the values that LibreOffice computes."""
    files = []
    for name, asked in {**ASKED, LOW: Asked("capped", 2023)}.items():
        form = printed(asked.region)
        executed = 0.7 if name == LOW else 1
        content = filled(blank_form(asked).content, form, asked.year, executed=executed)
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(content)
    _convert(folder, "xlsx:Calc MS Excel 2007 XML", files, "computed")
    return {file.stem: folder / "computed" / file.name for file in files}


@pytest.fixture(scope="session")
def saved(folder: Path, computed: Mapping[str, Path]) -> Mapping[tuple[str, str], Path]:
    """Some of the same as .xls, as .ods, and both as .xlsx again, by format and name."""
    made = {}
    for kind in ("xls", "ods"):
        _convert(folder, kind, [folder / f"{name}.xlsx" for name in AGAIN], kind)
        for name in AGAIN:
            path = folder / kind / f"{name}.{kind}"
            made[kind, name] = path.rename(path.with_stem(f"{kind}_{name}"))
    _convert(folder, "xlsx", list(made.values()), "again")
    again = {(f"{kind} as xlsx", name): f"{kind}_{name}.xlsx" for kind, name in made}
    return made | {key: folder / "again" / name for key, name in again.items()}


def _convert(folder: Path, kind: str, files: Sequence[Path], to: str) -> None:
    """Let LibreOffice save `files` as `kind` in the folder `to`."""
    soffice = converter()
    assert soffice
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(folder / 'home').as_uri()}",
         "--convert-to", kind, "--outdir", folder / to, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
