"""The Kivy window: draws views, returns touches. Knows view models and nothing else of the kiosk."""
