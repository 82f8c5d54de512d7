"""What nobody builds or runs: sources, protos, migrations and test suites that no CMakeLists.txt names, since there are no globs to find
them; and what is linked and nobody makes, of which CMake thinks that the system has it."""

import posixpath
import re

from . import linkage, sources

SUITE = re.compile(r"tests/(contract|e2e|fault|integration)/test_(\w+)\.py$")


def listed():
    """The files that build files name, as paths from the root."""
    return {posixpath.normpath(posixpath.join(posixpath.dirname(build), name))
            for build in sources.tracked("*CMakeLists.txt") for name in re.findall(r"[\w./-]+\.(?:cc|sql|proto)\b", sources.text(build))}


def unmade():
    """What DEPS names and no build file makes. What others bring has `::` or is a variable."""
    made, needed = set(), []
    for build in sources.tracked("*CMakeLists.txt"):
        for command, target, words in linkage.commands(build):
            made |= {target} if command != "target_link_libraries" else set()
            needed += [(build, target, word) for word in linkage.needs(words) if re.fullmatch(r"[a-z][\w-]*", word)]
    return [f"{build}: {target} depends on {word}, which nobody makes" for build, target, word in needed if word not in made]


def check():
    named = listed()
    offences = [f"{path}: no CMakeLists.txt lists it, so that nobody builds it" for path in sources.tracked("*.cc") if path not in named]
    offences += [f"{path}: no CMakeLists.txt lists it, so that it is never applied" for path in sources.tracked("*.sql")
                 if "/migrations/" in path and path not in named]
    offences += [f"{path}: proto/CMakeLists.txt does not list it, so that nobody builds it" for path in sources.tracked("proto/*.proto")
                 if path not in named]
    offences += unmade()
    suites = sources.text("tests/CMakeLists.txt") if sources.tracked("tests/CMakeLists.txt") else ""
    for path in sources.tracked("tests/*.py"):
        suite = SUITE.match(path)
        if suite and not re.search(rf"\b(test_)?{suite.group(2)}\b", suites):
            offences.append(f"{path}: tests/CMakeLists.txt does not run it")
    return offences
