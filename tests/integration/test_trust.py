"""Who may call: forged sessions, tickets from elsewhere, foreign certificates, policy."""

import itertools
import json
import secrets
import hashlib

import grpc

from tests.stack.browser import Browser, Phone
from tests.stack.gateway import GatewayCaller

from .harness import Story, source


NOBODY = "0190f5a2-7c3e-7b1d-8f00-0123456789ab"
# A route, and an RPC, of each of the six services.
ROUTES = ("sessions", f"signatures/{NOBODY}", "counsel", "guide", "appointments", "counsel/availability", f"documents/{NOBODY}",
          f"cost-statements/{NOBODY}", "activities")
PERSONS = ("bitrade.identity.v1.SignatureService/GetSignature", "bitrade.registry.v1.CounselService/GetCounsel",
           "bitrade.appointments.v1.AppointmentService/ListAppointments", "bitrade.documents.v1.DocumentService/ListDocuments",
           "bitrade.billing.v1.CostStatementService/ListCostStatements", "bitrade.retention.v1.ActivityService/ListActivities")


class Trust(Story):

    def test_a_forged_session_in_redis_is_refused_by_every_service(self):
        counsel, number = self.registered_counsel()
        self.appointment(counsel)
        victim = self.logged_in(number)
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).hexdigest()
        forged = Browser(self.stack)
        forged.cookies["__Host-session"] = token
        rows = [self.stack.redis.command("GET", key) for key in self.stack.redis.command("--scan", "--pattern", "sess:*").split()]
        self.assertTrue(rows, "no session lies in Redis")
        for row in rows:
            for secret in (number, counsel, "Exempelsson", victim.csrf):
                self.assertNotIn(secret.encode(), row)
        for content in (json.dumps({"person_id": counsel, "ticket": "AAAA"}), "garbage", ""):
            self.stack.redis.command("SET", f"sess:{digest}", content)
            for path in ("session", *ROUTES):
                self.assertIn(forged.get(path).status, (401, 503), path)
        self.assertEqual(victim.get("appointments").status, 200)

    def test_a_ticket_that_identity_did_not_sign_is_refused_by_every_service(self):
        """Whoever has the gateway's certificate and everything that lies in Redis has no person."""
        _, number = self.registered_counsel()
        gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(gateway.close)
        ticket = gateway.log_in(Phone(self.stack, number))
        forged = [bytes(byte ^ 1 if index == place else byte for index, byte in enumerate(ticket))
                  for place in (len(ticket) // 4, len(ticket) // 2, len(ticket) - 1)]
        for rpc in PERSONS:
            for wrong in (*forged, ticket[:-1], b"garbage"):
                self.assertIs(self.code(gateway, rpc, wrong), grpc.StatusCode.UNAUTHENTICATED, rpc)
            self.assertIn(self.code(gateway, rpc, ticket), (None, grpc.StatusCode.NOT_FOUND), f"{rpc} with her own ticket")

    def code(self, gateway, rpc, ticket):
        """What a service answers; None for what is good."""
        name = {"SignatureService": "id", "DocumentService": "appointmentId", "CostStatementService": "appointmentId"}.get(rpc.split(".")[3].split("/")[0])
        try:
            gateway.call(rpc, {name: NOBODY} if name else {}, ticket)
            return None
        except grpc.RpcError as refused:
            return refused.code()

    def test_a_restored_session_does_not_outlive_its_ticket_by_tampering(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        key = f"sess:{hashlib.sha256(browser.cookies['__Host-session'].encode()).hexdigest()}"
        self.assertTrue(self.stack.redis.command("EXISTS", key).strip() == b"1", "the session lies under the hash of its token")
        self.assertEqual(browser.send("DELETE", "session").status, 204)
        self.assertEqual(browser.get("counsel").status, 401)

    def test_only_the_gateway_may_bring_a_ticket(self):
        for rpc in ("bitrade.appointments.v1.AppointmentService/ListAppointments", "bitrade.documents.v1.DocumentService/ListDocuments"):
            with self.assertRaises(grpc.RpcError) as refused:
                self.agency.call(rpc, {}, metadata=(("bitrade-ticket-bin", b"x"),))
            self.assertIn(refused.exception.code(), (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED), rpc)

    def test_a_change_by_a_case_system_names_its_officer(self):
        with self.assertRaises(grpc.RpcError) as refused:
            self.agency.call("bitrade.registry.v1.CounselAgencyService/RegisterCounsel", {"sourceId": source()}, metadata=())
        self.assertEqual(refused.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)

    def test_a_change_without_the_csrf_token_is_refused(self):
        _, number = self.registered_counsel()
        browser = self.logged_in(number)
        etag = browser.get("counsel/availability").headers["etag"]
        refused = browser.send("PUT", "counsel/availability", {"status": "TAKES_NONE"}, headers={"If-Match": etag, "X-CSRF-Token": None})
        self.assertEqual((refused.status, refused.json["reason"]), (403, "CSRF_REQUIRED"))
        foreign = browser.send("PUT", "counsel/availability", {"status": "TAKES_NONE"},
                               headers={"If-Match": etag, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
        self.assertEqual(foreign.status, 403)

    def test_only_our_own_pages_change_anything_whatever_a_foreign_one_sends(self):
        browser = self.logged_in(self.registered_counsel()[1])
        own, etag, wrong = self.stack.url(), browser.get("counsel/availability").headers["etag"], []
        origins = (None, own, "null", f"{own}.example", own.replace("http:", "https:"), f"{own}/", own.upper(), "https://evil.example")
        sites = (None, "same-origin", "none", "same-site", "cross-site", "Same-Origin")
        for token, origin, site in itertools.product((browser.csrf, None, "", secrets.token_urlsafe(32)), origins, sites):
            answer = browser.send("PUT", "counsel/availability", {"status": "TAKES_NEW"}, headers={
                "If-Match": etag, "X-CSRF-Token": token, "Origin": origin, "Sec-Fetch-Site": site})
            etag = answer.headers.get("etag", etag)
            ours = token == browser.csrf and origin in (None, own) and site in (None, "same-origin", "none")
            if answer.status != (200 if ours else 403):
                wrong.append((token, origin, site, answer.status))
        self.assertEqual(wrong, [])
        for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", None):
            simple = browser.send("PUT", "counsel/availability", '{"status": "TAKES_NEW"}', headers={"If-Match": etag, "Content-Type": media})
            self.assertEqual(simple.status, 415, "what a form of another site could send")

    def test_a_poll_from_another_browser_sees_no_login(self):
        mine, other = Browser(self.stack), Browser(self.stack)
        login = mine.start_login().json["id"]
        other.start_login()
        self.assertEqual(mine.get(f"logins/{login}").status, 200)
        self.assertEqual(other.get(f"logins/{login}").status, 404)
        self.assertEqual(Browser(self.stack).get(f"logins/{login}").status, 404)
