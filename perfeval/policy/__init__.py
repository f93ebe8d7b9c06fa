"""Parameters of regions and years, each with its source; an office may add its own file."""

from perfeval.policy.policies import Policies
from perfeval.policy.policy import Policy, Shown, load, show

__all__ = ["Policies", "Policy", "Shown", "load", "show"]
