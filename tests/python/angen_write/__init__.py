"""Makes packages in Python, good and bad, for tests only: every key and salt comes from a label."""
