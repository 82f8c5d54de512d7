"""Drives the cells of the matrix: every role asks every operation by every protocol it has, and what it gets is compared with the table. A
refused call must have changed nothing and stand in the audit trail."""

import re
import time
import urllib.parse
import uuid

import grpc

from tests.e2e import people
from tests.stack import pki
from tests.stack import table as processes
from tests.stack.browser import Browser
from tests.stack.peak import LATE
from tests.stack.wait import GaveUp, until

from . import table
from .requests import REQUESTS

API = processes.ROOT / "docs" / "api"
CODES = {"OK": "ok", "UNAUTHENTICATED": "401", "PERMISSION_DENIED": "403", "NOT_FOUND": "404", "FAILED_PRECONDITION": "409", "ABORTED": "409",
         "ALREADY_EXISTS": "409", "INVALID_ARGUMENT": "422", "INTERNAL": "500"}
# The trail, what retention gathers from it every few seconds, what the collector does by itself, and the keys of what the gateway tells the
# trail of its own refusals: identity keeps no others.
RESTLESS = re.compile(r"\.(audit\w*|bankid_order)$|^retention\.(activity|activity_source)$|^identity\.idempotency_key$")
# What ends by itself before long, so that it is asked for alone.
SHORT_LIVED = "SIGNING"
# What a caller gets that stands in the trail.
AUDITED = ("ok", "403", "404", "409")
# Where the body is one member of the request, not the whole.
BODIES = {"bitrade.billing.v1.CostCalculationService/CreateCostCalculation": "input"}
# A POST that says everything in its path.
BODILESS = {"bitrade.gateway.v1.ConfirmationService/CreateConfirmation"}
FORMS = {"bitrade.gateway.v1.TeliaLoginService/EndTeliaSessions"}
SWITCH = "bitrade.gateway.v1.SessionService/SwitchProfile"
# Seconds, and more than a round of what the processes do by themselves.
AT_REST = 1.2
# An event is numbered after its commit, consumers tell that they stand at the head, and what BankID says of an order comes when it comes.
ARRIVES_LATER = "- 'position' - 'fresh_time' - 'hint' - 'message_key'"


def routes():
    """{rpc: (verb, path)}, as generated from the protos."""
    lines = (line.split() for line in (API / "routes.txt").read_text().splitlines())
    return {".".join(rpc.split(".")[:-1]) + "/" + rpc.split(".")[-1]: (verb, path) for verb, path, rpc in lines}


def rpcs_where(condition):
    """RPCs of whose row (name, who, internal, answered by, audit) `condition` holds, as generated from the protos."""
    rows = (line.split(" | ") for line in (API / "access.md").read_text().splitlines() if line.startswith("| `bitrade"))
    return {"/".join(row[0][3:-1].rsplit(".", 1)) for row in rows if condition(row)}


def unaudited():
    """RPCs whose calls, when they are allowed, leave no row."""
    return rpcs_where(lambda row: row[-1].startswith("NONE"))


def nobodys():
    """What the gateway answers itself without looking who asks."""
    return rpcs_where(lambda row: row[1] == "PUBLIC" and row[3] == "gateway")


def camel(name):
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


def snake(name):
    return re.sub(r"[A-Z]", lambda match: "_" + match.group().lower(), name)


class Got:
    """What a caller got by one protocol."""

    def __init__(self, protocol, answer, request_id, detail=""):
        self.protocol, self.answer, self.request_id, self.detail = protocol, answer, request_id, detail


class Driver:
    """Runs rows against the system of a scene."""

    patience = 30  # seconds, for what stands in the trail some milliseconds after the answer

    def __init__(self, scene):
        self.scene, self.stack, self.protos = scene, scene.stack, scene.protos
        self.routes, self.unaudited, self.nobodys = routes(), unaudited(), nobodys()
        pki.make_process_certificate(self.stack.keys / "tls", table.DESK)
        self.methods = {f"{file.package}.{service.name}/{method.name}": method
                        for file in self.protos.files.file for service in file.service for method in service.method}
        self.channels, self.snapshot_sql, self.expected = {}, None, []

    def close(self):
        for channel in self.channels.values():
            channel.close()

    # ---- asking --------------------------------------------------------------------------------------------------------------

    def values(self, row, role, thing):
        return REQUESTS[row.rpc](thing, role, self.scene)

    def ask(self, row, role, thing):
        """Asks by every protocol that the role has; for each a new thing where `thing` is a function that makes one."""
        person, ways = role in table.PEOPLE, []
        if person and row.rpc in self.routes and (role == "anonymous" or self.scene.people[role].browser is not None):
            ways.append(self.rest)
        if not person or role != "anonymous" and row.at != "gateway":
            ways.append(self.call)
        return [self.answered(way, row, role, thing() if callable(thing) else thing) for way in ways]

    def answered(self, way, row, role, thing):
        """The answer, once more where a busy machine sheds the call."""
        for _ in range(5):
            got = way(row, role, thing)
            if got.answer not in ("503", "504", "RESOURCE_EXHAUSTED", *LATE):
                break
        return got

    def browser(self, role, row):
        if role == "anonymous":
            return Browser(self.stack)
        person = self.scene.people[role]
        return person.new_browser() if row.state == "OWN_SESSION" else person.browser

    def rest(self, row, role, thing):
        verb, path = self.routes[row.rpc]
        values = {name: value for name, value in self.values(row, role, thing).items() if name not in ("browser", "updateMask")}
        for name in re.findall(r"{(\w+)}", path):
            path = path.replace(f"{{{name}}}", str(values.pop(camel(name))))
        headers = {}
        if "etag" in values:
            headers["If-Match"] = f'"{values.pop("etag")}"'
        if "idempotencyKey" in values:
            headers["Idempotency-Key"] = f'"{values.pop("idempotencyKey")}"'
        body = values
        if row.rpc in BODIES:
            body = values.pop(BODIES[row.rpc])
        elif row.rpc in FORMS:
            body = urllib.parse.urlencode({snake(name): value for name, value in values.items()})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif verb in ("GET", "DELETE") or row.rpc in BODILESS:
            path, body = path + ("?" + "&".join(f"{name}={value}" for name, value in values.items()) if values else ""), None
        browser = self.browser(role, row)
        answer = browser.send(verb, path, body=body, headers=headers)
        if row.rpc == SWITCH and answer.status == 200:
            browser.csrf = answer.json["csrfToken"]
        refused = answer.json if answer.status >= 400 and answer.body else {}
        return Got("REST", "ok" if answer.status < 400 else str(answer.status), answer.headers["x-request-id"], refused.get("reason", ""))

    def channel(self, row, role):
        if role in table.CASE_SYSTEMS:
            listener, folder, name = "agency", self.stack.keys / "agency", table.CASE_SYSTEMS[role]
        else:
            listener, folder, name = "grpc", self.stack.keys / "tls", role if role in (*table.PROCESSES, table.DESK) else "gateway"
        address = self.stack.address(row.at, listener)
        if (address, name) not in self.channels:
            credentials = grpc.ssl_channel_credentials(
                (folder / "ca.pem").read_bytes(), (folder / f"{name}.key").read_bytes(), (folder / f"{name}.pem").read_bytes())
            self.channels[address, name] = grpc.secure_channel(address, credentials)
        return self.channels[address, name]

    def metadata(self, role, request_id):
        found = [("bitrade-request-id", request_id)]
        if role in (*table.CASE_SYSTEMS, table.DESK):
            found.append(("bitrade-officer", "officer-17"))
        if role in table.PEOPLE:
            person = self.scene.people[role]
            found.append(("bitrade-ticket-bin", person.fresh_ticket()))
            if person.acting_for:
                found.append(("bitrade-acting-for", person.acting_for))
        return found

    def call(self, row, role, thing):
        request_id = str(uuid.uuid4())
        try:
            self.send(row, role, self.values(row, role, thing), request_id)
            return Got("gRPC", "ok", request_id)
        except grpc.RpcError as error:
            return Got("gRPC", CODES.get(error.code().name, error.code().name), request_id, error.details())

    def send(self, row, role, values, request_id):
        method = self.methods[row.rpc]
        answer = self.protos.message_class(method.output_type.lstrip("."))
        how = ("stream" if method.client_streaming else "unary") + "_" + ("stream" if method.server_streaming else "unary")
        function = getattr(self.channel(row, role), how)(f"/{row.rpc}", lambda message: message.SerializeToString(), answer.FromString)
        given = self.pieces(values) if method.client_streaming else self.protos.make(method.input_type.lstrip("."), values)
        result = function(given, timeout=10, metadata=self.metadata(role, request_id))
        if method.server_streaming:
            next(iter(result))
            result.cancel()

    def pieces(self, description):
        """The messages of a document that is communicated."""
        content = people.pdf(20_000)
        kind = "bitrade.documents.v1.CommunicateRequest"
        yield self.protos.make(kind, {"description": description | {
            "size": str(len(content)), "sha256": people.digest(content), "mediaType": "application/pdf"}})
        message = self.protos.message_class(kind)()
        message.data = content
        yield message

    # ---- what is there -------------------------------------------------------------------------------------------------------

    def snapshot(self):
        """{table: number of rows and a sum over their content} of every schema."""
        if self.snapshot_sql is None:
            names = self.stack.postgres.execute(
                "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema IN ("
                + ", ".join(f"'{name}'" for name in processes.services()) + ")").split()
            self.snapshot_sql = " UNION ALL ".join(
                f"SELECT '{name} ' || count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) {ARRIVES_LATER})::text, 0)), 0) FROM {name} t"
                for name in sorted(names) if not RESTLESS.search(name))
        return dict(line.split(" ", 1) for line in self.stack.postgres.execute(self.snapshot_sql).splitlines())

    def settled(self):
        """The snapshot when what is still under way has ended."""
        seen, since = None, 0

        def at_rest():
            nonlocal seen, since
            again = self.snapshot()
            if again != seen:
                seen, since = again, time.monotonic()
            return seen if time.monotonic() - since > AT_REST else None
        return until(at_rest, 60, "the schemas at rest")

    # ---- rows ----------------------------------------------------------------------------------------------------------------

    def differences(self, rows):
        """Everything in which the system is not as the rows say, as sentences. Who is refused asks first: then nothing has changed by itself."""
        self.expected = []
        found = self.refusals([row for row in rows if row.state != SHORT_LIVED]) + self.refusals([row for row in rows if row.state == SHORT_LIVED])
        for row in rows:
            for role in (role for role, cell in row.cells.items() if cell == "ok"):
                found += self.compare(row, role, self.allowed(row, role))
        return found + self.trail()

    def refusals(self, rows):
        """Asks every refused cell of the rows, and looks once whether all of them together changed anything; where they did, each half of the
        rows is asked again, until the row is known."""
        cells = [(row, role) for row in rows for role, cell in row.cells.items() if cell not in ("-", "ok")]
        if not cells:
            return []
        # What is filed first: it takes the one draft that somebody may have.
        for row, role in sorted(cells, key=lambda cell: not cell[0].state.startswith("FILED")):
            self.scene.thing(row.state, role)
        self.scene.forget_browsers_of_ended_delegations()
        before = self.settled()
        found = []
        for row, role in cells:
            found += self.compare(row, role, self.ask(row, role, self.scene.thing(row.state, role)))
        after = self.snapshot()
        changed = sorted(name for name in after if after[name] != before.get(name))
        if not changed or found:
            return found
        half = len(rows) // 2
        named = self.refusals(rows[:half]) + self.refusals(rows[half:]) if half else []
        return named or [f"{' and '.join(map(str, rows))}: refused calls changed {', '.join(changed)}"]

    def allowed(self, row, role):
        """An allowed call of something that nobody has changed before. What a projection has not heard of yet is asked for again."""
        changes = row.rpc in self.routes and self.routes[row.rpc][0] != "GET" or row.rpc not in self.routes
        thing = (lambda: self.scene.made(row.state, role)) if changes and row.state != "-" else self.scene.thing(row.state, role)
        return self.ask(row, role, thing)

    def compare(self, row, role, answers):
        expected = row.cells[role]
        for one in answers:
            if one.answer in AUDITED and self.leaves_a_row(row, role, one):
                self.expected.append((row, role, one))
        return [f"{row}: {role} gets {one.answer} by {one.protocol} instead of {expected} ({one.detail})" for one in answers
                if one.answer != expected]

    # ---- the trail -----------------------------------------------------------------------------------------------------------

    def leaves_a_row(self, row, role, got):
        """What a person is refused always does, by a service or by the gateway, where anybody looks who it is; so does what a gate refuses."""
        if role == "anonymous" or row.rpc in self.nobodys:
            return False
        refused = got.answer != "ok" if role in table.PEOPLE else got.answer == "403"
        return refused or row.rpc not in self.unaudited

    def trail(self):
        """Every call of a known caller, made or refused, has one row of its outcome: in the trail of the process that answered it, and in
        identity's where that was the gateway."""
        def missing():
            written = self.outcomes()
            return [(row, role, one) for row, role, one in self.expected if not is_told(one, written.get(one.request_id, []))]
        try:
            until(lambda: not missing(), self.patience, "every call in the trail")
            return []
        except GaveUp:
            return [f"{row}: that {role} gets {one.answer} by {one.protocol} is not in the trail" for row, role, one in missing()]

    def outcomes(self):
        """{request id: (kind of actor, outcome) of each row} of all trails."""
        found = {}
        rows = self.stack.postgres.execute(" UNION ALL ".join(
            f"SELECT concat_ws(' ', request_id, actor_kind, outcome) FROM {name}.audit WHERE request_id <> ''" for name in processes.services()))
        for request_id, kind, outcome in (line.split(" ", 2) for line in rows.splitlines()):
            found.setdefault(request_id, []).append((kind, outcome))
        return found


def is_told(got, rows):
    """Whether the rows that one request has in the trails tell what its caller got; and of a browser that was refused, that it was a person's."""
    if got.answer == "ok":
        return any(outcome == "OK" for _, outcome in rows)
    return any(outcome != "OK" and (got.protocol != "REST" or kind == "PERSON") for kind, outcome in rows)
