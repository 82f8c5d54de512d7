"""The generated documents that are committed: OpenAPI, routes, access list, messages, problems. Compared in a test, rewritten by `./dev golden`."""

import argparse
import difflib
import pathlib
import subprocess
import sys
import tempfile

from . import messages, reasons, sources


def committed():
    """Where the documents lie."""
    return sources.ROOT / "docs" / "api"


def generate(build, folder):
    """Writes all documents into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as listed:
        listed.write(reasons.as_json())
        listed.flush()
        subprocess.run([build / "bin" / "openapi_tool", build / "bitrade.protoset", listed.name, folder], check=True)
    (folder / "messages.txt").write_text(messages.listing(), encoding="utf-8")
    (folder / "problems.md").write_text(reasons.catalogue(), encoding="utf-8")


def compare(made):
    """Returns the differences between what was made and what is committed, as text."""
    differences = []
    for name in sorted({path.name for folder in (made, committed()) for path in folder.iterdir()}):
        old, new = lines(committed() / name), lines(made / name)
        differences += difflib.unified_diff(old, new, f"docs/api/{name}", "as generated", lineterm="", n=1)
    return differences


def lines(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    if arguments.write:
        generate(build, committed())
        return 0
    with tempfile.TemporaryDirectory() as folder:
        generate(build, pathlib.Path(folder))
        differences = compare(pathlib.Path(folder))
    print("\n".join(differences[:200]) or "The committed documents are what the protos and reasons say.")
    if differences:
        print("\n`./dev golden` writes docs/api as it is generated; its diff is reviewed as the change that it is.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
