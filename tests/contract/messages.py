"""docs/api/messages.txt: every field with its number and type. What is removed, renumbered or retyped is a line in the review's diff."""

from . import proto_lint

SCALARS = {1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32", 8: "bool", 9: "string", 12: "bytes", 13: "uint32"}


def listing():
    """One line for each field and each value of an enumeration of our contracts, in the order of names and numbers."""
    lines = []
    for file in sorted(proto_lint.descriptor_set().file, key=lambda file: file.name):
        if file.package.startswith("bitrade."):
            for message in file.message_type:
                lines += fields(f"{file.package}.{message.name}", message)
            for enum in file.enum_type:
                lines += values(f"{file.package}.{enum.name}", enum)
    return "\n".join(lines) + "\n"


def fields(name, message):
    lines = [f"{name} {field.number} {field.name} {type_of(field)}" for field in sorted(message.field, key=lambda field: field.number)]
    for nested in message.nested_type:
        lines += fields(f"{name}.{nested.name}", nested)
    for enum in message.enum_type:
        lines += values(f"{name}.{enum.name}", enum)
    return lines or [f"{name} has no fields"]


def type_of(field):
    presence = "repeated " if field.label == 3 else "optional " if field.proto3_optional else ""
    return presence + SCALARS.get(field.type, field.type_name.lstrip("."))


def values(name, enum):
    return [f"{name} {value.number} {value.name}" for value in enum.value]
