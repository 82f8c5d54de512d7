"""A list of twenty appointments the whole way, the same call without the gateway, and the same SELECT alone; a document; a delegate's list."""

import re
import statistics
import time

from tests.stack import table

from . import cost
from .generators import cpu, show
from .scene import ROWS

PLANNED_ONCE = " options='-c plan_cache_mode=force_generic_plan'"  # as the services' sessions
OURS = [row["name"] for row in table.processes() if row["kind"] != "simulator"]


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
    pss = {name: cost.pss_mib(stack.pid(name)) for name in OURS}
    ready = {}
    for name in OURS:
        stack.end_process(name)
        began = time.monotonic()
        stack.start_process(name)
        ready[name] = time.monotonic() - began
    print("idle PSS in MiB: " + "  ".join(f"{name} {value:.0f}" for name, value in pss.items()) + f"  = {sum(pss.values()):.0f} (≤ 250)")
    print("ready after s:   " + "  ".join(f"{name} {value:.2f}" for name, value in ready.items()) + f"  max {max(ready.values()):.2f} (≤ 1)")


def measure(load, scene, folder):
    port = load.stack.ports["gateway"]["http"]
    listing = {"port": port, "request": scene.http_request(f"appointments?limit={ROWS}")}
    call = load.call("bitrade.appointments.v1.AppointmentService/ListAppointments",
                     scene.grpc_request("bitrade.appointments.v1.ListAppointmentsRequest", limit=ROWS))
    load.run("load_http", **listing)  # warms up
    rounds = [(load.run("load_http", **listing), load.run("load_grpc", ticket=scene.ticket(), **call)) for _ in range(3)]
    whole = sorted((pair[0] for pair in rounds), key=lambda report: report["rate"])[1]
    direct = sorted((pair[1] for pair in rounds), key=lambda report: report["rate"])[1]
    show("(a) list of 20, the whole way", whole)
    show("(b) the same gRPC call", direct)
    half = whole["rate"] / 2
    open_whole = load.run("load_http", rate=half, **listing)
    open_direct = load.run("load_grpc", rate=half, ticket=scene.ticket(), **call)
    show(f"(a) at {half:.0f}/s, open loop", open_whole)
    show(f"(b) at {half:.0f}/s, open loop", open_direct)
    select_of_list(scene, folder)
    alone = load.run("load_select", database=load.stack.postgres.conninfo("bitrade_appointments_app") + PLANNED_ONCE, sql=folder / "sql",
                     parameters=folder / "parameters")
    show("(c) the same SELECT alone", alone)
    document = load.run("load_http", port=port, request=scene.http_request(f"documents/{scene.document}/content"))
    show("(d) a document of 1 MiB", document)
    ratios(rounds, whole, alone, open_whole, open_direct)
    delegates(load, scene)


def ratios(rounds, whole, alone, open_whole, open_direct):
    print(f"\na/b      {statistics.median(a['rate'] / b['rate'] for a, b in rounds):.2f}   (≥ 0.65)")
    print(f"a/c      {whole['rate'] / alone['rate']:.2f}")
    print(f"CPU      {cpu(whole, *OURS):.0f} µs over our processes (≤ 220), gateway {cpu(whole, 'gateway'):.0f} (≤ 90)")
    print(f"p99 a/b  {open_whole['p99_us'] / max(open_direct['p99_us'], 1):.2f}   at half the saturation of (a) (≤ 3)")


def delegates(load, scene):
    """What a delegate's list of documents costs beside the counsel's: CPU of documents and PostgreSQL for one answer, over gRPC, in an open
    loop: what is shed at saturation costs too and answers nobody."""
    phone = scene.delegate()
    call = load.call("bitrade.documents.v1.DocumentService/ListDocuments",
                     scene.grpc_request("bitrade.documents.v1.ListDocumentsRequest", limit=ROWS, appointmentId=scene.appointment))
    costs, half = [], load.run("load_grpc", ticket=scene.ticket(), **call)["rate"] / 2
    for _ in range(3):
        counsel = load.run("load_grpc", rate=half, ticket=scene.ticket(), **call)
        delegate = load.run("load_grpc", rate=half, ticket=scene.ticket(phone), acting_for=scene.counsel, **call)
        costs.append(cpu(delegate, "documents", "postgres") / cpu(counsel, "documents", "postgres"))
    show("(e) documents, the counsel's list", counsel)
    show("(f) documents, a delegate's list", delegate)
    print(f"f/e      {statistics.median(costs):.2f}   CPU of documents and PostgreSQL (≤ 1.15)")
