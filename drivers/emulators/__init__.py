"""The devices on the workbench: emulators that speak the real bytes, each with hands to use it."""
