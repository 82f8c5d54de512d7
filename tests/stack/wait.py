"""Waiting for a condition: polls it, gives up with a sentence, and notices when the process it waits for has died."""

import time


class GaveUp(RuntimeError):
    """The condition did not come true in time."""


def tail(log, lines=20):
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def until(condition, seconds, sentence, alive=None, log=None):
    """Returns the first true value of `condition()`; raises GaveUp with `sentence` after `seconds`, or at once when `alive` has ended."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if alive is not None and alive.poll() is not None:
            raise GaveUp(f"{sentence}: the process ended with {alive.returncode}\n{tail(log) if log else ''}")
        if time.monotonic() > end:
            raise GaveUp(f"{sentence} within {seconds} s\n{tail(log) if log else ''}")
        time.sleep(0.02)
