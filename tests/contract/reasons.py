"""Reasons: each name is declared once, in both languages, and is what the RPC comments speak of."""

import json
import re

from . import sources

DECLARED = re.compile(
    r"\bReason\s+k\w+\s*\{\s*\"([A-Z0-9_]+)\",\s*absl::StatusCode::k(\w+),\s*"
    r"\{\s*((?:\"(?:\\.|[^\"\\])*\"\s*)+),\s*((?:\"(?:\\.|[^\"\\])*\"\s*)+)\}\s*,\s*"
    r"\{\s*((?:\"(?:\\.|[^\"\\])*\"\s*)+),\s*((?:\"(?:\\.|[^\"\\])*\"\s*)+)\}", re.S)


def joined(literals):
    return "".join(re.findall(r"\"((?:\\.|[^\"\\])*)\"", literals)).replace('\\"', '"')


def declared():
    """[(name, code, english title, english detail, swedish title, swedish detail, path)] in the order of names."""
    found = []
    for path in sources.cpp():
        if sources.is_test(path):
            continue
        for match in DECLARED.finditer(sources.text(path)):
            found.append((match.group(1), match.group(2), *(joined(match.group(index)) for index in range(3, 7)), path))
    return sorted(found)


def named_in_protos():
    """{reason: [where]} of the words after "Reasons:" in the RPC comments."""
    named = {}
    for path in sources.tracked("proto/bitrade/**/*.proto"):
        for block in re.findall(r"// Reasons:((?:[^\n]*\n\s*//)*[^\n]*)", sources.text(path)):
            for word in re.findall(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\bNOT_FOUND\b|\bUNAVAILABLE\b|\bUNAUTHENTICATED\b", block):
                named.setdefault(word, []).append(path)
    return named


CODES = {"OUT_OF_RANGE"}  # a status code that comments mention beside a reason


def check():
    rows, offences = declared(), []
    places = {}
    for row in rows:
        places.setdefault(row[0], []).append(row[-1])
        if not all(row[2:6]):
            offences.append(f"{row[-1]}: reason {row[0]} lacks a text")
    offences += [f"{name} is declared more than once: {', '.join(where)}" for name, where in places.items() if len(where) > 1]
    offences += [f"{where[0]}: no Reason is named {name}" for name, where in sorted(named_in_protos().items())
                 if name not in places and name not in CODES]
    return offences


def as_json():
    """The reasons as openapi_tool reads them."""
    return json.dumps([{"name": name, "code": code, "title": title, "detail": detail} for name, code, title, detail, *_ in declared()])


HTTP = {"InvalidArgument": 422, "NotFound": 404, "Unauthenticated": 401, "PermissionDenied": 403, "Aborted": 409, "FailedPrecondition": 409,
        "AlreadyExists": 409, "ResourceExhausted": 503, "Unavailable": 503, "DeadlineExceeded": 504, "OutOfRange": 400,
        "Unimplemented": 501, "Internal": 500, "Cancelled": 499}
# Reasons whose status is not that of their code, as gateway/transcoding/problem.cc has them.
SPECIAL = {"METHOD_NOT_ALLOWED": 405, "NOT_ACCEPTABLE": 406, "REQUEST_TIMEOUT": 408, "ETAG_MISMATCH": 412, "CONTENT_TOO_LARGE": 413,
           "URI_TOO_LONG": 414, "UNSUPPORTED_MEDIA_TYPE": 415, "RANGE_NOT_SATISFIABLE": 416, "EXPECTATION_FAILED": 417,
           "IF_MATCH_REQUIRED": 428, "RATE_LIMITED": 429, "TOO_MANY_SUPPORT_TICKETS": 429, "HEAD_TOO_LARGE": 431,
           "VERSION_NOT_SUPPORTED": 505}


def catalogue():
    """docs/api/problems.md."""
    lines = ["# Problems", "", "Every error is a problem document (RFC 9457) whose `type` is the address of a heading here, "
             "`https://bitrade.example/problems/<name>`, and whose `reason` is the name in upper case. Generated from the `Reason` constants by "
             "`./dev golden`; compared in `tests/contract`.", ""]
    for name, code, title, detail, titel, detalj, path in declared():
        status = SPECIAL.get(name) or (400 if path.startswith("gateway/") and code == "InvalidArgument" else HTTP.get(code, 500))
        lines += [f"## {name.lower().replace('_', '-')}", "", f"`{name}`, HTTP {status}, declared in `{path}`.", "",
                  f"* English: **{title}** {detail}", f"* Svenska: **{titel}** {detalj}", ""]
    return "\n".join(lines)
