"""How late BankID is asked about an order while many are open: by the simulator's own record of when it was asked."""

import datetime
import itertools
import time

from tests.stack.browser import Phone

from . import cost
from .logins import Login, numbers

ORDERS = 200
EVERY = 2.0  # never sooner; services/identity/orders/recorder.h


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def measure(load):
    logins = [Login(load.stack, Phone(load.stack, number)) for number in numbers(ORDERS)]
    for login in logins:
        login.start()
        login.scan()  # else BankID ends the order after half a minute
    time.sleep(2 * EVERY)
    window = max(5 * load.seconds, 4 * EVERY)
    before, begin = cost.spent(load.stack), time.time()
    time.sleep(window)
    spent, end = cost.spent_since(before, load.stack), time.time()
    asked = times(logins)
    every = [later - sooner for one in asked for sooner, later in itertools.pairwise(one)]
    within = [later - sooner for one in asked for sooner, later in itertools.pairwise(one) if begin <= sooner and later <= end]
    late = [1000 * (interval - EVERY) for interval in within]
    print(f"(n) {ORDERS} open orders for {window:.0f} s: {len(within)} intervals between two questions about one order, the shortest of all "
          f"{min(every):.3f} s (≥ {EVERY:.0f})")
    print(f"    late by ms: p50 {percentile(late, 0.5):.1f}  p99 {percentile(late, 0.99):.1f}  max {max(late):.1f}")
    rate = len(within) / window
    told = "  ".join(f"{name} {1e6 * spent[name] / (rate * window):.0f}" for name in ("identity", "postgres", "eid-sim"))
    print(f"    identity {100 * spent['identity'] / window:.1f} % of a core at {rate:.0f} questions a second; µs of one: {told}")


def times(logins):
    """When the simulator was asked about each order, in seconds."""
    known = {order["autoStartToken"]: order for order in logins[0].phone.control("GET", "orders")["orders"]}
    orders = [known[login.phone.order] for login in logins]
    assert all(order["status"] == "pending" for order in orders), "an order has ended meanwhile"
    return [[datetime.datetime.fromisoformat(text).timestamp() for text in order["collectTimes"]] for order in orders]
