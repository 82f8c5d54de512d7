"""Redis, identity, registry and the gateway killed in every phase of a log-in and of a signature: what needs the dead process is refused
promptly, nobody gets in meanwhile, and then each log-in and each signature goes on from where it was."""

import concurrent.futures
import contextlib
import subprocess
import threading
import time
import types

from tests.fault.phases import PATIENCE, Confirmer, Counsel, Inviter, Signer, Watched, await_waiter, locked
from tests.integration.harness import Story
from tests.stack.openid import Provider
from tests.stack.wait import until

# What each thing that one may ask for needs beside the gateway.
NEEDS = {"a log-in that begins": {"redis", "identity"}, "a log-in that goes on": {"redis", "identity"},
         "a signature that goes on": {"redis", "identity"}, "a request to sign": {"redis", "identity", "registry"},
         "a filing": {"redis", "identity", "registry"}, "the own record": {"redis", "registry"}, "the session": {"redis"},
         "appointments": {"redis"}, "rates": set()}
AUDITED = ("identity", "registry", "billing")
TICKET_LIFE = 121


def side_by_side(*steps):
    with concurrent.futures.ThreadPoolExecutor(len(steps)) as pool:
        for step in [pool.submit(step) for step in steps]:
            step.result()


class Killed(Story):
    """One system; each test kills one process while there is somebody in each phase."""

    environment = {name: {"BITRADE_CONFIRMATION_FILING": "refuse"} for name in ("billing", "registry")}

    @classmethod
    def prepare(cls, stack):
        stack.redis.keeps = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = Provider(cls.stack)
        names = ("idle", "asked", "signed", "complete", "filed", "filing")
        cls.signers = types.SimpleNamespace(**{name: Signer(cls) for name in names}, confirming=Confirmer(cls))

    @classmethod
    def tearDownClass(cls):
        """The chains of audit rows hold, whoever was killed in the middle of writing them."""
        for name in AUDITED:
            row = cls.stack.row(name)
            until((cls.stack.base / "audit" / f"{name}.checkpoints").exists, PATIENCE, f"no checkpoint of {name}")
            subprocess.run([cls.stack.build / "bin" / row["binary"], "verify-audit"], env=cls.stack.environment(row), check=True,
                           stdout=subprocess.DEVNULL, cwd=cls.stack.base)
        super().tearDownClass()

    registered_counsel, appointment, matter = (classmethod(getattr(Story, name)) for name in ("registered_counsel", "appointment", "matter"))

    # ---- the phases ----------------------------------------------------------------------------------------------------------

    def known(self, *ways):
        """Waits until identity knows that these log-ins are complete, without asking it."""
        rows = f"SELECT count(*) FROM identity.login WHERE state = 'COMPLETE' AND id IN ({', '.join(repr(way.login) for way in ways)})"
        self.eventually(lambda: self.stack.postgres.execute(rows) == str(len(ways)), PATIENCE, "the log-ins are not complete")

    def set_out(self):
        """Brings somebody into each phase; those that pass by themselves come last."""
        names = ("started", "scanned", "approved", "complete", "unheard", "app", "provider", "stranger")
        self.ways = types.SimpleNamespace(**{name: Counsel(self) for name in names})
        ways, signers = self.ways, self.signers
        self.stack.hastens = True
        side_by_side(ways.complete.to_approved, ways.unheard.to_approved, ways.app.to_app, ways.provider.to_provider, ways.stranger.to_approved,
                     signers.idle.to_draft, signers.asked.to_draft, signers.signed.to_draft, signers.complete.to_signed,
                     signers.filed.to_filed, signers.filing.to_signed, signers.confirming.to_provider)
        self.known(ways.complete, ways.unheard, ways.app, ways.stranger)
        side_by_side(ways.unheard.to_unheard, ways.stranger.enter)
        self.stack.hastens = False
        side_by_side(ways.started.start, lambda: (ways.scanned.start(), ways.scanned.scan()), lambda: (ways.approved.start(), ways.approved.scan()),
                     lambda: (signers.signed.ask(), signers.signed.scan_signature()))

    def last_steps(self):
        """What must not have gone on when the process is killed."""
        self.ways.approved.approve()
        self.signers.signed.phone.approve()
        self.signers.asked.ask()

    @contextlib.contextmanager
    def filing_under_way(self, signer, service, table):
        """Somebody files, and the owner is in the middle of it; afterwards it goes on, if the owner lives."""
        def file():
            with contextlib.suppress(OSError):  # of the gateway, which is dead
                signer.file()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            with locked(self.stack, service, table, signer.path.partition("/")[2]):
                filing = pool.submit(file)
                await_waiter(self.stack, service)
                yield
            filing.result()

    @contextlib.contextmanager
    def on_the_way_back(self, way):
        """Her browser is back from the app, which counts once, and waits: BankID is kept from telling the end of the order."""
        def come_back():
            with contextlib.suppress(OSError):  # of the gateway, which is dead
                way.come_back()
        way.to_app()
        counted = f"SELECT count(return_time) FROM identity.login WHERE id = '{way.login}'"
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            with locked(self.stack, "identity", "bankid_order", way.login):
                coming = pool.submit(come_back)
                self.eventually(lambda: self.stack.postgres.execute(counted) == "1", PATIENCE, "the return does not count")
                yield
            coming.result()

    @contextlib.contextmanager
    def in_use(self, process):
        """Somebody is at work all the while. She sees that a process is dead where she needs it, and nowhere else: there she is told to come again
        now and then at most, as a busy machine does."""
        browser, done, seen = Watched(self.stack), threading.Event(), []
        browser.cookies = dict(self.signers.idle.browser.cookies)
        routes = {"counsel": "the own record", "session": "the session", "appointments": "appointments"}

        def work():
            while not done.is_set():
                for path, name in routes.items():
                    with contextlib.suppress(OSError):  # of the gateway, which is dead
                        answer = browser.get(path)
                        if process not in NEEDS[name] or answer.status not in (200, 401, 503):
                            seen.append((name, answer.status))
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            working = pool.submit(work)
            try:
                yield
            finally:
                done.set()
            working.result()
        self.assertTrue(seen or process == "redis")
        self.assertEqual([one for one in seen if one[1] not in (200, 503)], [])
        for name in {name for name, _ in seen}:
            self.assertGreater(seen.count((name, 200)), 9 * seen.count((name, 503)), name)

    def kill_in_the_middle(self, process):
        with self.filing_under_way(self.signers.filing, "billing", "cost_statement"):
            self.last_steps()
            self.kill(process)

    # ---- dead ----------------------------------------------------------------------------------------------------------------

    def kill(self, process):
        self.stack.redis.stop(9) if process == "redis" else self.stack.end_process(process, 9)

    def start_again(self, process):
        self.stack.redis.start() if process == "redis" else self.stack.start_process(process)
        self.agency.reconnect()

    def questions(self):
        ways, signers = self.ways, self.signers
        return {"a log-in that begins": Watched(self.stack).start_login,
                "a log-in that goes on": lambda: ways.started.browser.get(f"logins/{ways.started.login}"),
                "a signature that goes on": lambda: signers.signed.browser.get(f"signatures/{signers.signed.signature}"),
                "a request to sign": signers.idle.request,
                "a filing": signers.complete.file,
                "the own record": lambda: signers.idle.browser.get("counsel"),
                "the session": lambda: signers.idle.browser.get("session"),
                "appointments": lambda: signers.idle.browser.get("appointments"),
                "rates": lambda: signers.idle.browser.get("compensation-rates")}

    def assert_refused_without(self, process):
        """Only what needs it is refused, promptly: see Watched."""
        for name, ask in self.questions().items():
            if process in NEEDS[name]:
                self.assert_prompt(lambda a=ask, n=name: self.refused(a, f"{n} without {process}"))
            elif name not in ("a filing", "a request to sign"):
                self.eventually(lambda a=ask: a().status in (200, 201), sentence=f"{name} without {process}")

    def refused(self, ask, sentence):
        """After how many seconds."""
        began = time.monotonic()
        self.assertEqual(ask().status, 503, sentence)
        return time.monotonic() - began

    def assert_nobody_enters_without(self, process):
        """Neither who has nothing, nor who has what is not a session yet; the way back of each is still there."""
        ways = self.ways
        self.assertEqual(Watched(self.stack).get("appointments").status, 401)
        invented = Watched(self.stack)
        invented.cookies["__Host-session"] = "A" * 43
        self.assertEqual((invented.get if process == "redis" else invented.told)("appointments").status, 503 if process == "redis" else 401)
        for way in (ways.complete, ways.unheard, ways.app, ways.provider):
            if way.back:
                way.come_back()
            elif seen := way.look():
                self.assertEqual((process, seen["state"]), ("registry", "PENDING"))
            self.assertNotIn("__Host-session", way.browser.cookies)
            self.assertEqual(way.browser.get("session").status, 401)
        self.signers.confirming.come_back()

    def assert_nothing_is_filed(self):
        statement = self.signers.complete.path.partition("/")[2]
        state = f"SELECT state FROM billing.cost_statement WHERE id = '{statement}'"
        self.assertEqual(self.stack.postgres.execute(state), "DRAFT")

    # ---- and back ------------------------------------------------------------------------------------------------------------

    def go_on(self):
        """Each goes on from where she was."""
        ways, signers = self.ways, self.signers
        side_by_side(lambda: (ways.started.scan(), ways.started.approve(), ways.started.enter()),
                     lambda: (ways.scanned.approve(), ways.scanned.enter()),
                     ways.approved.enter, ways.complete.enter, ways.unheard.enter, ways.app.enter, ways.provider.enter,
                     *(lambda signer=signer: self.sign_and_file(signer) for signer in vars(signers).values()))

    def sign_and_file(self, signer):
        if signer.back:
            self.eventually(signer.come_back, PATIENCE, "no way back")
        signer.inside()
        if signer in (self.signers.idle, self.signers.asked):
            self.eventually(signer.ask, PATIENCE, "no request")
            signer.scan_signature()
            signer.phone.approve()
        signer.signed()
        first, again = signer.filed(), signer.filed()
        self.assertEqual(first, again)

    def assert_each_has_her_own(self):
        """A session for each log-in, of whoever proved herself, and nothing of it for anybody else."""
        stranger, signer = self.ways.stranger, self.signers.complete
        stranger.inside()
        stranger.start()
        for way in vars(self.ways).values():
            if way is not stranger:
                way.own()
                self.assertEqual(len({one["id"] for one in way.browser.told("sessions").json["sessions"]}), 1)
                self.assertEqual(stranger.browser.told(f"logins/{way.login}").status, 404)
        for path in (f"signatures/{signer.signature}", signer.path):
            self.assertEqual(stranger.browser.told(path).status, 404)

    def finish(self):
        self.go_on()
        self.assert_each_has_her_own()

    # ---- the story -----------------------------------------------------------------------------------------------------------

    def dies(self, process):
        self.kill_in_the_middle(process)
        self.assert_refused_without(process)
        self.assert_nobody_enters_without(process)
        self.assert_nothing_is_filed()

    def redis_dies(self):
        self.set_out()
        with self.in_use("redis"):
            self.dies("redis")

    def test_identity(self):
        self.set_out()
        collected = Counsel(self)
        collected.start()
        collected.scan()
        with locked(self.stack, "identity", "login", collected.login):
            self.stack.hastens = True
            collected.approve()
            await_waiter(self.stack, "identity")
            self.stack.hastens = False
            with self.in_use("identity"):
                self.dies("identity")
                self.start_again("identity")
        self.finish()
        self.assert_told_to_begin_anew(collected)

    def assert_told_to_begin_anew(self, way):
        """BankID tells the end of an order once. Who was told of it, and died before it was written, lets nobody in; the person reads what to do."""
        ended = way.end()
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_EXPIRED"), ended)
        self.assertIn("try once more", ended["message"])
        way.to_approved()
        way.enter()

    def test_registry(self):
        """Which owns delegations, too: what it was about to write when it died is written once."""
        self.set_out()
        inviter = Inviter(self)
        inviter.to_signed()
        with self.in_use("registry"), self.filing_under_way(inviter, "registry", "delegation"):
            self.dies("registry")
            self.start_again("registry")
        self.assertEqual(inviter.filed(), inviter.filed())
        self.finish()

    def test_the_gateway(self):
        self.set_out()
        waiting = Counsel(self)
        with self.in_use("gateway"), self.on_the_way_back(waiting):
            self.kill_in_the_middle("gateway")
            for ask in self.questions().values():
                self.assertRaises(OSError, ask)
            self.start_again("gateway")
        self.assertEqual(self.signers.idle.browser.told("session").status, 200)
        self.finish()
        self.assert_not_back_twice(waiting)

    def assert_not_back_twice(self, way):
        """The page that the browser was sent to never came, and its address counts no more: the page of the start goes on asking."""
        self.assertRaisesRegex(AssertionError, "LOGIN_RETURN_REFUSED", until, way.come_back, PATIENCE, "no answer")
        self.assertNotIn("__Host-session", way.browser.cookies)
        way.back = None
        way.enter()

    def test_redis_that_has_kept_all(self):
        self.redis_dies()
        self.start_again("redis")
        self.assertEqual(self.signers.idle.browser.told("session").status, 200)
        self.finish()

    def test_redis_that_has_lost_all(self):
        self.redis_dies()
        self.stack.redis.forget()
        self.start_again("redis")
        self.assertEqual(self.signers.idle.browser.told("session").status, 401)
        self.finish()

    def test_the_ticket_of_a_session_ends_while_identity_is_dead(self):
        """Then the session opens nothing; and it is not over."""
        way = Counsel(self)
        way.to_approved()
        way.enter()
        self.addCleanup(self.stack.set_clock, 0)
        self.kill("identity")
        self.assertEqual(way.browser.told("appointments").status, 200)
        self.stack.set_clock(TICKET_LIFE)
        self.assertEqual([way.browser.get(path).status for path in ("appointments", "counsel", "session")], [503] * 3)
        self.start_again("identity")
        way.own()
        self.assertEqual(way.browser.told("appointments").status, 200)
