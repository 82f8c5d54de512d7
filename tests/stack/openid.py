"""The simulated OpenID provider as a person meets it, and through its control interface."""

import json
import ssl
import urllib.error
import urllib.request


class Provider:
    """The simulator's control interface of its provider, and the browser's way to it."""

    def __init__(self, stack):
        self.stack = stack

    def control(self, method, path, body=None):
        request = urllib.request.Request(f"http://{self.stack.address('eid-sim', 'control')}/sim/v1/oidc/{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def log_in(self, browser, number):
        """Logs a browser in with Telia e-legitimation; returns what the page is told on the return."""
        started = browser.start_login("TELIA", "SAME_DEVICE")
        assert started.status == 201, (started.status, started.body)
        return browser.come_back(self.approve(self.open(started.json["authorizationUrl"]), number))

    def open(self, url):
        """Follows the address that a log-in begins with, as a browser does; returns the id of the authorization."""
        return self.follow(url).rsplit("/", 1)[1]

    def follow(self, url):
        """Goes to an address of the provider's; returns the one that it sends the browser to."""
        context = ssl.create_default_context(cafile=self.stack.keys / "telia" / "ca.pem")

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_arguments, **_keywords):
                return None
        opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=context))
        try:
            opener.open(url, timeout=60)
        except urllib.error.HTTPError as answer:
            assert answer.code == 303, (answer.code, answer.read())
            return answer.headers["Location"]
        raise AssertionError("the provider did not take the request")

    def approve(self, authorization, number, **how):
        return self.control("POST", f"authorizations/{authorization}/approve", {"personalNumber": number, **how})["redirectUrl"]

    def deny(self, authorization, **how):
        return self.control("POST", f"authorizations/{authorization}/deny", how)["redirectUrl"]
