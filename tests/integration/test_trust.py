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
        counsel, number = self.registered_counsel()
        browser = self.logged_in(number)
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
        refused = 4 * 8 * 6 - 2 * 3
        self.eventually(lambda: self.told(counsel) == refused, 70, "each refusal in the trail, at the latest when the minute is over")
        for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", None):
            simple = browser.send("PUT", "counsel/availability", '{"status": "TAKES_NEW"}', headers={"If-Match": etag, "Content-Type": media})
            self.assertEqual(simple.status, 415, "what a form of another site could send")

    def told(self, person, condition="true"):
        """How many refusals of the gateway identity's trail has of a person."""
        return int(self.stack.postgres.execute(
            "SELECT coalesce(sum(coalesce((circumstances ->> 'count')::int, 1)), 0) FROM identity.audit "
            f"WHERE actor = '{person}' AND circumstances ? 'route' AND ({condition})"))

    def test_what_the_gateway_refuses_by_itself_stands_in_the_trail(self):
        counsel, number = self.registered_counsel()
        browser, stranger = self.logged_in(number), Browser(self.stack)
        refused = browser.send("DELETE", f"sessions/{NOBODY}", headers={"X-CSRF-Token": None})
        self.assertEqual(refused.status, 403)
        self.assertEqual(browser.send("DELETE", f"sessions/{NOBODY}").status, 404)
        self.assertEqual(browser.send("PUT", "session/profile", {"counselId": NOBODY}).status, 403)
        self.assertEqual(browser.get(f"documents/{NOBODY}").status, 404, "stands in the trail of documents")
        self.assertEqual(stranger.get("counsel").status, 401, "is nobody's")
        foreign = stranger.send("POST", "logins", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"}, headers={"Origin": "https://evil.example"})
        self.assertEqual(foreign.status, 403)
        self.stack.end_process("gateway")  # tells what it still has
        self.stack.start_process("gateway")
        self.assertEqual([self.told(counsel, f"outcome = '{reason}'") for reason in ("CSRF_REQUIRED", "NOT_FOUND", "PROFILE_NOT_YOURS")], [1, 1, 1])
        self.assertEqual(self.told(counsel), 3)
        self.assertEqual(self.told(counsel, f"request_id = '{refused.headers['x-request-id']}' AND session_id <> '' AND method = 'MOBILE_BANKID' AND "
                                   f"object_ids = ARRAY['{NOBODY}']::uuid[] AND rpc = 'bitrade.gateway.v1.SessionService/EndListedSession' AND "
                                   "circumstances ->> 'route' = 'DELETE /bitrade/v1/sessions/{id}' AND circumstances ->> 'address' = '127.0.0.1'"), 1)
        self.assertEqual(self.told("", f"request_id = '{foreign.headers['x-request-id']}' AND actor_kind = 'ANONYMOUS'"), 1)
        self.assertEqual(self.told("", "outcome = 'SESSION_REQUIRED'"), 0)

    def test_a_poll_from_another_browser_sees_no_login(self):
        mine, other = Browser(self.stack), Browser(self.stack)
        login = mine.start_login().json["id"]
        other.start_login()
        self.assertEqual(mine.get(f"logins/{login}").status, 200)
        self.assertEqual(other.get(f"logins/{login}").status, 404)
        self.assertEqual(Browser(self.stack).get(f"logins/{login}").status, 404)
