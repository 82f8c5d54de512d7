"""The anatomy of a service: the same rooms in each, a folder for each noun, every file within its own budget."""

import re

from . import sources

# What lies in a service's folder beside its nouns.
ROOMS = {"domain", "clients", "migrations"}
REQUIRED = ("README.md", "CMakeLists.txt", "main.cc")
ADAPTER = re.compile(r"(store|service|convert)\.(h|cc)$")

# Lines of one file. Of headers and migrations, comments and empty lines do not count: the house wants them there.
BUDGETS = [(re.compile(pattern + "$"), limit) for pattern, limit in (
    (r"README\.md", 40), (r"CMakeLists\.txt", 40), (r"main\.cc", 60), (r"config\.h", 30), (r"config\.cc", 40),
    (r"domain/\w+\.h", 80), (r"domain/\w+\.cc", 150), (r"\w+/store\.h", 60), (r"\w+/store\.cc", 300),
    (r"\w+/convert\.h", 30), (r"\w+/convert\.cc", 150), (r"\w+/service\.h", 60), (r"\w+/service\.cc", 250),
    (r"migrations/\d{4}_\w+\.sql", 60))]
STORE_METHODS = 10


def services():
    """{service: [paths within it]}, `common` apart."""
    found = {}
    for path in sources.tracked("services/*"):
        parts = path.split("/", 2)
        if len(parts) == 3 and parts[1] != "common":
            found.setdefault(parts[1], []).append(parts[2])
    return found


def check():
    offences = []
    for service, files in services().items():
        where = f"services/{service}"
        offences += [f"{where}: has no {name}" for name in REQUIRED if name not in files]
        offences += rooms(where, files) + budgets(where, files) + untold(where, files)
    return offences


def untold(where, files):
    """The tables that a service owns and its README does not name."""
    told = sources.text(f"{where}/README.md") if "README.md" in files else ""
    statements = "\n".join(sources.text(f"{where}/{path}") for path in files if re.match(r"migrations/\w+\.sql$", path))
    tables = set(re.findall(r"^CREATE TABLE (\w+)", statements, flags=re.M)) - set(re.findall(r"^DROP TABLE (\w+)", statements, flags=re.M))
    return [f"{where}/README.md: does not name the table {table}" for table in sorted(tables) if f"`{table}`" not in told]


def rooms(where, files):
    """What adapts a noun lies in the noun's folder, and its store is tested there."""
    offences, folders = [], {}
    for path in files:
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder.split("/")[0], set()).add(name)
        if ADAPTER.match(name) and folder in ("", *ROOMS):
            offences.append(f"{where}/{path}: belongs into the folder of its noun")
    for folder, names in sorted(folders.items()):
        if "store.h" in names and folder not in ("", *ROOMS) and not any(name.endswith(("store_test.cc", "service_test.cc")) for name in names):
            offences.append(f"{where}/{folder}/store.h: has no test beside it")
    return offences


def budgets(where, files):
    offences = []
    for file in files:
        path = f"{where}/{file}"
        limits = [] if sources.is_test(path) else [limit for pattern, limit in BUDGETS if pattern.match(file)]
        offences += [f"{path}: {counted(path)} lines, the budget is {limit}" for limit in limits if counted(path) > limit]
        if file.endswith("/store.h") and store_methods(path) > STORE_METHODS:
            offences.append(f"{path}: {store_methods(path)} methods, the budget is {STORE_METHODS}")
    return offences


def counted(path):
    """The lines of a file that its budget is about."""
    lines = sources.text(path).splitlines()
    if path.endswith((".h", ".sql")):
        lines = [line for line in lines if line.strip() and not line.lstrip().startswith(("//", "--"))]
    return len(lines)


def store_methods(path):
    """How many functions a store's header offers before `private:`."""
    code = sources.without_comments_and_strings(sources.text(path)).split("private:")[0]
    return len(re.findall(r"[\w>&*]\s+\w+\([^;{}]*\)\s*(?:const)?\s*;", code))
