"""Speed and scale: submissions made by chance, and measurements run by hand."""
