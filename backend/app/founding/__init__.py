"""What the founding document promises and the program itself does not need: thin, and frozen."""
