"""The dependency rule: who may include what."""

import re

from . import sources
from .calls import CALLS, SERVICES

COMMON = {
    "base": (), "error": ("base",), "config": ("base", "error"), "log": ("base", "error", "config"),
    "postgres": ("base", "error", "config", "log"), "redis": ("base", "error", "config", "log"), "crypto": ("base", "error", "config", "log"),
    "audit": ("base", "error", "config", "log", "postgres", "crypto"),
    "idempotency": ("base", "error", "config", "log", "postgres", "crypto"),
    "events": ("base", "error", "config", "log", "postgres", "crypto", "audit"),
    "rpc": ("base", "error", "config", "log", "postgres", "crypto", "audit", "events", "idempotency"),
    "access": ("base", "error", "config", "log", "postgres", "events", "rpc"),
    "signing": ("base", "error", "config", "log", "rpc"),
}
PURE_FORBIDDEN = re.compile(r"#include [<\"](pqxx|grpc|google/|bitrade/|prometheus|openssl|hiredis|curl|boost|pistache|rapidjson|"
                            r"services/common/(base/clock|base/id_source|log|config|postgres|rpc|crypto|audit|events))")
# What a store knows besides its domain: rows and what is sealed in them, of rpc the numbers of a page alone.
STORE = re.compile(r"services/\w+/\w+/\w*store\.(h|cc)$")
STORE_FORBIDDEN = re.compile(r"(grpc|bitrade/|services/common/(config|rpc(?!/paging\.h)|signing)/|services/\w+/(clients/|(\w+/)*\w*(service|convert)s?\.h))")
LIBRARIES = [  # (what, who may)
    (re.compile(r"#include <pqxx"), re.compile(r"services/common/(postgres|events|audit|idempotency|access|testing)/|services/\w+/\w+/store\.(h|cc)|tests/load/")),
    (re.compile(r"#include <hiredis"), re.compile(r"services/common/redis/")),
    (re.compile(r"#include <pistache"), re.compile(r"gateway/http/")),
    (re.compile(r"#include <openssl"), re.compile(r"services/common/crypto/|services/common/rpc/testing/|tests/|services/identity/bankid/(evidence/|.*_test)|services/identity/oidc/(keys\.cc|testing/)")),
    (re.compile(r"#include <(libxml|xmlsec)"), re.compile(r"services/identity/bankid/evidence/|tests/")),
    (re.compile(r"#include <curl"), re.compile(r"services/identity/https/")),
    (re.compile(r"#include <boost"), re.compile(r"gateway/http/|services/common/rpc/|tests/")),
]


def includes(path):
    return re.findall(r'^#include ["<][^">]+[">]', sources.text(path), flags=re.M)


def offences_of(path):
    found, test = [], sources.is_test(path)
    parts = path.split("/")
    for line in includes(path):
        target = re.search(r'["<]([^">]+)[">]', line).group(1)
        if target.startswith("services/common/testing/") and not test:
            found.append(f"{path}: production code includes {target}")
        if not test:
            found += [f"{path}: only {who.pattern} may include {target}" for what, who in LIBRARIES if what.match(line) and not who.match(path)]
            found += side_by_side(path, parts, target)
        if len(parts) > 2 and parts[0] == "services" and not test:
            found += common_or_service(path, parts, target)
    return found


def side_by_side(path, parts, target):
    """Processes know each other by their contracts alone."""
    service = re.match(r"services/(\w+)/", target)
    if parts[0] == "services" and target.startswith("gateway/"):
        return [f"{path}: a service may not include the gateway's {target}"]
    if parts[0] == "gateway" and service and service.group(1) != "common":
        return [f"{path}: the gateway may not include a service's {target}"]
    if parts[:2] == ["services", "common"] and service and service.group(1) != "common":
        return [f"{path}: common names no service and may not include {target}"]
    return []


def common_or_service(path, parts, target):
    if parts[1] == "common":
        layer = re.match(r"services/common/(\w+)/", target)
        consumer = re.match(r"services/common/events/(watch|snapshot|consumer|feed)", path)
        allowed = COMMON.get(parts[2], ()) + (("rpc",) if consumer else ())
        if layer and layer.group(1) not in (*allowed, parts[2], "testing"):
            return [f"{path}: common/{parts[2]} may not include {target}"]
        return []
    own = f"services/{parts[1]}/"
    if target.startswith("services/") and not target.startswith((own, "services/common/")):
        return [f"{path}: includes another service's {target}"]
    if parts[2] == "domain" and impure(own, target):
        return [f"{path}: domain is pure and may not include {target}"]
    if STORE.match(path) and STORE_FORBIDDEN.match(target):
        return [f"{path}: a store knows rows and domain and may not include {target}"]
    return foreign_stub(path, parts, target)


def impure(own, target):
    """Whether domain may not include it: of our code it has its own folder and common's base and error, no clock and no source of ids."""
    if PURE_FORBIDDEN.match(f'#include "{target}"') or PURE_FORBIDDEN.match(f"#include <{target}"):
        return True
    return target.startswith("services/") and not target.startswith((f"{own}domain/", "services/common/base/", "services/common/error/"))


def foreign_stub(path, parts, target):
    stub = re.match(r"bitrade/(\w+)/v1/", target)
    if not stub or stub.group(1) not in SERVICES or stub.group(1) == parts[1]:
        return []
    if stub.group(1) == "identity" and target.endswith("ticket.pb.h"):
        return []
    if parts[2] != "clients":
        return [f"{path}: only services/{parts[1]}/clients may include the stub {target}"]
    if stub.group(1) not in CALLS[parts[1]]:
        return [f"{path}: {parts[1]} may not call {stub.group(1)}: calls go one way"]
    return []


def check():
    return [offence for path in sources.cpp() for offence in offences_of(path)]
