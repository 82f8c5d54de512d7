"""The table of processes (processes.json), which the launcher and the tests share."""

import json
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


def free_ports():
    """Ports that nobody listened on a moment ago, for tests: {process: {kind: port}}."""
    held, ports = [], {}
    for row in processes():
        ports[row["name"]] = {}
        for kind in row["ports"]:
            probe = socket.socket()
            probe.bind(("127.0.0.1", 0))
            held.append(probe)
            ports[row["name"]][kind] = probe.getsockname()[1]
    for probe in held:
        probe.close()
    return ports
