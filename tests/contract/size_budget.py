"""Files stay small and functions short: what the house promises its readers."""

import statistics

from . import sources

FILE_MEDIAN, FILE_P90, FILE_MAX, TEST_FILE_MAX = 120, 250, 400, 500
FUNCTION_MEDIAN, FUNCTION_P90, FUNCTION_MAX, PARAMETERS_MAX = 8, 25, 40, 5


def p90(values):
    return sorted(values)[int(0.9 * (len(values) - 1))] if values else 0


def measure():
    """Returns (offences, figures)."""
    offences, lengths, bodies = [], [], []
    for path in sources.cpp():
        lines = len(sources.text(path).splitlines())
        limit = TEST_FILE_MAX if sources.is_test(path) else FILE_MAX
        if lines > limit:
            offences.append(f"{path}: {lines} lines, the budget is {limit}: split it along a concept")
        if sources.is_test(path):
            continue
        lengths.append(lines)
        for line, name, size, parameters in sources.functions(path):
            bodies.append(size)
            if size > FUNCTION_MAX:
                offences.append(f"{path}:{line}: {name} has {size} lines, the budget is {FUNCTION_MAX}")
            if parameters > PARAMETERS_MAX:
                offences.append(f"{path}:{line}: {name} has {parameters} parameters, the budget is {PARAMETERS_MAX}")
    figures = [("lines per file, median", statistics.median(lengths), FILE_MEDIAN), ("lines per file, p90", p90(lengths), FILE_P90),
               ("lines per function, median", statistics.median(bodies), FUNCTION_MEDIAN),
               ("lines per function, p90", p90(bodies), FUNCTION_P90)]
    offences += [f"{name} is {value}, the budget is {limit}" for name, value, limit in figures if value > limit]
    return offences, figures


def told(figures):
    """The figures in one line."""
    return "; ".join(f"{name} {value:g} (≤ {limit})" for name, value, limit in figures)


def check():
    offences, figures = measure()
    print(f"  {told(figures)}")
    return offences


if __name__ == "__main__":
    print(told(measure()[1]))
