"""A cable between a browser and a server that can be cut and mended."""

from __future__ import annotations

import asyncio
import contextlib
import threading


class Cable:
    """Hands bytes on to a port of this machine, until it is cut."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.port = asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()

    async def _begin(self) -> int:
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return int(server.sockets[0].getsockname()[1])

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._ends |= {writer, back}
        await asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()

    def cut(self) -> None:
        """Break all connections, and refuse new ones."""
        self._whole = False

        def abort() -> None:
            for end in self._ends:
                end.transport.abort()
            self._ends.clear()

        self._loop.call_soon_threadsafe(abort)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True
