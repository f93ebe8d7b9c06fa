"""Self-evaluation workbooks made from values: the samples' and the benchmarks' common ground."""
