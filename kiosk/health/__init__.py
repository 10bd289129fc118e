"""Whether the kiosk is well: its checks, the readiness report, remembered faults, metrics, the watchdog."""
