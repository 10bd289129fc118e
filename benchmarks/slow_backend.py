"""A backend that takes 50 ms for every answer, and remembers in which order each person's facts came.

python -m benchmarks.slow_backend     prints its port; GET /order tells whether all came in order
"""

import asyncio
import json
import re
from collections import defaultdict

LATENCY_S = 0.050


async def serve() -> None:
    came: dict[str, list[int]] = defaultdict(list)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            verb, path = head.decode().split()[:2]
            length = re.search(rb"content-length: *([0-9]+)", head, re.IGNORECASE)
            fact = json.loads(await reader.readexactly(int(length[1]))) if length else {}
            if verb == "PUT":
                came[fact["person"]].append(fact["sequence"])
                await asyncio.sleep(LATENCY_S)
            body = json.dumps({"in_order": all(seqs == sorted(seqs) for seqs in came.values()), "path": path})
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()

    async def answer_until_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer_until_gone, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
