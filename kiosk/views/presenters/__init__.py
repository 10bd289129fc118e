"""From states to views: one module per flow, each a function from a frame and a state to a view."""
