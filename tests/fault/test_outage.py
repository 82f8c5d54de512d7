"""A dependency that is down makes only its routes fail, within a second, with 503 and Retry-After; they recover by themselves."""

import concurrent.futures
import contextlib
import http.client
import os
import signal
import socket
import time

from tests.e2e import people
from tests.integration.harness import Story
from tests.stack import table
from tests.stack.case_system import CaseSystem

AREAS = {  # process: a route that needs it
    "registry": "counsel", "appointments": "appointments", "documents": "documents/{document}", "billing": "compensation-rates"}


def most_unread():
    """How many bytes the system takes for a reader that has stopped."""
    with open("/proc/sys/net/ipv4/tcp_wmem", encoding="ascii") as limits:
        return int(limits.read().split()[2])


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
        """Four answers have begun, and their readers stop; when the end has begun, too, they read on, and get all of it."""
        content = people.pdf(2 * most_unread())
        document, _ = self.document(self.appointed, content)
        path = f"documents/{document['id']}/content"
        self.eventually(lambda: self.browser.get(path).status == 200)
        answers = [self.begun(path) for _ in range(4)]
        self.eventually(lambda: self.in_flight() == 4, sentence="four answers under way")
        os.kill(self.stack.pid("gateway"), signal.SIGTERM)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.assertTrue(all(body == content for body in pool.map(lambda answer: answer.read(), answers)), "cut off")
        self.assertEqual(self.stack.end_process("gateway", 0), 0)
        self.assertRaises(ConnectionRefusedError, self.browser.get, path)
        self.stack.start_process("gateway")

    def begun(self, path):
        """An answer whose head has come, and whose reader has stopped."""
        connection = http.client.HTTPConnection(*self.stack.address("gateway", "http").split(":"), timeout=60)
        self.addCleanup(connection.close)
        connection.connect()
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.request("GET", f"/bitrade/v1/{path}", headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        return answer

    def in_flight(self):
        for line in self.stack.metrics("gateway").splitlines():
            if line.startswith("bitrade_http_in_flight"):
                return float(line.split()[-1])
        return 0
