"""Many visitors at once: how long a change takes, and whether the server's memory stays flat.

Run: ``python benchmarks/sessions.py [STORE]``. Visitors speak Streamlit's own protocol over
WebSockets: each puts a zone into the selection and takes it out again. Limits: with 20 visitors, a
change each every five seconds, the 95th percentile is at most 3 times that of one visitor; memory
after collection moves by at most a tenth from the 100th change to the 500th.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import websockets
from serving import free_port, serving
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
VISITORS, EVERY, ROUNDS = 20, 5.0, 8
CHANGES = 500


class Visitor:
    """One visitor with the main page open."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.boxes: dict[str, str] = {}
        self.states: dict[str, bool] = {}

    async def arrive(self) -> None:
        """Open the page."""
        self.socket = await websockets.connect(
            self.address, subprotocols=["streamlit"], max_size=None
        )
        await self._run()

    async def change(self, zone: str) -> float:
        """Toggle a zone; return how many seconds it takes until the page is drawn again."""
        box = next(key for label, key in self.boxes.items() if label.startswith(zone))
        self.states[box] = not self.states.get(box, False)
        begun = time.perf_counter()
        await self._run()
        return time.perf_counter() - begun

    async def leave(self) -> None:
        """Close the page."""
        await self.socket.close()

    async def _run(self) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = "lang=en"
        for key, value in self.states.items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.bool_value = key, value
        await self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(await asyncio.wait_for(self.socket.recv(), 60))
            if told.WhichOneof("type") == "delta":
                element = told.delta.new_element
                if element.WhichOneof("type") == "checkbox":
                    self.boxes[element.checkbox.label] = element.checkbox.id
            if told.WhichOneof("type") == "script_finished":
                return


async def crowd(address: str, count: int) -> list[float]:
    """Return the times of the changes of so many visitors."""
    visitors = [Visitor(address) for _ in range(count)]
    for visitor in visitors:
        await visitor.arrive()

    async def stay(visitor: Visitor, wait: float) -> list[float]:
        await asyncio.sleep(wait)
        times = []
        for number in range(ROUNDS):
            took = await visitor.change(("Idlib", "The South")[number // 2 % 2])
            times.append(took)
            await asyncio.sleep(max(0, EVERY - took))
        return times

    waits = np.linspace(0, EVERY, count, endpoint=False)
    stays = await asyncio.gather(*map(stay, visitors, waits))
    for visitor in visitors:
        await visitor.leave()
    return [took for times in stays for took in times]


def memory(process: int) -> float:
    """Return the resident megabytes of a process."""
    gc.collect()
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def long_stay(address: str, process: int) -> tuple[float, float]:
    """Return the server's memory after 100 changes of one visitor, and after all of them."""
    visitor = Visitor(address)
    await visitor.arrive()
    early = 0.0
    for number in range(1, CHANGES + 1):
        await visitor.change(("Idlib", "The South")[number // 2 % 2])
        if number == 100:
            early = memory(process)
    await visitor.leave()
    return early, memory(process)


def main() -> None:
    """Print the figures beside their limits; exit 1 when one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        store = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/store.gpkg"
        command = [sys.executable, "-c", "from geo.cli import main; main()", "serve"]
        command += ["--port", str(port), "--store", store]
        env = {"PYTHONPATH": str(ROOT)}
        with serving(command, env, port, "/_stcore/health", str(ROOT)) as server:
            address = f"ws://127.0.0.1:{port}/_stcore/stream"
            asyncio.run(crowd(address, 2))
            one = float(np.percentile(asyncio.run(crowd(address, 1)), 95))
            many = float(np.percentile(asyncio.run(crowd(address, VISITORS)), 95))
            early, late = asyncio.run(long_stay(address, server.pid))
    grown = late / early
    print(f"one visitor {one * 1000:.0f} ms, {VISITORS} visitors {many * 1000:.0f} ms (95th)")
    print(f"{VISITORS} visitors, in one visitor    {many / one:6.2f}  limit 3")
    print(f"memory {early:.0f} MB, then {late:.0f} MB   {grown:6.2f}  limit 0.9 to 1.1")
    sys.exit(many > 3 * one or not 0.9 <= grown <= 1.1)


if __name__ == "__main__":
    main()
