"""Bytes to parts of an .xlsx package and back. Knows zip, XML, styles and comments; nothing of forms."""
