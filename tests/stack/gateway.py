"""Whoever calls services as the gateway does: with its certificate, a person's ticket, and for whom the person acts."""

import hashlib
import secrets
import uuid

import grpc

from .messages import as_dict
from .peak import after_the_peak
from .wait import until

LOGIN = "bitrade.identity.v1.LoginService"


class GatewayCaller:
    """Calls the services of a Stack with the gateway's own certificate."""

    def __init__(self, stack, protos):
        tls = stack.keys / "tls"
        self.stack, self.protos, self.channels = stack, protos, {}
        self.credentials = grpc.ssl_channel_credentials(
            (tls / "ca.pem").read_bytes(), (tls / "gateway.key").read_bytes(), (tls / "gateway.pem").read_bytes())

    def close(self):
        for channel in self.channels.values():
            channel.close()
        self.channels.clear()

    def message(self, rpc, request, metadata=(), timeout=10):
        """Calls with a message, again when it is shed; returns the answer's message, or the list of them where it is a stream."""
        method, service = self.protos.method(rpc), rpc.split(".")[1]
        if service not in self.channels:
            self.channels[service] = grpc.secure_channel(self.stack.address(service), self.credentials)
        answer = self.protos.message_class(method.output_type.full_name)
        streams = method.output_type.full_name.endswith("DownloadResponse")
        kind = self.channels[service].unary_stream if streams else self.channels[service].unary_unary
        function = kind(f"/{rpc}", lambda message: message.SerializeToString(), answer.FromString)

        def called():
            result = function(request, timeout=timeout, metadata=(("bitrade-request-id", str(uuid.uuid4())), *metadata))
            return list(result) if streams else result
        return after_the_peak(called, lives=self.stack.lives)

    def call(self, rpc, values, ticket, acting_for=""):
        """Calls with a dictionary for the person of a ticket; returns a dictionary, of a stream its first message."""
        metadata = [("bitrade-ticket-bin", ticket)] + ([("bitrade-acting-for", acting_for)] if acting_for else [])
        result = self.message(rpc, self.protos.make(self.protos.method(rpc).input_type.full_name, values), metadata)
        return as_dict(result[0] if isinstance(result, list) else result)

    def log_in(self, phone):
        """Logs in with Mobile BankID on another device, as the gateway does for a browser; returns a fresh ticket."""
        secret = hashlib.sha256(secrets.token_bytes(32)).digest()

        def login(name, values):
            request = self.protos.make(self.protos.method(f"{LOGIN}/{name}").input_type.full_name, values)
            request.secret_hash = secret
            return self.message(f"{LOGIN}/{name}", request)

        def look():
            return login("GetLogin", {"id": identifier})
        identifier = login("StartLogin", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "purpose": "ENTER", "endUserIp": "127.0.0.1",
                                          "userAgent": "test", "deviceIdentifier": "test"}).id
        phone.scan(until(lambda: look().qr, 40, "no QR text"))
        phone.approve()
        until(lambda: look().state == 2, 60, "the log-in did not end")
        return login("TakeUpLogin", {"id": identifier}).ticket
