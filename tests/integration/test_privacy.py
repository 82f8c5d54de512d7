"""No personal number, name or token in any log line, metric or event of a whole journey."""

import io
import json
import pathlib

from tests.e2e import journey, people
from tests.stack import table

from .harness import Story

CANARIES = ("Astrid", "Exempelsson", "Amina", "Bilal", "Hemligsson", "Testsson", "Lilla gatan", "701740605", "812345678", "exempel.example",
            "Genomgång av handlingar", "Tolk behövdes", "Beslut")


class Canaries(Story):

    def test_the_journey_is_walked_and_leaves_no_canary(self):
        out = io.StringIO()
        self.assertTrue(journey.walk(self.stack, self.protos, out), out.getvalue())
        number = people.personal_number()
        browser = self.logged_in_as(number)
        secrets = [number, number[2:], browser.csrf, *browser.cookies.values()]
        browser.get("counsel?personnummer=" + number)
        logs = {path.name: path.read_text(errors="replace") for path in pathlib.Path(self.stack.base).glob("*.log") if path.name != "eid-sim.log"}
        for process in [row["name"] for row in table.processes() if row["kind"] != "simulator"]:
            logs[f"{process} metrics"] = self.stack.metrics(process)
        for schema in table.services():
            logs[f"{schema} events"] = self.stack.postgres.execute(f"SELECT event FROM {schema}.event")
            logs[f"{schema} audit"] = self.stack.postgres.execute(f"SELECT audit FROM {schema}.audit")
        for name, text in logs.items():
            for canary in (*CANARIES, *secrets):
                self.assertNotIn(canary, text, f"{name} tells {canary[:4]}…")

    def logged_in_as(self, number):
        from .harness import REGISTRY, source
        self.agency.call(f"{REGISTRY}/RegisterCounsel", {"sourceId": source(), "identityNumber": number, "counsel": people.counsel()})
        return self.logged_in(number)

    def test_a_request_id_and_a_trace_reach_the_last_service(self):
        counsel, number = self.registered_counsel()
        appointed = self.appointment(counsel)
        browser = self.logged_in(number)
        request, trace = "0190f5a2-7c3e-4b1d-8f00-0123456789ab", "4bf92f3577b34da6a3ce929d0e0e4736"
        answer = browser.get(f"appointments/{appointed['id']}/documents", headers={
            "X-Request-Id": request, "traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
        self.assertEqual(answer.headers["x-request-id"], request)
        self.assertIn(trace, answer.headers["traceparent"])
        for process in ("gateway", "documents"):
            lines = self.eventually(lambda p=process: self.lines_with(p, request), sentence=f"a line of {process}")
            self.assertTrue(all(trace in json.dumps(line) for line in lines), process)

    def lines_with(self, process, request):
        """The log is written some milliseconds after the answer."""
        return [json.loads(line) for line in self.stack.log(process).read_text().splitlines() if request in line]
