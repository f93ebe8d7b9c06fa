"""The words for what a score follows from."""

from __future__ import annotations

from enum import StrEnum


class Due(StrEnum):
    """What a score follows from."""

    NONE = ""  # the form gives no points
    MET = "met"  # target met: the points
    OVER = "over"  # met by so much that the policy may take points away
    MISSED = "missed"  # in proportion
    BAND1 = "band1"  # 达成预期指标
    BAND2 = "band2"  # 部分达成预期指标并具有一定效果
    BAND3 = "band3"  # 未达成预期指标且效果较差
    LATE = "late"  # after the target's date: no formula
    OPEN = "open"  # nothing can be told from what is written
    UNKNOWN = "unknown"  # no actual value
    SHARED = "shared"  # one figure stands for several rows
