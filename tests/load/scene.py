"""What is measured: a counsel with twenty appointments and a document of 1 MiB, her session, her ticket, and the SELECT of her list."""

import datetime
import hashlib
import uuid

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.case_system import CaseSystem
from tests.stack.gateway import GatewayCaller
from tests.stack.peak import after_the_peak
from tests.stack.wait import until

ROWS = 20


def write_http_request(folder, browser, path):
    """A file with a whole GET request of a browser, with its cookies."""
    file = folder / f"http-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    file.write_bytes(f"GET /bitrade/v1/{path} HTTP/1.1\r\nHost: {browser.stack.address('gateway', 'http')}\r\nCookie: {cookies}\r\n"
                     "Accept: application/json, */*\r\nAccept-Language: sv\r\n\r\n".encode())
    return file


class Scene:
    """Prepares a running Stack; writes the generators' input files into `folder`."""

    def __init__(self, stack, protos, folder):
        self.stack, self.protos, self.folder = stack, protos, folder
        self.agency = CaseSystem(stack, protos)
        self.number = people.personal_number()
        self.phone = Phone(stack, self.number)
        self.counsel = self.agency.call("bitrade.registry.v1.CounselAgencyService/RegisterCounsel", {
            "sourceId": str(uuid.uuid4()), "identityNumber": self.number, "counsel": people.counsel()})["id"]
        appointed = [self.appoint() for _ in range(ROWS)]
        self.appointment = appointed[0]["id"]
        self.document = self.communicate(1 << 20)
        self.browser = Browser(stack)
        assert self.browser.log_in(self.phone)["state"] == "COMPLETE"
        until(lambda: self.browser.get(f"documents/{self.document}/content").status == 200, 10, "the document")

    def communicate(self, size):
        description = {"sourceId": str(uuid.uuid4()), "appointmentId": self.appointment, "title": "Beslut", "fileName": "Beslut.pdf"}
        return self.agency.communicate(description, people.pdf(size))["id"]

    def delegate(self):
        """Lets somebody read the counsel's documents, of which there are then a page; returns that person's phone."""
        until(lambda: self.browser.get("appointments").status == 200, 10, "an answer after the peak")
        for _ in range(ROWS - 1):
            self.communicate(2_000)
        number = people.personal_number()
        drawn = self.browser.post("delegations", {"identityNumber": number, "name": "Disa Testsson", "scopes": ["documents:read"]})
        given = self.browser.post(f"delegations/{drawn.json['id']}/filing", {}, headers={"If-Match": drawn.headers["etag"]})
        invited, phone = Browser(self.stack), Phone(self.stack, number, "Disa Testsson")
        assert invited.log_in(phone)["state"] == "COMPLETE"
        accepted = invited.send("PUT", f"delegations/{drawn.json['id']}/acceptance", {"termsVersion": 1},
                                headers={"If-Match": given.headers["etag"]})
        assert accepted.status == 200, accepted.body
        return phone

    def appoint(self):
        matter = self.agency.call("bitrade.appointments.v1.MatterAgencyService/RegisterMatter", {
            "sourceId": str(uuid.uuid4()), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT",
            "authority": "MIGRATION_AGENCY", "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]})
        return self.agency.call("bitrade.appointments.v1.AppointmentAgencyService/Appoint", {
            "sourceId": str(uuid.uuid4()), "matterId": matter["id"], "counselId": self.counsel, "appointedDate": "2026-01-15",
            "applicantIds": [applicant["id"] for applicant in matter["applicants"]]})

    def list_parameters(self, count, types):
        """What the store gives its SELECT for the first page, as SQL literals: before which row, counsel, instant, whether registry was asked,
        no delegate, no scope, rows skipped, rows and one more."""
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        values = ["'ffffffff-ffff-ffff-ffff-ffffffffffff'", f"'{self.counsel}'", f"'{now}'", "false", "NULL", "''", "0", str(ROWS + 1)]
        expected = ["uuid", "uuid", "timestamptz", "boolean", "uuid", "text", "bigint", "bigint"]
        if count != len(values) or [types[number] for number in sorted(types)] != expected:
            raise AssertionError(f"the store's SELECT takes other parameters: {types}")
        return values

    def http_request(self, path):
        """A file with a whole GET request of the logged-in browser."""
        return write_http_request(self.folder, self.browser, path)

    def grpc_request(self, kind, **values):
        """A file with a request of that kind."""
        file = self.folder / kind
        file.write_bytes(self.protos.make(kind, values).SerializeToString())
        return file

    def ticket(self, phone=None):
        """A fresh ticket, got as the gateway gets it, in a file."""
        caller, file = GatewayCaller(self.stack, self.protos), self.folder / "ticket"
        file.write_bytes(after_the_peak(lambda: caller.log_in(phone or self.phone), 60))
        caller.close()
        return file
