"""Starts the workbench: on this machine alone, or, with accounts, on an address that others reach."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.workbench import world
from counterclaim.workbench.accounts import Accounts
from counterclaim.workbench.application import application
from counterclaim.workbench.headers import LOOPBACK

LONGEST_WAIT = 5
"""Seconds that a connection may lie idle: enough for a browser between two files, little for one that means to hold many."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, by which names one may be called there (none: any), and the files of a certificate and its key for TLS."""

    host: str = "127.0.0.1"
    port: int = 0
    names: Collection[str] = ()
    certificate: Path | None = None
    key: Path | None = None

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK


def serve(
    case: Case, name: str, at: Address, *, user: str, say: Callable[[str], None], accounts: Accounts | None = None,
    kept: Path | None = None,
) -> None:  # fmt: skip
    """Serves `case` under the name shown for it until it is interrupted; `say` is told where. `kept` is the file that the list
    of a large case is kept in.

    CounterclaimError where others would reach it and there are no accounts, or where the address cannot be had.
    """
    import uvicorn

    if not at.loopback and (accounts is None or not any(a.role == "lead" and not a.closed for a in accounts.all())):
        raise CounterclaimError(
            f"{at.host} can be reached from other machines, so people must sign in; make an account first: "
            "counterclaim serve CASE --accounts FILE --add-account NAME:lead"
        )
    if (at.certificate is None) != (at.key is None):
        raise CounterclaimError("TLS needs both a certificate and its key; give --certificate and --key")
    secure = at.certificate is not None
    hosts = {*LOOPBACK, *at.names} if at.loopback or at.names else None
    app = application(case, name, user=user, hosts=hosts, accounts=accounts, secure=secure, kept=kept)
    # The shapes of the map take a second to read: nobody is to wait for them.
    threading.Thread(target=world.names, args=(world.WORLD,), daemon=True).start()
    listening = _listen(at)
    scheme, host = "https" if secure else "http", f"[{at.host}]" if ":" in at.host else at.host
    say(f"{name} is open at\n  {scheme}://{host}:{listening.getsockname()[1]}/\nEnd with Ctrl-C.")
    if not at.loopback and not secure:
        say("Without TLS, passwords and reports cross the network in the open: give --certificate and --key, or a tunnel.")
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, date_header=False, timeout_keep_alive=LONGEST_WAIT, proxy_headers=False,
        ssl_certfile=at.certificate, ssl_keyfile=at.key,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def _listen(at: Address) -> socket.socket:
    kind = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    listening = socket.socket(kind)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((at.host, at.port))
        # From here on a browser that is too early waits instead of being turned away.
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CounterclaimError(f"{at.host}, port {at.port}: {error.strerror}; choose another with --port") from error
    return listening
