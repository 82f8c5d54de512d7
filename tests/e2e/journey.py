"""One counsel's journey against the running system, as real clients take it: REST through the gateway, gRPC as a case system.

Each step prints what it got and how long it took. The journey makes a counsel and matters of its own each time.
"""

import datetime
import sys
import time
import uuid

from tests.stack.browser import Browser, Phone
from tests.stack.case_system import CaseSystem
from tests.stack.openid import Provider
from tests.stack.wait import until

from . import people

REGISTRY = "bitrade.registry.v1.CounselAgencyService"
MATTERS = "bitrade.appointments.v1.MatterAgencyService"
APPOINTMENTS = "bitrade.appointments.v1.AppointmentAgencyService"
COST_STATEMENTS = "bitrade.billing.v1.CostStatementAgencyService"
DISPOSALS = "bitrade.retention.v1.DisposalAgencyService"


def require(condition, what):
    if not condition:
        raise AssertionError(what)


def source():
    return f"journey-{uuid.uuid4()}"


def days_ago(count):
    return (datetime.date.today() - datetime.timedelta(days=count)).isoformat()


class Journey:
    """The steps in their order, and what later steps need of earlier ones."""

    def __init__(self, stack, protos):
        self.stack = stack
        self.agency = CaseSystem(stack, protos)
        self.browser = Browser(stack)
        self.number = people.personal_number()
        self.phone = Phone(stack, self.number)
        self.counsel = self.digital = self.paper = self.statement = None
        self.disas_number = people.personal_number()
        self.disa, self.delegation = Browser(stack), None
        self.documents, self.contents = [], []

    def case_system_appoints(self):
        self.counsel = self.agency.call(f"{REGISTRY}/RegisterCounsel", {
            "sourceId": source(), "identityNumber": self.number, "counsel": people.counsel()})["id"]
        applicants = [people.applicant(), people.protected_applicant()]
        self.digital = self.appoint("DIGITAL", applicants, days_ago(20))
        self.paper = self.appoint("PAPER", [people.applicant("Paula Pappersson")], days_ago(20))
        return f"counsel {self.counsel}, appointment {self.digital['id']} for two applicants, another on paper"

    def appoint(self, handling, applicants, appointed):
        matter = self.agency.call(f"{MATTERS}/RegisterMatter", {
            "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
            "instance": "FIRST", "handling": handling, "applicants": applicants})
        return self.agency.call(f"{APPOINTMENTS}/Appoint", {
            "sourceId": source(), "matterId": matter["id"], "counselId": self.counsel, "appointedDate": appointed,
            "applicantIds": [applicant["id"] for applicant in matter["applicants"]]})

    def case_system_communicates(self):
        for index, size in enumerate((3_000_000, 5_000_000)):
            content = people.pdf(size, seed=index)
            self.contents.append(content)
            self.documents.append(self.agency.communicate({
                "sourceId": source(), "appointmentId": self.digital["id"], "title": f"Beslut {index + 1}",
                "fileName": f"Beslut å {index + 1}.pdf"}, content))
        return ", ".join(f"{document['fileName']} ({int(document['size']):,} bytes)" for document in self.documents)

    def stranger_is_told(self):
        stranger = Browser(self.stack)
        ended = stranger.log_in(Phone(self.stack, people.personal_number(), "Olle Okänd"))
        require(ended["state"] == "FAILED" and ended["reason"] == "NOT_IN_REGISTER", ended)
        require("__Host-session" not in stranger.cookies, "a stranger got a session")
        return f"{ended['reason']}, contact {ended['contactAddress']}"

    def counsel_logs_in(self):
        ended = self.browser.log_in(self.phone)
        require(ended["state"] == "COMPLETE", ended)
        session = self.browser.get("session").json
        require(session["personId"] == self.counsel, session)
        return f"{session['name']} by {session['method']}, until {session['absoluteExpireTime']}"

    def counsel_logs_in_on_her_computer(self):
        computer = Browser(self.stack)
        ended = computer.log_in_here(Phone(self.stack, self.number, kinds=("file", "mobile")))
        require(ended["state"] == "COMPLETE", ended)
        session = computer.get("session").json
        require(session["personId"] == self.counsel and session["method"] == "BANKID", session)
        require(computer.send("DELETE", "session").status == 204, "log-out")
        return f"{session['name']} by {session['method']}: the session came with the return from the app"

    def counsel_logs_in_with_telia(self):
        elsewhere, provider = Browser(self.stack), Provider(self.stack)
        ended = provider.log_in(elsewhere, self.number)
        require(ended["state"] == "COMPLETE", ended)
        session = elsewhere.get("session").json
        require(session["personId"] == self.counsel and session["method"] == "TELIA", session)
        leaving = elsewhere.get("session/provider-logout").json
        require(elsewhere.send("DELETE", "session", headers={"X-CSRF-Token": session["csrfToken"]}).status == 204, "log-out")
        require(provider.follow(leaving["logoutUrl"]) == f"{self.stack.url()}/?state={leaving['state']}", "log-out at the provider")
        return f"{session['name']} by {session['method']}: the OpenID provider's signed word was believed; logged out here and there"

    def counsel_looks_around(self):
        guide = self.browser.get("guide").json["steps"]
        counsel = self.browser.get("counsel").json
        require(counsel["id"] == self.counsel and counsel["workplace"]["city"] == "Stockholm", counsel)
        require(all(step["titleSwedish"] and step["titleEnglish"] for step in guide), guide)
        return f"{len(guide)} guide steps; {counsel['name']}, {counsel['qualification']}, F-tax {counsel['fTax']}"

    def counsel_changes_availability(self):
        before = self.browser.get("counsel/availability")
        missing = self.browser.send("PUT", "counsel/availability", {"status": "TAKES_NONE"})
        require(missing.status == 428, missing.status)
        changed = self.browser.send("PUT", "counsel/availability", {"status": "ONLY_IF_REQUESTED"},
                                    headers={"If-Match": before.headers["etag"]})
        require(changed.status == 200, changed.body)
        stale = self.browser.send("PUT", "counsel/availability", {"status": "TAKES_NONE"}, headers={"If-Match": before.headers["etag"]})
        require(stale.status == 412, stale.status)
        return f"{before.json['status']} → {changed.json['status']}; without If-Match 428, with a stale one 412"

    def counsel_sees_appointments(self):
        page = self.browser.get("appointments").json
        require([row["id"] for row in page["appointments"]] == [self.digital["id"]], page)
        one = self.browser.get(f"appointments/{self.digital['id']}").json
        open_, protected = one["applicants"]
        require(open_["contact"]["phone"] == "+46701740605", open_)
        require("contact" not in protected and protected["agencyChannel"], protected)
        require(self.browser.get(f"appointments/{self.paper['id']}").status == 404, "paper is shown")
        return f"1 of {page['_meta']['totalRecords']} shown, not the one on paper; contact of one applicant, the channel of the protected one"

    def counsel_reads_documents(self):
        path = f"appointments/{self.digital['id']}/documents"
        until(lambda: self.browser.get(path).json["_meta"]["totalRecords"] == 2, 60, "two documents")
        listed = self.browser.get(path).json["documents"]
        for document, content in zip(self.documents, self.contents):
            require(any(row["id"] == document["id"] for row in listed), listed)
            whole = self.browser.get(f"documents/{document['id']}/content")
            require(whole.body == content and people.digest(content) == document["sha256"], "content differs")
        part = self.browser.get(f"documents/{self.documents[0]['id']}/content", headers={"Range": "bytes=65530-65545"})
        require(part.status == 206 and part.body == self.contents[0][65530:65546], part.status)
        return f"both whole ({whole.headers['content-disposition']}), a range across two chunks, {whole.headers['repr-digest']}"

    def counsel_invites_a_delegate(self):
        drawn = self.browser.post("delegations", {"identityNumber": self.disas_number, "name": "Disa Testsson", "scopes": ["documents:read"]})
        require(drawn.status == 201 and drawn.json["state"] == "DRAFT", drawn.body)
        path, etag = f"delegations/{drawn.json['id']}", drawn.headers["etag"]
        signature = self.browser.sign(self.phone, path, etag)
        require(signature["state"] == "COMPLETE", signature)
        given = self.browser.post(f"{path}/filing", {"signatureId": signature["id"]}, headers={"If-Match": etag})
        require(given.status == 200 and given.json["state"] == "INVITED" and given.json["signingKind"] == "SIGNATURE", given.body)
        self.delegation = path
        return f"{given.json['name']} may {', '.join(given.json['scopes'])} until {given.json['validToDate']}, signed"

    def delegate_accepts_and_reads(self):
        ended = self.disa.log_in(Phone(self.stack, self.disas_number, "Disa Testsson"))
        require(ended["state"] == "COMPLETE", ended)
        seen = self.disa.get(self.delegation)
        accepted = self.disa.send("PUT", f"{self.delegation}/acceptance", {"termsVersion": seen.json["terms"]["version"]},
                                  headers={"If-Match": seen.headers["etag"]})
        require(accepted.status == 200 and accepted.json["state"] == "ACTIVE", accepted.body)
        switched = self.disa.send("PUT", "session/profile", {"counselId": self.counsel})
        require(switched.status == 200 and switched.json["actingFor"] == self.counsel, switched.body)
        self.disa.csrf = switched.json["csrfToken"]
        content = f"documents/{self.documents[0]['id']}/content"
        read = until(lambda: (answer := self.disa.get(content)).status == 200 and answer, 60, "a document for the delegate")
        require(read.body == self.contents[0], "content differs")
        refused = self.disa.get("appointments")
        require(refused.status == 403, refused.body)
        return f"accepted at the first log-in, acts for the counsel, reads {self.documents[0]['fileName']}; not the list of appointments (403)"

    def counsel_revokes(self):
        seen = self.browser.get(self.delegation)
        revoked = self.browser.send("DELETE", self.delegation, headers={"If-Match": seen.headers["etag"]})
        require(revoked.status == 204, revoked.body)
        began = time.monotonic()
        until(lambda: self.disa.get(f"documents/{self.documents[0]['id']}").status == 404, 60, "the end of the delegate's sight")
        return f"out of the delegate's sight within {(time.monotonic() - began) * 1000:.0f} ms"

    def counsel_calculates(self):
        answer = self.browser.send("POST", "cost-calculations", people.claim() | {"fTax": True, "vat": True, "filingDate": "2026-03-02"})
        require(answer.status == 200, answer.body)
        result = answer.json
        require(result["totalOre"] == "2111300", result)
        rows = ", ".join(f"{row['kind']} {int(row['amountOre']) // 100}" for row in result["summary"])
        return f"{rows}; net {int(result['netOre']) // 100} + VAT {int(result['vatOre']) // 100} = {int(result['totalOre']) // 100} kronor"

    def counsel_files(self):
        key, path = str(uuid.uuid4()), f"appointments/{self.digital['id']}/cost-statements"
        draft = self.browser.post(path, {"input": people.claim()}, key=key)
        require(draft.status == 201, draft.body)
        again = self.browser.post(path, {"input": people.claim()}, key=key)
        require(again.status == 201 and again.json["id"] == draft.json["id"], again.body)
        self.statement = draft.json["id"]
        changed = self.browser.send("PATCH", f"cost-statements/{self.statement}", {"input": {"specialCircumstances": "Tolk behövdes"}},
                                    headers={"If-Match": draft.headers["etag"]})
        require(changed.status == 200, changed.body)
        etag = changed.headers["etag"]
        signature = self.browser.sign(self.phone, f"cost-statements/{self.statement}", etag)
        require(signature["state"] == "COMPLETE", signature)
        filed = self.browser.post(f"cost-statements/{self.statement}/filing", {"signatureId": signature["id"]}, headers={"If-Match": etag})
        require(filed.status == 200 and filed.json["state"] == "FILED", filed.body)
        late = self.browser.send("PATCH", f"cost-statements/{self.statement}", {"input": {"substitution": "nej"}},
                                 headers={"If-Match": filed.headers["etag"]})
        require(late.status == 409, late.body)
        receipt = self.browser.get(f"cost-statements/{self.statement}/receipt").json
        require(receipt["kind"] == "SIGNATURE" and receipt["signatureId"] == signature["id"], receipt)
        return (f"drafted once for two posts, changed, signed, filed, immutable (409); receipt {receipt['number']}, "
                f"{receipt['manifestSha256'][:12]}…")

    def case_system_acknowledges(self):
        waiting = self.agency.call(f"{COST_STATEMENTS}/ListUnregistered", {"limit": 100})["costStatements"]
        filed = next(row for row in waiting if row["costStatement"]["id"] == self.statement)
        receipt = filed["receipt"]
        try:
            self.agency.call(f"{COST_STATEMENTS}/Acknowledge", {
                "costStatementId": self.statement, "manifestSha256": "0" * 64, "diaryNumber": "D-1"})
            raise AssertionError("a wrong digest was taken")
        except Exception as refused:  # grpc.RpcError has no common typed reason in Python
            require("DIGEST" in str(getattr(refused, "trailing_metadata", lambda: refused)()) or "digest" in str(refused), refused)
        done = self.agency.call(f"{COST_STATEMENTS}/Acknowledge", {
            "costStatementId": self.statement, "manifestSha256": receipt["manifestSha256"], "diaryNumber": f"D-{receipt['number']}"})
        require(done["agencyState"] == "REGISTERED", done)
        return f"a wrong digest is refused; {done['agencyState']} as {done['diaryNumber']}"

    def matter_ends(self):
        """Legal force so long ago that the window has passed: everything disappears at once, on every path."""
        require(self.browser.get(f"appointments/{self.digital['id']}").status == 200, "gone too early")
        for applicant in self.digital["applicants"]:
            decision = self.agency.call(f"{MATTERS}/RecordDecision", {
                "sourceId": source(), "matterId": self.digital["matterId"], "applicantId": applicant["id"], "kind": "MAIN",
                "decidedDate": days_ago(220)})
            self.agency.call(f"{MATTERS}/RecordService", {
                "decisionId": decision["id"], "serviceDate": days_ago(215), "serviceMethod": "ORDINARY"})
            self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decision["id"], "legalForceDate": days_ago(190)})
        paths = [f"appointments/{self.digital['id']}", f"appointments/{self.digital['id']}/documents",
                 f"documents/{self.documents[0]['id']}", f"documents/{self.documents[0]['id']}/content"]
        require(self.browser.get(paths[0]).status == 404, "the appointment is still seen")
        until(lambda: all(self.browser.get(path).status == 404 for path in paths), 60, "the end of sight on every path")
        require(self.browser.get("appointments").json["appointments"] == [], "the list still shows it")
        return "legal force 190 days ago: appointment, documents and content are 404"

    def retention_disposes(self):
        def disposed():
            rows = self.agency.call(f"{DISPOSALS}/ListDisposals", {"appointmentId": self.digital["id"]})["disposals"]
            return rows and rows[0]["state"] == "DONE" and rows[0]
        done = until(disposed, 60, "the disposal")
        require({row["sha256"] for row in done["evidence"]} == {document["sha256"] for document in self.documents}, done)
        return f"content of {len(done['evidence'])} documents destroyed, with evidence"

    def counsel_logs_out(self):
        require(self.browser.send("DELETE", "session").status == 204, "log-out")
        require(self.browser.get("appointments").status == 401, "the session still lives")
        return "204, then 401"

    def steps(self):
        return [self.case_system_appoints, self.case_system_communicates, self.stranger_is_told, self.counsel_logs_in,
                self.counsel_logs_in_on_her_computer, self.counsel_logs_in_with_telia,
                self.counsel_looks_around, self.counsel_changes_availability, self.counsel_sees_appointments, self.counsel_reads_documents,
                self.counsel_invites_a_delegate, self.delegate_accepts_and_reads, self.counsel_revokes, self.counsel_calculates,
                self.counsel_files, self.case_system_acknowledges, self.matter_ends, self.retention_disposes,
                self.counsel_logs_out]


def walk(stack, protos, out=sys.stdout):
    """Walks the journey; tells whether every step held."""
    journey = Journey(stack, protos)
    for step in journey.steps():
        name = step.__name__.replace("_", " ")
        began = time.monotonic()
        try:
            got = step()
        except Exception as failure:  # a step may fail in any way; the journey says which and how
            print(f"FAILED  {name}: {type(failure).__name__}: {failure}", file=out, flush=True)
            return False
        print(f"{(time.monotonic() - began) * 1000:7.0f} ms  {name}: {got}", file=out, flush=True)
    print("The journey is walked.", file=out, flush=True)
    return True
