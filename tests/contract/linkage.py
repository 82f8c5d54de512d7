"""What is made for tests alone never gets into the product: no library and no binary of ours depends on a target of tests/ (the simulator
of e-legitimations among them) or on a library whose name says that it is for testing, and no production source includes one."""

import re

from . import sources

COMMAND = re.compile(r"\b(bitrade_library|bitrade_service|bitrade_proto_library|bitrade_migrations|bitrade_test|add_library|add_executable|target_link_libraries)\(([^)]*)\)")
PRODUCTION = ("bitrade_library", "bitrade_service", "bitrade_proto_library", "add_library", "add_executable", "target_link_libraries")


def commands(path):
    """(command, target, words) of each command of a build file that makes or links a target."""
    for command, arguments in COMMAND.findall(re.sub(r"#[^\n]*", "", sources.text(path))):
        words = arguments.split()
        target = words[words.index("NAME") + 1] if "NAME" in words else words[0] if words else ""
        yield command, target, words


def needs(words):
    """The targets that a command lists behind DEPS."""
    return words[words.index("DEPS") + 1:] if "DEPS" in words else []


def is_for_tests(target):
    return target.endswith("_testing")


def check():
    builds = sources.tracked("CMakeLists.txt", "*/CMakeLists.txt")
    of_tests = {target for path in builds if path.startswith("tests/") for _, target, _ in commands(path)}
    offences = []
    for path in builds:
        if path.startswith("tests/"):
            continue
        for command, target, words in commands(path):
            if command not in PRODUCTION or is_for_tests(target):
                continue
            offences += [f"{path}: {target} depends on {word}, which is for tests alone" for word in words
                         if word != target and (word in of_tests or is_for_tests(word))]
    return offences + included()


def included():
    return [f"{path}: production code includes {target}" for path in sources.cpp() if not sources.is_test(path)
            for target in re.findall(r'^#include "(tests/[^"]+)"', sources.text(path), flags=re.M)]
