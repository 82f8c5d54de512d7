"""What nobody builds or runs: sources, migrations and test suites that no CMakeLists.txt names, since there are no globs to find them."""

import posixpath
import re

from . import sources

SUITE = re.compile(r"tests/(contract|e2e|fault|integration)/test_(\w+)\.py$")


def listed():
    """The files that build files name, as paths from the root."""
    return {posixpath.normpath(posixpath.join(posixpath.dirname(build), name))
            for build in sources.tracked("*CMakeLists.txt") for name in re.findall(r"[\w./-]+\.(?:cc|sql)\b", sources.text(build))}


def check():
    named = listed()
    offences = [f"{path}: no CMakeLists.txt lists it, so that nobody builds it" for path in sources.tracked("*.cc") if path not in named]
    offences += [f"{path}: no CMakeLists.txt lists it, so that it is never applied" for path in sources.tracked("*.sql")
                 if "/migrations/" in path and path not in named]
    suites = sources.text("tests/CMakeLists.txt") if sources.tracked("tests/CMakeLists.txt") else ""
    for path in sources.tracked("tests/*.py"):
        suite = SUITE.match(path)
        if suite and not re.search(rf"\b(test_)?{suite.group(2)}\b", suites):
            offences.append(f"{path}: tests/CMakeLists.txt does not run it")
    return offences
