"""The systems that ours is measured against, made to do the same work."""
