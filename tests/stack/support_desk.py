"""The support desk's process: gRPC with a service identity of its own."""

import uuid

import grpc

from . import pki
from .messages import as_dict

DESK = "bitrade.registry.v1.SupportDeskService"
END_SESSIONS = "bitrade.identity.v1.SessionDeskService/EndPersonSessions"


class SupportDesk:
    """Reads and answers support tickets of a Stack; as another process where `identity` names one."""

    def __init__(self, stack, protos, identity="support-desk"):
        tls = stack.keys / "tls"
        pki.make_process_certificate(tls, identity)
        credentials = grpc.ssl_channel_credentials(
            (tls / "ca.pem").read_bytes(), (tls / f"{identity}.key").read_bytes(), (tls / f"{identity}.pem").read_bytes())
        self.protos = protos
        self.channel = grpc.secure_channel(stack.address("registry"), credentials)
        self.identity = grpc.secure_channel(stack.address("identity"), credentials)

    def close(self):
        self.channel.close()
        self.identity.close()

    def end_sessions(self, person, officer):
        """Ends all sessions of a person; returns the code of the answer."""
        method = self.protos.method(END_SESSIONS)
        answer = self.protos.message_class(method.output_type.full_name)
        function = self.identity.unary_unary(f"/{END_SESSIONS}", lambda message: message.SerializeToString(), answer.FromString)
        named = (("bitrade-officer", officer),) if officer else ()
        try:
            function(self.protos.make(method.input_type.full_name, {"personId": person}), timeout=10, metadata=named)
            return "OK"
        except grpc.RpcError as refused:
            return refused.code().name

    def call(self, name, values):
        """Calls one RPC of the desk with a dictionary; returns a dictionary."""
        method = self.protos.method(f"{DESK}/{name}")
        answer = self.protos.message_class(method.output_type.full_name)
        function = self.channel.unary_unary(f"/{DESK}/{name}", lambda message: message.SerializeToString(), answer.FromString)
        request = self.protos.make(method.input_type.full_name, values)
        return as_dict(function(request, timeout=10, metadata=(("bitrade-request-id", str(uuid.uuid4())),)))
