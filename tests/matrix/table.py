"""The authorisation matrix: which answer whom gets of which operation on what. matrix.tsv is the only source of these expectations.

A row is an RPC, the process that answers it, and the state of the object it is asked of; a column is a role together with its relation to
that object. A cell is what the caller gets: `ok`, a status as the gateway tells it (gRPC's codes correspond), or `-` where the caller has
no way to ask.
"""

import pathlib

FILE = pathlib.Path(__file__).with_name("matrix.tsv")

# People, and what each is to the object: it is the counsel's own; `foreign` is a counsel of somebody else; the five after her act for the
# counsel, each with one scope, `revoked` with none any more; `party` may do everything for her and is counsel in the same matter; `invited` has not
# accepted; `applicant` is not in the register; `removed` asks for what is her own.
DELEGATES = {"reads-appointments": ["appointments:read"], "sets-availability": ["availability:write"], "reads-documents": ["documents:read"],
             "prepares-drafts": ["drafts:write"], "revoked": ["documents:read"],
             "party": ["appointments:read", "availability:write", "documents:read", "drafts:write"]}
PEOPLE = ("anonymous", "counsel", "foreign", *DELEGATES, "invited", "applicant", "removed")
# The first registered the matter; it is out of the other's reach.
CASE_SYSTEMS = {"case-system": "journey", "other-case-system": "other"}
PROCESSES = ("identity", "registry", "appointments", "documents", "billing", "retention", "gateway")
# The process with which support staff work.
DESK = "support-desk"
ROLES = (*PEOPLE, *CASE_SYSTEMS, *PROCESSES, DESK)
ANSWERS = ("ok", "400", "401", "403", "404", "409", "422", "500", "-")


class Row:
    """One operation on an object in one state."""

    def __init__(self, line, number):
        names = line.split("\t")
        self.where = f"{FILE.name}:{number}"
        self.rpc, self.at, self.state = names[:3]
        self.cells = dict(zip(ROLES, names[3:]))
        self.faults = []
        if len(names) != 3 + len(ROLES):
            self.faults.append(f"{self.where}: {len(names) - 3} cells for {len(ROLES)} roles")
        self.faults += [f"{self.where}: {role} has no answer but {cell!r}" for role, cell in self.cells.items() if cell not in ANSWERS]

    def __str__(self):
        return f"{self.rpc} [{self.state}]"


def rows():
    """All rows, in the order of the file: what leaves something running behind it comes last."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    if head != ["rpc", "at", "state", *ROLES]:
        raise ValueError(f"{FILE.name}: the first line names other roles than these: {ROLES}")
    return [Row(line, number) for number, line in enumerate(lines[1:], 2) if line]


def rpcs(files):
    """Every RPC that the descriptors declare."""
    return {f"{file.package}.{service.name}/{method.name}" for file in files.file for service in file.service for method in service.method}


def faults(declared):
    """What is wrong with the table, as sentences: `declared` are the RPCs that there are."""
    from . import requests
    found, known = [], rows()
    for row in known:
        found += row.faults
        if row.rpc not in declared:
            found.append(f"{row.where}: there is no RPC {row.rpc}")
        if row.rpc not in requests.REQUESTS:
            found.append(f"{row.where}: requests.py does not know how {row.rpc} is asked")
    seen = {row.rpc for row in known}
    found += [f"{FILE.name}: {rpc} has no row" for rpc in sorted(declared - seen)]
    places = [str(row) for row in known]
    found += [f"{FILE.name}: two rows for {place}" for place in sorted({place for place in places if places.count(place) > 1})]
    return found
