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
NOBODY = "0190f5a2-7c3e-7b1d-8f00-0123456789ab"


class BlackHole(Story):

    def rate(self, needing, other, threads=10):
        """Runs one thread of `needing` beside nine of `other` for a while; returns the good answers a second of the others."""
        stop, good = time.monotonic() + SECONDS, [0] * threads

        def work(index):
            call = needing if index == 0 else other
            while time.monotonic() < stop:
                good[index] += bool(call(index))
        workers = [threading.Thread(target=work, args=(index,)) for index in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return sum(good[1:]) / SECONDS

    def compare(self, down, needing, other):
        healthy = max(self.rate(needing, other) for _ in range(2))
        pid = self.stack.redis.process.pid if down == "redis" else self.stack.pid(down)
        os.kill(pid, signal.SIGSTOP)
        try:
            swallowed = max(self.rate(needing, other) for _ in range(3))
        finally:
            os.kill(pid, signal.SIGCONT)
        print(f"{down} black-holed: the others keep {swallowed:.0f} of {healthy:.0f} good answers a second")
        self.assertGreater(healthy, 0, "the others are not answered at all")
        self.assertGreaterEqual(swallowed, 0.95 * healthy)

    def test_registry_swallowed_appointing_fails_and_lists_go_on(self):
        counsel, number = self.registered_counsel()
        self.appointment(counsel)
        browser = self.logged_in(number)
        matter = self.matter([people.applicant()])
        agency = CaseSystem(self.stack, self.protos)

        def appoint(_):
            try:
                agency.call(f"{APPOINTMENTS}/Appoint", {
                    "sourceId": source(), "matterId": matter["id"], "counselId": counsel, "appointedDate": day(-1),
                    "applicantIds": [matter["applicants"][0]["id"]]}, timeout=1)
                return True
            except Exception:  # refused or given up: this caller's own business
                return False
        self.compare("registry", appoint, lambda _: browser.get("appointments").status == 200)

    def test_identity_swallowed_registering_counsel_fails_and_the_register_answers(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        agency = CaseSystem(self.stack, self.protos)

        def register(_):
            try:
                agency.call("bitrade.registry.v1.CounselAgencyService/RegisterCounsel", {
                    "sourceId": source(), "identityNumber": people.personal_number(), "counsel": people.counsel()}, timeout=1)
                return True
            except Exception:  # refused or given up: this caller's own business
                return False
        self.compare("identity", register, lambda _: browser.get("counsel").status == 200)
        self.eventually(lambda: register(0), 5, "registry asks identity again")

    def test_appointments_swallowed_drafting_fails_and_calculations_go_on(self):
        """Billing asks appointments of whatever its projection does not know; what it computes needs nobody."""
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        claim = people.claim() | {"fTax": True, "vat": True, "filingDate": "2026-03-02"}
        unknown = f"appointments/{NOBODY}/cost-statements"
        self.compare("appointments", lambda _: browser.get(unknown).status == 404,
                     lambda _: browser.send("POST", "cost-calculations", claim).status == 200)
        self.eventually(lambda: browser.get(unknown).status == 404, 5, "billing asks appointments again")

    def test_bankid_swallowed_log_ins_wait_and_identity_answers(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(gateway.close)

        def begin(_):
            request = self.protos.make("bitrade.identity.v1.StartLoginRequest", {
                "method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "purpose": "ENTER", "endUserIp": "127.0.0.1", "userAgent": "test",
                "deviceIdentifier": "test"})
            request.secret_hash = os.urandom(32)
            try:
                return gateway.message("bitrade.identity.v1.LoginService/StartLogin", request, timeout=1)
            except grpc.RpcError:  # refused or given up: this caller's own business
                return None
        self.compare("eid-sim", begin, lambda _: browser.get(f"signatures/{NOBODY}").status == 404)

    def test_redis_swallowed_sessions_fail_and_what_needs_none_goes_on(self):
        _, number = self.registered_counsel()
        browser, anybody = self.logged_in(number), Browser(self.stack)
        self.compare("redis", lambda _: browser.get("counsel").status == 200,
                     lambda _: anybody.get("compensation-rates").status == 200)
        self.eventually(lambda: browser.get("counsel").status == 200, 5, "the session again")

    def test_matters_are_registered_while_documents_hang(self):
        pid = self.stack.pid("documents")
        os.kill(pid, signal.SIGSTOP)
        try:
            self.assertTrue(self.agency.call(f"{MATTERS}/RegisterMatter", {
                "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
                "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]})["id"])
        finally:
            os.kill(pid, signal.SIGCONT)
