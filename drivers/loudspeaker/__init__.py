"""The loudspeaker: sound out of the kiosk, and silence at once when it is wanted."""
