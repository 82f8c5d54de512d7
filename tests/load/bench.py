"""`./dev bench`: what we cost, against the same work without us in the same run: requests, the check of sessions, log-ins."""

import argparse
import os
import pathlib
import sys
import tempfile

from tests.stack import table
from tests.stack.messages import Protos
from tests.stack.stack import Stack

from . import collects, lists, logins, sessions
from .generators import Generators
from .scene import Scene

PARTS = ("list", "session", "logins")


def measure(load, folder, parts):
    protos = Protos(load.build)
    if "list" in parts:
        lists.memory_and_start(load.stack)
    if {"list", "session"} & set(parts):
        scene = Scene(load.stack, protos, folder)
    if "list" in parts:
        lists.measure(load, scene, folder)
    if "session" in parts:
        sessions.measure(load, scene)
    if "logins" in parts:
        logins.measure(load, protos, folder)
        collects.measure(load)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=6, help="how long each generator runs")
    parser.add_argument("--only", choices=PARTS, help="one part instead of all")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    local = table.ROOT / ".local" / "test"
    local.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=local, prefix="bench-") as folder:
        stack = Stack(pathlib.Path(folder) / "stack", build, table.free_ports())
        print(f"{os.cpu_count()} cores, 64 connections, mTLS, session and ticket check, authorisation and read audit switched on")
        try:
            stack.start()
            load = Generators(stack, build, arguments.seconds, 64)
            measure(load, pathlib.Path(folder), [arguments.only] if arguments.only else PARTS)
        finally:
            stack.stop()
            stack.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
