"""Parameters of regions and years, each with its source; an office may add its own file."""

from perfeval.policy.files import PolicyFile, own
from perfeval.policy.policies import Policies
from perfeval.policy.policy import Policy, Shown, load, show

__all__ = ["Policies", "Policy", "PolicyFile", "Shown", "load", "own", "show"]
