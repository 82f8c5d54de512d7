"""The generated documents that are committed: OpenAPI, routes, access list, problems. Compared in a test, rewritten by `./dev golden`."""

import argparse
import difflib
import pathlib
import subprocess
import sys
import tempfile

from . import reasons, sources

FOLDER = sources.ROOT / "docs" / "api"


def generate(build, folder):
    """Writes all documents into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as listed:
        listed.write(reasons.as_json())
        listed.flush()
        subprocess.run([build / "bin" / "openapi_tool", build / "bitrade.protoset", listed.name, folder], check=True)
    (folder / "problems.md").write_text(reasons.catalogue(), encoding="utf-8")


def compare(made):
    """Returns the differences between what was made and what is committed, as text."""
    differences = []
    for path in sorted(made.iterdir()):
        committed = FOLDER / path.name
        old = committed.read_text(encoding="utf-8").splitlines() if committed.exists() else []
        new = path.read_text(encoding="utf-8").splitlines()
        differences += difflib.unified_diff(old, new, f"docs/api/{path.name}", "as generated", lineterm="", n=1)
    return differences


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    if arguments.write:
        generate(build, FOLDER)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        generate(build, pathlib.Path(folder))
        differences = compare(pathlib.Path(folder))
    print("\n".join(differences[:200]) or "The committed documents are what the protos and reasons say.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
