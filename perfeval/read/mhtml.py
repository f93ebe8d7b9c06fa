"""Web archives (“单个文件网页”, .mht), which Excel saves and report systems export."""

from __future__ import annotations

import email
import email.policy

from perfeval.limits import Limits
from perfeval.model import Workbook
from perfeval.read.decoding import decoded
from perfeval.read.html import no_table, page_sheet


def read_mhtml(data: bytes, limits: Limits) -> Workbook:
    """Each page of the archive that has a table is a sheet. Raises UnreadableError if none has."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    sheets = []
    for part in message.walk():
        content = part.get_payload(decode=True)
        text = decoded(content) if isinstance(content, bytes) else None
        if part.get_content_type() == "text/html" and text and "<t" in text.lower():
            sheets.append(page_sheet(text, limits))
    if not sheets:
        raise no_table()
    return Workbook("", "", tuple(sheets), "html")
