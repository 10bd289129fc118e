"""The words for people, one TOML file per language."""
