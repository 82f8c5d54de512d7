"""A dependency that is down makes only its routes fail, within a second, with 503 and Retry-After; they recover by themselves."""

import concurrent.futures
import contextlib
import http.client
import os
import signal
import time

from tests.e2e import people
from tests.integration.harness import Story
from tests.stack import table
from tests.stack.case_system import CaseSystem

AREAS = {  # process: a route that needs it
    "registry": "counsel", "appointments": "appointments", "documents": "documents/{document}", "billing": "compensation-rates"}


class Outage(Story):

    def setUp(self):
        self.agency = CaseSystem(self.stack, self.protos)  # connections that have not seen what an earlier test killed
        counsel, number = self.registered_counsel()
        self.appointed = self.appointment(counsel)
        self.document_id = self.document(self.appointed)[0]["id"]
        self.browser = self.logged_in(number)
        self.eventually(lambda: self.status("documents") == 200)

    def ask(self, area):
        began = time.monotonic()
        answer = self.browser.get(AREAS[area].format(document=self.document_id))
        return answer, time.monotonic() - began

    def status(self, area):
        return self.ask(area)[0].status

    def assert_refused(self, area):
        self.assert_prompt(lambda: self.refused(area))

    def refused(self, area):
        """After how many seconds; a 504 of a machine that stood still comes late."""
        answer, seconds = self.ask(area)
        if answer.status != 504:
            self.assertEqual(answer.status, 503, answer.body)
            self.assertIn("retry-after", answer.headers)
            self.assertEqual(answer.headers["content-type"].split(";")[0], "application/problem+json")
        return 60 if answer.status == 504 else seconds

    def assert_answered(self, path, sentence):
        """That it goes on: a busy machine may tell to come again once or twice."""
        self.assertIn(200, [self.browser.get(path.format(document=self.document_id)).status for _ in range(3)], sentence)

    def test_every_process_tells_operations_that_it_lives_is_ready_and_what_it_measures(self):
        for name in ("gateway", *table.services()):
            for path, expected in (("livez", 200), ("readyz", 200), ("startupz", 200), ("nothing", 404)):
                self.assertEqual(self.operations(name, path)[0], expected, f"{name} /{path}")
            self.assertRegex(self.operations(name, "metrics")[1], r"(?m)^# TYPE bitrade_\w+ (counter|gauge|histogram)$", name)

    def operations(self, name, path):
        """What a process answers on its admin port: status and text."""
        with contextlib.closing(http.client.HTTPConnection(self.stack.address(name, "admin"), timeout=20)) as connection:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def test_one_service_down_fails_its_routes_alone_and_recovers(self):
        for down in AREAS:
            with self.subTest(down=down):
                self.stack.end_process(down, 9)
                self.assert_refused(down)
                for other in AREAS:
                    if other != down and (down, other) != ("appointments", "documents"):
                        self.assert_answered(AREAS[other], f"{other} while {down} is down")
                self.stack.start_process(down)
                self.eventually(lambda d=down: self.status(d) == 200, sentence=f"{down} recovers")
                self.eventually(lambda: self.status("documents") == 200, sentence="documents recover")

    def test_a_service_that_hangs_is_given_up_within_a_second(self):
        pid = self.stack.pid("billing")
        os.kill(pid, signal.SIGSTOP)
        try:
            answer, _ = self.ask("billing")
            self.assertIn(answer.status, (503, 504))
            self.eventually(lambda: self.ask("billing")[1] < 1, sentence="the circuit opens")
            self.assert_answered("appointments", "appointments while billing hangs")
        finally:
            os.kill(pid, signal.SIGCONT)
        self.eventually(lambda: self.status("billing") == 200, sentence="billing recovers")

    def test_redis_down_refuses_what_needs_a_session_and_nothing_else(self):
        self.stack.redis.stop(9)
        try:
            self.assert_refused("appointments")
            self.assert_answered("compensation-rates", "rates without Redis")
            self.assertEqual(self.browser.get("api-info").status, 200)
        finally:
            self.stack.redis.start()
        self.eventually(lambda: self.status("appointments") == 401, sentence="a new log-in is asked for")

    def test_postgres_down_and_back(self):
        self.stack.postgres.stop("QUIT")
        try:
            for area in ("registry", "appointments", "documents"):
                self.assert_refused(area)
            self.assertEqual(self.browser.get("api-info").status, 200)
        finally:
            self.stack.postgres.start(fsync="off")
        for area in AREAS:
            self.eventually(lambda a=area: self.status(a) == 200, sentence=f"{area} recovers")

    def test_sigterm_lets_what_is_under_way_end(self):
        """Requests before, while and after: each gets a whole answer or a clear 503, and none is cut off."""
        content = people.pdf(8_000_000)
        document, _ = self.document(self.appointed, content)
        path = f"documents/{document['id']}/content"
        self.eventually(lambda: self.browser.get(path).status == 200)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            under_way = []

            def begun():
                if all(answer.done() for answer in under_way):  # faster than we look
                    under_way.extend(pool.submit(self.browser.get, path) for _ in range(4))
                return self.in_flight() > 0
            self.eventually(begun, sentence="a download under way")
            self.assertEqual(self.stack.end_process("gateway", 15), 0)
            concurrent.futures.wait(under_way)
        faults = [answer.exception() for answer in under_way if answer.exception()]
        self.assertTrue(all(isinstance(fault, ConnectionRefusedError) for fault in faults), f"cut off: {faults}")
        answers = [answer.result() for answer in under_way if not answer.exception()]
        self.stack.start_process("gateway")
        self.assertTrue(answers, "every download came too late")
        self.assertTrue(all(answer.body == content for answer in answers if answer.status == 200))

    def in_flight(self):
        for line in self.stack.metrics("gateway").splitlines():
            if line.startswith("bitrade_http_in_flight"):
                return float(line.split()[-1])
        return 0
