"""A browser: REST through the gateway with cookies and the CSRF header; and the phone that approves its log-in."""

import http.client
import http.cookies
import json
import urllib.parse
import urllib.request
import uuid

from .wait import until

# What tells to come again, and for how many seconds that may be the machine's doing.
LATER = (503, 504)
PATIENCE = 20


class Answer:
    """Status, headers (lower-case names) and body of an answer."""

    def __init__(self, response, body):
        self.status = response.status
        self.headers = {}
        for name, value in response.getheaders():
            self.headers.setdefault(name.lower(), value)
        self.cookies = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.body = body

    @property
    def json(self):
        return json.loads(self.body) if self.body else None


class Browser:
    """One user agent. It keeps cookies as a browser does, sends the CSRF token on changes, and an Idempotency-Key on POST. Who is told to come
    again comes again, as the documentation says: on a busy machine that need not mean anything. Where a process is down or stopped, it is the
    answer."""

    def __init__(self, stack, language="en"):
        self.stack = stack
        self.cookies = {}
        self.csrf = None
        self.language = language

    def send(self, method, path, body=None, headers=None, timeout=30):
        """The answer; while all processes live, another than 503 or 504. A change that was made all the same is then refused, and so noticed."""
        def asked():
            answer = self.ask(method, path, body, headers, timeout)
            return None if answer.status in LATER and self.stack.lives() else answer
        return until(asked, PATIENCE, f"{method} {path}: told to come again by a system that lives")

    def ask(self, method, path, body=None, headers=None, timeout=30):
        """The answer to one request."""
        host, port = self.stack.address("gateway", "http").split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
        full = path if path.startswith("/") else f"/bitrade/v1/{path}"
        sent = {"Accept-Language": self.language, **({"Content-Type": "application/json"} if body is not None else {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method not in ("GET", "HEAD", "OPTIONS") and self.csrf:
            sent["X-CSRF-Token"] = self.csrf
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        data = json.dumps(body) if isinstance(body, (dict, list)) else body
        try:
            connection.request(method, full, body=data, headers=sent)
            response = connection.getresponse()
            answer = Answer(response, response.read())
        finally:
            connection.close()
        for cookie in answer.cookies:
            self._keep(cookie)
        return answer

    def _keep(self, text):
        for name, morsel in http.cookies.SimpleCookie(text).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def get(self, path, **keywords):
        return self.send("GET", path, **keywords)

    def post(self, path, body, key=None, headers=None, **keywords):
        key = key or str(uuid.uuid4())
        return self.send("POST", path, body=body, headers={"Idempotency-Key": f'"{key}"', **(headers or {})}, **keywords)

    # ---- log-in --------------------------------------------------------------------------------------------------------------

    def start_login(self, method="MOBILE_BANKID", start="OTHER_DEVICE", purpose="ENTER", **keywords):
        return self.send("POST", "logins", body={"method": method, "start": start, "purpose": purpose}, **keywords)

    def log_in(self, phone, purpose="ENTER"):
        """Logs in with Mobile BankID on another device; returns the last state of the log-in."""
        started = self.start_login(purpose=purpose)
        assert started.status == 201, (started.status, started.body)
        login = started.json["id"]
        shown = until(lambda: self.get(f"logins/{login}").json.get("qr"), 60, "no QR text")
        phone.scan(shown)
        phone.approve()
        ended = until(lambda: self._ended(login), 60, "the log-in did not end")
        if ended["state"] == "COMPLETE":
            self.csrf = self.get("session").json["csrfToken"]
        return ended

    def log_in_here(self, phone, method="BANKID", kind="file"):
        """Logs in with a BankID of the browser's own device; returns what the page is told on the return."""
        started = self.start_login(method, "SAME_DEVICE")
        assert started.status == 201, (started.status, started.body)
        phone.open(started.json["launchUrl"], kind)
        ended = self.come_back(phone.approve()["returnUrl"])
        if ended["state"] == "COMPLETE":
            self.csrf = self.get("session").json["csrfToken"]
        return ended

    def come_back(self, return_url):
        """Goes where the app sends the browser; returns what the page is told in the fragment of its address. While that is PENDING, the page
        asks again: a machine under load may take longer than the gateway waits."""
        told = self.sent_back(return_url)
        if told.get("state") == "PENDING":
            ended = until(lambda: self._ended(told["login"]), 60, "the log-in did not end")
            told.update({"state": ended["state"], **({"reason": ended["reason"]} if ended.get("reason") else {})})
        return told

    def sent_back(self, return_url):
        """What the page is told at once."""
        back = urllib.parse.urlsplit(return_url)
        answer = self.get(f"{back.path}?{back.query}")
        assert answer.status == 303, (answer.status, answer.body)
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["location"]).fragment))

    def _ended(self, login):
        answer = self.get(f"logins/{login}")
        return answer.json if answer.status == 200 and answer.json["state"] != "PENDING" else None

    # ---- signatures ----------------------------------------------------------------------------------------------------------

    def ask_to_sign(self, path, etag, key=None):
        """Asks for the signature of what is at `path`, in one version, with Mobile BankID on another device."""
        return self.post(f"{path}/signature-requests", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"}, key=key,
                         headers={"If-Match": etag})

    def show_code(self, signature):
        """The code of a signature, as soon as the provider has given one."""
        return until(lambda: self.get(f"signatures/{signature}").json.get("qr"), 60, "no QR text")

    def signature_ended(self, signature, seconds=60):
        """The signature when it is no longer pending."""
        def look():
            answer = self.get(f"signatures/{signature}")
            return answer.json if answer.status == 200 and answer.json["state"] != "PENDING" else None
        return until(look, seconds, "the signature did not end")

    def sign(self, phone, path, etag):
        """Signs what is at `path`, in one version; returns the signature as it ended."""
        asked = self.ask_to_sign(path, etag)
        assert asked.status == 201, (asked.status, asked.body)
        signature = asked.json["signatureId"]
        phone.scan(self.show_code(signature))
        phone.approve()
        return self.signature_ended(signature)


class Phone:
    """A person's phone with Mobile BankID, through the simulator's control API."""

    def __init__(self, stack, personal_number, name="Astrid Exempelsson", kinds=("mobile",)):
        self.stack = stack
        self.number = personal_number
        given, _, surname = name.partition(" ")
        self.order = None
        self.control("PUT", f"persons/{personal_number}",
                     {"name": name, "givenName": given, "surname": surname, "kinds": list(kinds)})

    def control(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.stack.ports['eid-sim']['control']}/sim/v1/{path}", method=method,
                                         data=json.dumps(body).encode() if body is not None else None,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def scan(self, qr):
        self.order = self.control("POST", "scan", {"qr": qr, "personalNumber": self.number, "ip": "127.0.0.1"})["autoStartToken"]

    def open(self, launch_url, kind="mobile", ip="127.0.0.1"):
        """Follows the link that starts the app on the device of the browser."""
        self.order = launch_url.partition("autostarttoken=")[2].partition("&")[0]
        return self.control("POST", "autostart", {"autoStartToken": self.order, "personalNumber": self.number, "ip": ip, "kind": kind})

    def approve(self, **how):
        """Enters the security code; `how` as the simulator's control interface takes it. Tells where the app goes back to, if anywhere."""
        order = self.control("POST", f"orders/{self.order}/approve", how)
        self.stack.hasten()
        return order

    def cancel(self):
        self.control("POST", f"orders/{self.order}/cancel", {})
        self.stack.hasten()
