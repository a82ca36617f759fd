"""Rules of background jobs: life cycle, retry, progress, order."""
