"""Benchmarks: a synthetic world of any size, and what building and asking it costs."""
