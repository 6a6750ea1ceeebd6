"""Find PostgreSQL with PostGIS for the tests, install them when asked, and start a server.

A server belongs to the test run that started it: its data are in a temporary folder, it listens on
a free port of the loopback address only, and it ends with the run.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OTHER = "postgres"
"""Who runs the server when the tests are run by root, whom PostgreSQL refuses."""


def programs() -> Path | None:
    """Return the folder of the server's programs, if the server and PostGIS are installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    for folder in folders:
        asked = subprocess.run(
            [folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
        ) if (folder / "pg_config").exists() else None  # fmt: skip
        shared = Path(asked.stdout.strip()) if asked else Path(
            str(folder).replace("/usr/lib", "/usr/share")
        ).parent  # fmt: skip
        if (folder / "initdb").exists() and (shared / "extension" / "postgis.control").exists():
            return folder
    return None


def install() -> Path | None:
    """Get PostgreSQL and PostGIS from the system's packages, as root."""
    if not programs() and shutil.which("apt-get") and os.geteuid() == 0:
        print("No PostgreSQL with PostGIS found; getting them.", flush=True)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["update"],
            ["install", "-y", "postgresql", "postgis", "postgresql-postgis"],
        ):
            subprocess.run(["apt-get", *command], capture_output=True, timeout=900, env=env)
    return programs()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server of the tests' own."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        assert found
        self._programs, self._folder, self.port = found, folder, _free_port()
        self._user = OTHER if os.geteuid() == 0 else None
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", str(folder / "data"), "-U", "tests", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip

    def _run(self, program: str, *args: str) -> None:
        done = subprocess.run(
            [self._programs / program, *args], user=self._user, group=self._user,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, cwd="/", timeout=120, extra_groups=[] if self._user else None,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")

    def _control(self, *args: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-w", *args)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={self._folder}"
        )
        self._control("-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once, as a fallen server stops."""
        self._control("-m", "immediate", "stop")

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases."""
        return f"postgresql://tests@127.0.0.1:{self.port}/{database}"

    def sql(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextlib.contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Give a server that runs until the end of the context."""
    made = Server(folder)
    made.start()
    try:
        yield made
    finally:
        with contextlib.suppress(RuntimeError):  # a test may have stopped it
            made.stop()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else programs()
    print("PostgreSQL for the tests:", found or "none; tests of that engine will be skipped")
    if not found and os.environ.get("CI"):
        sys.exit("In CI the tests of PostgreSQL must run: install it with PostGIS.")
