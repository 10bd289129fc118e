"""What a screen or a slip says, as plain data in the citizen's language."""
