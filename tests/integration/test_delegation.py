"""A counsel lets somebody help her: no more than she says, no longer than she says, and never what is hers alone."""

import datetime
import time
import uuid

import grpc

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.gateway import GatewayCaller

from .harness import Story, day

APPOINTMENTS = "bitrade.appointments.v1.AppointmentService"
AVAILABILITY = "bitrade.appointments.v1.AvailabilityService"
DOCUMENTS = "bitrade.documents.v1.DocumentService"
DOWNLOAD = "bitrade.documents.v1.ContentService/Download"
STATEMENTS = "bitrade.billing.v1.CostStatementService"
ALL = ["appointments:read", "availability:write", "documents:read", "drafts:write"]


class Delegating(Story):

    def setUp(self):
        self.counsel, self.number = self.registered_counsel()
        self.browser = self.logged_in(self.number)
        self.appointed = self.appointment(self.counsel)
        self.communicated, _ = self.document(self.appointed)
        self.disa = people.personal_number()
        self.gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(self.gateway.close)

    # ---- what counsel and delegates do ---------------------------------------------------------------------------------------

    def invitation(self, scopes, browser=None, number=None, **changes):
        """Drawn up and given in by a counsel; returns the delegation as the counsel sees it."""
        browser = browser or self.browser
        drawn = browser.post("delegations", {"identityNumber": number or self.disa, "name": "Disa Testsson", "scopes": scopes, **changes})
        self.assertEqual(drawn.status, 201, drawn.body)
        self.assertEqual(drawn.json["state"], "DRAFT")
        given = browser.post(f"delegations/{drawn.json['id']}/filing", {}, headers={"If-Match": drawn.headers["etag"]})
        self.assertEqual((given.status, given.json["state"]), (200, "INVITED"), given.body)
        return given.json

    def log_in_invited(self, number=None):
        browser = Browser(self.stack)
        ended = browser.log_in(Phone(self.stack, number or self.disa, "Disa Testsson"))
        self.assertEqual(ended["state"], "COMPLETE", ended)
        return browser

    def accept(self, browser, identifier):
        seen = browser.get(f"delegations/{identifier}")
        accepted = browser.send("PUT", f"delegations/{identifier}/acceptance", {"termsVersion": seen.json["terms"]["version"]},
                                headers={"If-Match": seen.headers["etag"]})
        self.assertEqual(accepted.status, 200, accepted.body)
        self.assertEqual(accepted.json["state"], "ACTIVE")

    def revoke(self, browser, identifier):
        seen = browser.get(f"delegations/{identifier}")
        return browser.send("DELETE", f"delegations/{identifier}", headers={"If-Match": seen.headers["etag"]})

    def delegate(self, scopes, **changes):
        """A delegate in force: (delegation, the delegate's browser, ticket)."""
        delegation = self.invitation(scopes, **changes)
        browser = self.log_in_invited()
        self.accept(browser, delegation["id"])
        return delegation, browser, self.ticket()

    def ticket(self):
        return self.gateway.log_in(Phone(self.stack, self.disa, "Disa Testsson"))

    # ---- acting --------------------------------------------------------------------------------------------------------------

    def act(self, rpc, values, ticket, counsel=None):
        """What comes of acting for a counsel: "OK", or the code of the refusal."""
        try:
            self.gateway.call(rpc, values, ticket, counsel or self.counsel)
            return "OK"
        except grpc.RpcError as error:
            return error.code().name

    def read(self, ticket, counsel=None):
        """What becomes of each read: appointments (list, one), availability, documents (list, one, content), cost statements."""
        appointment = {"appointmentId": self.appointed["id"]}
        return [self.act(rpc, values, ticket, counsel) for rpc, values in (
            (f"{APPOINTMENTS}/ListAppointments", {}), (f"{APPOINTMENTS}/GetAppointment", {"id": self.appointed["id"]}),
            (f"{AVAILABILITY}/GetAvailability", {}),
            (f"{DOCUMENTS}/ListDocuments", appointment), (f"{DOCUMENTS}/GetDocument", {"id": self.communicated["id"]}),
            (DOWNLOAD, {"documentId": self.communicated["id"]}),
            (f"{STATEMENTS}/ListCostStatements", appointment))]

    # ---- the stories ---------------------------------------------------------------------------------------------------------

    def test_who_is_invited_accepts_at_the_first_log_in_and_then_acts(self):
        stranger = Browser(self.stack).log_in(Phone(self.stack, self.disa, "Disa Testsson"))
        self.assertEqual((stranger["state"], stranger["reason"]), ("FAILED", "NOT_IN_REGISTER"))
        delegation = self.invitation(ALL)
        browser, ticket = self.log_in_invited(), self.ticket()
        self.assertEqual(set(self.read(ticket)), {"PERMISSION_DENIED", "NOT_FOUND"}, "an invitation opens nothing")
        invited = browser.get("delegations").json["delegations"]
        self.assertEqual([(one["state"], one["side"], one["counselName"]) for one in invited], [("INVITED", "DELEGATE", "Astrid Exempelsson")])
        self.accept(browser, delegation["id"])
        self.eventually(lambda: self.read(ticket) == ["OK"] * 7, sentence="sight of what the counsel lets her see")
        self.assertEqual(self.browser.get(f"delegations/{delegation['id']}").json["state"], "ACTIVE")
        for again in (browser, Browser(self.stack)):
            again.log_in(Phone(self.stack, self.disa, "Disa Testsson"))
        self.eventually(lambda: [one["action"] for one in self.notices()] == ["NEW_BROWSER", "FIRST_LOG_IN"], sentence="what the counsel is told")
        self.assertEqual({one["delegationId"] for one in self.notices()}, {delegation["id"]})

    def test_whoever_applies_to_the_register_enters_as_an_applicant_and_sees_nothing(self):
        browser = Browser(self.stack)
        ended = browser.log_in(Phone(self.stack, self.disa, "Disa Testsson"), "REGISTER_APPLICATION")
        self.assertEqual(ended["state"], "COMPLETE", ended)
        (profile,) = browser.get("session/profiles").json["profiles"]
        self.assertEqual((profile["kind"], profile["counselId"]), ("APPLICANT", browser.get("session").json["actingFor"]))
        self.assertEqual([browser.get(path).status for path in ("counsel", f"appointments/{self.appointed['id']}", "activities")], [404, 404, 200])
        self.assertEqual(browser.get("appointments").json["appointments"], [])

    def switch(self, browser, counsel):
        switched = browser.send("PUT", "session/profile", {"counselId": counsel})
        if switched.status == 200:
            browser.csrf = switched.json["csrfToken"]
        return switched

    def test_a_delegate_chooses_in_the_browser_for_whom_she_acts(self):
        disas, self.disa = self.registered_counsel()
        delegation = self.invitation(["documents:read"])
        browser = self.logged_in(self.disa)
        self.assertEqual([(one["kind"], one["counselId"]) for one in browser.get("session/profiles").json["profiles"]],
                         [("COUNSEL", disas), ("INVITED", self.counsel)])
        refused = self.switch(browser, self.counsel)
        self.assertEqual((refused.status, refused.json["reason"]), (403, "PROFILE_NOT_YOURS"), "an invitation is no authority")
        self.accept(browser, delegation["id"])
        documents, old = f"appointments/{self.appointed['id']}/documents", dict(browser.cookies)
        self.assertEqual(browser.get(documents).status, 404, "she acts for herself")
        switched = self.switch(browser, self.counsel)
        self.assertEqual((switched.status, switched.json["actingFor"]), (200, self.counsel), switched.body)
        self.assertEqual([(one["kind"], one["scopes"]) for one in browser.get("session/profiles").json["profiles"]],
                         [("COUNSEL", []), ("DELEGATE", ["documents:read"])])
        self.assertNotEqual(browser.cookies["__Host-session"], old["__Host-session"])
        self.eventually(lambda: browser.get(documents).status == 200, sentence="the counsel's documents")
        self.assertEqual([one["id"] for one in browser.get(documents).json["documents"]], [self.communicated["id"]])
        parallel = Browser(self.stack)
        parallel.cookies = old
        self.assertEqual(parallel.get("session").json["actingFor"], disas, "what was under way ends as it began")
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(11)
        self.eventually(lambda: parallel.get("session").status == 401, sentence="the end of the old cookie")
        self.assertEqual(self.switch(browser, disas).json["actingFor"], disas)
        self.assertEqual(self.switch(browser, self.registered_counsel()[0]).status, 403)
        self.assertEqual(self.switch(browser, self.counsel).json["actingState"], "IN_FORCE")
        self.assertEqual(self.revoke(self.browser, delegation["id"]).status, 204)
        ended = browser.get("session").json
        self.assertEqual((ended["actingState"], ended.get("actingFor", "")), ("ENDED", ""), "no authority is claimed that has ended")

    def test_a_draft_invites_nobody(self):
        drawn = self.browser.post("delegations", {"identityNumber": self.disa, "name": "Disa Testsson"})
        self.assertEqual(drawn.json["scopes"], ["availability:write"])
        login = Browser(self.stack).log_in(Phone(self.stack, self.disa, "Disa Testsson"))
        self.assertEqual(login["state"], "FAILED")

    def test_each_scope_opens_its_own_and_nothing_else(self):
        denied, missing = "PERMISSION_DENIED", "NOT_FOUND"
        closed = [denied, missing, denied, missing, missing, missing, missing]
        opened = {"availability:write": [2], "appointments:read": [0, 1], "documents:read": [3, 4, 5], "drafts:write": [6]}
        ticket = None
        for scope, places in opened.items():
            delegation, browser, ticket = self.delegate([scope])
            expected = ["OK" if place in places else one for place, one in enumerate(closed)]
            self.eventually(lambda: self.read(ticket) == expected, sentence=f"what {scope} opens")  # pylint: disable=cell-var-from-loop
            self.assertEqual(self.revoke(browser, delegation["id"]).status, 204)
        self.eventually(lambda: self.read(ticket) == closed, sentence="nothing after the last")

    def test_a_delegate_prepares_and_the_counsel_gives_in(self):
        _, _, ticket = self.delegate(["drafts:write"])
        values = {"appointmentId": self.appointed["id"], "input": people.claim(), "idempotencyKey": str(uuid.uuid4())}
        self.eventually(lambda: self.act(f"{STATEMENTS}/ListCostStatements", {"appointmentId": self.appointed["id"]}, ticket) == "OK")
        draft = self.gateway.call(f"{STATEMENTS}/CreateCostStatement", values, ticket, self.counsel)
        self.assertNotIn("FileCostStatement", draft["transitions"])
        filing = {"id": draft["id"], "etag": draft["etag"], "idempotencyKey": str(uuid.uuid4())}
        self.assertEqual(self.act(f"{STATEMENTS}/FileCostStatement", filing, ticket), "PERMISSION_DENIED")
        seen = self.browser.get(f"cost-statements/{draft['id']}")
        self.assertEqual(seen.status, 200, "the counsel sees what was prepared for her")
        filed = self.browser.post(f"cost-statements/{draft['id']}/filing", {}, headers={"If-Match": seen.headers["etag"]})
        self.assertEqual(filed.status, 200)
        self.assertEqual(self.act(f"{STATEMENTS}/GetCostStatement", {"id": draft["id"]}, ticket), "NOT_FOUND", "what is filed is the counsel's")
        self.assertEqual(self.act(f"{STATEMENTS}/GetReceipt", {"costStatementId": draft["id"]}, ticket), "PERMISSION_DENIED")

    def test_what_is_never_delegable_is_refused_to_counsel_and_delegate(self):
        for scope in ("submissions:send", "payout:write", "delegations:write", "register:write", "sessions:write"):
            refused = self.browser.post("delegations", {"identityNumber": self.disa, "name": "Disa Testsson", "scopes": [scope]})
            self.assertEqual((refused.status, refused.json["reason"]), (422, "SCOPE_NOT_DELEGABLE"), scope)
        delegation, _, ticket = self.delegate(ALL)
        registry = "bitrade.registry.v1"
        for rpc, values in ((f"{registry}.CounselService/GetCounsel", {}),
                            (f"{registry}.DelegationService/CreateDelegation",
                             {"identityNumber": people.personal_number(), "name": "Någon Annan", "idempotencyKey": "k"}),
                            (f"{registry}.DelegationService/FileDelegation", {"id": delegation["id"], "idempotencyKey": "k"})):
            self.assertEqual(self.act(rpc, values, ticket), "PERMISSION_DENIED", rpc)

    def revoked(self, side):
        """After how many seconds the last service lets a delegate see nothing."""
        delegation, browser, ticket = self.delegate(["appointments:read", "documents:read", "drafts:write"])
        reads = {"appointments": (f"{APPOINTMENTS}/GetAppointment", {"id": self.appointed["id"]}),
                 "documents": (f"{DOCUMENTS}/GetDocument", {"id": self.communicated["id"]}),
                 "billing": (f"{STATEMENTS}/ListCostStatements", {"appointmentId": self.appointed["id"]})}
        self.eventually(lambda: {self.act(*one, ticket) for one in reads.values()} == {"OK"})
        self.assertEqual(self.revoke(self.browser if side == "counsel" else browser, delegation["id"]).status, 204)
        began, lags = time.monotonic(), {}
        while len(lags) < len(reads) and time.monotonic() - began < 60:
            for service, one in reads.items():
                if service not in lags and self.act(*one, ticket) == "NOT_FOUND":
                    lags[service] = time.monotonic() - began
        print(f"revoked by the {side}, gone after", ", ".join(f"{1000 * lag:.0f} ms in {name}" for name, lag in lags.items()), flush=True)
        self.assertEqual(lags.keys(), reads.keys())
        return max(lags.values())

    def test_revoking_acts_within_a_second_by_either_side(self):
        for side in ("counsel", "delegate"):
            self.assert_prompt(lambda: self.revoked(side))  # pylint: disable=cell-var-from-loop

    def test_a_delegation_ends_with_its_last_day(self):
        _, _, ticket = self.delegate(["documents:read"], validToDate=day(1))
        document = {"id": self.communicated["id"]}
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "OK")
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(datetime.timedelta(days=2).total_seconds())
        after = self.ticket()
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, after) == "NOT_FOUND", sentence="the end")
        login = Browser(self.stack).log_in(Phone(self.stack, self.disa, "Disa Testsson"))
        self.assertEqual((login["state"], login["reason"]), ("FAILED", "NOT_IN_REGISTER"))

    def test_an_invitation_lapses_after_fourteen_days(self):
        self.invitation(["documents:read"])
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(datetime.timedelta(days=14, minutes=1).total_seconds())
        login = Browser(self.stack).log_in(Phone(self.stack, self.disa, "Disa Testsson"))
        self.assertEqual((login["state"], login["reason"]), ("FAILED", "NOT_IN_REGISTER"))

    def test_a_delegate_of_two_acts_for_one_at_a_time(self):
        other, number = self.registered_counsel()
        second = self.appointment(other)
        _, browser, ticket = self.delegate(["appointments:read"])
        self.accept(browser, self.invitation(["appointments:read"], self.logged_in(number))["id"])
        stranger, _ = self.registered_counsel()

        def seen(counsel):
            return [one["id"] for one in self.gateway.call(f"{APPOINTMENTS}/ListAppointments", {}, ticket, counsel)["appointments"]]
        self.eventually(lambda: self.act(f"{APPOINTMENTS}/ListAppointments", {}, ticket, other) == "OK")
        self.assertEqual(seen(self.counsel), [self.appointed["id"]])
        self.assertEqual(seen(other), [second["id"]])
        get = f"{APPOINTMENTS}/GetAppointment"
        self.assertEqual(self.act(get, {"id": second["id"]}, ticket, self.counsel), "NOT_FOUND")
        self.assertEqual(self.act(get, {"id": second["id"]}, ticket, other), "OK")
        self.assertEqual(self.act(f"{APPOINTMENTS}/ListAppointments", {}, ticket, stranger), "PERMISSION_DENIED")

    def test_the_answer_is_the_same_whether_the_person_is_known_or_not(self):
        _, known = self.registered_counsel()
        answers = [self.browser.post("delegations", {"identityNumber": number, "name": "Någon Testsson"})
                   for number in (known, people.personal_number())]
        self.assertEqual([answer.status for answer in answers], [201, 201])
        told = [{name: value for name, value in answer.json.items() if name not in ("id", "createTime", "updateTime", "lapseTime", "_links")}
                for answer in answers]
        self.assertEqual(*told)

    def test_where_a_protected_person_lives_no_delegate_learns(self):
        content = people.pdf(50_000, 7)
        revealing = self.agency.communicate({"sourceId": str(uuid.uuid4()), "appointmentId": self.appointed["id"], "title": "Folkbokföring",
                                             "fileName": "Adress.pdf", "revealsResidence": True}, content)
        self.assertEqual(self.browser.get(f"appointments/{self.appointed['id']}/documents").json["_meta"]["totalRecords"], 2)
        _, _, ticket = self.delegate(["documents:read"])
        values = {"appointmentId": self.appointed["id"]}
        self.eventually(lambda: self.act(f"{DOCUMENTS}/ListDocuments", values, ticket) == "OK")
        listed = self.gateway.call(f"{DOCUMENTS}/ListDocuments", values, ticket, self.counsel)
        self.assertEqual([one["id"] for one in listed["documents"]], [self.communicated["id"]])
        self.assertEqual(listed["total"], "1")
        self.assertEqual(self.act(DOWNLOAD, {"documentId": revealing["id"]}, ticket), "NOT_FOUND")

    def test_whoever_is_counsel_in_a_matter_is_nobodys_delegate_there(self):
        family = self.matter([people.applicant(), people.applicant("Barnet Testsson")])
        other, self.disa = self.registered_counsel()

        def appoint(counsel, applicant):
            return self.agency.call("bitrade.appointments.v1.AppointmentAgencyService/Appoint", {
                "sourceId": str(uuid.uuid4()), "matterId": family["id"], "counselId": counsel, "appointedDate": day(-30),
                "applicantIds": [applicant["id"]]})
        shared, _ = (appoint(counsel, applicant) for counsel, applicant in zip((self.counsel, other), family["applicants"]))
        document, _ = self.document(shared)
        delegation = self.invitation(ALL)
        self.accept(self.logged_in(self.disa), delegation["id"])
        ticket = self.ticket()
        self.eventually(lambda: self.read(ticket) == ["OK"] * 7, sentence="sight of the other matter")
        self.assertEqual(self.act(f"{APPOINTMENTS}/GetAppointment", {"id": shared["id"]}, ticket), "NOT_FOUND")
        self.assertEqual(self.act(f"{DOCUMENTS}/ListDocuments", {"appointmentId": shared["id"]}, ticket), "NOT_FOUND")
        self.assertEqual(self.act(DOWNLOAD, {"documentId": document["id"]}, ticket), "NOT_FOUND")
        self.assertEqual(self.act(f"{STATEMENTS}/ListCostStatements", {"appointmentId": shared["id"]}, ticket), "NOT_FOUND")

    def test_whoever_is_party_in_a_matter_is_nobodys_delegate_there(self):
        herself = people.applicant("Disa Testsson", identifiers=[{"type": "PERSONNUMMER", "value": self.disa}])
        before = self.appointment(self.counsel, [people.applicant(), herself])
        _, _, ticket = self.delegate(ALL)
        after = self.appointment(self.counsel, [herself])
        self.eventually(lambda: self.read(ticket) == ["OK"] * 7, sentence="sight of the other matter")
        lists = (f"{DOCUMENTS}/ListDocuments", f"{STATEMENTS}/ListCostStatements")
        self.eventually(lambda: {self.act(one, {"appointmentId": before["id"]}, ticket) for one in lists} == {"NOT_FOUND"},
                        sentence="what those after appointments hear of who was compared")
        for hers in (before, after):
            document, _ = self.document(hers)
            for rpc, values in ((f"{APPOINTMENTS}/GetAppointment", {"id": hers["id"]}), (f"{DOCUMENTS}/ListDocuments", {"appointmentId": hers["id"]}),
                                (DOWNLOAD, {"documentId": document["id"]}), (f"{STATEMENTS}/ListCostStatements", {"appointmentId": hers["id"]})):
                self.assertEqual(self.act(rpc, values, ticket), "NOT_FOUND", rpc)
            self.assertEqual(self.browser.get(f"documents/{document['id']}").status, 200, "the counsel sees them")
        listed = self.gateway.call(f"{APPOINTMENTS}/ListAppointments", {}, ticket, self.counsel)["appointments"]
        self.assertEqual([one["id"] for one in listed], [self.appointed["id"]])

    def test_every_row_says_who_acted_for_whom(self):
        _, _, ticket = self.delegate(ALL)
        self.eventually(lambda: self.read(ticket) == ["OK"] * 7)
        now = self.gateway.call(f"{AVAILABILITY}/GetAvailability", {}, ticket, self.counsel)
        values = {"status": "TAKES_NONE", "etag": now["etag"]}
        self.assertEqual(self.act(f"{AVAILABILITY}/UpdateAvailability", values, ticket), "OK")
        execute = self.stack.postgres.execute
        for service in ("appointments", "documents", "billing"):
            actors = execute(f"SELECT string_agg(DISTINCT actor, ' ') FROM {service}.audit WHERE ground = 'DELEGATE' "
                             f"AND acting_for = '{self.counsel}'")
            self.assertEqual(len(actors.split()), 1, service)
            self.assertNotEqual(actors, self.counsel)
        event = execute(f"SELECT actor FROM appointments.event WHERE on_behalf_of = '{self.counsel}' AND kind = 'AVAILABILITY_CHANGED'")
        self.assertEqual(event, actors)

    # ---- the activity list -----------------------------------------------------------------------------------------------------

    def activities(self, browser=None):
        """What the counsel is shown: (operation or action, by whom) of each, the newest first, and the list itself."""
        listed = (browser or self.browser).get("activities?limit=100").json["activities"]
        return [(one["operation"] or one["action"], one["by"]) for one in listed], listed

    def notices(self):
        """What the counsel is to look at, the newest first."""
        return self.browser.get("activities?noticesOnly=true").json["activities"]

    def test_the_counsel_reads_what_her_delegate_did(self):
        execute = self.stack.postgres.execute
        execute("UPDATE retention.bulk_download SET documents = 1")
        self.addCleanup(execute, "UPDATE retention.bulk_download SET documents = 20")
        delegation, _, ticket = self.delegate(ALL)
        self.eventually(lambda: self.read(ticket) == ["OK"] * 7)
        now = self.gateway.call(f"{AVAILABILITY}/GetAvailability", {}, ticket, self.counsel)
        self.assertEqual(self.act(f"{AVAILABILITY}/UpdateAvailability", {"status": "TAKES_NONE", "etag": now["etag"]}, ticket), "OK")
        did = ("ListAppointments", "GetAppointment", "GetAvailability", "ListDocuments", "GetDocument", "Download", "ListCostStatements",
               "UpdateAvailability", "DELEGATION_ACCEPTED")
        self.eventually(lambda: {(one, "DELEGATE") for one in did} <= set(self.activities()[0]), sentence="every activity")
        self.assertEqual(self.revoke(self.browser, delegation["id"]).status, 204)
        self.eventually(lambda: ("DELEGATION_ENDED", "COUNSEL") in self.activities()[0], sentence="the end in the list")
        told, listed = self.activities()
        self.assertEqual((told[0], *told[-2:]), (("DELEGATION_ENDED", "COUNSEL"), ("DELEGATION_ACCEPTED", "DELEGATE"), ("FIRST_LOG_IN", "DELEGATE")))
        self.assertEqual([(one["action"], one["objectIds"]) for one in self.notices()],
                         [("BULK_DOWNLOAD", [self.communicated["id"]]), ("FIRST_LOG_IN", [delegation["id"]])])
        self.assertEqual({one["delegationId"] for one in listed}, {delegation["id"]})
        actions = {one["operation"]: one["action"] for one in listed}
        self.assertEqual([actions[one] for one in ("GetDocument", "Download", "UpdateAvailability")], ["READ", "DOWNLOADED", "CHANGED"])
        self.assertIn([self.communicated["id"]], [one["objectIds"] for one in listed if one["operation"] == "Download"])
        person = self.stack.postgres.execute(f"SELECT delegate_id FROM registry.delegation WHERE id = '{delegation['id']}'")
        self.assertNotIn(person, str(listed), "an id would tell whether the person was known")

    def test_a_list_of_activities_is_the_counsels_alone(self):
        _, browser, ticket = self.delegate(["documents:read"])
        self.eventually(lambda: self.activities()[0], sentence="the acceptance")
        self.assertEqual(self.act("bitrade.retention.v1.ActivityService/ListActivities", {}, ticket), "PERMISSION_DENIED")
        self.assertEqual(browser.get("activities").status, 403, "not even for herself: she is no counsel")
        _, number = self.registered_counsel()
        self.assertEqual(self.activities(self.logged_in(number))[0], [])

    def test_no_activity_is_lost_or_told_twice_when_retention_is_killed(self):
        _, _, ticket = self.delegate(["documents:read"])
        document = {"id": self.communicated["id"]}
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "OK")

        def told():
            return self.activities()[0].count(("GetDocument", "DELEGATE"))
        self.eventually(lambda: told() >= 1, sentence="the first activity")
        before = told()
        for _ in range(3):
            self.assertEqual(self.act(f"{DOCUMENTS}/GetDocument", document, ticket), "OK")
            self.stack.end_process("retention", 9)
            self.assertEqual(self.act(f"{DOCUMENTS}/GetDocument", document, ticket), "OK")
            self.stack.start_process("retention")
        self.eventually(lambda: self.browser.get("activities?limit=100").status == 200 and told() >= before + 6, sentence="every activity")
        self.assertEqual(told(), before + 6)

    def ended_by_the_agency(self):
        """After how many seconds nothing is seen any more."""
        delegation, _, ticket = self.delegate(["documents:read"])
        document = {"id": self.communicated["id"]}
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "OK")
        agency = "bitrade.registry.v1.DelegationAgencyService"
        listed = self.agency.call(f"{agency}/ListCounselDelegations", {"counselId": self.counsel})["delegations"]
        self.assertIn(delegation["id"], [one["id"] for one in listed])
        ending = {"counselId": self.counsel, "delegationId": delegation["id"], "cause": "MISUSE"}
        self.assertEqual(self.agency.call(f"{agency}/EndDelegation", ending)["state"], "REVOKED")
        began = time.monotonic()
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "NOT_FOUND", sentence="the end")
        seconds = time.monotonic() - began
        self.assertEqual(self.browser.get(f"delegations/{delegation['id']}").json["state"], "REVOKED")
        self.eventually(lambda: self.activities()[0][0] == ("DELEGATION_ENDED", "AGENCY"), sentence="the end in the list")
        return seconds

    def test_the_agency_ends_what_must_not_go_on_within_a_second(self):
        self.assert_prompt(self.ended_by_the_agency)

    def test_without_registry_a_delegate_is_told_so_and_the_counsel_notices_nothing(self):
        _, _, ticket = self.delegate(["documents:read"])
        document = {"id": self.communicated["id"]}
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "OK")
        self.stack.end_process("registry", 9)
        self.addCleanup(self.eventually, lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "OK", 15, "the recovery")
        self.addCleanup(self.stack.start_process, "registry")
        self.eventually(lambda: self.act(f"{DOCUMENTS}/GetDocument", document, ticket) == "UNAVAILABLE", sentence="staleness")
        self.assertEqual(self.browser.get(f"documents/{self.communicated['id']}").status, 200)
