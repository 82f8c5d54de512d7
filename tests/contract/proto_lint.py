"""Protos: every RPC has a route, or is internal, or belongs to an AgencyService; access, audit and comments everywhere."""

import functools
import re
import subprocess
import tempfile

from . import sources

HTTP, ACCESS, INTERNAL, HANDLED_BY_GATEWAY, AUDIT, SCOPE = 72295728, 50001, 50002, 50003, 50004, 50007  # field numbers of the method options
DELEGATE = 4  # of the roles
DELEGABLE = "services/registry/domain/grant.cc"
GENERIC = re.compile(r"(request|response|reply) message for", re.I)


def descriptor_set():
    """The set with source info, made by protoc once for all checks; a second on a fresh clone."""
    return made_in(sources.ROOT)


@functools.lru_cache(maxsize=1)
def made_in(root):
    protos = [path for path in sources.tracked("proto/*.proto") if path.startswith("proto/")]
    with tempfile.NamedTemporaryFile(suffix=".protoset") as out:
        subprocess.run(["protoc", "-Iproto", "--include_source_info", "--include_imports", f"--descriptor_set_out={out.name}", *protos],
                       cwd=root, check=True)
        from google.protobuf import descriptor_pb2
        files = descriptor_pb2.FileDescriptorSet()
        files.ParseFromString(out.read())
        return files


def comments(file):
    """{path of the element: its leading comment}."""
    return {tuple(place.path): place.leading_comments.strip() for place in file.source_code_info.location}


def has_extension(options, number):
    """Options are unknown fields here, since the extension is not linked in: look for the field number on the wire."""
    return any(number == field for field in fields_of(options.SerializeToString()))


def fields_of(data):
    return (field for field, _ in values_of(data))


def values_of(data):
    """(field number, value) of each field of a message on the wire: bytes, or a number."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        wire, value = key & 7, None
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            at += 8 if wire == 1 else 4
        yield key >> 3, value


def scope_of(options):
    """What a delegate must be allowed, or nothing."""
    return next((value.decode() for field, value in values_of(options.SerializeToString()) if field == SCOPE), "")


def lets_delegates_in(options):
    """Whether DELEGATE is among the roles: they are packed numbers, the only field of Access."""
    access = next((value for field, value in values_of(options.SerializeToString()) if field == ACCESS), b"")
    return any(DELEGATE in value for field, value in values_of(access) if field == 1)


def scope_offences(rpc, options):
    scope, lets_in = scope_of(options), lets_delegates_in(options)
    if bool(scope) != lets_in:
        return [f"{rpc}: lets DELEGATE in and names a scope, both or neither"]
    if scope and f'"{scope}"' not in sources.text(DELEGABLE):
        return [f"{rpc}: {DELEGABLE} knows no scope {scope} that can be handed over"]
    return []


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at


def check():
    offences, requests = [], {}
    for file in descriptor_set().file:
        if not file.package.startswith("bitrade."):
            continue
        told = comments(file)
        expected = f"{file.package.replace('.', '/')}/"
        if not file.name.startswith(expected):
            offences.append(f"proto/{file.name}: package {file.package} belongs into {expected}")
        offences += messages_without_comment(file, told)
        for index, service in enumerate(file.service):
            offences += service_offences(file, service, index, told, requests)
    return offences


def messages_without_comment(file, told):
    found = []
    for index, message in enumerate(file.message_type):
        comment = told.get((4, index), "")
        if not comment or GENERIC.search(comment):
            found.append(f"proto/{file.name}: message {message.name} needs a comment that adds to its name")
    for index, enum in enumerate(file.enum_type):
        if not told.get((5, index)):
            found.append(f"proto/{file.name}: enum {enum.name} needs a comment")
    return found


def service_offences(file, service, index, told, requests):
    where, found = f"proto/{file.name}: {service.name}", []
    if not service.name.endswith("Service"):
        found.append(f"{where}: service names end in Service")
    if not told.get((6, index)):
        found.append(f"{where}: needs a comment")
    for number, method in enumerate(service.method):
        rpc = f"{where}/{method.name}"
        route, internal = has_extension(method.options, HTTP), has_extension(method.options, INTERNAL)
        agency = service.name.endswith("AgencyService")
        if [route, internal, agency].count(True) != 1:
            found.append(f"{rpc}: has a route, or is internal, or belongs to an AgencyService: exactly one")
        if not has_extension(method.options, ACCESS):
            found.append(f"{rpc}: needs an access rule")
        if not has_extension(method.options, AUDIT):
            found.append(f"{rpc}: needs an audit rule")
        found += scope_offences(rpc, method.options)
        if not told.get((6, index, 2, number)):
            found.append(f"{rpc}: needs a comment")
        if method.input_type in requests:
            found.append(f"{rpc}: its request {method.input_type} belongs to {requests[method.input_type]} already")
        requests[method.input_type] = rpc
    return found
