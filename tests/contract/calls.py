"""Calls between our processes go one way. Who calls whom is said four times: in the client folders, in each main.cc, in the policy file
that services enforce, and in the launcher's table of processes. All four keep the direction and agree."""

import json
import re

from . import proto_lint, sources

# Whom a service may call: what stands before it. Every service has its place here.
CALLS = {"identity": (), "registry": ("identity",), "appointments": ("identity", "registry"),
         "documents": ("identity", "registry", "appointments"), "billing": ("identity", "registry", "appointments"),
         "retention": ("identity", "registry", "appointments", "documents", "billing")}
SERVICES = tuple(CALLS)

POLICY = "services/policy.json"
TABLE = "tests/stack/processes.json"
# Which services the gateway serves, by their generated messages.
GATEWAY = "gateway/backends/services.cc"
# Not ours, and so not in the launcher's table.
OUTSIDE = ("case-system", "support-desk")
# Served by every service alike, so that their path does not tell who is called.
EVERYWHERE = ("/bitrade.events.v1.", "/grpc.health.v1.")


def from_clients():
    """{(caller, called): file} of the client folders."""
    found = {}
    for path in sources.tracked("services/*"):
        match = re.match(r"services/(\w+)/clients/(\w+)\.(h|cc)$", path)
        if match and not sources.is_test(path):
            found[match.group(1), match.group(2).removesuffix("_test")] = path
    return found


def from_mains():
    """{(caller, called): file} of the neighbours that each service's main.cc asks for an address."""
    found = {}
    for path in sources.tracked("services/*/main.cc"):
        named = re.search(r"\.neighbours = \{([^}]*)\}", sources.text(path))
        for called in re.findall(r'"(\w+)"', named.group(1) if named else ""):
            found[path.split("/")[1], called] = path
    return found


def from_table():
    """{(caller, called): file} of the launcher's table."""
    rows = json.loads(sources.text(TABLE))["processes"]
    return {(row["name"], other): TABLE for row in rows for other in row.get("calls", [])}


def rules():
    """[(caller, path)] of the policy: what one of our processes may call. Case systems and the support desk are not ours."""
    found = []
    for rule in json.loads(sources.text(POLICY))["allow_rules"]:
        for principal in rule["source"]["principals"]:
            found += [(principal.split("/", 3)[3], path) for path in rule["request"]["paths"]]
    return found


def from_policy():
    """{(caller, called): file} of the policy."""
    found = {}
    for caller, path in rules():
        called = re.match(r"/bitrade\.(\w+)\.v1\.", path)
        if called and not path.startswith(EVERYWHERE) and not caller.startswith(OUTSIDE):
            found[caller, called.group(1)] = POLICY
    return found


def check():
    offences = []
    clients, mains, policy, table = from_clients(), from_mains(), from_policy(), from_table()
    for (caller, called), path in [*clients.items(), *mains.items(), *policy.items(), *table.items()]:
        if called not in SERVICES:
            offences.append(f"{path}: {called}, whom {caller} calls, is no service that CALLS in tests/contract/calls.py places")
        elif caller != "gateway" and called not in CALLS.get(caller, ()):
            offences.append(f"{path}: {caller} may not call {called}: calls go one way")
    offences += [f"{POLICY}: {caller} may call {called}, which {TABLE} does not say" for caller, called in sorted(policy.keys() - table.keys())]
    followers = {caller for caller, path in rules() if path.startswith(EVERYWHERE[0])}
    offences += [f"{TABLE}: {caller} calls {called}, which {POLICY} does not allow" for caller, called in sorted(table.keys() - policy.keys())
                 if caller not in followers]
    offences += [f"{clients[pair]}: {pair[0]} calls {pair[1]}, which {TABLE} does not say" for pair in sorted(clients.keys() - table.keys())]
    offences += [f"{path}: {pair[0]} asks for the address of {pair[1]}, which {TABLE} does not give" for pair, path in sorted(mains.items())
                 if pair not in table]
    return offences + paths_and_rpcs()


def paths_and_rpcs():
    """Every path of the policy is an RPC's, every RPC that a service answers may be called by somebody, and every route is served."""
    offences, declared = [], {}
    for file in proto_lint.descriptor_set().file:
        for service in file.service:
            routed = [method.name for method in service.method if proto_lint.has_extension(method.options, proto_lint.HTTP)]
            if routed and f'"{file.name.removesuffix(".proto")}.pb.h"' not in sources.text(GATEWAY):
                offences.append(f"proto/{file.name}: {GATEWAY} names no message of it, so that the gateway does not serve {', '.join(routed)}")
            for method in service.method:
                if not proto_lint.has_extension(method.options, proto_lint.HANDLED_BY_GATEWAY):
                    declared[f"/{file.package}.{service.name}/{method.name}"] = f"proto/{file.name}"
    allowed = {path for _, path in rules()}
    for path in sorted(allowed):
        known = any(rpc == path or path.endswith("/*") and rpc.startswith(path[:-1]) for rpc in declared)
        if not known and not path.startswith("/grpc.health.v1."):
            offences.append(f"{POLICY}: no RPC is named {path}")
    for rpc, file in sorted(declared.items()):
        if rpc not in allowed and f"{rpc.rsplit('/', 1)[0]}/*" not in allowed:
            offences.append(f"{file}: nobody may call {rpc} by {POLICY}")
    return offences
