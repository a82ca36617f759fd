"""The texts that language models are given, one module a version."""
