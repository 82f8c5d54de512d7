"""Identity alone, with the simulated BankID: log-ins over gRPC as the gateway calls, two replicas, and what survives `kill -9`."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import secrets
import subprocess
import tempfile
import unittest
import urllib.request

import grpc

from tests.e2e import people
from tests.integration.harness import build_folder
from tests.stack import table, template
from tests.stack.browser import Phone
from tests.stack.messages import Protos, as_dict
from tests.stack.stack import Stack
from tests.stack.wait import until

LOGINS = "bitrade.identity.v1.LoginService"
SESSIONS = "bitrade.identity.v1.SessionService"
TICKETS = "bitrade.identity.v1.TicketService"
PERSONS = "bitrade.identity.v1.PersonService"


class Caller:
    """A process of ours that calls identity."""

    def __init__(self, stack, protos, process, address):
        tls = stack.keys / "tls"
        self.protos = protos
        self.channel = grpc.secure_channel(address, grpc.ssl_channel_credentials(
            (tls / "ca.pem").read_bytes(), (tls / f"{process}.key").read_bytes(), (tls / f"{process}.pem").read_bytes()))

    def call(self, rpc, values, timeout=60):
        method = self.protos.method(rpc)
        answer = self.protos.message_class(method.output_type.full_name)
        request = self.protos.message_class(method.input_type.full_name)(**values)
        function = self.channel.unary_unary(f"/{rpc}", lambda message: message.SerializeToString(), answer.FromString)
        return function(request, timeout=timeout)


class Cookie:
    """A browser's log-in cookie, of which identity sees the hash."""

    def __init__(self):
        self.hash = hashlib.sha256(secrets.token_bytes(32)).digest()

    def of(self, login):
        return {"id": login, "secret_hash": self.hash}

    def start(self, caller, **changes):
        return caller.call(f"{LOGINS}/StartLogin", {
            "method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "purpose": "ENTER", "secret_hash": self.hash, "end_user_ip": "192.0.2.1",
            "user_agent": "Mozilla/5.0", "device_identifier": "d" * 40, **changes})


class LoginStory(unittest.TestCase):
    """PostgreSQL, the simulator and two replicas of identity."""

    @classmethod
    def setUpClass(cls):
        local = table.ROOT / ".local" / "test"
        local.mkdir(parents=True, exist_ok=True)
        cls.protos = Protos(build_folder())
        cls.stack = Stack(tempfile.mkdtemp(dir=local, prefix="story-"), build_folder(), table.free_ports())
        cls.addClassCleanup(cls.stack.remove)
        cls.addClassCleanup(cls.stack.stop)
        (cls.stack.base / "audit").mkdir()
        template.furnish(cls.stack)
        cls.stack.hastens = True
        cls.stack.make_keys()
        cls.stack.set_clock(0)
        cls.stack.postgres.start("off")
        cls.stack.migrate(("identity",))
        cls.stack.start_process("eid-sim")
        cls.stack.start_process("identity")
        cls.gateway = Caller(cls.stack, cls.protos, "gateway", cls.stack.address("identity"))

    def setUp(self):
        self.cookie = Cookie()
        self.number = people.personal_number()
        self.phone = Phone(self.stack, self.number)

    def tearDown(self):
        self.stack.check_alive()

    def get(self, login, caller=None, cookie=None):
        return as_dict((caller or self.gateway).call(f"{LOGINS}/GetLogin", (cookie or self.cookie).of(login)))

    def ended(self, login, caller=None):
        """The log-in when it is no longer pending."""
        def look():
            try:
                state = self.get(login, caller)
            except grpc.RpcError as refused:
                self.assertIn(refused.code(), (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNAVAILABLE))
                return None
            return state if state["state"] != "PENDING" else None
        return until(look, 60, "the log-in did not end")

    def take_up(self, login, cookie=None):
        return self.gateway.call(f"{LOGINS}/TakeUpLogin", (cookie or self.cookie).of(login))

    def refusal(self, code, function, *arguments, **keywords):
        with self.assertRaises(grpc.RpcError) as caught:
            function(*arguments, **keywords)
        self.assertEqual(caught.exception.code(), code, caught.exception.details())

    def approved(self):
        login = self.cookie.start(self.gateway)
        self.phone.scan(login.qr)
        self.phone.approve()
        return login.id

    def test_a_person_logs_in_and_keeps_one_session(self):
        login = self.approved()
        self.assertEqual(self.ended(login)["state"], "COMPLETE")
        first, again = self.take_up(login), self.take_up(login)
        self.assertEqual(first.session_id, again.session_id)
        self.assertEqual(first.name, "Astrid Exempelsson")
        registry = Caller(self.stack, self.protos, "registry", self.stack.address("identity"))
        self.assertEqual(registry.call(f"{PERSONS}/EnsurePerson", {"identity_number": self.number}).person_id, first.person_id)
        renewed = self.gateway.call(f"{TICKETS}/RenewTicket", {"ticket": first.ticket})
        self.assertGreaterEqual(renewed.ticket_expire_time.seconds, first.ticket_expire_time.seconds)
        self.refusal(grpc.StatusCode.UNAUTHENTICATED, self.gateway.call, f"{TICKETS}/RenewTicket", {"ticket": first.ticket[:-1] + b"x"})
        self.stack.postgres.execute(f"INSERT INTO identity.revocation VALUES ('{first.person_id}', clock_timestamp())")
        self.refusal(grpc.StatusCode.UNAUTHENTICATED, self.gateway.call, f"{TICKETS}/RenewTicket", {"ticket": renewed.ticket})

    def test_a_login_belongs_to_its_cookie(self):
        login = self.approved()
        self.ended(login)
        for rpc in ("GetLogin", "CancelLogin", "TakeUpLogin"):
            self.refusal(grpc.StatusCode.NOT_FOUND, self.gateway.call, f"{LOGINS}/{rpc}", Cookie().of(login))
        self.refusal(grpc.StatusCode.NOT_FOUND, self.gateway.call, f"{LOGINS}/GetLogin", self.cookie.of("no-uuid"))

    def test_a_completed_login_is_taken_up_within_three_minutes(self):
        login = self.approved()
        self.ended(login)
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(100)
        self.assertTrue(self.take_up(login).person_id)
        self.stack.set_clock(181)
        until(lambda: self.taken_up(login) is None, 60, "it can still be taken up")
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.take_up, login)

    def test_a_session_that_was_ended_is_not_taken_up_again(self):
        login = self.approved()
        self.ended(login)
        first = self.take_up(login)
        self.gateway.call(f"{SESSIONS}/EndSession", {"ticket": first.ticket, "session_id": first.session_id})
        self.refusal(grpc.StatusCode.UNAUTHENTICATED, self.take_up, login)
        self.refusal(grpc.StatusCode.UNAUTHENTICATED, self.gateway.call, f"{TICKETS}/RenewTicket", {"ticket": first.ticket})

    def taken_up(self, login):
        try:
            return self.take_up(login)
        except grpc.RpcError:
            return None

    def test_what_is_not_offered_or_wrong_in_itself_is_refused(self):
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.cookie.start, self.gateway, method="BANKID")
        self.refusal(grpc.StatusCode.INVALID_ARGUMENT, self.cookie.start, self.gateway, end_user_ip="somewhere")
        registry = Caller(self.stack, self.protos, "registry", self.stack.address("identity"))
        self.refusal(grpc.StatusCode.INVALID_ARGUMENT, registry.call, f"{PERSONS}/EnsurePerson", {"identity_number": "191212121213"})
        self.refusal(grpc.StatusCode.PERMISSION_DENIED, registry.call, f"{LOGINS}/GetLogin", self.cookie.of("x"))
        self.refusal(grpc.StatusCode.PERMISSION_DENIED, self.gateway.call, f"{PERSONS}/EnsurePerson", {"identity_number": self.number})

    def test_what_bankid_does_not_begin_stands_in_the_trail(self):
        for fault, code, outcome in (({"status": 400, "errorCode": "newWord"}, grpc.StatusCode.FAILED_PRECONDITION, "BANKID_REFUSED"),
                                     ({"status": 503, "errorCode": "Maintenance"}, grpc.StatusCode.UNAVAILABLE, "BANKID_UNAVAILABLE")):
            self.phone.control("PUT", "faults", {"calls": 1, "on": "auth", **fault})
            self.refusal(code, self.cookie.start, self.gateway, end_user_ip="192.0.2.77")
            told = self.stack.postgres.execute(f"SELECT circumstances FROM identity.audit WHERE outcome = '{outcome}'")
            self.assertEqual(json.loads(told), {"address": "192.0.2.77", "purpose": "ENTER", "why": fault["errorCode"]})

    def test_the_qr_text_changes_by_the_second_and_goes_when_it_is_scanned(self):
        login = self.cookie.start(self.gateway)
        until(lambda: self.get(login.id)["qr"] not in ("", login.qr), 60, "the same QR text")
        self.phone.scan(self.get(login.id)["qr"])
        seen = until(lambda: self.get(login.id) if not self.get(login.id)["qr"] else None, 60, "a QR text still")
        self.assertEqual((seen["hint"], seen["messageKey"]), ("USER_SIGN", "RFA9"))
        self.phone.cancel()
        self.assertEqual(self.ended(login.id)["reason"], "BANKID_USER_CANCELLED")
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.take_up, login.id)

    def test_cancelling_ends_login_and_order(self):
        login = self.cookie.start(self.gateway)
        self.assertEqual(as_dict(self.gateway.call(f"{LOGINS}/CancelLogin", self.cookie.of(login.id)))["state"], "CANCELLED")
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.gateway.call, f"{LOGINS}/CancelLogin", self.cookie.of(login.id))
        order = f"SELECT count(*) FROM identity.bankid_order WHERE login_id = '{login.id}'"
        until(lambda: self.stack.postgres.execute(order) == "0", 60, "the order is not cancelled")

    def test_who_starts_anew_gives_up_the_login_before(self):
        first, second = self.cookie.start(self.gateway), self.cookie.start(self.gateway)
        self.assertEqual(self.get(first.id)["state"], "CANCELLED")
        self.assertEqual(self.get(second.id)["state"], "PENDING")

    def test_of_two_starts_in_one_instant_one_goes_on_and_the_other_says_so(self):
        for _ in range(5):
            self.cookie, before = Cookie(), self.open_orders()
            with concurrent.futures.ThreadPoolExecutor(2) as both:
                starts = [both.submit(self.cookie.start, self.gateway) for _ in range(2)]
            outcomes = [self.outcome(start) for start in starts]
            self.assertEqual(outcomes.count("PENDING"), 1, outcomes)
            until(lambda before=before: len(self.open_orders() - before) == 1, 60, "the order of the other stays open at BankID")

    def open_orders(self):
        return {order["autoStartToken"] for order in self.phone.control("GET", "orders")["orders"] if order["status"] == "pending"}

    def outcome(self, start):
        """How far a log-in is whose start has been answered; REFUSED when the answer was so, with a reason."""
        if start.exception() is None:
            return self.get(start.result().id)["state"]
        self.assertEqual(start.exception().code(), grpc.StatusCode.FAILED_PRECONDITION, start.exception())
        return "REFUSED"

    def test_on_the_same_device_nobody_takes_up_a_login_before_the_return(self):
        login = self.cookie.start(self.gateway, method="BANKID", start="SAME_DEVICE")
        self.assertEqual((login.qr, login.awaits_return), ("", True))
        computer = Phone(self.stack, self.number, kinds=("file",))
        computer.open(login.launch_url, "file")
        nonce = computer.approve()["returnUrl"].partition("nonce=")[2]
        self.assertEqual(self.ended(login.id)["state"], "COMPLETE")
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.take_up, login.id)
        come_back = f"{LOGINS}/ReturnLogin"
        for secret, brought in ((Cookie().hash, nonce), (self.cookie.hash, "n" * 43), (self.cookie.hash, "")):
            self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.gateway.call, come_back, {"secret_hash": secret, "nonce": brought})
        self.assertFalse(self.gateway.call(come_back, {"secret_hash": self.cookie.hash, "nonce": nonce}).awaits_return)
        self.refusal(grpc.StatusCode.FAILED_PRECONDITION, self.gateway.call, come_back, {"secret_hash": self.cookie.hash, "nonce": nonce})
        self.assertEqual(self.take_up(login.id).method, "BANKID")
        kept = self.stack.postgres.execute(f"SELECT encode(nonce_hash, 'hex') FROM identity.login WHERE id = '{login.id}'")
        self.assertEqual(kept.strip(), hashlib.sha256(nonce.encode()).hexdigest())

    def test_a_replica_goes_on_when_another_is_killed(self):
        ports = table.free_ports()
        values = self.stack.environment(self.stack.row("identity")) | {
            "BITRADE_PROCESS_ADDRESS": f"127.0.0.1:{ports['identity']['grpc']}",
            "BITRADE_ADMIN_ADDRESS": f"127.0.0.1:{ports['identity']['admin']}"}
        with open(self.stack.log("identity-2"), "ab") as log:
            second = subprocess.Popen([str(self.stack.build / "bin" / "bitrade-identity"), "serve"], env=values, cwd=self.stack.base,
                                      stdout=log, stderr=log, start_new_session=True)
        self.addCleanup(second.wait)
        self.addCleanup(second.terminate)
        until(lambda: self.is_ready(ports["identity"]["admin"]), 60, "the second replica is not ready")
        other = Caller(self.stack, self.protos, "gateway", values["BITRADE_PROCESS_ADDRESS"])
        login = self.cookie.start(other)
        self.phone.scan(login.qr)
        self.stack.end_process("identity", sign=9)
        self.phone.approve()
        self.assertEqual(self.ended(login.id, other)["state"], "COMPLETE")
        self.stack.start_process("identity")
        self.assertTrue(Caller(self.stack, self.protos, "gateway", values["BITRADE_PROCESS_ADDRESS"]).call(
            f"{LOGINS}/TakeUpLogin", self.cookie.of(login.id)).person_id)

    def is_ready(self, port):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def test_no_log_line_has_a_number_or_a_name(self):
        self.ended(self.approved())
        log = pathlib.Path(self.stack.log("identity")).read_text()
        self.assertIn("LoginService/StartLogin", log)
        for secret in (self.number, self.number[2:], "Exempelsson", "bankid."):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    unittest.main()
