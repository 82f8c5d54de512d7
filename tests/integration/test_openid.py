"""Log-in with Telia e-legitimation at an OpenID provider that shares nothing with ours: the npm package `oidc-provider`, in a locked version. What
is good there must be good here; what must not be believed, a correct provider cannot say (test_telia.py)."""

import http.cookiejar
import json
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

# Where `./dev test` installs provider and Node.
INSTALLED = table.ROOT / ".local" / "openid"
LEVEL_3 = "http://id.elegnamnden.se/loa/1.0/loa3"


class Independent:
    """The provider as a process, and the browser's way through it."""

    def __init__(self, stack, port, alg):
        telia = stack.telia()
        self.stack, self.port, self.redirect = stack, port, telia["BITRADE_TELIA_REDIRECT"]
        client = {"id": telia["BITRADE_TELIA_CLIENT_ID"], "redirect": self.redirect, "alg": alg,
                  "key": f"{telia['BITRADE_TELIA_KEY']}.pub", "logout": "https://bitrade.example/bitrade/v1/logins/telia-logout"}
        keys = stack.keys / "telia"
        settings = {"port": port, "certificate": str(keys / "server.pem"), "key": str(keys / "server.key"), "client": client}
        self.log = stack.base / "openid.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([INSTALLED / "node_modules" / ".bin" / "node", INSTALLED / "provider.mjs", json.dumps(settings)],
                                            cwd=INSTALLED, stdout=log, stderr=log)
        until(lambda: b"ready" in self.log.read_bytes(), 20, "the provider is not ready", alive=self.process, log=self.log)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)

    def walk(self, url, action, **query):
        """Goes from the address that a log-in begins with to the one that leads back, by way of the interaction's end."""
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_arguments, **_keywords):
                return None
        context = ssl.create_default_context(cafile=self.stack.keys / "telia" / "ca.pem")
        opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=context),
                                             urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        for _ in range(10):
            try:
                opener.open(url, timeout=10).read()
                url = f"{url}/{action}?{urllib.parse.urlencode(query)}"
            except urllib.error.HTTPError as answer:
                assert answer.code in (302, 303), (answer.code, answer.read())
                url = urllib.parse.urljoin(url, answer.headers["Location"])
            if url.startswith(self.redirect):
                return url
        raise AssertionError(f"the provider does not lead back: {url}")


class OpenIdStory(Story):
    """A system whose identity knows the independent provider instead of the simulator's."""

    alg = "ES256"

    @classmethod
    def prepare(cls, stack):
        cls.port = table.free_ports()["eid-sim"]["oidc"]
        stack.extra["identity"] = {"BITRADE_TELIA_ISSUER": f"https://localhost:{cls.port}", "BITRADE_TELIA_AUTHN_PROVIDER": None}
        stack.make_keys()
        cls.provider = Independent(stack, cls.port, cls.alg)
        cls.addClassCleanup(cls.provider.stop)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.counsel, cls.number = cls.registered_counsel(cls)

    def begun(self):
        browser = Browser(self.stack)
        started = browser.start_login("TELIA", "SAME_DEVICE")
        self.assertEqual(started.status, 201, started.body)
        return browser, started.json["launchUrl"]

    def test_a_counsel_logs_in(self):
        browser, url = self.begun()
        back = self.provider.walk(url, "login", number=self.number, name="Astrid Exempelsson", acr=LEVEL_3)
        told = browser.come_back(back)
        self.assertEqual(told["state"], "COMPLETE", self.provider.log.read_text())
        session = browser.get("session").json
        self.assertEqual((session["personId"], session["method"], session["name"]), (self.counsel, "TELIA", "Astrid Exempelsson"))
        self.assertEqual(browser.come_back(back)["reason"], "LOGIN_RETURN_REFUSED")

    def test_who_stops_is_told_so(self):
        browser, url = self.begun()
        told = browser.come_back(self.provider.walk(url, "deny", error="access_denied"))
        self.assertEqual((told["state"], told["reason"]), ("FAILED", "OIDC_ACCESS_DENIED"))

    def test_too_low_a_level_is_told(self):
        browser, url = self.begun()
        told = browser.come_back(self.provider.walk(url, "deny", error="unmet_authentication_requirements"))
        self.assertEqual((told["state"], told["reason"]), ("FAILED", "OIDC_LEVEL_TOO_LOW"))

    def test_a_code_counts_once_there(self):
        browser, url = self.begun()
        back = self.provider.walk(url, "login", number=self.number, name="Astrid Exempelsson", acr=LEVEL_3)
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        self.assertEqual(browser.come_back(back)["state"], "COMPLETE")
        other, url = self.begun()
        own = self.provider.walk(url, "login", number=self.number, name="Astrid Exempelsson", acr=LEVEL_3)
        parts = urllib.parse.urlsplit(own)
        query = {**dict(urllib.parse.parse_qsl(parts.query)), "code": code}
        told = other.come_back(parts._replace(query=urllib.parse.urlencode(query)).geturl())
        self.assertEqual((told["state"], told["reason"]), ("FAILED", "OIDC_CODE_REFUSED"))


class RsaStory(OpenIdStory):
    """The same with tokens by RS256."""

    alg = "RS256"


if __name__ == "__main__":
    unittest.main()
