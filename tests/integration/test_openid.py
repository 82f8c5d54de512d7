"""Log-in with Telia e-legitimation at an OpenID provider that shares nothing with ours: the npm package `oidc-provider`, in a locked version. What
is good there must be good here; what must not be believed, a correct provider cannot say (test_telia.py)."""

import http.cookiejar
import json
import re
import ssl
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request

from tests.integration.harness import Story
from tests.stack import table
from tests.stack.browser import Browser
from tests.stack.wait import until

SOURCE = table.ROOT / "tests" / "openid"
# Where `./dev test` installs the provider and the Node that runs it, and beside them the lock file that they are of.
INSTALLED = table.ROOT / ".local" / "openid"
LEVEL_2, LEVEL_3 = (f"http://id.elegnamnden.se/loa/1.0/loa{level}" for level in (2, 3))
# How often at most identity asks for keys that it does not know, in seconds, and one more.
ASK_AGAIN = 61


def node():
    """The Node of the lock file, never the machine's."""
    lock, found = INSTALLED / "node_modules" / "installed.json", list(INSTALLED.glob("node_modules/node*/bin/node"))
    if not found or not lock.exists() or lock.read_bytes() != (SOURCE / "package-lock.json").read_bytes():
        raise AssertionError(f"{INSTALLED} does not hold what tests/openid/package-lock.json names: `./dev test` installs it, from npm")
    return found[0]


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the walk does, and stops at our own address."""

    def redirect_request(self, *_arguments, **_keywords):
        return None


class Independent:
    """The provider as a process."""

    def __init__(self, stack, port):
        telia = stack.telia()
        self.stack, self.port, self.redirect = stack, port, telia["BITRADE_TELIA_REDIRECT"]
        client = {"id": telia["BITRADE_TELIA_CLIENT_ID"], "redirect": self.redirect, "key": f"{telia['BITRADE_TELIA_KEY']}.pub",
                  "logout": f"{stack.url()}/bitrade/v1/logins/telia-logout", "loggedOut": telia["BITRADE_TELIA_LOGOUT_REDIRECT"]}
        keys = stack.keys / "telia"
        settings = {"modules": str(INSTALLED), "port": port, "certificate": str(keys / "server.pem"), "key": str(keys / "server.key"),
                    "client": client}
        self.log = stack.base / "openid.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([node(), SOURCE / "provider.mjs", json.dumps(settings)], cwd=stack.base, stdout=log, stderr=log)
        until(lambda: b"ready" in self.log.read_bytes(), 60, "the provider is not ready", alive=self.process, log=self.log)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)

    def url(self, path):
        return f"https://localhost:{self.port}/{path}"

    def change_key(self, alg):
        """From now on it signs by a new key, for `alg`, and knows no other."""
        Visitor(self).open(self.url(f"keys/change?alg={alg}"))


class Visitor:
    """A browser at the provider, with the cookies that it gets there."""

    def __init__(self, provider):
        self.provider = provider
        context = ssl.create_default_context(cafile=provider.stack.keys / "telia" / "ca.pem")
        self.opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=context),
                                                  urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, url, form=None):
        data = None if form is None else urllib.parse.urlencode(form).encode()
        with self.opener.open(url, data, timeout=10) as answer:
            return answer.read().decode()

    def walk(self, url, action, **query):
        """Goes from the address that a log-in begins with to the one that leads back, by way of the interaction's end."""
        for _ in range(10):
            try:
                self.open(url)
                url = f"{url}/{action}?{urllib.parse.urlencode(query)}"
            except urllib.error.HTTPError as answer:
                assert answer.code in (302, 303), (answer.code, answer.read())
                url = urllib.parse.urljoin(url, answer.headers["Location"])
            if url.startswith(self.provider.redirect):
                return url
        raise AssertionError(f"the provider does not lead back: {url}")

    def log_out(self, url=None):
        """Ends the session at the provider, which tells ours of it before it answers; returns where it sends the browser then."""
        form = self.open(url or self.provider.url("session/end"))
        secret = re.search(r'name="xsrf" value="([^"]+)"', form).group(1)
        try:
            self.open(self.provider.url("session/end/confirm"), {"xsrf": secret, "logout": "yes"})
        except urllib.error.HTTPError as answer:
            assert answer.code in (302, 303), (answer.code, answer.read())
            return answer.headers["Location"]
        return None


class OpenIdStory(Story):
    """A system whose identity knows the independent provider instead of the simulator's."""

    @classmethod
    def prepare(cls, stack):
        port = table.free_port()
        stack.extra["identity"] = {"BITRADE_TELIA_ISSUER": f"https://localhost:{port}"}
        stack.make_keys()
        cls.provider = Independent(stack, port)
        cls.addClassCleanup(cls.provider.stop)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.counsel, cls.number = cls.registered_counsel(cls)

    def begun(self):
        browser = Browser(self.stack)
        started = browser.start_login("TELIA", "SAME_DEVICE")
        self.assertEqual(started.status, 201, started.body)
        return browser, started.json["authorizationUrl"]

    def approved(self, visitor=None, acr=LEVEL_3):
        """A log-in that waits for its browser to come back: (browser, where it comes back to)."""
        browser, url = self.begun()
        visitor = visitor or Visitor(self.provider)
        return browser, visitor.walk(url, "login", number=self.number, given="Astrid", family="Exempelsson", acr=acr)

    def assert_complete(self, browser, back):
        self.assertEqual(browser.come_back(back)["state"], "COMPLETE", self.provider.log.read_text())

    def assert_failed(self, browser, back, reason):
        told = browser.come_back(back)
        self.assertEqual((told["state"], told["reason"]), ("FAILED", reason))
        self.assertNotIn("__Host-session", browser.cookies)

    def test_a_counsel_logs_in(self):
        browser, back = self.approved()
        self.assert_complete(browser, back)
        session = browser.get("session").json
        self.assertEqual((session["personId"], session["method"], session["name"]), (self.counsel, "TELIA", "Astrid Exempelsson"))
        self.assertEqual(browser.come_back(back)["reason"], "LOGIN_RETURN_REFUSED")

    def test_who_stops_is_told_so(self):
        browser, url = self.begun()
        self.assert_failed(browser, Visitor(self.provider).walk(url, "deny", error="access_denied"), "OIDC_ACCESS_DENIED")

    def test_a_level_that_our_request_does_not_accept_is_told(self):
        self.assert_failed(*self.approved(acr=LEVEL_2), "OIDC_LEVEL_TOO_LOW")

    def test_a_code_counts_once_there(self):
        browser, back = self.approved()
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        self.assert_complete(browser, back)
        other, own = self.approved()
        parts = urllib.parse.urlsplit(own)
        query = {**dict(urllib.parse.parse_qsl(parts.query)), "code": code}
        self.assert_failed(other, parts._replace(query=urllib.parse.urlencode(query)).geturl(), "OIDC_CODE_REFUSED")

    def test_a_log_in_survives_that_the_provider_changes_its_key_meanwhile(self):
        self.addCleanup(self.stack.set_clock, 0)
        self.assert_complete(*self.approved())
        for changes, alg in enumerate(("ES256", "RS256", "PS256"), start=1):
            with self.subTest(alg):
                browser, back = self.approved()
                self.provider.change_key(alg)
                self.stack.set_clock(changes * ASK_AGAIN)
                self.assert_complete(browser, back)

    def test_a_second_new_key_within_a_minute_is_believed_when_the_minute_is_over(self):
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(ASK_AGAIN)
        self.provider.change_key("ES256")
        self.assert_complete(*self.approved())
        self.provider.change_key("ES256")
        self.assert_failed(*self.approved(), "OIDC_ANSWER_REFUSED")
        self.stack.set_clock(2 * ASK_AGAIN)
        self.assert_complete(*self.approved())

    def test_who_logs_out_here_can_log_out_there(self):
        visitor = Visitor(self.provider)
        browser, back = self.approved(visitor)
        self.assert_complete(browser, back)
        leaving = browser.get("session/provider-logout").json
        browser.csrf = browser.get("session").json["csrfToken"]
        self.assertEqual(browser.send("DELETE", "session").status, 204)
        self.assertEqual(visitor.log_out(leaving["logoutUrl"]), f"{self.stack.url()}/?state={leaving['state']}")

    def test_a_session_that_ends_there_ends_here(self):
        visitor = Visitor(self.provider)
        browser, back = self.approved(visitor)
        self.assert_complete(browser, back)
        self.assertEqual(browser.get("appointments").status, 200)
        visitor.log_out()
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(121)
        self.assertEqual(browser.get("appointments").status, 401, self.provider.log.read_text())


if __name__ == "__main__":
    unittest.main()
