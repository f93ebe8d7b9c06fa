"""The samples, one a module, in the order of their files."""

from __future__ import annotations

from ..building.sample import Sample
from . import (
    anhui_parts_differ,
    comma_separated,
    county_left_out,
    department_overspent,
    hubei_twenty,
    mof_clean,
    qingpu,
    shanghai_formulas,
    sichuan_rate,
    stacked_forms,
    stale_formulas,
    tab_separated,
    text_numbers,
    transfer,
    yunnan_grade,
)

SAMPLES: tuple[Sample, ...] = tuple(
    module.sample()
    for module in (
        qingpu,
        mof_clean,
        shanghai_formulas,
        anhui_parts_differ,
        county_left_out,
        sichuan_rate,
        yunnan_grade,
        hubei_twenty,
        transfer,
        department_overspent,
        stacked_forms,
        text_numbers,
        stale_formulas,
        comma_separated,
        tab_separated,
    )
)
