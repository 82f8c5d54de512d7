"""What the repository holds and never holds: house files, links that lead somewhere, no path of a machine, no personal numbers, no secrets."""

import re

from . import sources

HOUSE = (".ci/run", ".clang-format", ".clang-tidy", ".editorconfig", ".gitattributes", ".pre-commit-config.yaml", "CHANGELOG.md", "CMakeLists.txt",
         "CMakePresets.json", "CONTRIBUTING.md", "README.md", "dev", "docs/README.md", "docs/architecture.md", "docs/glossary.md",
         "docs/legal-sources.md", "docs/life-of-a-request.md")
TOP = {".ci", "cmake", "deploy", "docs", "gateway", "k8s", "proto", "services", "tests"}
CI = ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "./dev lint", "./dev test"]

# Published test numbers of the Swedish Tax Agency and of BankID; people.py makes others from them.
TEST_NUMBERS = {"191212121212", "199908072391", "200211242383", "198112189876", "198507099805", "197010632391", "196403273813"}
NUMBER = re.compile(r"(?<![\d-])(19|20)?\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+]?\d{4}(?![\d-])")
MACHINE = re.compile(r"(?<![\w.])/(work/(?!\d)|root/|home/\w+/|Users/\w+/)")

# What opens something: keys are made when the system is set up, and settings name files.
SECRETS = [(re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"), "a private key"),
           (re.compile(r"\b\w+://[^\s/:@\"'{}$<>]+:[^\s/@\"'{}$<>]+@"), "a password in an address"),
           (re.compile(r"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})"), "a token")]
SETTING = re.compile(r"(?im)^[^#\n]*?\b(\w*(?:password|passwd|secret|api_?key|private_?key|token)\w*)[\"']?\s*[:=]\s*[\"']?([\w+/=.-]{8,})")
CONFIGURATION = re.compile(r"\.(json|ya?ml|env|conf|cfg|ini|toml|properties|service|sh)$|(^|/)(\.?env|dev|run)$|^(\.ci|deploy|k8s)/")
GENERATED = ("docs/api/",)

LAWS, LAW = "docs/legal-sources.md", re.compile(r"\(((?:19|20)\d\d:\d+)\)")
APPLIES_LAW = ("services/", "gateway/", "proto/")

LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]+)\)")
PLACE = re.compile(r"`((?:services|gateway|proto|tests|docs|cmake)/[\w./-]*\w)`")
ANCHOR = re.compile(r"docs/([\w-]+\.md)#([\w-]+)")


def check():
    offences = [f"{name}: is missing" for name in HOUSE if not (sources.ROOT / name).exists()]
    laws = set(LAW.findall(sources.text(LAWS))) if sources.tracked(LAWS) else set()
    for path in sources.tracked():
        if "/" in path and path.split("/")[0] not in TOP:
            offences.append(f"{path}: stands in a folder that the tree does not have")
        try:
            content = sources.text(path)
        except UnicodeDecodeError:
            continue
        if path.startswith(APPLIES_LAW):
            offences += [f"{path}: {LAWS} does not have ({law})" for law in sorted(set(LAW.findall(content)) - laws)]
        offences += personal_numbers(path, content) + secrets(path, content) + places(path, content)
    return offences + continuous_integration()


def continuous_integration():
    """CI runs what a developer runs and nothing else."""
    if not sources.tracked(".ci/run"):
        return []
    lines = [line for line in sources.text(".ci/run").splitlines() if line and not line.startswith("#")]
    return [] if lines == CI else [".ci/run: runs ./dev lint and ./dev test, and nothing else"]


# ---- personal numbers ------------------------------------------------------------------------------------------------------------


def luhn_holds(number):
    """Whether the last of ten digits is the check digit of those before it."""
    total = 0
    for index, digit in enumerate(number):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def personal_numbers(path, content):
    found = []
    for match in NUMBER.finditer(content):
        digits = re.sub(r"\D", "", match.group(0))
        if len(digits) == 10 and not re.search(r"[-+]", match.group(0)):
            continue  # ten bare digits are an amount or a counter as often as not
        if luhn_holds(digits[-10:]) and not any(number.endswith(digits) for number in TEST_NUMBERS):
            found.append(f"{path}: {digits[:6]}… may be somebody's personal number")
    return found


# ---- secrets ---------------------------------------------------------------------------------------------------------------------


def secrets(path, content):
    """What looks like a secret. Tests make theirs up. A setting whose value is a path names a file, which is right."""
    if re.search(r"(_test\.cc|/test_\w+\.py)$", path):
        return []
    found = [f"{path}:{content.count(chr(10), 0, match.start()) + 1}: holds {what}" for pattern, what in SECRETS for match in pattern.finditer(content)]
    if CONFIGURATION.search(path) and not path.startswith(GENERATED):
        found += [f"{path}:{content.count(chr(10), 0, match.start(1)) + 1}: {match.group(1)} holds a secret; name a file that does"
                  for match in SETTING.finditer(content) if not match.group(2).startswith("/")]
    return found


# ---- places and links ------------------------------------------------------------------------------------------------------------


def places(path, content):
    offences = []
    if MACHINE.search(content) and not path.startswith("tests/contract/"):
        offences.append(f"{path}: names a path of a machine")
    for file, anchor in ANCHOR.findall(content) if not path.startswith("tests/contract/") else ():
        target = f"docs/{file}"
        if sources.tracked(target) and anchor not in anchors(sources.text(target)):
            offences.append(f"{path}: {target} has no heading #{anchor}")
    if path.endswith(".md"):
        offences += links(path, content)
    return offences


def links(path, content):
    offences = []
    folder = (sources.ROOT / path).parent
    prose = re.sub(r"```.*?```", "", content, flags=re.S)
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", prose)):
        file, _, anchor = target.partition("#")
        place = folder / file if file else sources.ROOT / path
        if not place.exists():
            offences.append(f"{path}: {target} leads nowhere")
        elif anchor and anchor not in anchors(place.read_text(encoding="utf-8")):
            offences.append(f"{path}: {target} has no such heading")
    return offences + [f"{path}: there is no {place}" for place in PLACE.findall(prose)
                       if "NNNN" not in place and not (sources.ROOT / place).exists()]


def anchors(content):
    """What GitHub makes of the headings of a Markdown document, and anchors that it sets itself."""
    headings = re.findall(r"^#+ +(.+?) *$", content, flags=re.M)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a (?:id|name)="([\w-]+)"', content))
