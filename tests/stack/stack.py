"""The whole system: PostgreSQL, Redis, the simulator, six services and the gateway, started in the order of readiness."""

import datetime
import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from . import pki, rates, stores, table
from .wait import tail, until

CASE_SYSTEMS = ("journey", "other")
# As the agency's certificate at BankID names it.
RELYING_PARTY = "/C=SE/O=Testbank A AB (publ)/serialNumber=2021002163/name=Bitrade/CN=bitrade.example"
# Everybody comes from one address here, and nobody waits a second between two looks.
UNLIMITED = ("BITRADE_LOGIN_STARTS_PER_MINUTE", "BITRADE_LOGIN_STARTS_PER_HOUR", "BITRADE_LOGIN_STARTS_PER_DEVICE_MINUTE",
             "BITRADE_LOGIN_STARTS_OF_ALL_PER_MINUTE", "BITRADE_LOGIN_LOOKS_PER_SECOND", "BITRADE_LOGIN_RETURNS_PER_MINUTE",
             "BITRADE_SIGNATURE_STARTS_PER_MINUTE")
# A signature's order has been taken once, to begin it, when it has secrets.
FIRST_QUESTIONS_NOW = """UPDATE identity.bankid_order SET due_time = 'epoch'
                          WHERE secrets IS NOT NULL AND lease = CASE WHEN signature_id IS NULL THEN 0 ELSE 1 END"""
# How long a process may go on with the offset that it has read, in seconds, and a little more.
CLOCK_READ_EVERY = 0.06


def runs(pid):
    """Whether a process has neither ended nor been stopped."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] in "RSD"
    except OSError:
        return False


class Died(RuntimeError):
    """A process of the system has ended by itself."""


class Stack:
    """One system in a folder of its own: data, keys, logs and sockets. `ports` as table.fixed_ports or table.free_ports give them."""

    def __init__(self, base, build, ports, environment=None):
        self.base = pathlib.Path(base).resolve()
        self.build = pathlib.Path(build)
        self.ports = ports
        self.extra = environment or {}
        self.base.mkdir(parents=True, exist_ok=True)
        self.keys = self.base / "secrets"
        self.clock = self.base / "clock"
        self.children = {}
        self.hastens = False  # for stories: see hasten
        self.migrated = False  # by whoever made the cluster: see template
        self.postgres = stores.Postgres(self.base)
        self.redis = stores.Redis(self.base)

    # ---- keys ----------------------------------------------------------------------------------------------------------------

    def make_keys(self):
        """Everything secret that the processes read; made once."""
        pki.make_ca(self.keys / "tls", "bitrade development CA")
        for row in table.processes():
            if row["kind"] != "simulator":
                pki.make_process_certificate(self.keys / "tls", row["name"])
        self._make_agency_keys()
        pki.make_ca(self.keys / "bankid", "BankID simulator CA")
        pki.make_certificate(self.keys / "bankid", "server", ["DNS:localhost", "IP:127.0.0.1"])
        pki.make_certificate(self.keys / "bankid", "relying-party", ["DNS:bitrade.example"], subject=RELYING_PARTY)
        self._make_signing_root()
        pki.make_ca(self.keys / "telia", "OpenID simulator CA")
        pki.make_certificate(self.keys / "telia", "server", ["DNS:localhost", "IP:127.0.0.1"])
        pki.make_signing_key(self.keys / "telia" / "relying-party.pem", pki.P_256)
        self._make_ticket_key()
        for service in table.services():
            pki.make_signing_key(self.keys / "audit" / f"{service}.pem")
            pki.make_secret(self.keys / "keyring" / service / "k1.hex")
        pki.make_secret(self.keys / "keyring" / "gateway" / "k1.hex")
        pki.make_secret(self.keys / "redis")

    def _make_agency_keys(self):
        """What case systems and the services' listeners for them show each other: of an authority that no listener inside trusts."""
        folder = self.keys / "agency"
        pki.make_ca(folder, "bitrade development CA of case systems")
        for row in table.processes():
            if "agency" in row["ports"]:
                pki.make_listener_certificate(folder, row["name"])
        for name in CASE_SYSTEMS:
            pki.make_case_system_certificate(folder, name)

    def _make_signing_root(self):
        """The root above the signatures of the simulated BankID, which identity trusts. The simulator makes it, valid under any clock."""
        root = self.keys / "bankid" / "signing-root.pem"
        if not root.exists():
            subprocess.run([self.build / "bin" / "eid_sim", f"--make-signing-root={root}", f"--signing-root-key={root.with_suffix('.key')}"], check=True)

    def _make_ticket_key(self):
        pki.make_signing_key(self.keys / "ticket" / "t1.pem")
        public = self.keys / "ticket-keys"
        public.mkdir(exist_ok=True)
        if not (public / "t1.pem").exists():
            shutil.copy(self.keys / "ticket" / "t1.pem.pub", public / "t1.pem")

    # ---- environment ---------------------------------------------------------------------------------------------------------

    def address(self, process, kind="grpc"):
        return f"127.0.0.1:{self.ports[process][kind]}"

    def url(self):
        """Where the gateway answers."""
        return f"http://localhost:{self.ports['gateway']['http']}"

    def telia(self):
        """What a relying party of the simulated OpenID provider has to know."""
        folder = self.keys / "telia"
        return {"BITRADE_TELIA_ISSUER": f"https://localhost:{self.ports['eid-sim']['oidc']}", "BITRADE_TELIA_CLIENT_ID": "bitrade",
                "BITRADE_TELIA_KEY": folder / "relying-party.pem", "BITRADE_TELIA_CA": folder / "ca.pem",
                "BITRADE_TELIA_REDIRECT": f"{self.url()}/bitrade/v1/logins/telia-return",
                "BITRADE_TELIA_LOGOUT_REDIRECT": f"{self.url()}/",
                "BITRADE_TELIA_AUTHN_PROVIDER": "https://telia.example/eid"}

    def environment(self, row):
        """The environment of one process, and nothing of ours beside it."""
        name, tls = row["name"], self.keys / "tls"
        values = {
            "BITRADE_PROFILE": "development", "BITRADE_CLOCK_FILE": self.clock,
            "BITRADE_ADMIN_ADDRESS": self.address(name, "admin"), "BITRADE_TRUST_DOMAIN": pki.TRUST_DOMAIN,
            "BITRADE_TLS_CERTIFICATE": tls / f"{name}.pem", "BITRADE_TLS_KEY": tls / f"{name}.key", "BITRADE_TLS_CA": tls / "ca.pem",
            "BITRADE_KEYRING": self.keys / "keyring" / name,
        }
        for other in row.get("calls", []):
            values[f"BITRADE_NEIGHBOUR_{other.upper()}"] = self.address(other)
        values.update(self._service(name) if row["kind"] == "service" else self._gateway())
        values.update(self.extra.get(name, {}))
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TMPDIR", "ASAN_OPTIONS")}
        return {**kept, **{key: str(value) for key, value in values.items() if value is not None}}

    def _service(self, name):
        user = f"bitrade_{name}"
        values = {
            "BITRADE_PROCESS_ADDRESS": self.address(name), "BITRADE_POLICY_FILE": table.ROOT / "services" / "policy.json",
            "BITRADE_DATABASE_URL": self.postgres.conninfo(f"{user}_app"),
            "BITRADE_SEQUENCER_DATABASE_URL": self.postgres.conninfo(f"{user}_sequencer"),
            "BITRADE_TICKET_KEYS": self.keys / "ticket-keys",
            "BITRADE_AUDIT_CHECKPOINTS": self.base / "audit" / f"{name}.checkpoints",
            "BITRADE_AUDIT_SIGNING_KEY": self.keys / "audit" / f"{name}.pem",
        }
        if "agency" in self.ports[name]:
            agency = self.keys / "agency"
            values.update({
                "BITRADE_AGENCY_ADDRESS": self.address(name, "agency"), "BITRADE_AGENCY_TLS_CERTIFICATE": agency / f"{name}.pem",
                "BITRADE_AGENCY_TLS_KEY": agency / f"{name}.key", "BITRADE_AGENCY_TLS_CA": agency / "ca.pem"})
        if name == "identity":
            bankid = self.keys / "bankid"
            values.update({
                "BITRADE_TICKET_SIGNING_KEY": self.keys / "ticket" / "t1.pem",
                "BITRADE_BANKID_URL": f"https://localhost:{self.ports['eid-sim']['rp']}/rp/v6.0", "BITRADE_BANKID_CA": bankid / "ca.pem",
                "BITRADE_BANKID_CERTIFICATE": bankid / "relying-party.pem", "BITRADE_BANKID_KEY": bankid / "relying-party.key",
                "BITRADE_BANKID_SIGNING_ROOT": bankid / "signing-root.pem", **self.telia(), "BITRADE_PUBLIC_BASE_URL": self.url()})
        if name in ("billing", "registry"):
            values["BITRADE_CONFIRMATION_FILING"] = "allow"
        return values

    def _gateway(self):
        return {
            "BITRADE_HTTP_ADDRESS": self.address("gateway", "http"), "BITRADE_REDIS_SOCKET": self.redis.socket,
            "BITRADE_REDIS_USER": "gateway", "BITRADE_REDIS_PASSWORD_FILE": self.keys / "redis",
            "BITRADE_PUBLIC_BASE_URL": self.url(), "BITRADE_OPENAPI_FOLDER": table.ROOT / "docs" / "api",
            "BITRADE_CONTACT_ADDRESS": "bitrade-support@agency.example",
            **dict.fromkeys(UNLIMITED, 1_000_000),
        }

    # ---- processes -----------------------------------------------------------------------------------------------------------

    def log(self, name):
        return self.base / f"{name}.log"

    def row(self, name):
        return next(row for row in table.processes() if row["name"] == name)

    def _command(self, row):
        binary = self.build / "bin" / row["binary"]
        if row["kind"] != "simulator":
            return [binary, "serve"], self.environment(row)
        bankid, telia, ports = self.keys / "bankid", self.keys / "telia", self.ports["eid-sim"]
        return [binary, f"--rp-port={ports['rp']}", f"--control-port={ports['control']}", f"--certificate={bankid / 'server.pem'}",
                f"--key={bankid / 'server.key'}", f"--client-ca={bankid / 'ca.pem'}",
                f"--signing-root={bankid / 'signing-root.pem'}", f"--signing-root-key={bankid / 'signing-root.key'}", f"--clock-file={self.clock}",
                f"--oidc-port={ports['oidc']}", f"--oidc-certificate={telia / 'server.pem'}", f"--oidc-key={telia / 'server.key'}",
                f"--oidc-client-id={self.telia()['BITRADE_TELIA_CLIENT_ID']}", f"--oidc-client-key={telia / 'relying-party.pem.pub'}",
                f"--oidc-redirect={self.telia()['BITRADE_TELIA_REDIRECT']}",
                f"--oidc-logout-redirect={self.telia()['BITRADE_TELIA_LOGOUT_REDIRECT']}",
                f"--oidc-backchannel-logout={self.url()}/bitrade/v1/logins/telia-logout",
                f"--ports-file={self.base / 'eid-sim.ports'}"], {"PATH": os.environ["PATH"]}

    def launch(self, name):
        """Starts one process, without waiting for it."""
        command, environment = self._command(self.row(name))
        with open(self.log(name), "ab") as log:
            self.children[name] = subprocess.Popen(list(map(str, command)), env=environment, cwd=self.base, stdout=log, stderr=log,
                                                   stdin=subprocess.DEVNULL, start_new_session=True)

    def await_ready(self, name, seconds=60):
        until(lambda: self.is_ready(name), seconds, f"{name} is not ready", alive=self.children[name], log=self.log(name))

    def start_process(self, name):
        self.launch(name)
        self.await_ready(name)

    def is_ready(self, name):
        port, path = self.ports[name].get("admin"), "/readyz"
        if port is None:
            port, path = self.ports[name]["control"], "/sim/v1/orders"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=1) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def metrics(self, name):
        with urllib.request.urlopen(f"http://{self.address(name, 'admin')}/metrics", timeout=30) as answer:
            return answer.read().decode()

    def end_process(self, name, sign=15):
        """Ends one process (15 drains, 9 kills) and waits for its end; returns its exit code."""
        child = self.children.pop(name)
        if child.poll() is None:
            os.kill(child.pid, sign)
        return child.wait(timeout=60)

    def pid(self, name):
        return self.children[name].pid

    # ---- the whole -----------------------------------------------------------------------------------------------------------

    def migrate(self, services=None):
        """Brings the schemas of `services`, or of all, up to date."""
        if not self.postgres.execute("SELECT 1 FROM pg_database WHERE datname = 'bitrade'", database="postgres"):
            self.postgres.execute("CREATE DATABASE bitrade", database="postgres")
        rates.withdraw(self.postgres)
        roles = pathlib.Path(__file__).with_name("roles.sql").read_text()
        for name in services or table.services():
            self.postgres.execute(f"\\set schema {name}\n{roles}")
            row = self.row(name)
            environment = self.environment(row) | {"BITRADE_OWNER_DATABASE_URL": self.postgres.conninfo(f"bitrade_{name}_owner")}
            done = subprocess.run([self.build / "bin" / row["binary"], "migrate"], env=environment, capture_output=True, text=True,
                                  check=False, cwd=self.base)
            if done.returncode != 0:
                raise RuntimeError(f"migrating {name} failed:\n{done.stdout}{done.stderr}")
        if "billing" in (services or table.services()):
            rates.invent(self.postgres, datetime.date.today())

    def start(self, say=lambda text: None, fsync="on"):
        """Starts everything; processes that do not wait for each other start side by side."""
        (self.base / "audit").mkdir(exist_ok=True)
        self.make_keys()
        if not self.clock.exists():
            self.set_clock(0)
        self.postgres.start(fsync)
        say("PostgreSQL answers")
        self.redis.start()
        say("Redis answers")
        if not self.migrated:
            self.migrate()
        say("schemas are migrated")
        names = [row["name"] for row in table.processes()]
        for name in names:
            self.launch(name)
        for name in names:
            self.await_ready(name)
            say(f"{name} is ready at {self.address(name, next(iter(self.ports[name])))}")

    def set_clock(self, seconds):
        """Moves every process' clock: `seconds` from the real time. Returns when all of them must have seen it."""
        pending = self.base / "clock.new"
        pending.write_text(f"{int(seconds)}\n")
        pending.replace(self.clock)
        if self.children:
            time.sleep(CLOCK_READ_EVERY)

    def hasten(self):
        """Where a story has no time for the first question's two seconds: lets identity ask BankID at once about each order that it has not
        asked about yet. The simulator answers an order's first question whenever it comes; when identity asks is the collector's own tests' concern."""
        if self.hastens:
            self.postgres.execute(FIRST_QUESTIONS_NOW)

    def lives(self):
        """Whether every process is there and runs: none has ended, and none was stopped."""
        children = [self.children.get(row["name"]) for row in table.processes()] + [self.postgres.process, self.redis.process]
        return all(child is not None and runs(child.pid) for child in children)

    def check_alive(self):
        """Raises Died with the last log lines when a process has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Died(f"{name} ended with {child.returncode}; its last lines:\n{tail(self.log(name))}")

    def stop(self):
        """Ends everything that was started, the gateway first."""
        for name in list(self.children)[::-1]:
            child = self.children[name]
            if child.poll() is None:
                child.terminate()
        for name in list(self.children)[::-1]:
            try:
                self.children[name].wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.children[name].kill()
                self.children[name].wait()
        self.children.clear()
        self.redis.stop()
        self.postgres.stop()

    def remove(self):
        """Deletes the folder of a stopped system."""
        stores.remove_short_folder(self.base)
        shutil.rmtree(self.base, ignore_errors=True)
