"""A policy file says what is wrong with it, by file and key."""

from __future__ import annotations

import pytest

from perfeval import regulations
from perfeval.errors import PolicyError
from perfeval.policy import files, keys

GOOD = """
name = "某市"
[execution_points]
label = "预算执行率分值"
values = [{ from = 2020, value = 15, basis = "observed" }]
[rules.S103]
off = "权重由单位自定"
[rules.F107]
trial = true
"""


def test_a_file_is_read() -> None:
    """Values come scaled, settings with level and reason."""
    file = files.parse(GOOD, "own.toml")
    (value,) = file.values
    assert (value.key, value.value, value.from_year) == ("execution_points", 150000, 2020)
    assert file.settings["S103"].off == "权重由单位自定"
    assert file.settings["F107"].trial and not file.settings["S103"].trial
    assert file.source == "own.toml 某市"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[exekution_points]\nlabel='x'\nvalues=[]", "exekution_points.*execution_points"),
        ("[execution_points]\nlabel='x'", "execution_points.values"),
        ("[execution_points]\nvalues=[]", "execution_points.label"),
        ("[execution_points]\nlabel='x'\nvalues=[]\nnote=1", "execution_points.note"),
        (
            "[execution_points]\nlabel='x'\nvalues=[{from=2020,value='ten',basis='house'}]",
            r"execution_points.values\[1\].value",
        ),
        (
            "[execution_points]\nlabel='x'\nvalues=[{from=2020,value=10.00001,basis='house'}]",
            "too many decimals",
        ),
        (
            "[execution_points]\nlabel='x'\nvalues=[{from=2020,value=10}]",
            r"execution_points.values\[1\].basis",
        ),
        (
            "[execution_points]\nlabel='x'\nvalues=[{from='x',value=10,basis='house'}]",
            r"execution_points.values\[1\].from",
        ),
        (
            "[score_digits]\nlabel='x'\nvalues=[{from=2020,value=9,basis='house'}]",
            r"score_digits.values\[1\].value",
        ),
        (
            "[rate_conventions]\nlabel='x'\nvalues=[{from=2020,value=['up'],basis='house'}]",
            "rate_conventions",
        ),
        (
            "[grades]\nlabel='x'\nvalues=[{from=2020,basis='house',"
            "value=[{name='良',low=80},{name='优',low=90}]}]",
            "grades",
        ),
        ("[rules.S101]\nlevel='fatal'", "rules.S101.level"),
        ("[rules.S101]\noff=''", "rules.S101.off"),
        ("[rules.S101]\nlevel=[1]", "rules.S101.level"),
        ("[rules.S101]\ntrial='yes'", "rules.S101.trial"),
        ("[rules.S101]\nlevl='info'", "rules.S101.levl.*level"),
        ("rules = 1", "rules"),
        ("name = 1", "name"),
        ("= 1", "TOML"),
    ],
)
def test_a_wrong_file_names_file_and_key(text: str, message: str) -> None:
    """Unknown keys, missing parts and values of a wrong kind are refused where they stand."""
    with pytest.raises(PolicyError, match=rf"(?s)own.toml.*{message}"):
        files.parse(text, "own.toml")


@pytest.mark.parametrize("code", files.shipped_codes())
def test_shipped_files_rest_on_known_texts(code: str) -> None:
    """Every shipped file loads, has a name, and each basis is in data/regulations.toml."""
    file = files.shipped(code)
    assert file is not None and file.code == code and file.name
    for value in file.values:
        assert regulations.regulation(value.basis)


def test_the_nation_says_everything() -> None:
    """Every parameter has a national value, so that no region can lack one."""
    nation = files.shipped(files.NATION)
    assert nation is not None
    assert {value.key for value in nation.values} == set(keys.KEYS)
