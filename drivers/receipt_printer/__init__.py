"""Receipt printer, ESC/POS over a serial line: a slip goes in, and what became of it comes out."""
