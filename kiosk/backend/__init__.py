"""The backend as the kiosk sees it: contract, client, delivery, and a reference to run against."""
