"""What goes back to the submitter: annotated and corrected copies; our marks taken away."""

from perfeval.write.annotation import annotate
from perfeval.write.book import findings_book
from perfeval.write.correction import correct
from perfeval.write.intake import take_in
from perfeval.write.replies import read_replies
from perfeval.write.stripping import strip

__all__ = [
    "annotate",
    "correct",
    "findings_book",
    "read_replies",
    "strip",
    "take_in",
]
