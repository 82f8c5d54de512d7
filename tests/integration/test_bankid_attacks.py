"""Attacks on a log-in with BankID: forged proofs, a browser that is not the one that began, planted cookies, high risk, stale codes."""

import re
import urllib.error

from tests.integration.harness import Story
from tests.stack.browser import Browser, Phone

# What the simulator makes wrong, one of each kind that identity looks for.
FORGED = ("alteredText", "wrappedAside", "anotherText", "anotherRelyingParty", "anotherPerson", "wrongPolicy", "foreignRoot", "ocspRevoked",
          "ocspWrongNonce")
METRIC = re.compile(r"^bitrade_bankid_proofs_refused (\d+)", re.M)


class BankIdAttacks(Story):

    def begun(self, browser):
        started = browser.start_login()
        self.assertEqual(started.status, 201, started.body)
        return started.json["id"]

    def scanned(self, browser, number):
        """A log-in whose code a phone has scanned."""
        login, phone = self.begun(browser), Phone(self.stack, number)
        phone.scan(browser.get(f"logins/{login}").json["qr"])
        return login, phone

    def ended(self, browser, login):
        def look():
            state = browser.get(f"logins/{login}").json
            return state if state["state"] != "PENDING" else None
        return self.eventually(look, sentence="the log-in did not end")

    def refused(self):
        return int(METRIC.search(self.stack.metrics("identity")).group(1))

    def assert_outside(self, browser):
        self.assertNotIn("__Host-session", browser.cookies)
        self.assertEqual(browser.get("session").status, 401)

    # ---- the proof -----------------------------------------------------------------------------------------------------------

    def test_a_forged_proof_lets_nobody_in_alarms_and_is_kept(self):
        _, number = self.registered_counsel()
        for forged in FORGED:
            with self.subTest(forged):
                before, browser = self.refused(), Browser(self.stack)
                login, phone = self.scanned(browser, number)
                phone.approve(evidence=forged)
                ended = self.ended(browser, login)
                self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_EVIDENCE_REFUSED"))
                self.assert_outside(browser)
                self.assertEqual(self.refused(), before + 1)
                kept = self.stack.postgres.execute(f"SELECT count(*) FROM identity.bankid_evidence WHERE login_id = '{login}'")
                self.assertEqual(kept, "1")
        log = self.stack.log("identity").read_text()
        self.assertIn('"fault":"POLICY"', log)
        self.assertNotIn(number, log)

    def test_the_kind_of_bankid_is_kept_as_the_certificate_says(self):
        _, number = self.registered_counsel()
        browser = Browser(self.stack)
        login, phone = self.scanned(browser, number)
        phone.approve()
        self.assertEqual(self.ended(browser, login)["state"], "COMPLETE")
        kind = self.stack.postgres.execute(f"SELECT certificate_policy FROM identity.login WHERE id = '{login}'")
        self.assertEqual(kind, "1.2.3.4.25")

    # ---- the browser ---------------------------------------------------------------------------------------------------------

    def test_another_browser_neither_sees_nor_ends_nor_takes_up_a_login(self):
        _, number = self.registered_counsel()
        mine, other = Browser(self.stack), Browser(self.stack)
        login, phone = self.scanned(mine, number)
        self.begun(other)
        phone.approve()
        self.assertEqual(other.get(f"logins/{login}").status, 404)
        self.assertEqual(other.send("DELETE", f"logins/{login}").status, 404)
        self.assertEqual(self.ended(mine, login)["state"], "COMPLETE")
        self.assertEqual(other.get(f"logins/{login}").status, 404)
        self.assert_outside(other)

    def test_cookies_that_were_planted_give_no_share_in_a_login(self):
        _, number = self.registered_counsel()
        planted, victim = "A" * 43, Browser(self.stack)
        victim.cookies.update({"__Host-login": planted, "__Host-session": planted})
        login, phone = self.scanned(victim, number)
        phone.approve()
        self.assertEqual(self.ended(victim, login)["state"], "COMPLETE")
        attacker = Browser(self.stack)
        attacker.cookies.update({"__Host-login": planted, "__Host-session": planted})
        self.assertEqual(attacker.get(f"logins/{login}").status, 404)
        self.assertEqual(attacker.get("session").status, 401)
        self.assertNotIn("__Host-login", victim.cookies)

    def test_no_answer_has_a_code_and_a_link_for_one_order(self):
        browser = Browser(self.stack)
        login = self.begun(browser)
        shown = browser.get(f"logins/{login}").json
        self.assertTrue(shown["qr"])
        self.assertNotIn("autostarttoken", str(shown).lower())

    # ---- what BankID says ----------------------------------------------------------------------------------------------------

    def test_a_high_risk_lets_nobody_in(self):
        _, number = self.registered_counsel()
        browser = Browser(self.stack)
        login, phone = self.scanned(browser, number)
        phone.approve(risk="high")
        self.assertEqual(self.ended(browser, login)["reason"], "BANKID_RISK_BLOCKED")
        self.assert_outside(browser)

    def test_another_risk_lets_a_person_in(self):
        """What is sensitive asks for a signature of its own, whatever the risk of the log-in was."""
        _, number = self.registered_counsel()
        for risk in ("moderate", "none"):
            with self.subTest(risk):
                browser = Browser(self.stack)
                login, phone = self.scanned(browser, number)
                phone.approve(risk=risk)
                self.assertEqual(self.ended(browser, login)["state"], "COMPLETE")

    def test_a_photographed_code_is_soon_worthless(self):
        browser = Browser(self.stack)
        login, phone = self.begun(browser), Phone(self.stack, self.registered_counsel()[1])
        photographed = browser.get(f"logins/{login}").json["qr"]
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(7)
        self.assertGreater(int(browser.get(f"logins/{login}").json["qr"].split(".")[2]), int(photographed.split(".")[2]) + 6)
        with self.assertRaises(urllib.error.HTTPError):
            phone.scan(photographed)
