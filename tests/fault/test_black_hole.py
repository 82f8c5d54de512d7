"""A neighbour that swallows calls costs its own callers, and nobody else: 10 % of the traffic needs it, the other 90 % keep their rate."""

import os
import signal
import threading
import time

import grpc

from tests.e2e import people
from tests.integration.harness import APPOINTMENTS, MATTERS, Story, day, source
from tests.stack.browser import Browser
from tests.stack.case_system import CaseSystem
from tests.stack.gateway import GatewayCaller

SECONDS = 1.5
TURNS = 8
KEPT = 0.95
GIVEN_UP = (grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNAVAILABLE)
NOBODY = "0190f5a2-7c3e-7b1d-8f00-0123456789ab"


class BlackHole(Story):

    def rate(self, needing, other, threads=10):
        """Runs nine threads of `other` for a while beside one in which every tenth call is `needing`; returns the good answers a second of the nine,
        and how many were good of the calls that need the neighbour."""
        stop, good, needed = time.monotonic() + SECONDS, [0] * threads, [False]

        def one():
            """Refused at once, the needing calls must not become more than a tenth."""
            while time.monotonic() < stop:
                if 9 * len(needed) <= sum(good):
                    needed.append(bool(needing()))
                else:
                    other()

        def nine(index):
            while time.monotonic() < stop:
                good[index] += bool(other())
        workers = [threading.Thread(target=one)] + [threading.Thread(target=nine, args=(index,)) for index in range(1, threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return sum(good) / SECONDS, sum(needed)

    def compare(self, down, needing, other):
        """Measures by turns with and without the neighbour, so that a machine that is slower for a while is so for both; more turns tell noise from loss."""
        pid = self.stack.redis.process.pid if down == "redis" else self.stack.pid(down)
        healthy = swallowed = 0
        for turn in range(TURNS):
            good, needed = self.rate(needing, other)
            healthy += good
            os.kill(pid, signal.SIGSTOP)
            try:
                kept, hung = self.rate(needing, other)
                swallowed += kept
            finally:
                os.kill(pid, signal.SIGCONT)
            self.eventually(needing, 5, f"{down} is asked again")
            self.assertLess(hung, needed / 2, f"{down} is not needed")
            if turn > 0 and swallowed >= KEPT * healthy:
                break
        self.assertGreater(healthy, 0, "the others are not answered at all")
        print(f"{down} black-holed: the others keep {swallowed / healthy:.0%} of {healthy / (turn + 1):.0f} good answers a second, in {turn + 1} turns")
        self.assertGreaterEqual(swallowed, KEPT * healthy)

    def test_registry_swallowed_appointing_fails_and_lists_go_on(self):
        counsel, number = self.registered_counsel()
        self.appointment(counsel)
        browser = self.logged_in(number)
        matter = self.matter([people.applicant()])
        agency = CaseSystem(self.stack, self.protos)

        def appoint():
            try:
                agency.call(f"{APPOINTMENTS}/Appoint", {
                    "sourceId": source(), "matterId": matter["id"], "counselId": counsel, "appointedDate": day(-1),
                    "applicantIds": [matter["applicants"][0]["id"]]}, timeout=1)
                return True
            except grpc.RpcError as error:
                return error.code() not in GIVEN_UP  # a second appointment in the matter is refused, when registry has answered
        self.compare("registry", appoint, lambda: browser.get("appointments").status == 200)

    def test_identity_swallowed_registering_counsel_fails_and_the_register_answers(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        agency = CaseSystem(self.stack, self.protos)

        def register():
            try:
                agency.call("bitrade.registry.v1.CounselAgencyService/RegisterCounsel", {
                    "sourceId": source(), "identityNumber": people.personal_number(), "counsel": people.counsel()}, timeout=1)
                return True
            except grpc.RpcError:  # given up: this caller's own business
                return False
        self.compare("identity", register, lambda: browser.get("counsel").status == 200)

    def test_appointments_swallowed_drafting_fails_and_calculations_go_on(self):
        """Billing asks appointments of whatever its projection does not know; what it computes needs nobody."""
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        claim = people.claim() | {"fTax": True, "vat": True, "filingDate": "2026-03-02"}
        unknown = f"appointments/{NOBODY}/cost-statements"
        self.compare("appointments", lambda: browser.get(unknown).status == 404,
                     lambda: browser.send("POST", "cost-calculations", claim).status == 200)

    def test_bankid_swallowed_log_ins_wait_and_identity_answers(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(gateway.close)

        def begin():
            request = self.protos.make("bitrade.identity.v1.StartLoginRequest", {
                "method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "purpose": "ENTER", "endUserIp": "127.0.0.1", "userAgent": "test",
                "deviceIdentifier": "test"})
            request.secret_hash = os.urandom(32)
            try:
                return gateway.message("bitrade.identity.v1.LoginService/StartLogin", request, timeout=1)
            except grpc.RpcError:  # refused or given up: this caller's own business
                return None
        self.compare("eid-sim", begin, lambda: browser.get(f"signatures/{NOBODY}").status == 404)

    def test_redis_swallowed_sessions_fail_and_what_needs_none_goes_on(self):
        _, number = self.registered_counsel()
        browser, anybody = self.logged_in(number), Browser(self.stack)
        self.compare("redis", lambda: browser.get("counsel").status == 200,
                     lambda: anybody.get("compensation-rates").status == 200)

    def test_matters_are_registered_while_documents_hang(self):
        pid = self.stack.pid("documents")
        os.kill(pid, signal.SIGSTOP)
        try:
            self.assertTrue(self.agency.call(f"{MATTERS}/RegisterMatter", {
                "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
                "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]})["id"])
        finally:
            os.kill(pid, signal.SIGCONT)
