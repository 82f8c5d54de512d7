"""Attacks on a log-in with BankID on the same device: forwarded links, nonces that are replayed or carried elsewhere, forged addresses."""

import urllib.error

from tests.e2e import people
from tests.stack.browser import Browser, Phone

from .harness import Story

REFUSED = {"state": "FAILED", "reason": "LOGIN_RETURN_REFUSED"}
ELSEWHERE = "198.51.100.77"


def token_of(login):
    return login["launchUrl"].partition("token=")[2].partition("&")[0]


class Returning(Story):
    """What the stories of this file have in common; no story itself."""

    def counsel(self, kinds=("file", "mobile")):
        """A counsel's device with BankID."""
        return Phone(self.stack, self.registered_counsel()[1], kinds=kinds)

    def begun(self, browser, method="BANKID", **keywords):
        started = browser.start_login(method, "SAME_DEVICE", **keywords)
        self.assertEqual(started.status, 201, started.body)
        self.assertEqual((started.json["next"], started.json.get("qr", "")), ("RETURN", ""))
        return started.json

    def seen(self, browser, login):
        """The log-in as its page sees it; a machine under load may answer 503 first."""
        return self.eventually(lambda: (answer := browser.get(f"logins/{login['id']}")).status == 200 and answer.json)

    def known(self, login):
        """Waits until identity knows how BankID's order has ended."""
        state = f"SELECT state FROM identity.login WHERE id = '{login['id']}'"
        self.eventually(lambda: self.stack.postgres.execute(state).strip() != "PENDING", sentence="identity does not know the end")

    def approved(self, browser):
        """A log-in that the person has approved: (it, where the app sends the browser)."""
        device = self.counsel()
        login = self.begun(browser)
        device.open(login["launchUrl"], "file")
        return login, device.approve()["returnUrl"]

    def assert_outside(self, browser):
        self.assertNotIn("__Host-session", browser.cookies)
        self.assertEqual(browser.get("session").status, 401)


class Returns(Returning):

    # ---- as it is meant ------------------------------------------------------------------------------------------------------

    def test_a_computer_and_a_phone_log_in_on_the_return(self):
        for method, kind, policy in (("BANKID", "file", "1.2.3.4.5"), ("BANKID", "card", "1.2.3.4.10"),
                                     ("MOBILE_BANKID", "mobile", "1.2.3.4.25")):
            with self.subTest(method):
                browser = Browser(self.stack)
                ended = browser.log_in_here(self.counsel((kind,)), method, kind)
                self.assertEqual(ended["state"], "COMPLETE", ended)
                self.assertEqual(browser.get("session").json["method"], method)
                self.assertNotIn("__Host-login", browser.cookies)
                kept = self.stack.postgres.execute(f"SELECT certificate_policy FROM identity.login WHERE id = '{ended['login']}'")
                self.assertEqual(kept.strip(), policy)

    def test_the_links_are_the_vendors(self):
        computer, phone = self.begun(Browser(self.stack)), self.begun(Browser(self.stack), "MOBILE_BANKID")
        self.assertRegex(computer["launchUrl"], r"^bankid:///\?autostarttoken=[0-9a-f-]{36}&redirect=null$")
        self.assertRegex(phone["launchUrl"], r"^https://app\.bankid\.com/\?autostarttoken=[0-9a-f-]{36}$")

    def test_who_declines_is_told_so(self):
        browser, device = Browser(self.stack), self.counsel()
        login = self.begun(browser)
        device.open(login["launchUrl"], "file")
        device.cancel()
        self.known(login)
        ended = self.seen(browser, login)
        self.assertEqual((ended["state"], ended["reason"], ended["messageKey"]), ("FAILED", "BANKID_USER_CANCELLED", "RFA6"))

    # ---- rule 4: the return --------------------------------------------------------------------------------------------------

    def test_a_forwarded_link_gives_nobody_a_session(self):
        """The attacker begins and forwards the link; the victim approves what looks genuine, because it is."""
        attacker, victim, device = Browser(self.stack), Browser(self.stack), self.counsel()
        for method, kind in (("BANKID", "file"), ("MOBILE_BANKID", "mobile")):
            with self.subTest(method):
                login = self.begun(attacker, method)
                device.open(login["launchUrl"], kind)
                return_url = device.approve()["returnUrl"]
                self.known(login)
                self.assertEqual(victim.come_back(return_url), REFUSED)
                for _ in range(3):
                    polled = self.seen(attacker, login)
                    self.assertEqual((polled["state"], polled["next"]), ("PENDING", "RETURN"))
                self.assertEqual(attacker.come_back("/bitrade/v1/logins/bankid-return?nonce=" + "A" * 43), REFUSED)
                self.assert_outside(attacker)
                self.assert_outside(victim)

    def test_the_victim_has_a_login_of_her_own(self):
        """The nonce of one log-in with the cookie of another, which both are good."""
        attacker, victim, device = Browser(self.stack), Browser(self.stack), self.counsel()
        stolen = self.begun(attacker)
        self.begun(victim)
        device.open(stolen["launchUrl"], "file")
        self.assertEqual(victim.come_back(device.approve()["returnUrl"]), REFUSED)
        self.assert_outside(victim)

    def test_a_nonce_works_once(self):
        browser, device = Browser(self.stack), self.counsel()
        login = self.begun(browser)
        kept = dict(browser.cookies)
        device.open(login["launchUrl"], "file")
        return_url = device.approve()["returnUrl"]
        self.assertEqual(browser.come_back(return_url)["state"], "COMPLETE")
        self.assertEqual(browser.come_back(return_url), REFUSED)
        thief = Browser(self.stack)
        thief.cookies.update(kept)
        self.assertEqual(thief.come_back(return_url), REFUSED)
        self.assert_outside(thief)
        self.assertEqual(browser.get("session").status, 200)

    def test_a_return_before_the_end_brings_nobody_in(self):
        """The attacker comes back with what he has before the victim has approved: without the nonce it is nothing."""
        attacker = Browser(self.stack)
        login = self.begun(attacker)
        self.assertEqual(attacker.come_back(f"/bitrade/v1/logins/bankid-return?nonce={login['id']}"), REFUSED)
        self.assertEqual(attacker.get("logins/bankid-return").status, 303)
        self.assert_outside(attacker)

    def test_no_page_but_ours_is_gone_to(self):
        browser = Browser(self.stack)
        answer = browser.send("POST", "logins", {"method": "BANKID", "start": "SAME_DEVICE", "returnPage": "https://evil.example/"})
        self.assertEqual((answer.status, answer.json["reason"]), (422, "INVALID_REQUEST"), answer.body)
        for query in ("nonce=" + "A" * 43, "nonce=a&next=https://evil.example/"):
            back = browser.get("logins/bankid-return?" + query)
            self.assertTrue(back.headers["location"].startswith(self.stack.url() + "/#"), back.headers)

    # ---- rules 2 and 3: one way of starting, its own kinds of BankID ----------------------------------------------------------

    def test_a_code_is_no_link_and_a_link_no_code(self):
        browser, device = Browser(self.stack), self.counsel()
        started = browser.start_login().json
        shown = self.eventually(lambda: browser.get(f"logins/{started['id']}").json.get("qr"), sentence="no code")
        self.assertEqual(started.get("launchUrl", ""), "")
        with self.assertRaises(urllib.error.HTTPError):
            device.open(f"bankid:///?autostarttoken={shown.split('.')[1]}&redirect=null", "mobile")

    def test_a_link_takes_its_own_kinds_of_bankid_alone(self):
        phone, browser = self.counsel(("mobile",)), Browser(self.stack)
        login = self.begun(browser)
        self.assertEqual(phone.open(login["launchUrl"], "mobile")["hintCode"], "started")
        polled = self.eventually(lambda: (shown := self.seen(browser, login))["hint"] == "STARTED" and shown, sentence="not started")
        self.assertEqual((polled["state"], polled["messageKey"], polled.get("launchUrl", "")), ("PENDING", "RFA15A", ""))

    def test_a_wrong_policy_in_the_certificate_lets_nobody_in(self):
        browser, device = Browser(self.stack), self.counsel()
        login = self.begun(browser)
        device.open(login["launchUrl"], "file")
        ended = browser.come_back(device.approve(evidence="wrongPolicy")["returnUrl"])
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_EVIDENCE_REFUSED"))
        self.assert_outside(browser)

    # ---- rule 6: addresses ----------------------------------------------------------------------------------------------------

    def test_another_address_is_noted(self):
        browser, device = Browser(self.stack), self.counsel()
        before = self.differed()
        login = self.begun(browser)
        device.open(login["launchUrl"], "file", ELSEWHERE)
        self.assertEqual(browser.come_back(device.approve()["returnUrl"])["state"], "COMPLETE")
        noted = self.stack.postgres.execute(f"SELECT address_differs FROM identity.login WHERE id = '{login['id']}'")
        self.assertEqual(noted.strip(), "t")
        self.assertEqual(self.differed(), before + 1)
        self.assertNotIn(ELSEWHERE, self.stack.log("identity").read_text())

    def differed(self):
        lines = self.stack.metrics("identity").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("bitrade_bankid_addresses_differed "))

    # ---- rules 7 and 8: one open order for a browser, new secrets each time -----------------------------------------------------

    def test_who_begins_anew_gives_up_link_and_nonce_of_before(self):
        browser, device = Browser(self.stack), self.counsel()
        first = self.begun(browser)
        old = dict(browser.cookies)
        device.open(first["launchUrl"], "file")
        second = self.begun(browser)
        self.assertNotEqual(browser.cookies["__Host-login"], old["__Host-login"])
        self.eventually(lambda: token_of(first) not in self.open_orders(device), sentence="still open at BankID")
        self.assertIn(token_of(second), self.open_orders(device))
        again = Browser(self.stack)
        again.cookies.update(old)
        self.assertEqual(self.seen(again, first)["state"], "CANCELLED")

    def open_orders(self, device):
        orders = device.control("GET", "orders")["orders"]
        return {order["autoStartToken"] for order in orders if order["status"] == "pending"}

    def test_a_planted_session_is_not_taken_over(self):
        browser, planted = Browser(self.stack), "A" * 43
        browser.cookies.update({"__Host-session": planted, "__Host-login": planted})
        self.assertEqual(browser.log_in_here(self.counsel())["state"], "COMPLETE")
        self.assertNotEqual(browser.cookies["__Host-session"], planted)
        thief = Browser(self.stack)
        thief.cookies["__Host-session"] = planted
        self.assertEqual(thief.get("session").status, 401)

    # ---- rule 12: nothing of it in a log ------------------------------------------------------------------------------------------

    def test_no_log_has_the_nonce_the_token_or_a_cookie(self):
        browser = Browser(self.stack)
        login, return_url = self.approved(browser)
        cookie = browser.cookies["__Host-login"]
        self.assertEqual(browser.come_back(return_url)["state"], "COMPLETE")
        for process in ("gateway", "identity"):
            told = "logins/bankid-return" if process == "gateway" else "LoginService/ReturnLogin"
            log = self.eventually(lambda: told in (text := self.stack.log(process).read_text()) and text, sentence=f"{told} is not in the log")
            for secret in (return_url.partition("nonce=")[2], token_of(login), cookie, browser.cookies["__Host-session"]):
                self.assertNotIn(secret, log)

    # ---- rules 9 and 10: who may sign, and what everybody reads ------------------------------------------------------------------

    def order_of(self, device, token):
        orders = device.control("GET", "orders")["orders"]
        return next(order for order in orders if order["autoStartToken"] == token)

    def test_the_app_says_which_service_asks_and_for_what(self):
        device = self.counsel()
        login = self.begun(Browser(self.stack))
        order = self.order_of(device, device.open(login["launchUrl"], "file")["autoStartToken"])
        self.assertEqual(order["relyingParty"], "Bitrade")
        self.assertIn("Jag loggar in", order["text"])
        self.assertIn("Migrationsverkets e-tjänst för offentliga biträden", order["text"])

    def test_a_signature_on_the_same_device_comes_back_to_the_page(self):
        counsel, number = self.registered_counsel()
        browser, computer = self.logged_in(number), Phone(self.stack, number, kinds=("file",))
        path, etag = self.draft(browser, counsel)
        asked = browser.post(f"{path}/signature-requests", {"method": "BANKID", "start": "SAME_DEVICE"}, headers={"If-Match": etag})
        self.assertEqual(asked.status, 201, asked.body)
        signature = asked.json["signatureId"]
        link = self.eventually(lambda: browser.get(f"signatures/{signature}").json.get("launchUrl"), sentence="no link")
        computer.open(link, "file")
        return_url = computer.approve()["returnUrl"]
        self.assertEqual(browser.come_back(return_url), {"signature": signature})
        self.assertEqual(browser.come_back(return_url[:-4] + "AAAA"), {"reason": "SIGNATURE_RETURN_REFUSED"})
        self.assertEqual(browser.signature_ended(signature)["state"], "COMPLETE")

    def draft(self, browser, counsel):
        """(path, etag) of a new cost statement."""
        appointed = self.appointment(counsel)
        made = self.eventually(lambda: (draft := browser.post(
            f"appointments/{appointed['id']}/cost-statements", {"input": people.claim()})).status == 201 and draft)
        return f"cost-statements/{made.json['id']}", made.headers["etag"]

    def test_nobody_else_can_sign_what_a_person_is_asked_to(self):
        counsel, number = self.registered_counsel()
        browser, own, other = self.logged_in(number), Phone(self.stack, number), self.counsel()
        asked = browser.ask_to_sign(*self.draft(browser, counsel))
        signature = asked.json["signatureId"]
        with self.assertRaises(urllib.error.HTTPError):
            other.scan(browser.show_code(signature))
        self.assertEqual(browser.get(f"signatures/{signature}").json["state"], "PENDING")
        own.scan(browser.show_code(signature))
        order = self.order_of(own, own.order)
        self.assertEqual((order["kind"], order["requiredPersonalNumber"]), ("sign", number))
        self.assertIn("kostnadsräkning", order["text"].lower())
        own.approve()
        self.assertEqual(browser.signature_ended(signature)["state"], "COMPLETE")


class Outages(Returning):
    """Something is down at the moment of the return, before BankID is asked: it costs nobody a second log-in."""

    hastens = False

    def test_identity_is_killed_before_the_return(self):
        browser = Browser(self.stack)
        _, return_url = self.approved(browser)
        self.stack.end_process("identity", 9)
        path = return_url.removeprefix(self.stack.url())
        refused = self.eventually(lambda: (answer := browser.get(path)).status == 503 and answer)
        self.assertEqual(refused.headers["refresh"], "2")
        self.stack.start_process("identity")
        back = self.eventually(lambda: (answer := browser.get(path)).status == 303 and answer, sentence="identity does not come back")
        self.assertNotIn("FAILED", back.headers["location"])
        self.entered(browser, back.headers["location"].partition("#login=")[2].partition("&")[0])

    def test_redis_is_killed_before_the_return(self):
        browser = Browser(self.stack)
        login, return_url = self.approved(browser)
        self.stack.redis.stop(9)
        try:
            self.assertEqual(browser.sent_back(return_url), {"login": login["id"], "state": "PENDING"})
            self.assertNotIn("__Host-session", browser.cookies)
        finally:
            self.stack.redis.start()
        self.entered(browser, login["id"])

    def entered(self, browser, login):
        """Asks again until there is a session, as the page does."""
        def look():
            browser.get(f"logins/{login}")
            return "__Host-session" in browser.cookies and browser.get("session").status == 200
        self.eventually(look, sentence="no session")


class EnforcedAddresses(Returning):
    """Where no return can be trusted, the rule for addresses is enforced."""

    environment = {"identity": {"BITRADE_BANKID_ADDRESS_RULE": "enforce"}}

    def opened(self, browser, ip, **keywords):
        device = self.counsel()
        login = self.begun(browser, **keywords)
        device.open(login["launchUrl"], "file", ip)
        return browser.come_back(device.approve()["returnUrl"])

    def test_the_own_address_is_let_in(self):
        self.assertEqual(self.opened(Browser(self.stack), "127.0.0.1")["state"], "COMPLETE")

    def test_forged_forwarding_headers_move_nobody(self):
        for headers in ({"X-Forwarded-For": ELSEWHERE}, {"Forwarded": f"for={ELSEWHERE}"}, {"X-Real-IP": ELSEWHERE},
                        {"X-Forwarded-For": f"127.0.0.1, {ELSEWHERE}", "Forwarded": f"for={ELSEWHERE};proto=https"}):
            with self.subTest(str(headers)):
                browser = Browser(self.stack)
                ended = self.opened(browser, ELSEWHERE, headers=headers)
                self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_ADDRESS_DIFFERS"))
                self.assert_outside(browser)
                self.assertEqual(self.opened(Browser(self.stack), "127.0.0.1", headers=headers)["state"], "COMPLETE")

    def test_the_message_says_what_to_do(self):
        browser, device = Browser(self.stack), self.counsel()
        login = self.begun(browser)
        device.open(login["launchUrl"], "file", ELSEWHERE)
        device.approve()
        self.known(login)
        shown = self.seen(browser, login)
        self.assertEqual((shown["reason"], shown["messageKey"]), ("BANKID_ADDRESS_DIFFERS", "RFA22"))
        self.assertIn("another network", shown["message"])
