"""The job engine: it claims, leases, runs, retries and ends jobs; `kinds` says what they do."""
