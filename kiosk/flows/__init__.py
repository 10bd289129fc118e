"""What happens next: pure steps from a state and an event to a state and effects."""
