"""Who a process or a case system is: its certificate, the listener it comes to, and a policy that changes while everything runs."""

import contextlib
import hashlib
import json
import shutil
import socket
import ssl
import threading

import grpc

from tests.e2e import people
from tests.stack import pki, table
from tests.stack.case_system import CaseSystem
from tests.stack.gateway import GatewayCaller

from .harness import APPOINTMENTS, MATTERS, REGISTRY, Story, day, source

LIST = "bitrade.billing.v1.CostStatementAgencyService/ListUnregistered"
ACKNOWLEDGE = "bitrade.billing.v1.CostStatementAgencyService/Acknowledge"
DISPOSALS = "bitrade.retention.v1.DisposalAgencyService/ListDisposals"
FACTS = "bitrade.registry.v1.CounselFactsService/GetCounselFacts"
NO_CONNECTION, REFUSED = "UNAVAILABLE", "PERMISSION_DENIED"
SERVICES = [row["name"] for row in table.processes() if row["kind"] == "service"]


def outcome(call):
    """ "OK", or the code of the refusal."""
    try:
        call()
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


class Certificates(Story):

    def shown(self, folder, name, listener, rpc=LIST):
        """What comes of a call at a listener with a certificate."""
        caller = CaseSystem(self.stack, self.protos)
        caller.listener = listener
        caller.show(folder, name, trusted=self.stack.keys / ("agency" if listener == "agency" else "tls"))
        self.addCleanup(caller.reconnect)
        return outcome(lambda: caller.call(rpc, {}, timeout=30))

    def made(self, folder, name, names, **how):
        pki.make_certificate(folder, name, names, **how)
        return folder, name

    def test_only_a_case_systems_own_certificate_opens_its_listener(self):
        agency, inside = self.stack.keys / "agency", self.stack.keys / "tls"
        foreign = self.stack.base / "foreign"
        pki.make_ca(foreign, "somebody else")
        ours = pki.spiffe("case-system/journey")
        expected = [
            ((agency, "journey"), "OK"),
            (self.made(foreign, "wrong-authority", [ours]), NO_CONNECTION),
            (self.made(agency, "expired", [ours], days=-1), NO_CONNECTION),
            (self.made(agency, "wrong-domain", ["URI:spiffe://elsewhere.local/case-system/journey"]), REFUSED),
            (self.made(agency, "longer-domain", ["URI:spiffe://bitrade.local.example/case-system/journey"]), REFUSED),
            (self.made(agency, "two-names", [ours, pki.spiffe("case-system/other")]), REFUSED),
            (self.made(agency, "no-name", []), REFUSED),
            (self.made(agency, "host-name", ["DNS:localhost"]), REFUSED),
            (self.made(agency, "unknown", [pki.spiffe("case-system/unknown")]), REFUSED),
            (self.made(agency, "posing", [pki.spiffe("gateway")]), REFUSED),
            ((inside, "gateway"), NO_CONNECTION),
            (self.made(inside, "insider", [ours]), NO_CONNECTION)]
        self.assertEqual({name: self.shown(folder, name, "agency") for (folder, name), _ in expected}, {name: code for (_, name), code in expected})

    def test_no_case_system_comes_in_where_processes_call(self):
        agency, inside = self.stack.keys / "agency", self.stack.keys / "tls"
        expected = [
            ((inside, "billing"), "NOT_FOUND"),  # let in: there is no such counsel
            ((agency, "journey"), NO_CONNECTION),
            (self.made(agency, "billing-of-another", [pki.spiffe("billing")]), NO_CONNECTION),
            (self.made(inside, "old-billing", [pki.spiffe("billing")], days=-1), NO_CONNECTION),
            (self.made(inside, "two", [pki.spiffe("billing"), pki.spiffe("gateway")]), REFUSED),
            (self.made(inside, "case-system-inside", [pki.spiffe("case-system/journey")]), REFUSED)]

        def ask(folder, name):
            caller = CaseSystem(self.stack, self.protos)
            caller.listener = "grpc"
            caller.show(folder, name, trusted=inside)
            self.addCleanup(caller.reconnect)
            return outcome(lambda: caller.call(FACTS, {"counselId": "0190f5a2-7c3e-7b1d-8f00-00000000000a"}, timeout=30, metadata=()))
        self.assertEqual({name: ask(folder, name) for (folder, name), _ in expected}, {name: code for (_, name), code in expected})

    def test_whom_the_policy_refuses_stands_in_the_trail(self):
        refused = "bitrade.appointments.v1.AppointmentService/ListAppointments"
        self.assertEqual(outcome(lambda: self.agency.call(refused, {})), REFUSED)
        rows = "SELECT count(*) FROM appointments.audit WHERE actor = 'case-system/journey' AND outcome = 'PERMISSION_DENIED' AND rpc = '{}'"
        self.eventually(lambda: self.stack.postgres.execute(rows.format(refused)) == "1", sentence="the refusal in the audit trail")
        self.assertIn("bitrade_policy_refusals 1", self.stack.metrics("appointments"))
        nothing = self.agency.channel("appointments").unary_unary("/bitrade.appointments.v1.NoService/Nothing")
        self.assertEqual(outcome(lambda: nothing(b"", timeout=30)), REFUSED, "what there is is not told to whom it is not for")

    def test_only_registry_makes_persons_of_numbers(self):
        gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(gateway.close)
        rpc = "bitrade.identity.v1.PersonService/EnsurePerson"
        request = self.protos.make(self.protos.method(rpc).input_type.full_name, {})
        self.assertEqual(outcome(lambda: gateway.message(rpc, request)), REFUSED)


class Reach(Story):
    """Two case systems: one of the agency, one of the police."""

    def setUp(self):
        self.police = CaseSystem(self.stack, self.protos, "other")
        self.addCleanup(self.police.reconnect)
        self.counsel, self.number = self.registered_counsel()

    def registered(self, caller, authority, category):
        return caller.call(f"{MATTERS}/RegisterMatter", {
            "sourceId": source(), "matterNumber": people.matter_number(), "category": category, "authority": authority, "instance": "FIRST",
            "handling": "DIGITAL", "applicants": [people.applicant()]})

    def appointed(self, caller, authority, category):
        matter = self.registered(caller, authority, category)
        return caller.call(f"{APPOINTMENTS}/Appoint", {
            "sourceId": source(), "matterId": matter["id"], "counselId": self.counsel, "appointedDate": day(-300),
            "applicantIds": [applicant["id"] for applicant in matter["applicants"]]})

    def filed(self, browser, appointment):
        path = f"appointments/{appointment['id']}/cost-statements"
        self.eventually(lambda: browser.get(path).status == 200, sentence="the appointment at billing")
        draft = browser.post(path, {"input": people.claim()})
        filed = browser.post(f"cost-statements/{draft.json['id']}/filing", {}, headers={"If-Match": draft.headers["etag"]})
        self.assertEqual(filed.status, 200, filed.body)
        return draft.json["id"]

    def unregistered(self, caller):
        return {one["costStatement"]["id"]: one["receipt"]["manifestSha256"] for one in caller.call(LIST, {"limit": 100})["costStatements"]}

    def test_each_registers_matters_of_its_own_authority_and_categories(self):
        self.registered(self.police, "POLICE_AUTHORITY", "DETENTION")
        for caller, authority, category in ((self.police, "MIGRATION_AGENCY", "DETENTION"), (self.police, "POLICE_AUTHORITY", "ASYLUM_ADULT"),
                                            (self.agency, "POLICE_AUTHORITY", "DETENTION")):
            self.assertEqual(outcome(lambda: self.registered(caller, authority, category)), REFUSED)  # pylint: disable=cell-var-from-loop

    def test_what_is_the_others_does_not_exist(self):
        ours = self.appointed(self.agency, "MIGRATION_AGENCY", "ASYLUM_ADULT")
        theirs = self.appointed(self.police, "POLICE_AUTHORITY", "DETENTION")
        browser = self.logged_in(self.number)
        statements = [self.filed(browser, appointment) for appointment in (ours, theirs)]
        for caller, own, foreign, filed, other in ((self.agency, ours, theirs, *statements), (self.police, theirs, ours, *statements[::-1])):
            listed = self.unregistered(caller)
            self.assertEqual((filed in listed, other in listed), (True, False))
            acknowledged = {"costStatementId": other, "manifestSha256": "0" * 64, "diaryNumber": "K-1"}
            self.assertEqual(outcome(lambda: caller.call(ACKNOWLEDGE, acknowledged)), "NOT_FOUND")  # pylint: disable=cell-var-from-loop
            described = {"sourceId": source(), "appointmentId": foreign["id"], "title": "Beslut", "fileName": "Beslut.pdf"}
            self.assertEqual(outcome(lambda: caller.communicate(described, people.pdf(1000))), "NOT_FOUND")  # pylint: disable=cell-var-from-loop
            self.eventually(lambda: len(caller.call(DISPOSALS, {"appointmentId": own["id"]})["disposals"]) == 1,  # pylint: disable=cell-var-from-loop
                            sentence="a disposal of its own")
            self.assertEqual(caller.call(DISPOSALS, {"appointmentId": foreign["id"]})["disposals"], [])
            self.assertEqual(outcome(lambda: caller.call(ACKNOWLEDGE, {  # pylint: disable=cell-var-from-loop
                "costStatementId": filed, "manifestSha256": listed[filed], "diaryNumber": "K-2"})), "OK")  # pylint: disable=cell-var-from-loop


class Policy(Story):
    """Processes that read a policy file of this story's own."""

    @classmethod
    def prepare(cls, stack):
        cls.file = stack.base / "policy.json"
        cls.original = (table.ROOT / "services" / "policy.json").read_text()
        cls.file.write_text(cls.original)
        for name in SERVICES:
            stack.extra[name] = {"BITRADE_POLICY_FILE": cls.file}

    def replace(self, text):
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self.file)

    def changed(self, change):
        policy = json.loads(self.original)
        change(policy)
        self.replace(json.dumps(policy))

    def expect(self, code, seconds=5):
        self.eventually(lambda: outcome(lambda: self.agency.call(LIST, {})) == code, seconds, f"{code} for the case system")

    def told(self, work, how="OK"):
        """The digests of the policies that the trail of billing says were in force when `work` ended so."""
        return self.stack.postgres.execute(f"SELECT circumstances ->> 'digest' FROM billing.audit WHERE rpc = 'billing/{work}' "
                                           f"AND outcome = '{how}' ORDER BY seq").splitlines()

    def metric(self, name):
        return next(line.split()[1] for line in self.stack.metrics("billing").splitlines() if line.startswith(f"{name} "))

    def test_a_policy_changes_without_a_restart_and_a_broken_one_changes_nothing(self):
        self.expect("OK")
        rules = "allow_rules"
        self.changed(lambda policy: policy.update({rules: [rule for rule in policy[rules] if "journey" not in str(rule["source"])]}))
        self.expect(REFUSED)
        self.replace(self.original)
        self.expect("OK")
        denied = {"name": "not today", "source": {"principals": ["spiffe://bitrade.local/case-system/journey"]}, "request": {"paths": [f"/{LIST}"]}}
        self.changed(lambda policy: policy["deny_rules"].append(denied))
        self.expect(REFUSED)
        for broken in ("{", self.original.replace('"principals"', '"principal"'), self.original.replace('"reach"', '"range"'), None):
            before = len(self.stack.log("billing").read_text().splitlines())
            self.replace(broken) if broken else self.file.unlink()
            self.eventually(lambda: "the policy before stays in force" in "".join(
                self.stack.log("billing").read_text().splitlines()[before:]), 5, "a line on the broken policy")
            self.assertEqual(self.metric("bitrade_policy_broken"), "1")
            self.expect(REFUSED)
        self.replace(self.original)
        self.expect("OK")
        self.eventually(lambda: self.metric("bitrade_policy_broken") == "0", sentence="a policy that is whole again")
        original = hashlib.sha256(self.original.encode()).hexdigest()
        self.assertEqual(self.told("LoadPolicy"), [original])
        self.eventually(lambda: self.told("ReloadPolicy")[-1:] == [original], sentence="the policy in force in the trail")
        self.assertEqual((len(self.told("ReloadPolicy")), len(set(self.told("ReloadPolicy")))), (4, 3))
        self.assertEqual((len(self.told("ReloadPolicy", "INVALID_ARGUMENT")), len(self.told("ReloadPolicy", "NOT_FOUND"))), (3, 1))

    def test_a_process_does_not_start_with_a_broken_policy(self):
        self.replace("{}")
        self.stack.end_process("retention")
        self.stack.launch("retention")
        self.assertNotEqual(self.stack.children.pop("retention").wait(timeout=60), 0)
        self.replace(self.original)
        self.stack.start_process("retention")


class Rotation(Story):
    """Certificates behind a link that is renamed into place, as Kubernetes mounts secrets."""

    RENEWED = ("registry", "gateway")

    @classmethod
    def prepare(cls, stack):
        stack.make_keys()
        for name in cls.RENEWED:
            cls.renew(stack.keys / "tls", name)
            now = cls.place(stack.keys / "tls", name)
            stack.extra[name] = {"BITRADE_TLS_CERTIFICATE": now / "tls.pem", "BITRADE_TLS_KEY": now / "tls.key", "BITRADE_TLS_CA": now / "ca.pem"}
        cls.renew(stack.keys / "agency", "registry")
        now = cls.place(stack.keys / "agency", "registry")
        stack.extra["registry"].update({"BITRADE_AGENCY_TLS_CERTIFICATE": now / "tls.pem", "BITRADE_AGENCY_TLS_KEY": now / "tls.key",
                                        "BITRADE_AGENCY_TLS_CA": now / "ca.pem"})

    @staticmethod
    def place(folder, name):
        return folder / "renewed" / name / "now"

    @classmethod
    def renew(cls, folder, name):
        """Another pair for the same name, put into place at once. The first time, the pair that is there."""
        place = cls.place(folder, name)
        number = len(list(place.parent.glob("v*"))) if place.parent.exists() else 0
        fresh = place.parent / f"v{number}"
        fresh.mkdir(parents=True)
        if number:
            for file in (folder / f"{name}.pem", folder / f"{name}.key"):
                file.unlink()
            if folder.name == "agency":
                pki.make_listener_certificate(folder, name)
            else:
                pki.make_process_certificate(folder, name)
        for source_file, target in ((f"{name}.pem", "tls.pem"), (f"{name}.key", "tls.key"), ("ca.pem", "ca.pem")):
            shutil.copy(folder / source_file, fresh / target)
        link = place.with_name("next")
        link.symlink_to(fresh.name)
        link.replace(place)

    def presented(self, listener, folder, name):
        """The digest of the certificate that registry shows now at a listener."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(folder / "ca.pem")
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        context.set_alpn_protocols(["h2"])
        host, port = self.stack.address("registry", listener).split(":")
        with socket.create_connection((host, int(port)), timeout=30) as plain, context.wrap_socket(plain, server_hostname="localhost") as secured:
            return hashlib.sha256(secured.getpeercert(binary_form=True)).hexdigest()

    def renewed(self, listener, folder, name):
        der = ssl.PEM_cert_to_DER_cert((folder / "registry.pem").read_text())
        return self.presented(listener, folder, name) == hashlib.sha256(der).hexdigest()

    @contextlib.contextmanager
    def load(self, *works):
        """Does each of `works` ten times a second, in a thread of its own; yields ([times done], [faults])."""
        ended, done, faults = threading.Event(), [0] * len(works), []

        def run(index, work):
            while not ended.wait(0.1):
                try:
                    work()
                    done[index] += 1
                except Exception as fault:  # whatever it is, it is a failed request
                    faults.append(fault)
        threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
        for thread in threads:
            thread.start()
        try:
            yield done, faults
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def enter_over_a_new_connection(self):
        caller = CaseSystem(self.stack, self.protos)
        try:
            caller.call(f"{REGISTRY}/RegisterCounsel", {"sourceId": source(), "identityNumber": people.personal_number(), "counsel": people.counsel()})
        except grpc.RpcError as error:
            # Numbers are drawn by lot: one that is taken was answered all the same.
            if error.code() != grpc.StatusCode.ALREADY_EXISTS:
                raise
        finally:
            caller.reconnect()

    def ask_over_a_new_connection(self):
        caller = CaseSystem(self.stack, self.protos)
        caller.listener = "grpc"
        caller.show(self.stack.keys / "tls", "billing")
        try:
            caller.call(FACTS, {"counselId": self.counsel}, metadata=())
        finally:
            caller.reconnect()

    def look_through_the_gateway(self):
        answer = self.browser.ask("GET", "counsel")
        assert answer.status == 200, (answer.status, answer.body)

    def test_certificates_are_renewed_under_load_without_a_failed_request(self):
        """A machine that stands still makes requests fail, too: they are renewed again then, and in one of a few turns none fails."""
        self.counsel, number = self.registered_counsel()
        self.browser = self.logged_in(number)
        for _ in range(3):
            faults = self.renewed_under_load()
            if not faults:
                break
        self.assertEqual(faults, [])
        # The gateway comes back with its renewed certificate where its connections are lost.
        self.stack.end_process("registry", 9)
        self.stack.start_process("registry")
        self.eventually(lambda: self.browser.get("counsel").status == 200, sentence="registry through the gateway")

    def renewed_under_load(self):
        """Which requests failed meanwhile."""
        inside, agency = self.stack.keys / "tls", self.stack.keys / "agency"
        shown = self.presented("grpc", inside, "billing")
        with self.load(self.enter_over_a_new_connection, self.ask_over_a_new_connection, self.look_through_the_gateway) as (done, faults):
            for name in self.RENEWED:
                self.renew(inside, name)
            self.renew(agency, "registry")
            self.eventually(lambda: self.renewed("grpc", inside, "billing"), sentence="the renewed certificate for processes")
            self.eventually(lambda: self.renewed("agency", agency, "journey"), sentence="the renewed certificate for case systems")
            before = list(done)
            self.eventually(lambda: all(now > then + 20 for now, then in zip(done, before)), sentence="calls after the renewal")
        self.assertNotEqual(self.presented("grpc", inside, "billing"), shown)
        return faults
