"""Clean forms in many layouts, and one fault at a time planted in them."""
