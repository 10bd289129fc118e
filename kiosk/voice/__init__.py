"""The voice: recorded prompts first, and an embedded voice for what nobody has recorded."""
