"""What the house does in one way only, found line by line: the present, exceptions, sleeping, words that say nothing."""

import re

from . import sources

# (what is written, where it may be, what to say)
RULES = [
    (re.compile(r"std::string_view"), re.compile(r"tests/"), "std::string_view; parameters are absl::string_view"),
    (re.compile(r"absl::Now\(\)"), re.compile(r"services/common/base/clock\.cc$"), "absl::Now(); the present comes from a Clock"),
    (re.compile(r"\bcatch \("), re.compile(r"services/common/postgres/|services/common/rpc/guard\.h$|gateway/http/|tests/|.*_test\.cc$"),
     "catches; exceptions are caught in postgres, in rpc and in the gateway's HTTP handler alone"),
    (re.compile(r"^\s*using namespace\b"), re.compile(r".*/main\.cc$|tests/load/"), "a using-directive; they are for main() alone"),
    (re.compile(r"\b(sleep_for|sleep_until|absl::SleepFor|usleep|nanosleep)\b"), re.compile(r"(?!.*_test\.cc$)"),
     "a test that sleeps; wait for what is awaited"),
    (re.compile(r"\b(gmock|MOCK_METHOD\w*|trompeloeil|fakeit|hippomocks)\b"), None, "a mock; tests use the real thing, and fakes of clock and ids"),
    (re.compile(r"^[^/\n]*\b(double|float)\b"), re.compile(r"(?!services/\w+/domain/|services/common/base/)"), "floating point; money is whole öre"),
    (re.compile(r"\b(class|struct|enum class)\s+\w*(Manager|Helper|Util|Utils|Impl)\b"), None, "a name that says nothing"),
    (re.compile(r"\bTODO\b(?!\(#\d+\): )"), None, "TODO without an issue"),
    (re.compile(r"\bNOLINT\w*(?!\w|\([\w.,*-]+\): \w|: \w)"), None, "NOLINT without a check or a reason on the same line"),
]
# Read in raw SQL, where comments are not.
SQL_PRESENT = re.compile(r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\)|\bcurrent_(timestamp|date|time)\b", re.I)
SQL = re.compile(r'R"sql\((.*?)\)sql"', re.S)
NOLINT_MAX = 10


def check():
    offences, marks = [], 0
    for path in sources.cpp():
        content = sources.text(path)
        marks += content.count("NOLINT")
        for number, line in enumerate(content.splitlines(), start=1):
            offences += [f"{path}:{number}: {sentence}" for what, where, sentence in RULES
                         if what.search(line) and not (where and where.match(path))]
        for statement in SQL.finditer(content):
            if SQL_PRESENT.search(statement.group(1)):
                line = content.count("\n", 0, statement.start()) + 1
                offences.append(f"{path}:{line}: SQL never calls now(); the instant is a parameter")
        if re.search(r"(?i)/\w*(manager|helper|util|utils|_impl)\.(h|cc)$", path):
            offences.append(f"{path}: a name that says nothing")
    if marks > NOLINT_MAX:
        offences.append(f"NOLINT stands {marks} times, the budget is {NOLINT_MAX}")
    return offences
