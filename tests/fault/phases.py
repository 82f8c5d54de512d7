"""Counsel on their way into the system or to a filing, each left in one phase of it, and what nobody may be told meanwhile."""

import contextlib
import subprocess
import urllib.parse
import uuid

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.stores import postgres_bin
from tests.stack.wait import until

# How long anything may take on a busy machine, in seconds. How fast a refusal comes is measured where it is asked for alone.
PATIENCE = 60
# What stands in no refusal: who is behind, and how it failed.
INSIDE = ("redis", "postgres", "sql", "grpc", "socket", "errno", "connect", "exception", "bitrade-", "/work", "exempelsson")


class Watched(Browser):
    """A browser that is refused in order, or not at all: 503 is the only answer above 499, and says when to come again. A 504 is a busy machine's:
    whoever is asked lives, and had no time."""

    def send(self, method, path, body=None, headers=None, timeout=30):
        answer = until(lambda: (given := self.ask(method, path, body, headers, timeout)).status != 504 and given, PATIENCE, f"504 for {path}")
        if answer.status >= 400:
            self._check(f"{method} {path}", answer)
        return answer

    def _check(self, asked, answer):
        told = (asked, answer.status, answer.headers, answer.body)
        assert answer.status < 500 or (answer.status == 503 and "retry-after" in answer.headers), told
        assert answer.headers["content-type"].startswith("application/problem+json"), told
        assert answer.json["detail"] and answer.json["reason"], told
        text = answer.body.decode().lower()
        assert not [word for word in INSIDE if word in text], told
        assert "__Host-session" not in "".join(answer.cookies), told

    def told(self, path):
        """The answer when it is another than 503, which means: later."""
        return until(lambda: (answer := self.get(path)).status != 503 and answer, PATIENCE, f"no answer to {path}")


class Counsel:
    """One person of the register with a phone and a browser. Whatever she is asked to do, a 503 means: later."""

    def __init__(self, story, kinds=("mobile", "file")):
        self.story, self.stack = story, story.stack
        self.id, self.number = story.registered_counsel()
        self.phone = Phone(self.stack, self.number, kinds=kinds)
        self.browser = Watched(self.stack)
        self.login = self.back = None

    # ---- the phases of a log-in ----------------------------------------------------------------------------------------------

    def start(self, *how):
        started = until(lambda: (answer := self.browser.start_login(*how)).status != 503 and answer, PATIENCE, "no log-in begins")
        assert started.status == 201, started.body
        self.login = started.json["id"]
        return started.json

    def look(self):
        """The log-in as its page sees it; {} while that cannot be told."""
        answer = self.browser.get(f"logins/{self.login}")
        assert answer.status in (200, 503), answer.body
        return answer.json if answer.status == 200 else {}

    def scan(self):
        self.phone.scan(until(lambda: self.look().get("qr"), PATIENCE, "no QR text"))

    def approve(self):
        self.phone.approve()

    def to_approved(self):
        self.start()
        self.scan()
        self.approve()

    def to_unheard(self):
        """Has a session of which the browser never heard, once the log-in is complete: the answer was lost."""
        cookies = dict(self.browser.cookies)
        assert until(self.look, PATIENCE, "no answer")["state"] == "COMPLETE"
        assert "__Host-session" in self.browser.cookies
        self.browser.cookies = cookies

    def to_app(self):
        """Has approved in the app of the same device, which has not yet opened the browser again."""
        self.phone.open(self.start("BANKID", "SAME_DEVICE")["launchUrl"], "file")
        self.back = self.phone.approve()["returnUrl"]

    def to_provider(self):
        """Has approved at the OpenID provider, which has not yet sent the browser back."""
        provider = self.story.provider
        self.back = provider.approve(provider.open(self.start("TELIA", "SAME_DEVICE")["authorizationUrl"]), self.number)

    def come_back(self):
        """Goes to where the app or the provider sends the browser; returns whether the return is done with."""
        back = urllib.parse.urlsplit(self.back)
        answer = self.browser.get(f"{back.path}?{back.query}")
        if answer.status == 503:
            assert answer.headers["refresh"] == "2", answer.headers
            return False
        assert answer.status == 303 and "reason=" not in answer.headers["location"], (answer.status, answer.headers)
        self.back = None
        return True

    def end(self):
        """The log-in as the page is told when it is no longer pending."""
        return until(lambda: (seen := self.look()).get("state", "PENDING") != "PENDING" and seen, PATIENCE, "the log-in did not end")

    def enter(self):
        """Goes on as page and person do until there is a session, which must be her own."""
        if self.back:
            until(self.come_back, PATIENCE, "no way back")
        if "__Host-session" not in self.browser.cookies:
            ended = self.end()
            assert ended["state"] == "COMPLETE", ended
        self.own()

    def own(self):
        """Sees that the session is hers, and takes its token."""
        session = self.browser.told("session")
        assert (session.status, session.json.get("personId")) == (200, self.id), session.body
        self.browser.csrf = session.json["csrfToken"]

    def inside(self):
        """Logs in, where she is not."""
        if self.browser.told("session").status == 401:
            self.browser.cookies.pop("__Host-session", None)
            self.to_approved()
            self.enter()


class Signer(Counsel):
    """A counsel with an appointment, who files one cost statement after the other."""

    FILED, KEPT, PROOF = "FILED", "billing.receipt", "identity.bankid_evidence"
    HOW = {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"}

    def __init__(self, story):
        super().__init__(story)
        self.appointed = story.appointment(self.id)
        self.path = self.etag = self.asking = self.filing = self.signature = None

    # ---- the phases of a signature -------------------------------------------------------------------------------------------

    def draw_up(self):
        return self.browser.post(f"appointments/{self.appointed['id']}/cost-statements", {"input": people.claim()})

    def to_draft(self):
        self.inside()
        made = until(lambda: (answer := self.draw_up()).status == 201 and answer, PATIENCE, "no draft")
        self.path = made.headers["location"].removeprefix("/bitrade/v1/")
        self.etag = made.headers["etag"]
        self.asking, self.filing, self.signature = str(uuid.uuid4()), str(uuid.uuid4()), None

    def request(self):
        return self.browser.post(f"{self.path}/signature-requests", self.HOW, key=self.asking, headers={"If-Match": self.etag})

    def ask(self):
        """Asks to sign, with the same key each time; returns whether that is done with."""
        answer = self.request()
        if answer.status == 503:
            return False
        assert answer.status == 201, answer.body
        self.signature = answer.json["signatureId"]
        return True

    def to_asked(self):
        self.to_draft()
        until(self.ask, PATIENCE, "no request")

    def to_scanned(self):
        self.to_asked()
        self.scan_signature()

    def scan_signature(self):
        self.phone.scan(until(lambda: self.seen().get("qr"), PATIENCE, "no QR text"))

    def seen(self):
        """The signature as the page sees it; {} while that cannot be told."""
        answer = self.browser.get(f"signatures/{self.signature}")
        assert answer.status in (200, 503), answer.body
        return answer.json if answer.status == 200 else {}

    def signed(self):
        """Waits for the end of the signature, which must be good."""
        ended = until(lambda: (seen := self.seen()).get("state", "PENDING") != "PENDING" and seen, PATIENCE, "the signature did not end")
        assert ended["state"] == "COMPLETE", ended

    def to_signed(self):
        self.to_scanned()
        self.phone.approve()
        self.signed()

    def file(self):
        """Files, with the same key each time; returns the answer."""
        return self.browser.post(f"{self.path}/filing", {"signatureId": self.signature}, key=self.filing, headers={"If-Match": self.etag})

    def to_filed(self):
        """Has filed, but never heard of it."""
        self.to_signed()
        filed = until(lambda: (given := self.file()).status != 503 and given, PATIENCE, "not filed")
        assert filed.status == 200, filed.body

    def filed(self):
        """Files until that is answered, and sees that it was done once, with one proof of one signature."""
        answer = until(lambda: (given := self.file()).status != 503 and given, PATIENCE, "not filed")
        assert (answer.status, answer.json["state"]) == (200, self.FILED), answer.body
        kept = self.stack.postgres.execute(
            f"SELECT (SELECT count(*) FROM {self.KEPT} WHERE signature_id = '{self.signature}'),"
            f" (SELECT count(*) FROM {self.PROOF} WHERE signature_id = '{self.signature}')")
        assert kept == "1|1", kept
        return answer.json


class Inviter(Signer):
    """A counsel who invites a delegate: what she signs is filed at registry itself."""

    FILED, KEPT = "INVITED", "registry.delegation"

    def draw_up(self):
        return self.browser.post("delegations", {"identityNumber": people.personal_number(), "name": "Disa Testsson", "scopes": ["documents:read"]})


class Confirmer(Signer):
    """A counsel who confirms by a log-in with Telia e-legitimation for this alone."""

    PROOF = "identity.oidc_evidence"
    HOW = {"method": "TELIA", "start": "SAME_DEVICE"}

    def to_provider(self):
        """Has approved at the OpenID provider, which has not yet sent the browser back."""
        self.to_asked()
        begun = until(lambda: (answer := self.browser.send("POST", f"signatures/{self.signature}/confirmation")).status == 200 and answer,
                      PATIENCE, "no confirmation begins")
        provider = self.story.provider
        self.back = provider.approve(provider.open(begun.json["authorizationUrl"]), self.number)


@contextlib.contextmanager
def locked(stack, service, table, identifier):
    """Keeps a row of a service from whoever is about to change it."""
    session = subprocess.Popen([postgres_bin() / "psql", "-X", "-q", "-A", "-t", "-d", stack.postgres.conninfo()], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        session.stdin.write(f"BEGIN;\nSELECT 'locked' FROM {service}.{table} WHERE id = '{identifier}' FOR UPDATE;\n")
        session.stdin.flush()
        assert session.stdout.readline() == "locked\n"
        yield
    finally:
        session.communicate("ROLLBACK;\n")


def await_waiter(stack, service):
    """Waits until the service waits for such a row."""
    waiting = f"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'bitrade_{service}_app'"
    until(lambda: stack.postgres.execute(waiting) != "0", PATIENCE, f"{service} does not wait")
