"""Whoever cannot go on says so, with or without a log-in; support staff find it by its reference, and no identity number is kept."""

import datetime
import pathlib
import re
import uuid

import grpc

from tests.stack import table
from tests.stack.browser import Browser
from tests.stack.support_desk import SupportDesk

from .harness import Story

# Published test numbers of the Swedish Tax Agency and of BankID, in what people might write.
NUMBERS = ("19811218-9876", "811218-9876", "8507099805", "701063-2391", "1964 03 27 38 13")
REFERENCE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}")


def form(**changes):
    return {"what": "Sidan med handlingar är tom.", "occurTime": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "whichBrowser": "Firefox 128, Windows 11", "contact": "astrid@exempel.example", **changes}


class Support(Story):

    def setUp(self):
        self.browser = Browser(self.stack)
        self.desk = SupportDesk(self.stack, self.protos)
        self.addCleanup(self.desk.close)
        # Each test comes from an address that has sent nothing yet.
        self.addCleanup(self.stack.postgres.execute, "DELETE FROM registry.support_intake")

    def send(self, body):
        return self.browser.send("POST", "support-tickets", body)

    def sent(self, body):
        answer = self.send(body)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertRegex(answer.json["reference"], REFERENCE)
        return answer.json["reference"]

    def found(self, reference):
        listed = self.desk.call("ListSupportTickets", {"reference": reference})
        self.assertEqual(listed["total"], "1")
        return listed["supportTickets"][0]

    def test_who_is_not_logged_in_gets_a_reference_and_an_answer(self):
        problem = self.browser.get("appointments").json
        reference = self.sent(form(errorReference=problem["instance"]))
        self.assertNotEqual(reference, self.sent(form()))
        ticket = self.found(reference)
        self.assertEqual(ticket["errorReference"], problem["instance"].removeprefix("urn:uuid:"))
        self.assertEqual((ticket["state"], ticket["contact"]), ("OPEN", "astrid@exempel.example"))
        answer = {"id": ticket["id"], "text": "Logga in först.", "officer": "desk-7", "etag": ticket["etag"],
                  "idempotencyKey": str(uuid.uuid4())}
        answered = self.desk.call("AnswerSupportTicket", answer)
        self.assertEqual((answered["state"], answered["officer"]), ("ANSWERED", "desk-7"))
        self.assertEqual(self.desk.call("AnswerSupportTicket", answer), answered)

    def test_no_identity_number_is_kept_or_told(self):
        reference = self.sent(form(what=f"Det gäller {', '.join(NUMBERS)}.", whichBrowser=f"Firefox för {NUMBERS[0]}"))
        ticket = self.found(reference)
        self.assertEqual(ticket["maskedNumbers"], len(NUMBERS) + 1)
        refused = self.send(form(contact="198112189876@exempel.example"))
        self.assertEqual((refused.status, refused.json["errors"][0]["pointer"]), (422, "/contact"))
        places = {path.name: path.read_text(errors="replace") for path in pathlib.Path(self.stack.base).glob("*.log") if path.name != "eid-sim.log"}
        places["the ticket"] = f"{ticket['what']} {ticket['whichBrowser']}"
        for kind in ("support_ticket", "support_intake", "event", "audit"):
            places[kind] = self.stack.postgres.execute(f"SELECT r FROM registry.{kind} r")
        for name, text in places.items():
            for canary in (*NUMBERS, "198112189876", "astrid@exempel", "handlingar är tom"):
                self.assertNotIn(canary, text, f"{name} tells {canary[:6]}…")
        self.assertNotIn("127.0.0.1", places["support_intake"])

    def test_each_fault_is_named(self):
        refused = self.send({"what": "", "whichBrowser": "", "contact": "ring mig", "errorReference": "E42"})
        self.assertEqual(refused.status, 422)
        self.assertEqual({error["pointer"]: error["code"] for error in refused.json["errors"]},
                         {"/what": "REQUIRED", "/occurTime": "REQUIRED", "/whichBrowser": "REQUIRED", "/errorReference": "MALFORMED",
                          "/contact": "MALFORMED"})
        self.assertEqual(self.send(form(browser={"address": "192.0.2.1"})).status, 400, "an address is what the gateway sees")

    def test_more_than_people_write_is_refused(self):
        for _ in range(5):
            self.sent(form())
        refused = self.send(form())
        self.assertEqual((refused.status, refused.json["reason"], refused.headers["retry-after"]), (429, "TOO_MANY_SUPPORT_TICKETS", "3600"))
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(3601)
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        self.sent(form(occurTime=later.isoformat(timespec="seconds")))

    def test_only_the_desk_reads_and_answers(self):
        self.sent(form())
        for identity in [row["name"] for row in table.processes() if row["kind"] != "simulator"] + ["desk"]:
            other = SupportDesk(self.stack, self.protos, identity)
            self.addCleanup(other.close)
            for name, values in (("ListSupportTickets", {}), ("AnswerSupportTicket", {"id": str(uuid.uuid4())})):
                with self.assertRaises(grpc.RpcError) as refused:
                    other.call(name, values)
                self.assertEqual(refused.exception.code(), grpc.StatusCode.PERMISSION_DENIED, identity)

    def test_without_registry_one_is_told_to_come_again(self):
        self.stack.end_process("registry", 9)
        self.addCleanup(self.eventually, lambda: self.send(form()).status == 201, 15, "the recovery")
        self.addCleanup(self.stack.start_process, "registry")
        refused = self.send(form())
        self.assertEqual(refused.status, 503)
        self.assertIn("retry-after", refused.headers)
