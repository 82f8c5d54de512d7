"""A case system of the agency: gRPC with a client certificate of its own, an officer, and a source id for whatever it creates."""

import hashlib
import uuid

import grpc

from .messages import as_dict
from .peak import after_the_peak


class CaseSystem:
    """Calls the …AgencyService RPCs of a Stack as `case-system/<name>`."""

    def __init__(self, stack, protos, name="journey", officer="officer-17"):
        self.protos = protos
        self.stack = stack
        self.officer = officer
        self.listener = "agency"
        self.show(stack.keys / "agency", name)

    def show(self, folder, name, trusted=None):
        """Shows another certificate from now on, `folder`/`name`, and trusts servers of the authority of `trusted`, or of `folder`."""
        self.credentials = grpc.ssl_channel_credentials(
            ((trusted or folder) / "ca.pem").read_bytes(), (folder / f"{name}.key").read_bytes(), (folder / f"{name}.pem").read_bytes())
        self.channels = {}

    def channel(self, service):
        if service not in self.channels:
            self.channels[service] = grpc.secure_channel(self.stack.address(service, self.listener), self.credentials)
        return self.channels[service]

    def reconnect(self):
        """Lets its connections go: after a process was killed, the first call would only notice it."""
        for channel in self.channels.values():
            channel.close()
        self.channels.clear()

    def metadata(self):
        return (("bitrade-officer", self.officer), ("bitrade-request-id", str(uuid.uuid4())))

    def call(self, rpc, values, timeout=10, metadata=None):
        """Calls e.g. "bitrade.appointments.v1.AppointmentAgencyService/Appoint" with a dictionary, again when it is shed; returns a dictionary."""
        method = self.protos.method(rpc)
        answer = self.protos.message_class(method.output_type.full_name)
        function = self.channel(rpc.split(".")[1]).unary_unary(
            f"/{rpc}", lambda message: message.SerializeToString(), answer.FromString)
        request = self.protos.make(method.input_type.full_name, values)
        return as_dict(after_the_peak(
            lambda: function(request, timeout=timeout, metadata=metadata if metadata is not None else self.metadata()),
            lives=self.stack.lives))

    def communicate(self, description, content, timeout=60, pieces=None):
        """Communicates a document by client streaming. `pieces` replaces the content's pieces, to send what is not as described."""
        rpc = "bitrade.documents.v1.DocumentAgencyService/Communicate"
        kind = self.protos.message_class("bitrade.documents.v1.CommunicateRequest")
        answer = self.protos.message_class("bitrade.documents.v1.Document")
        described = {"size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest(), "mediaType": "application/pdf", **description}

        def parts():
            yield self.protos.make("bitrade.documents.v1.CommunicateRequest", {"description": described})
            for piece in pieces if pieces is not None else (content[at:at + 262144] for at in range(0, len(content), 262144)):
                message = kind()
                message.data = piece
                yield message
        function = self.channel("documents").stream_unary(f"/{rpc}", lambda message: message.SerializeToString(), answer.FromString)
        return as_dict(after_the_peak(lambda: function(parts(), timeout=timeout, metadata=self.metadata()), lives=self.stack.lives))
