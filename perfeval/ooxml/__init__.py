"""The parts of an .xlsx package and back: zip, XML, styles, comments; nothing of forms."""
