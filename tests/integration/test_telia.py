"""Log-in with Telia e-legitimation at the simulated OpenID provider: the good way, and every answer that must not be believed."""

import base64
import json
import threading
import unittest
import urllib.parse

from tests.e2e import people
from tests.integration.harness import Story
from tests.stack.browser import Browser, Phone
from tests.stack.openid import Provider

# Faults of a signed token that any of them may have.
SIGNED = ("algNone", "hmacOfPublicKey", "brokenSignature", "foreignKey", "embeddedKey", "otherKeyThanNamed", "otherAlgorithmThanSigned",
          "unknownKeyId", "missingKeyId", "critical", "unencodedPayload", "wrongType", "padded", "fourParts", "notJson", "unsigned",
          "repeatedMember", "wrongIssuer", "issuerWithSlash", "missingIssuer", "wrongAudience", "missingAudience",
          "severalAudiences", "wrongAuthorizedParty")
TIMES = ("expired", "missingExpiry", "issuedInFuture", "issuedLongAgo", "missingIssuedAt", "longLived")
ID_TOKEN = (*SIGNED, *TIMES, "wrongNonce", "missingNonce", "oldAuthentication", "missingAuthTime", "missingSubject",
            "lowAcr", "wrongAcr", "missingAcr", "missingNumber", "bothNumbers", "malformedNumber", "uncertainNumber",
            "wrongProvider", "missingProvider", "wrongAccessTokenHash")
USER_INFO = (*SIGNED, "wrongSubject", "missingSubject", "otherNumber", "malformedNumber")
LOGOUT = (*SIGNED, *TIMES, "withNonce", "missingEvent", "wrongEvent", "missingTokenId", "nobody")
# Returns in which something is missing, wrong or twice: the log-in goes on waiting, or fails.
STRANGE_STATES = ("missingState", "wrongState", "repeatedState")
OTHER_CALLBACKS = {"missingIssuer": "OIDC_ANSWER_REFUSED", "wrongIssuer": "OIDC_ANSWER_REFUSED", "missingCode": "OIDC_ANSWER_REFUSED",
                   "wrongCode": "OIDC_CODE_REFUSED", "codeAndError": "OIDC_ACCESS_DENIED"}


class TeliaStory(Story):
    """A system in which one counsel is in the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = Provider(cls.stack)
        cls.counsel, cls.number = cls.registered_counsel(cls)
        Phone(cls.stack, cls.number)

    def begun(self, browser=None):
        """A browser that has been sent to the provider: (browser, log-in, authorization)."""
        browser = browser or Browser(self.stack)
        started = browser.start_login("TELIA", "SAME_DEVICE")
        self.assertEqual(started.status, 201, started.body)
        self.assertEqual(started.json["next"], "RETURN")
        return browser, started.json["id"], self.provider.open(started.json["authorizationUrl"])

    def returned(self, **how):
        """A log-in whose browser has come back: (browser, what the page is told)."""
        browser, _, authorization = self.begun()
        return browser, browser.come_back(self.provider.approve(authorization, self.number, **how))

    def fail_with(self, reason, fault):
        browser, told = self.returned(fault=fault)
        self.assertEqual((told.get("state"), told.get("reason")), ("FAILED", reason), fault)
        self.assertNotIn("__Host-session", browser.cookies, fault)

    def kept(self, login):
        """Whether the secrets of a log-in are still there: "1" or "0"."""
        return self.stack.postgres.execute(f"SELECT count(*) FROM identity.oidc_request WHERE login_id = '{login}'")

    def refused(self):
        """How many answers identity has not believed."""
        lines = self.stack.metrics("identity").splitlines()
        return float(next(line for line in lines if line.startswith("bitrade_oidc_answers_refused")).split()[1])

    # ---- the good way --------------------------------------------------------------------------------------------------------

    def test_a_counsel_logs_in(self):
        browser, login, authorization = self.begun()
        self.assertEqual(browser.get(f"logins/{login}").json["state"], "PENDING")
        told = browser.come_back(self.provider.approve(authorization, self.number))
        self.assertEqual((told["state"], told["login"]), ("COMPLETE", login), told)
        session = browser.get("session").json
        self.assertEqual(session["method"], "TELIA")
        self.assertEqual(session["name"], "Astrid Exempelsson")
        self.assertNotIn("__Host-login", browser.cookies)
        acr, address = self.stack.postgres.execute(
            "SELECT (circumstances ->> 'acr') || ' ' || (circumstances ->> 'address') FROM identity.audit WHERE rpc = 'oidc/return' "
            f"AND outcome = 'OK' AND '{login}'::uuid = ANY (object_ids)").split(" ")
        self.assertRegex(acr, "/loa3$")
        self.assertEqual(address, "127.0.0.1")

    def test_every_algorithm_that_we_accept_is_read(self):
        self.addCleanup(self.provider.control, "PUT", "settings", {"alg": "ES256"})
        self.addCleanup(self.stack.set_clock, 0)
        for algorithm, later in (("RS256", 0), ("PS256", 130), ("ES256", 130)):
            with self.subTest(algorithm):
                self.provider.control("PUT", "settings", {"alg": algorithm})
                self.stack.set_clock(later)  # there may be a new key: we ask for one a minute later
                self.assertEqual(self.returned()[1]["state"], "COMPLETE")

    def test_a_key_that_is_new_is_asked_for_and_the_one_before_is_known(self):
        self.assertEqual(self.returned()[1]["state"], "COMPLETE")
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(61)
        self.provider.control("POST", "keys", {"alg": "ES256"})
        self.assertEqual(self.returned()[1]["state"], "COMPLETE")

    def test_who_is_not_in_the_register_is_told_so(self):
        stranger = people.personal_number()
        Phone(self.stack, stranger)
        browser, _, authorization = self.begun()
        told = browser.come_back(self.provider.approve(authorization, stranger))
        self.assertEqual((told["state"], told["reason"]), ("FAILED", "NOT_IN_REGISTER"))
        self.assertNotIn("__Host-session", browser.cookies)

    # ---- refusals of the provider's ------------------------------------------------------------------------------------------

    def test_who_stops_is_told_so_in_both_languages(self):
        browser, login, authorization = self.begun(Browser(self.stack, language="sv"))
        told = browser.come_back(self.provider.deny(authorization))
        self.assertEqual((told["state"], told["reason"]), ("FAILED", "OIDC_ACCESS_DENIED"))
        self.assertIn("Du avbröt", browser.get(f"logins/{login}").json["message"])
        browser.language = "en"
        self.assertIn("You cancelled", browser.get(f"logins/{login}").json["message"])

    def test_too_low_a_level_is_told(self):
        self.assertEqual(self.returned(acr="loa2")[1]["reason"], "OIDC_LEVEL_TOO_LOW")

    # ---- what must not be believed -------------------------------------------------------------------------------------------

    def test_no_id_token_with_a_fault_is_believed(self):
        before = self.refused()
        for fault in ID_TOKEN:
            with self.subTest(fault):
                self.fail_with("OIDC_ANSWER_REFUSED", f"idToken.{fault}")
        self.assertEqual(self.refused(), before + len(ID_TOKEN))
        self.fail_with("OIDC_FAULT", "idToken.oversize")

    def test_no_userinfo_with_a_fault_is_believed(self):
        for fault in USER_INFO:
            with self.subTest(fault):
                self.fail_with("OIDC_ANSWER_REFUSED", f"userinfo.{fault}")
        self.fail_with("OIDC_FAULT", "userinfo.oversize")

    def test_no_return_with_a_fault_is_believed(self):
        for fault, reason in OTHER_CALLBACKS.items():
            with self.subTest(fault):
                self.fail_with(reason, f"callback.{fault}")
        for fault in STRANGE_STATES:
            with self.subTest(fault):
                browser, _, authorization = self.begun()
                back = urllib.parse.urlsplit(self.provider.approve(authorization, self.number, fault=f"callback.{fault}"))
                browser.get(f"{back.path}?{back.query}")
                self.assertNotIn("__Host-session", browser.cookies)

    def test_a_return_counts_once(self):
        browser, _, authorization = self.begun()
        back = self.provider.approve(authorization, self.number)
        self.assertEqual(browser.come_back(back)["state"], "COMPLETE")
        self.assertEqual(browser.come_back(back)["reason"], "LOGIN_RETURN_REFUSED")

    def test_a_return_belongs_to_the_browser_that_began(self):
        browser, _, authorization = self.begun()
        back = self.provider.approve(authorization, self.number)
        stranger, _, _ = self.begun()
        for other in (Browser(self.stack), stranger):
            told = other.come_back(back)
            self.assertEqual((told["state"], told["reason"]), ("FAILED", "LOGIN_RETURN_REFUSED"))
            self.assertNotIn("__Host-session", other.cookies)
        self.assertEqual(browser.come_back(back)["state"], "COMPLETE")

    def test_a_return_that_comes_too_late_lets_nobody_in(self):
        browser, _, authorization = self.begun()
        back = self.provider.approve(authorization, self.number)
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(601)
        self.assertEqual(browser.come_back(back)["state"], "FAILED")
        self.assertNotIn("__Host-session", browser.cookies)

    # ---- a provider that is down or strange ----------------------------------------------------------------------------------

    def test_a_provider_that_fails_costs_that_login_alone(self):
        for on, fault, reason in (("token", {"status": 500}, "OIDC_UNAVAILABLE"), ("token", {"drop": True, "calls": 2}, "OIDC_UNAVAILABLE"),
                                  ("userinfo", {"status": 503}, "OIDC_UNAVAILABLE"),
                                  ("token", {"spoil": "oversize"}, "OIDC_FAULT"), ("userinfo", {"spoil": "oversize"}, "OIDC_FAULT"),
                                  ("token", {"spoil": "redirect"}, "OIDC_FAULT"), ("userinfo", {"spoil": "redirect"}, "OIDC_FAULT"),
                                  ("token", {"spoil": "notJson"}, "OIDC_ANSWER_REFUSED"),
                                  ("token", {"status": 401, "errorCode": "invalid_client"}, "OIDC_FAULT")):
            with self.subTest(on=on, fault=fault):
                browser, _, authorization = self.begun()
                self.provider.control("PUT", "faults", {"calls": 1, "on": on, **fault})
                self.addCleanup(self.provider.control, "PUT", "faults", {"calls": 0})
                told = browser.come_back(self.provider.approve(authorization, self.number))
                self.assertEqual((told["state"], told["reason"]), ("FAILED", reason))
        self.assertEqual(self.returned()[1]["state"], "COMPLETE")

    def test_identity_killed_while_it_asks_the_provider_costs_that_login_alone(self):
        browser, login, authorization = self.begun()
        self.provider.control("PUT", "faults", {"calls": 1, "on": "token", "delayMs": 4000})
        self.addCleanup(self.provider.control, "PUT", "faults", {"calls": 0})
        back = urllib.parse.urlsplit(self.provider.approve(authorization, self.number))
        path = f"{back.path}?{back.query}"
        answers = []
        thread = threading.Thread(target=lambda: answers.append(browser.ask("GET", path)))
        thread.start()
        self.eventually(lambda: self.kept(login) == "0", sentence="the state is not used up")
        self.stack.end_process("identity", sign=9)
        self.stack.start_process("identity")
        thread.join()
        self.assertEqual(answers[0].status, 503)
        self.eventually(lambda: Browser(self.stack).start_login("TELIA", "SAME_DEVICE").status == 201, sentence="identity does not answer again")
        self.assertEqual(browser.come_back(back.geturl())["reason"], "LOGIN_RETURN_REFUSED")
        self.assertNotIn("__Host-session", browser.cookies)
        self.assertEqual(self.returned()[1]["state"], "COMPLETE")

    # ---- ended at the provider -----------------------------------------------------------------------------------------------

    def log_out(self, **how):
        return self.provider.control("POST", "logout", {"personalNumber": self.number, **how})["logouts"]

    def test_a_session_that_ends_at_the_provider_ends_here(self):
        browser, told = self.returned()
        self.assertEqual(told["state"], "COMPLETE")
        self.assertIn(204, [logout["status"] for logout in self.log_out()])
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(121)
        self.assertEqual(browser.get("appointments").status, 401)

    def test_a_logout_token_counts_once(self):
        for expected in (True, False):
            self.assertEqual(self.returned()[1]["state"], "COMPLETE")
            told = [logout["status"] for logout in self.log_out(fault="fixedTokenId")]
            self.assertEqual(204 in told, expected, told)
            self.assertTrue(set(told) <= {204, 400}, told)

    def test_no_logout_token_with_a_fault_counts(self):
        browser, told = self.returned()
        self.assertEqual(told["state"], "COMPLETE")
        for fault in LOGOUT:
            with self.subTest(fault):
                self.assertNotIn(204, [logout["status"] for logout in self.log_out(fault=fault)])
                self.assertEqual(self.returned()[1]["state"], "COMPLETE")

    # ---- ended here, and at the provider -----------------------------------------------------------------------------------------

    def test_who_logs_out_here_can_log_out_there(self):
        browser, told = self.returned()
        self.assertEqual(told["state"], "COMPLETE")
        self.assertEqual(Browser(self.stack).get("session/provider-logout").status, 401)
        leaving = browser.get("session/provider-logout")
        self.assertEqual(leaving.status, 200, leaving.body)
        self.assertEqual(leaving.headers["cache-control"], "private, no-store")
        browser.csrf = browser.get("session").json["csrfToken"]
        self.assertEqual(browser.send("DELETE", "session").status, 204)
        self.assertEqual(browser.get("session/provider-logout").status, 401)
        self.assertEqual(self.provider.follow(leaving.json["logoutUrl"]), f"{self.stack.url()}/?state={leaving.json['state']}")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(leaving.json["logoutUrl"]).query)
        sid = json.loads(base64.urlsafe_b64decode(query["id_token_hint"][0].split(".")[1] + "=="))["sid"]
        self.assertNotIn(sid, [logout["sid"] for logout in self.log_out()])

    def test_after_a_log_in_with_bankid_there_is_nothing_to_end_elsewhere(self):
        browser = Browser(self.stack)
        self.assertEqual(browser.log_in(Phone(self.stack, self.number))["state"], "COMPLETE")
        self.assertEqual(browser.get("session/provider-logout").status, 404)

    # ---- what is kept and told -----------------------------------------------------------------------------------------------

    def test_nothing_of_the_provider_stands_in_a_log(self):
        browser, login, authorization = self.begun()
        back = self.provider.approve(authorization, self.number)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
        browser.come_back(back)
        logs = "".join(self.stack.log(name).read_text() for name in ("identity", "gateway"))
        for secret in (self.number, "Exempelsson", query["code"][0], query["state"][0]):
            self.assertNotIn(secret, logs)
        self.assertEqual(self.kept(login), "0")

    def test_what_the_browser_is_sent_with_is_signed_and_says_what_we_need(self):
        browser = Browser(self.stack)
        url = browser.start_login("TELIA", "SAME_DEVICE").json["authorizationUrl"]
        self.assertLess(len(url), 2048)
        request = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["request"][0]
        claims = json.loads(base64.urlsafe_b64decode(request.split(".")[1] + "=="))
        self.assertEqual((claims["prompt"], claims["code_challenge_method"], claims["response_type"]), ("login", "S256", "code"))
        self.assertTrue(claims["claims"]["id_token"]["acr"]["essential"])
        self.assertGreaterEqual(len(claims["state"]), 43)


if __name__ == "__main__":
    unittest.main()
