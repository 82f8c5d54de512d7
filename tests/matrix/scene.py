"""Everybody of the matrix, logged in, and the things they ask for, each in a state."""

import base64
import time
import uuid

import grpc

from tests.e2e import people
from tests.integration.harness import APPOINTMENTS, MATTERS, day, source
from tests.stack.browser import Browser, Phone
from tests.stack.gateway import GatewayCaller
from tests.stack.support_desk import SupportDesk
from tests.stack.wait import until

from . import table

STATEMENTS = "bitrade.billing.v1.CostStatementService"
DELEGATIONS = "bitrade.registry.v1.DelegationService"
ACCOUNTS = "bitrade.registry.v1.PayoutAccountService"
# A ticket lives for two minutes.
FRESH_FOR = 80


def patiently(work):
    """What comes of `work`, once more where a machine that is busy sheds the call."""
    for _ in range(5):
        try:
            return work()
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                raise
    return work()


class Person:
    """Somebody who is logged in, in a browser and as the gateway's caller; `acting_for` the counsel, if at all."""

    def __init__(self, scene, number, name, acting_for="", enters=True):
        self.scene, self.number, self.name, self.acting_for = scene, number, name, acting_for
        self.phone = Phone(scene.stack, number, name)
        self.browser = self.new_browser() if enters else None
        self.ticket, self.made = patiently(lambda: scene.gateway.log_in(self.phone)), time.monotonic()

    def new_browser(self):
        browser = Browser(self.scene.stack)
        ended = browser.log_in(self.phone)
        assert ended["state"] == "COMPLETE", (self.name, ended)
        return browser

    def act_for(self, browser, counsel):
        switched = browser.send("PUT", "session/profile", {"counselId": counsel})
        assert switched.status == 200, (self.name, switched.body)
        browser.csrf = switched.json["csrfToken"]

    def fresh_ticket(self):
        if time.monotonic() - self.made > FRESH_FOR:
            self.ticket, self.made = self.scene.renewed(self.ticket), time.monotonic()
        return self.ticket


class Scene:
    """Made once for a run. What is asked for is made where a cell needs it."""

    def __init__(self, story):
        self.story, self.stack, self.protos, self.agency = story, story.stack, story.protos, story.agency
        self.gateway = GatewayCaller(self.stack, self.protos)
        self.people, self.shared = {}, {}
        self.counsel, self.known_number = story.registered_counsel()
        self.foreign, foreign_number = story.registered_counsel()
        self.party, party_number = story.registered_counsel()
        self.removed, removed_number = story.registered_counsel()
        self.owners = {"removed": self.removed}
        for one in (self.counsel, self.foreign, self.party, self.removed):
            self.appointed(one)
        self.stack.postgres.execute("UPDATE appointments.counsel SET capacity = 100000")
        self.people["counsel"] = Person(self, self.known_number, "Astrid Exempelsson")
        self.people["foreign"] = Person(self, foreign_number, "Olof Exempelsson")
        self.people["removed"] = Person(self, removed_number, "Rut Exempelsson")
        self.let_delegates_in(party_number)
        number = people.personal_number()
        self.invitation = self.invite(number, ["documents:read"])
        self.people["invited"] = Person(self, number, "Inga Testsson", self.counsel)
        self.people["applicant"] = Person(self, people.personal_number(), "Anders Testsson", enters=False)
        self.people["spare"] = Person(self, people.personal_number(), "Sara Testsson", enters=False)
        self.listing("REMOVED")

    def close(self):
        self.gateway.close()

    # ---- people --------------------------------------------------------------------------------------------------------------

    def let_delegates_in(self, party_number):
        browser = self.people["counsel"].browser
        delegations = {}
        for role, scopes in table.DELEGATES.items():
            number = party_number if role == "party" else people.personal_number()
            delegations[role] = self.invite(number, scopes)
            person = self.people[role] = Person(self, number, f"{role} Testsson", self.counsel)
            path = f"delegations/{delegations[role]}"
            seen = person.browser.get(path)
            accepted = person.browser.send("PUT", f"{path}/acceptance", {"termsVersion": seen.json["terms"]["version"]},
                                           headers={"If-Match": seen.headers["etag"]})
            assert accepted.status == 200, accepted.body
            person.act_for(person.browser, self.counsel)
        path = f"delegations/{delegations['revoked']}"
        revoked = browser.send("DELETE", path, headers={"If-Match": browser.get(path).headers["etag"]})
        assert revoked.status == 204, revoked.body
        self.active, self.revoked = delegations["reads-documents"], delegations["revoked"]

    def invite(self, number, scopes, given_in=True):
        """A delegation drawn up by the counsel, and given in unless said otherwise."""
        browser = self.people["counsel"].browser
        drawn = browser.post("delegations", {"identityNumber": number, "name": "Någon Testsson", "scopes": scopes})
        assert drawn.status == 201, drawn.body
        if given_in:
            given = browser.post(f"delegations/{drawn.json['id']}/filing", {}, headers={"If-Match": drawn.headers["etag"]})
            assert given.status == 200, given.body
        return drawn.json["id"]

    def renewed(self, ticket):
        rpc = "bitrade.identity.v1.TicketService/RenewTicket"
        request = self.protos.message_class("bitrade.identity.v1.RenewTicketRequest")()
        request.ticket = ticket
        return patiently(lambda: self.gateway.message(rpc, request)).ticket

    def listing(self, listing):
        """Whoever is not listed is not appointed; nobody has an RPC for it yet."""
        self.stack.postgres.execute(f"UPDATE registry.counsel SET listing = '{listing}', version = version + 1 WHERE id = '{self.removed}'")

    def spare_ticket(self, caller):
        """In base64, as JSON has bytes. The gateway gets one of a log-in that nobody needs afterwards: it may end it."""
        spare = self.people["spare"]
        return base64.b64encode(patiently(lambda: self.gateway.log_in(spare.phone)) if caller == "gateway" else spare.ticket).decode()

    def lasting_ticket(self):
        """The same, where nothing ends it."""
        return base64.b64encode(self.people["spare"].fresh_ticket()).decode()

    def spare_person(self):
        """Whose sessions may end: nobody's of the matrix."""
        signed, ticket = (self.protos.message_class(f"bitrade.identity.v1.{name}")() for name in ("SignedTicket", "Ticket"))
        signed.ParseFromString(self.people["spare"].ticket)
        ticket.ParseFromString(signed.ticket)
        return ticket.person_id

    def forget_support_tickets(self):
        """How many somebody may send is another matter."""
        self.stack.postgres.execute("DELETE FROM registry.support_intake")

    def forget_browsers_of_ended_delegations(self):
        """What registry does by itself, once a minute."""
        self.stack.postgres.execute("DELETE FROM registry.delegate_browser b USING registry.delegation g "
                                    "WHERE g.id = b.delegation_id AND g.state = 'REVOKED'")

    def forget_draft_change(self, caller):
        """A counsel has one draft at a time; whoever is refused is refused whatever there is."""
        if caller in ("counsel", "foreign", "removed"):
            self.stack.postgres.execute("DELETE FROM registry.payout_account_change WHERE signature_id IS NULL")

    def new_number(self):
        return people.personal_number()

    def new_id(self):
        """An id as owners choose it: UUIDv7."""
        milliseconds, rest = int(time.time() * 1000), uuid.uuid4().hex
        return str(uuid.UUID(f"{milliseconds:012x}7{rest[:3]}8{rest[3:18]}"))

    def as_person(self, role, rpc, values):
        person = self.people[role]
        return patiently(lambda: self.gateway.call(rpc, values, person.fresh_ticket(), person.acting_for))

    def availability_etag(self, caller):
        """Of the availability that the caller would change."""
        owner = {"foreign": self.foreign, "removed": self.removed}.get(caller, self.counsel)
        return self.stack.postgres.execute(f"SELECT version FROM appointments.counsel WHERE id = '{owner}'") or "1"

    # ---- things --------------------------------------------------------------------------------------------------------------

    def thing(self, state, role):
        """What a role asks for and is refused: the same for all cells. A removed counsel asks for her own."""
        owner = self.owners.get(role, self.counsel)
        if (state, owner) not in self.shared:
            self.shared[state, owner] = self.made(state, role)
        return self.shared[state, owner]

    def made(self, state, role="counsel"):
        """A new thing in a state."""
        makers = {"-": lambda owner: {}, "DRAFT": self.draft, "FILED": self.filed, "FILED_ENDED": self.filed_and_ended, "SIGNING": self.signing,
                  "DRAFT_DELEGATION": self.draft_delegation, "INVITED": self.invited, "ACTIVE": self.in_force, "REVOKED": self.taken_back,
                  "DRAFT_CHANGE": self.draft_change, "FILED_CHANGE": self.filed_change, "OPEN_TICKET": self.open_ticket,
                  "SIGNED": self.signed, "ANSWERED_TICKET": self.answered_ticket, "HELD": self.held, "IN_CONFLICT": self.in_conflict}
        if role == "removed":
            self.listing("LISTED")
        thing = makers.get(state, lambda owner: self.appointment(owner, state))("removed" if role == "removed" else "counsel")
        if role == "removed":
            self.listing("REMOVED")
        return thing

    def owner(self, role):
        return self.owners.get(role, self.counsel)

    def appointed(self, counsel, state="APPOINTED"):
        """An appointment in a matter in which `party` is counsel of another applicant and a third applicant has none."""
        matter = self.agency.call(f"{MATTERS}/RegisterMatter", {
            "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
            "instance": "FIRST", "handling": "PAPER" if state == "PAPER" else "DIGITAL",
            "applicants": [people.applicant(name) for name in ("Amina Testsson", "Bilal Testsson", "Carl Testsson")]})
        first, second, third = (applicant["id"] for applicant in matter["applicants"])

        def appoint(one, applicant):
            return self.agency.call(f"{APPOINTMENTS}/Appoint", {
                "sourceId": source(), "matterId": matter["id"], "counselId": one, "appointedDate": day(-300), "applicantIds": [applicant]})
        appointment = appoint(counsel, first)
        if counsel != self.party:
            appoint(self.party, second)
        return {"matter": matter["id"], "applicant": first, "free_applicant": third, "appointment": appointment["id"]}

    def appointment(self, role, state):
        thing = self.appointed(self.owner(role), state)
        if state != "PAPER":
            document, _ = self.story.document({"id": thing["appointment"]}, people.pdf(20_000))
            thing["document"] = document["id"]
        decision = self.agency.call(f"{MATTERS}/RecordDecision", {
            "sourceId": source(), "matterId": thing["matter"], "applicantId": thing["applicant"], "kind": "MAIN", "decidedDate": day(-290)})
        thing["decision"] = decision["id"]
        if state == "ENDED":  # some days ago, so that its copies are still there
            self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decision["id"], "legalForceDate": day(-105)})
        if state == "RELEASED":
            self.agency.call(f"{APPOINTMENTS}/Release", {"appointmentId": thing["appointment"], "reason": "Byte av ort", "releasedDate": day(-1)})
        return thing

    def in_conflict(self, role):
        """A matter in which two applicants have opposed interests."""
        thing = self.appointed(self.owner(role))
        conflict = self.agency.call(f"{MATTERS}/RecordConflictOfInterest", {
            "sourceId": source(), "matterId": thing["matter"], "applicantId": thing["applicant"], "opposedApplicantId": thing["free_applicant"]})
        return thing | {"conflict": conflict["id"]}

    def held(self, role):
        """An appointment whose copies must not be destroyed."""
        thing = self.appointed(self.owner(role))
        hold = {"sourceId": source(), "appointmentId": thing["appointment"], "decisionNumber": "D-1", "reason": "Rättegång pågår"}

        def place():
            try:
                return self.agency.call("bitrade.retention.v1.LegalHoldAgencyService/PlaceLegalHold", hold)
            except Exception:  # the appointment may not have been heard of
                return None
        return thing | {"hold": until(place, 30, "a legal hold")["id"]}

    def draft(self, role):
        thing = self.appointed(self.owner(role))

        def create():
            try:
                return self.as_person(role, f"{STATEMENTS}/CreateCostStatement", {
                    "appointmentId": thing["appointment"], "input": people.claim(), "idempotencyKey": str(uuid.uuid4())})
            except Exception:  # the appointment may not have been heard of
                return None
        drawn = until(create, 30, "a draft")
        return thing | {"statement": drawn["id"], "statement_etag": drawn["etag"]}

    def filed(self, role):
        thing = self.draft(role)
        filed = self.as_person(role, f"{STATEMENTS}/FileCostStatement", {
            "id": thing["statement"], "etag": thing["statement_etag"], "idempotencyKey": str(uuid.uuid4())})
        manifest = self.stack.postgres.execute(f"SELECT manifest_sha256 FROM billing.receipt WHERE cost_statement_id = '{thing['statement']}'")
        return thing | {"statement_etag": filed["etag"], "manifest": manifest}

    def filed_and_ended(self, role):
        """A filing in a matter that is not seen any more: what the counsel has filed herself stays."""
        thing = self.filed(role)
        decision = self.agency.call(f"{MATTERS}/RecordDecision", {
            "sourceId": source(), "matterId": thing["matter"], "applicantId": thing["applicant"], "kind": "MAIN", "decidedDate": day(-290)})
        self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decision["id"], "legalForceDate": day(-105)})
        return thing

    def signing(self, role):
        """A signature that has begun."""
        thing = self.draft(role)
        asked = self.as_person(role, f"{STATEMENTS}/CreateSignatureRequest", {
            "id": thing["statement"], "etag": thing["statement_etag"], "idempotencyKey": str(uuid.uuid4()), "method": "MOBILE_BANKID",
            "start": "OTHER_DEVICE", "browser": {"address": "192.0.2.1", "userAgent": "test", "deviceIdentifier": "test"}})
        return thing | {"signature": asked["signatureId"]}

    def signed(self, role):
        """A signature that has been given in the app and has filed nothing yet: always the counsel's."""
        thing, person = self.draft("counsel"), self.people["counsel"]
        given = person.browser.sign(person.phone, f"cost-statements/{thing['statement']}", f'"{thing["statement_etag"]}"')
        assert given["state"] == "COMPLETE", given
        return thing | {"signature": given["id"]}

    def delegation(self, identifier):
        seen = self.as_person("counsel", f"{DELEGATIONS}/GetDelegation", {"id": identifier})
        return {"delegation": identifier, "delegation_etag": seen["etag"]}

    def draft_delegation(self, role):
        return self.delegation(self.invite(self.people["invited"].number, ["documents:read"], given_in=False))

    def invited(self, role):
        """An invitation of `invited`: the one there is, or another where that was answered."""
        state = self.as_person("counsel", f"{DELEGATIONS}/GetDelegation", {"id": self.invitation})["state"]
        if state != "INVITED":
            self.invitation = self.invite(self.people["invited"].number, ["documents:read"])
        return self.delegation(self.invitation)

    def draft_change(self, role):
        """The draft of a change of the payout account: the one there is, or a new one."""
        listed = self.as_person(role, f"{ACCOUNTS}/ListPayoutAccountChanges", {}).get("changes", [])
        drafts = [change for change in listed if change["state"] == "DRAFT"]
        drawn = drafts[0] if drafts else self.as_person(role, f"{ACCOUNTS}/CreatePayoutAccountChange", {
            "kind": "BANKGIRO", "number": "5402-9681", "idempotencyKey": str(uuid.uuid4())})
        return {"change": drawn["id"], "change_etag": drawn["etag"]}

    def filed_change(self, role):
        """Signed in the app, since nothing else files it."""
        thing, person = self.draft_change(role), self.people[role]
        signed = person.browser.sign(person.phone, f"payout-account-changes/{thing['change']}", f'"{thing["change_etag"]}"')
        filed = self.as_person(role, f"{ACCOUNTS}/FilePayoutAccountChange", {
            "id": thing["change"], "etag": thing["change_etag"], "signatureId": signed["id"], "idempotencyKey": str(uuid.uuid4())})
        return thing | {"change_etag": filed["etag"]}

    def open_ticket(self, role):
        """A support ticket that waits for its answer."""
        sent = self.people["counsel"].browser.send("POST", "support-tickets", {
            "what": "Sidan är tom.", "occurTime": f"{day(-1)}T08:00:00Z", "whichBrowser": "Firefox 128", "contact": "nobody@exempel.example"})
        assert sent.status == 201, sent.body
        self.forget_support_tickets()
        found = self.stack.postgres.execute(f"SELECT id FROM registry.support_ticket WHERE reference = '{sent.json['reference']}'")
        return {"support_ticket": found, "support_ticket_etag": "1"}

    def in_force(self, role):
        """The delegation of `reads-documents`."""
        return self.delegation(self.active)

    def answered_ticket(self, role):
        thing, desk = self.open_ticket(role), SupportDesk(self.stack, self.protos)
        answered = desk.call("AnswerSupportTicket", {"id": thing["support_ticket"], "etag": "1", "text": "Logga in först.", "officer": "officer-17",
                                                     "idempotencyKey": str(uuid.uuid4())})
        desk.close()
        return thing | {"support_ticket_etag": answered["etag"]}

    def taken_back(self, role):
        """The delegation of `revoked`."""
        return self.delegation(self.revoked)
