"""Our protos at run time, from the descriptor set that the build makes: no generated Python."""

import functools
import pathlib

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


class Protos:
    """Message classes by full name, and RPCs by "package.Service/Method"."""

    def __init__(self, build):
        files = descriptor_pb2.FileDescriptorSet()
        files.ParseFromString((pathlib.Path(build) / "bitrade.protoset").read_bytes())
        self.files = files
        self.pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            self.pool.Add(file)

    @functools.lru_cache(maxsize=None)
    def message_class(self, name):
        return message_factory.MessageFactory(self.pool).GetPrototype(self.pool.FindMessageTypeByName(name))

    def method(self, rpc):
        service, name = rpc.split("/")
        return self.pool.FindServiceByName(service).methods_by_name[name]

    def make(self, name, values):
        """A message of type `name` from a dictionary in proto3 JSON form (either spelling of names)."""
        return json_format.ParseDict(values, self.message_class(name)())


def as_dict(message):
    """A message as a dictionary in proto3 JSON form, with defaults."""
    return json_format.MessageToDict(message, including_default_value_fields=True)
