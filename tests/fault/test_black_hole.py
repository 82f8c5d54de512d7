"""A neighbour that swallows calls costs its own callers, and nobody else: 10 % of the traffic needs it, the other 90 % keep their rate."""

import os
import signal
import threading
import time

from tests.e2e import people
from tests.integration.harness import APPOINTMENTS, MATTERS, Story, day, source
from tests.stack.case_system import CaseSystem

SECONDS = 4.0


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
        pid = self.stack.pid(down)
        os.kill(pid, signal.SIGSTOP)
        try:
            swallowed = max(self.rate(needing, other) for _ in range(2))
        finally:
            os.kill(pid, signal.SIGCONT)
        print(f"{down} black-holed: the others keep {swallowed:.0f} of {healthy:.0f} good answers a second")
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

    def test_matters_are_registered_while_documents_hang(self):
        pid = self.stack.pid("documents")
        os.kill(pid, signal.SIGSTOP)
        try:
            self.assertTrue(self.agency.call(f"{MATTERS}/RegisterMatter", {
                "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
                "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]})["id"])
        finally:
            os.kill(pid, signal.SIGCONT)
