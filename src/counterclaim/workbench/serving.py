"""Starts the workbench on an address of this machine."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.workbench.application import application

HOST = "127.0.0.1"


def serve(case: Case, name: str, *, user: str, port: int, say: Callable[[str], None]) -> None:
    """Serves `case` on the loopback address until it is interrupted; `say` is told where.

    CounterclaimError where the port is taken.
    """
    import socket

    import uvicorn

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise CounterclaimError(f"port {port}: {error.strerror}; choose another with --port") from error
    say(f"{name} is open at\n  http://{HOST}:{listening.getsockname()[1]}/\nEnd with Ctrl-C.")
    config = uvicorn.Config(application(case, name, user=user), log_level="warning", server_header=False, date_header=False)
    uvicorn.Server(config).run(sockets=[listening])
