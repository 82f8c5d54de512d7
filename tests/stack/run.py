"""`./dev run`: starts the system, walks the journey, prints the addresses and stays until Ctrl-C."""

import argparse
import contextlib
import fcntl
import pathlib
import signal
import sys
import threading
import time

from tests.e2e import journey

from . import table
from .messages import Protos
from .stack import Died, Stack


@contextlib.contextmanager
def only_one(path):
    """Holds the lock that refuses a second run of the same checkout."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("Another ./dev run of this checkout is running.") from None
        yield


def stay(stack, stopped):
    """Returns when asked to stop; raises Died when a process of the system has ended."""
    print(f"\nREST    {stack.url()}/bitrade/v1   (documentation: /bitrade/v1/openapi.yaml)")
    for row in table.processes():
        addresses = "  ".join(f"{kind} 127.0.0.1:{port}" for kind, port in stack.ports[row["name"]].items())
        print(f"{row['name']:<14}{addresses}")
    print(f"phone   http://{stack.address('eid-sim', 'control')}/   (plays a person's BankID app in a browser)")
    print(f"logs    {stack.base}/*.log\nCtrl-C stops everything; the data stays.", flush=True)
    while not stopped.wait(0.5):
        stack.check_alive()


def main():
    parser = argparse.ArgumentParser(prog="./dev run")
    parser.add_argument("--build", required=True)
    parser.add_argument("--once", action="store_true", help="end after the journey with its exit code")
    arguments = parser.parse_args()
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stopped.set())
    base = pathlib.Path(table.ROOT, ".local", "run")
    with only_one(base / "lock"):
        stack = Stack(base, pathlib.Path(arguments.build).resolve(), table.fixed_ports())
        began = time.monotonic()
        try:
            stack.start(lambda text: print(f"{time.monotonic() - began:6.2f} s  {text}", flush=True))
            passed = journey.walk(stack, Protos(arguments.build))
            stack.check_alive()
            if passed and not arguments.once:
                stay(stack, stopped)
        except Died as died:
            print(died, file=sys.stderr)
            passed = False
        finally:
            stack.stop()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
