"""What the repository never holds: paths of a machine, personal numbers that are not published test numbers, edited migrations' gaps."""

import re

from . import sources

TEST_NUMBERS = {"191212121212", "199908072391", "200211242383", "198112189876", "198507099805", "197010632391", "196403273813"}
NUMBER = re.compile(r"(?<![\d-])(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\d{4}(?!\d)")


def luhn_holds(number):
    total = 0
    for index, digit in enumerate(number[2:]):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def check():
    offences = []
    for path in sources.tracked():
        try:
            content = sources.text(path)
        except UnicodeDecodeError:
            continue
        for match in NUMBER.finditer(content):
            if match.group(0) not in TEST_NUMBERS and luhn_holds(match.group(0)):
                offences.append(f"{path}: {match.group(0)[:8]}… may be somebody's personal number")
        if re.search(r"(?<![\w.])/(work|root|home/\w+)/", content) and not path.startswith("tests/contract/"):
            offences.append(f"{path}: names a path of a machine")
    return offences + migrations()


def migrations():
    """Numbers without a gap, one header comment each."""
    offences, folders = [], {}
    for path in sources.tracked("*.sql"):
        match = re.match(r"(.*/migrations)/(\d{4})_[a-z0-9_]+\.sql$", path)
        if match:
            folders.setdefault(match.group(1), []).append(int(match.group(2)))
            if not sources.text(path).startswith("--"):
                offences.append(f"{path}: begins with a comment that says why")
            if re.search(r"\bnow\(\)|current_timestamp|current_date", sources.text(path), re.I):
                offences.append(f"{path}: SQL never calls now(); the instant is a parameter")
    for folder, numbers in folders.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            offences.append(f"{folder}: numbers {sorted(numbers)} have a gap or a double")
    return offences
