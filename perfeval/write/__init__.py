"""What goes back to the submitter: annotated and corrected copies; our marks taken away."""

from perfeval.write.annotation import annotate
from perfeval.write.correction import correct
from perfeval.write.stripping import strip

__all__ = ["annotate", "correct", "strip"]
