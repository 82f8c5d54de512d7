"""`./dev bench`: a list of twenty appointments the whole way, the same call without the gateway, and the same SELECT alone, in one run."""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

from tests.stack import table
from tests.stack.messages import Protos
from tests.stack.stack import Stack

from . import cost
from .scene import ROWS, Scene

SERVICES = [row["name"] for row in table.processes() if row["kind"] != "simulator"]


class Bench:

    def __init__(self, stack, build, seconds, connections):
        self.stack, self.build, self.seconds, self.connections = stack, pathlib.Path(build).resolve(), seconds, connections

    def generate(self, program, **arguments):
        """Runs a generator; returns its report with the CPU that each process used per good answer, in microseconds."""
        pids = {name: self.stack.pid(name) for name in SERVICES}
        pids |= {"redis": self.stack.redis.process.pid}
        before = {name: cost.cpu_seconds(pid) for name, pid in pids.items()}
        postgres = cost.family_cpu_seconds(self.stack.postgres.process.pid)
        command = [self.build / "bin" / program, f"--seconds={self.seconds}", f"--connections={self.connections}"]
        command += [f"--{name.replace('_', '-')}={value}" for name, value in arguments.items()]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
        report = json.loads(done.stdout)
        if report["bad"]:
            print(f"  {program}: {report['bad']} answers were not good {done.stderr.strip()}")
        answers = max(report["good"], 1)
        report["cpu"] = {name: 1e6 * (cost.cpu_seconds(pid) - before[name]) / answers for name, pid in pids.items()}
        report["cpu"]["postgres"] = 1e6 * (cost.family_cpu_seconds(self.stack.postgres.process.pid) - postgres) / answers
        return report


def show(name, report):
    spent = "  ".join(f"{process} {micros:.0f}" for process, micros in report["cpu"].items() if micros >= 1)
    print(f"{name:<34}{report['rate']:>9.0f}/s  p50 {report['p50_us'] / 1000:6.2f} ms  p99 {report['p99_us'] / 1000:6.2f} ms   µs: {spent}",
          flush=True)


def expanded(code, macros):
    """The text of adjacent C++ literals and macros."""
    return "".join(literal or expanded(macros[name], macros) for literal, name in re.findall(r'"((?:[^"\\]|\\.)*)"|(\w+)', code))


def select_of_list(scene, folder):
    """The SELECT that the store of appointments runs for the list, and its parameters."""
    sources = "".join((table.ROOT / "services" / path).read_text(encoding="utf-8") for path in (
        "appointments/appointments/store.cc", "appointments/appointments/row.h", "appointments/applicants/row.h",
        "common/access/delegations/projection.h"))
    macros = dict(re.findall(r"#define (\w+)((?:[^\n]*\\\n)*[^\n]*)", sources))
    sql = expanded(re.search(r'"appointment_list",(.*?)\};', sources, re.S).group(1), macros)
    types = {int(number): kind for number, kind in re.findall(r"\$(\d+)::(\w+)", sql)}
    count = max(int(number) for number in re.findall(r"\$(\d+)", sql))
    values = scene.list_parameters(count, types)
    (folder / "sql").write_text(sql)
    (folder / "parameters").write_text("\n".join(values) + "\n")


def memory_and_start(stack):
    """Idle memory of the seven processes, and how long each takes to be ready."""
    pss = {name: cost.pss_mib(stack.pid(name)) for name in SERVICES}
    ready = {}
    for name in SERVICES:
        stack.end_process(name)
        began = time.monotonic()
        stack.start_process(name)
        ready[name] = time.monotonic() - began
    return pss, ready


def measure(stack, build, seconds, folder):
    bench = Bench(stack, build, seconds, 64)
    pss, ready = memory_and_start(stack)
    print("idle PSS in MiB: " + "  ".join(f"{name} {value:.0f}" for name, value in pss.items()) + f"  = {sum(pss.values()):.0f} (≤ 250)")
    print("ready after s:   " + "  ".join(f"{name} {value:.2f}" for name, value in ready.items()) + f"  max {max(ready.values()):.2f} (≤ 1)")
    scene = Scene(stack, Protos(build), folder)
    port = stack.ports["gateway"]["http"]
    listing = {"port": port, "request": scene.http_request(f"appointments?limit={ROWS}")}
    call = {"target": stack.address("appointments"), "method": "/bitrade.appointments.v1.AppointmentService/ListAppointments",
            "request": scene.grpc_request(), "tls": stack.keys / "tls" / "gateway", "ca": stack.keys / "tls" / "ca.pem"}
    bench.generate("load_http", **listing)  # warms up
    rounds = [(bench.generate("load_http", **listing), bench.generate("load_grpc", ticket=scene.ticket(), **call)) for _ in range(3)]
    whole = sorted((pair[0] for pair in rounds), key=lambda report: report["rate"])[1]
    direct = sorted((pair[1] for pair in rounds), key=lambda report: report["rate"])[1]
    show("(a) list of 20, the whole way", whole)
    show("(b) the same gRPC call", direct)
    half = whole["rate"] / 2
    open_whole = bench.generate("load_http", rate=half, **listing)
    open_direct = bench.generate("load_grpc", rate=half, ticket=scene.ticket(), **call)
    show(f"(a) at {half:.0f}/s, open loop", open_whole)
    show(f"(b) at {half:.0f}/s, open loop", open_direct)
    select_of_list(scene, folder)
    alone = bench.generate("load_select", database=stack.postgres.conninfo("bitrade_appointments_app"), sql=folder / "sql",
                           parameters=folder / "parameters")
    show("(c) the same SELECT alone", alone)
    show("(d) a document of 1 MiB", bench.generate("load_http", port=port, request=scene.http_request(f"documents/{scene.document}/content")))
    ratios(rounds, whole, alone, open_whole, open_direct)
    delegates(bench, scene)


def delegates(bench, scene):
    """What a delegate's list of documents costs beside the counsel's: CPU of documents and PostgreSQL for one answer, over gRPC, in an open
    loop: what is shed at saturation costs too and answers nobody."""
    phone = scene.delegate()
    call = {"target": bench.stack.address("documents"), "method": "/bitrade.documents.v1.DocumentService/ListDocuments",
            "request": scene.grpc_request("bitrade.documents.v1.ListDocumentsRequest", appointmentId=scene.appointment),
            "tls": bench.stack.keys / "tls" / "gateway", "ca": bench.stack.keys / "tls" / "ca.pem"}
    costs, half = [], bench.generate("load_grpc", ticket=scene.ticket(), **call)["rate"] / 2
    for _ in range(3):
        counsel = bench.generate("load_grpc", rate=half, ticket=scene.ticket(), **call)
        delegate = bench.generate("load_grpc", rate=half, ticket=scene.ticket(phone), acting_for=scene.counsel, **call)
        costs.append([sum(report["cpu"][name] for name in ("documents", "postgres")) for report in (counsel, delegate)])
    show("(e) documents, the counsel's list", counsel)
    show("(f) documents, a delegate's list", delegate)
    print(f"f/e      {statistics.median(delegate / counsel for counsel, delegate in costs):.2f}   CPU of documents and PostgreSQL (≤ 1.15)")


def ratios(rounds, whole, alone, open_whole, open_direct):
    ours = sum(whole["cpu"][name] for name in SERVICES)
    print(f"\na/b      {statistics.median(a['rate'] / b['rate'] for a, b in rounds):.2f}   (≥ 0.65)")
    print(f"a/c      {whole['rate'] / alone['rate']:.2f}")
    print(f"CPU      {ours:.0f} µs over our processes (≤ 220), gateway {whole['cpu']['gateway']:.0f} (≤ 90)")
    print(f"p99 a/b  {open_whole['p99_us'] / max(open_direct['p99_us'], 1):.2f}   at half the saturation of (a) (≤ 3)")


def main():
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--build", required=True)
    parser.add_argument("--seconds", type=float, default=6)
    arguments = parser.parse_args()
    local = table.ROOT / ".local" / "test"
    local.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=local, prefix="bench-") as folder:
        stack = Stack(pathlib.Path(folder) / "stack", pathlib.Path(arguments.build).resolve(), table.free_ports())
        print(f"{os.cpu_count()} cores, 64 connections, mTLS, session and ticket check, authorisation and read audit switched on")
        try:
            stack.start()
            measure(stack, arguments.build, arguments.seconds, pathlib.Path(folder))
        finally:
            stack.stop()
            stack.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
