"""What is measured: a counsel with twenty appointments and a document of 1 MiB, her session, her ticket, and the SELECT of her list."""

import datetime
import hashlib
import secrets
import uuid

import grpc

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.case_system import CaseSystem
from tests.stack.wait import until

ROWS = 20


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
        self.document = self.agency.communicate(
            {"sourceId": str(uuid.uuid4()), "appointmentId": appointed[0]["id"], "title": "Beslut", "fileName": "Beslut.pdf"},
            people.pdf(1 << 20))["id"]
        self.browser = Browser(stack)
        assert self.browser.log_in(self.phone)["state"] == "COMPLETE"
        until(lambda: self.browser.get(f"documents/{self.document}/content").status == 200, 10, "the document")

    def appoint(self):
        matter = self.agency.call("bitrade.appointments.v1.MatterAgencyService/RegisterMatter", {
            "sourceId": str(uuid.uuid4()), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT",
            "authority": "MIGRATION_AGENCY", "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]})
        return self.agency.call("bitrade.appointments.v1.AppointmentAgencyService/Appoint", {
            "sourceId": str(uuid.uuid4()), "matterId": matter["id"], "counselId": self.counsel, "appointedDate": "2026-01-15",
            "applicantIds": [applicant["id"] for applicant in matter["applicants"]]})

    def list_parameters(self, count, types):
        """What the store gives its SELECT for the first page: counsel, instant, before which row, rows skipped, rows and one more."""
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        values = [self.counsel, now, "ffffffff-ffff-ffff-ffff-ffffffffffff", "0", str(ROWS + 1)]
        if count != len(values) or [types[number] for number in sorted(types)] != ["uuid", "timestamptz", "uuid", "bigint", "bigint"]:
            raise AssertionError(f"the store's SELECT takes other parameters: {types}")
        return values

    def http_request(self, path):
        """A file with a whole GET request of the logged-in browser."""
        file = self.folder / f"http-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        file.write_bytes(f"GET /bitrade/v1/{path} HTTP/1.1\r\nHost: {self.stack.address('gateway', 'http')}\r\nCookie: {cookies}\r\n"
                         "Accept: application/json, */*\r\nAccept-Language: sv\r\n\r\n".encode())
        return file

    def grpc_request(self):
        file = self.folder / "list-request"
        file.write_bytes(self.protos.make("bitrade.appointments.v1.ListAppointmentsRequest", {"limit": ROWS}).SerializeToString())
        return file

    def ticket(self):
        """A fresh ticket, got as the gateway gets it, in a file."""
        tls = self.stack.keys / "tls"
        channel = grpc.secure_channel(self.stack.address("identity"), grpc.ssl_channel_credentials(
            (tls / "ca.pem").read_bytes(), (tls / "gateway.key").read_bytes(), (tls / "gateway.pem").read_bytes()))
        secret = hashlib.sha256(secrets.token_bytes(32)).digest()

        def call(name, values, **fields):
            method = self.protos.method(f"bitrade.identity.v1.LoginService/{name}")
            request = self.protos.make(method.input_type.full_name, values)
            request.secret_hash = secret
            answer = self.protos.message_class(method.output_type.full_name)
            return channel.unary_unary(f"/bitrade.identity.v1.LoginService/{name}", lambda message: message.SerializeToString(),
                                       answer.FromString)(request, timeout=5)
        login = call("StartLogin", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "purpose": "ENTER", "endUserIp": "127.0.0.1",
                                    "userAgent": "bench", "deviceIdentifier": "bench"})
        self.phone.scan(until(lambda: call("GetLogin", {"id": login.id}).qr, 10, "no QR text"))
        self.phone.approve()
        until(lambda: call("GetLogin", {"id": login.id}).state == 2, 15, "the log-in did not end")
        file = self.folder / "ticket"
        file.write_bytes(call("TakeUpLogin", {"id": login.id}).ticket)
        channel.close()
        return file
