"""The table of processes (processes.json), which the launcher and the tests share."""

import itertools
import json
import os
import pathlib
import socket

ROOT = pathlib.Path(__file__).resolve().parents[2]


def processes():
    """The rows of the table, in the order of readiness."""
    with open(pathlib.Path(__file__).with_name("processes.json"), encoding="utf-8") as table:
        return json.load(table)["processes"]


def services():
    """The names of the processes that own a PostgreSQL schema."""
    return [row["name"] for row in processes() if row["kind"] == "service"]


def fixed_ports():
    """The ports of `./dev run`: {process: {kind: port}}."""
    return {row["name"]: dict(row["ports"]) for row in processes()}


# Below what the system gives to connections that are made: a port out of that range may be taken before its process listens. Each process
# of tests counts from a place of its own, so that stories side by side seldom try the same.
FIRST, COUNT, APART = 10_000, 22_000, 64
_next = itertools.count(os.getpid() * APART)
# What keeps other processes of tests from a port until this one ends: names of sockets, which nobody else uses. The port itself would not:
# whoever listens with gRPC shares it.
_claims = []


def claim(port):
    """Whether the port is ours."""
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0bitrade-test-port-{port}")
    except OSError:
        name.close()
        return False
    _claims.append(name)
    return True


def free_port():
    """A port that nobody listens on, and that no other process of tests chooses."""
    while True:
        port = FIRST + next(_next) % COUNT
        if not claim(port):
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def free_ports():
    """Ports that nobody listens on, for tests: {process: {kind: port}}."""
    return {row["name"]: {kind: free_port() for kind in row["ports"]} for row in processes()}
