"""Our C++ sources, and a brace counter that finds functions: no compiler, so that the checks run on a fresh clone in a second."""

import contextlib
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def at(folder):
    """Lets the checks look at another repository: their own tests do."""
    global ROOT
    before, ROOT = ROOT, pathlib.Path(folder)
    try:
        yield
    finally:
        ROOT = before


def tracked(*patterns):
    """Files under version control, or about to be, as paths from the root."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split()
    return sorted(path for path in set(listed) if (ROOT / path).exists())


def cpp():
    """What people wrote in C++; the list of headers that the compiler reads once (cmake/) is nobody's dependency."""
    return [path for path in tracked("*.h", "*.cc") if not path.startswith("cmake/")]


def is_test(path):
    return path.endswith("_test.cc") or path.startswith("tests/") or "/testing/" in path or "/testdata/" in path


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def without_comments_and_strings(source):
    """The source with comments and literals blanked, line for line."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    pattern = r'R"([^(\s]*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
    return re.sub(pattern, blank, source, flags=re.S)


CONTAINER = re.compile(r"\b(namespace|class|struct|enum|union|extern)\b")
CONTROL = re.compile(r"^\s*(if|for|while|switch|else|do|try|catch|return)\b")


def functions(path):
    """Yields (first line, name, lines, parameters) of each function definition with a body."""
    code = without_comments_and_strings(text(path))
    stack, start = [], 0
    for at, char in enumerate(code):
        if char in ";}":
            start = at + 1
        if char == "{":
            head = code[start:at]
            stack.append((at, head, _kind(head)))
            start = at + 1
        elif char == "}" and stack:
            opened, head, kind = stack.pop()
            if kind == "function" and not any(outer[2] == "function" for outer in stack):
                first = code.count("\n", 0, opened) + 1
                yield first, _name(head), code.count("\n", opened, at) - 1, _parameters(head)
            start = at + 1


def _kind(head):
    head = re.sub(r"^\s*#[^\n]*$", "", head, flags=re.M).strip()
    if CONTAINER.search(head.split("(")[0]) and not re.search(r"\)\s*(const|noexcept|override|final|->.*)?\s*$", head):
        return "container"
    if "(" in head and not CONTROL.match(head) and re.search(r"\)\s*[\w\s:&*<>,()\[\].=~{}!|+-]*$", head) and not re.search(r"=\s*$", head):
        return "function"
    return "block"


def _name(head):
    found = re.search(r"([\w:~]+|operator[^\s(]+)\s*\(", head)
    return found.group(1) if found else "?"


def _parameters(head):
    begin = head.find("(")
    depth, count, empty = 0, 1, True
    for char in head[begin + 1:]:
        if char in "(<[{":
            depth += 1
        elif char in ")>]}":
            if char == ")" and depth == 0:
                break
            depth -= 1
        elif char == "," and depth == 0:
            count += 1
        if not char.isspace():
            empty = False
    return 0 if empty else count
