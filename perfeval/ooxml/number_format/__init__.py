"""Number formats: what a sheet shows for a stored number."""

from perfeval.ooxml.number_format.builtin import BUILTIN, GENERAL
from perfeval.ooxml.number_format.dates import serial_of
from perfeval.ooxml.number_format.general import general
from perfeval.ooxml.number_format.shown import is_date_format, shown, shown_text

__all__ = ["BUILTIN", "GENERAL", "general", "is_date_format", "serial_of", "shown", "shown_text"]
