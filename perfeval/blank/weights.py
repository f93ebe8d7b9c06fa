"""The classes of a form and their points, as the policy of its region and year has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfeval.policy import Policy

# Second levels as the national guides name them, by their class in data/labels.toml.
_OUTPUT = {"quantity": "数量指标", "quality": "质量指标", "time": "时效指标"}
_SECONDS: Mapping[str, Mapping[str, str]] = {
    "cost": {"cost": "经济成本指标"},
    "output": {**_OUTPUT, "cost": "成本指标"},
    "benefit": {
        "economic": "经济效益指标",
        "social": "社会效益指标",
        "ecological": "生态效益指标",
        "sustained": "可持续影响指标",
    },
    "satisfaction": {"satisfaction": "服务对象满意度指标"},
}
_LABELS = {
    "cost": "成本指标",
    "output": "产出指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
# What may be chosen in a class, beside its own second levels.
MORE: Mapping[str, tuple[str, ...]] = {"cost": ("社会成本指标", "生态环境成本指标")}


@dataclass(frozen=True, slots=True)
class Class1:
    """A first level. `points_e4` is None where the policy leaves them to the unit."""

    name: str
    label: str
    points_e4: int | None
    key: str  # the policy's parameter behind the points
    seconds: Mapping[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """What its second levels may be called."""
        return (*self.seconds.values(), *MORE.get(self.name, ()))


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of budget execution, of each class, and of all together, in 1/10,000."""

    execution_e4: int | None
    total_e4: int | None
    classes: tuple[Class1, ...]


def weights(policy: Policy, *, cost: bool) -> Weights:
    """First-level cost indicators are there if `cost`, and the policy has points for them."""
    has_cost = cost and policy["cost_points"] is not None
    suffix = "_with_cost" if has_cost else ""
    keys = {
        "cost": "cost_points",
        "output": f"output_points{suffix}",
        "benefit": f"benefit_points{suffix}",
        "satisfaction": "satisfaction_points",
    }
    if not has_cost:
        del keys["cost"]
    classes = (
        Class1(
            name, _LABELS[name], policy[key], key,
            _OUTPUT if name == "output" and has_cost else _SECONDS[name],
        )
        for name, key in keys.items()
    )  # fmt: skip
    return Weights(policy["execution_points"], policy["points_total"], tuple(classes))
