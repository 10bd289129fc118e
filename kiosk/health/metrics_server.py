"""/metrics and /healthz over HTTP, for this machine only, on threads of their own."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from kiosk.health.metrics import Metrics

HOST = "127.0.0.1"  # nothing else: whoever collects from afar does so through an agent on this machine


class MetricsServer:
    """Serves until closed. Raises OSError when the port is taken; port 0 takes a free one."""

    def __init__(self, port: int, metrics: Metrics, steady: Callable[[], float]) -> None:
        handler = type("Handler", (_Handler,), {"metrics": metrics, "steady": staticmethod(steady)})
        self._server = ThreadingHTTPServer((HOST, port), handler)
        self.address, self.port = self._server.server_address[:2]
        self._thread = Thread(target=self._server.serve_forever, args=(0.2,), name="metrics", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    metrics: Metrics
    steady: Callable[[], float]
    timeout = 5  # seconds a silent client may keep its thread

    def do_GET(self) -> None:
        match self.path:
            case "/metrics":
                self._answer(200, "text/plain; version=0.0.4; charset=utf-8", self.metrics.page())
            case "/healthz":
                well, told = self.metrics.health(self.steady())
                self._answer(200 if well else 503, "application/json", json.dumps(told).encode() + b"\n")
            case _:
                self._answer(404, "text/plain", b"/metrics, /healthz\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as http.server has it
        """Log nothing: the kiosk's log is for what happens to it."""

    def _answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
