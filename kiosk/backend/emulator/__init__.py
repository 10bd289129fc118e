"""The reference backend: the contract served over HTTP with the regulation applied for real."""
