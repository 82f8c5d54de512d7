"""What a log-in with Mobile BankID costs each process, and one look at it: the whole way through the gateway, with the phone of the simulator."""

import collections
import time
import uuid

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.case_system import CaseSystem
from tests.stack.wait import until

from . import cost
from .generators import show
from .scene import write_http_request

PEOPLE, TIMES = 50, 2  # with the log-in before: as many sessions as a person may have
AT_ONCE = 10
EVERY = 1.0  # as docs/how-to/log-in-from-a-page.md says
PROCESSES = ("identity", "gateway", "registry", "redis", "postgres")


def numbers(count):
    """As many different personal numbers."""
    found = set()
    while len(found) < count:
        found.add(people.personal_number())
    return sorted(found)


class Login:
    """A log-in on another device, in a browser of its own."""

    def __init__(self, stack, phone):
        self.browser, self.phone = Browser(stack), phone
        self.id, self.state, self.looks, self.next_look = None, "PENDING", 0, 0.0

    def start(self):
        """Begins; what a peak before has overloaded is asked once more."""
        def started():
            answer = self.browser.start_login()
            return answer.json if answer.status == 201 else None
        self.id = until(started, 30, "a log-in")["id"]

    def scan(self):
        self.phone.scan(until(lambda: self.look().get("qr"), 10, "no QR text"))

    def look(self):
        self.looks, self.next_look = self.looks + 1, time.monotonic() + EVERY
        answer = self.browser.get(f"logins/{self.id}")
        seen = answer.json if answer.status == 200 else {}
        self.state = seen.get("state", self.state)
        return seen


def measure(load, protos, folder):
    per_login, looks, seconds = of_logins(load, protos)
    ours = sum(per_login[name] for name in PROCESSES)
    told = "  ".join(f"{name} {per_login[name]:.0f}" for name in PROCESSES)
    print(f"(l) {PEOPLE * TIMES} log-ins in {seconds:.1f} s, {looks:.1f} looks each   µs of one: {told}  = {ours:.0f}; "
          f"eid-sim apart {per_login['eid-sim']:.0f}", flush=True)
    half = load.run("load_http", **pending(load, folder))["rate"] / 2
    look = load.run("load_http", rate=half, **pending(load, folder))
    show("(m) a look at a log-in", look)
    once = sum(look["cpu"][name] for name in PROCESSES)
    print(f"\nl        {ours / 1000:.2f} ms of CPU for a log-in, what the processes do unasked apart")
    print(f"l/m      {ours / once:.0f}   in looks of {once:.0f} µs; its own are {100 * looks * once / ours:.0f} % of it")


def of_logins(load, protos):
    """Lets counsel log in; returns microseconds of each process for one log-in, its looks, and how long all took."""
    phones = registered(load.stack, protos)
    log_in([Login(load.stack, phone) for phone in phones])  # whatever becomes of it: the simulator makes a key for each person
    unasked = idle(load)
    logins = [Login(load.stack, phone) for phone in phones * TIMES]
    before, began = cost.spent(load.stack), time.monotonic()
    log_in(logins)
    seconds = time.monotonic() - began
    spent = {name: value - unasked[name] * seconds for name, value in cost.spent_since(before, load.stack).items()}
    states = collections.Counter(login.state for login in logins)
    if states["COMPLETE"] < len(logins):
        print(f"  not all log-ins are complete: {dict(states)}")
    complete = max(states["COMPLETE"], 1)
    return {name: 1e6 * value / complete for name, value in spent.items()}, sum(login.looks for login in logins) / complete, seconds


def registered(stack, protos):
    """The phones of so many counsel."""
    agency, phones = CaseSystem(stack, protos), [Phone(stack, number) for number in numbers(PEOPLE)]
    for phone in phones:
        agency.call("bitrade.registry.v1.CounselAgencyService/RegisterCounsel", {
            "sourceId": str(uuid.uuid4()), "identityNumber": phone.number, "counsel": people.counsel()})
    return phones


def log_in(logins):
    """Lets them log in, so many at a time, while the pages of those that have begun go on asking."""
    waiting = []
    for login in logins:
        waiting = await_fewer(waiting, AT_ONCE)
        login.start()
        login.scan()
        login.phone.approve()
        waiting.append(login)
    await_fewer(waiting, 1)


def await_fewer(waiting, count):
    """Looks at each when its second is over, until fewer than `count` are pending; returns those."""
    give_up = time.monotonic() + 60
    while len(waiting) >= count:
        assert time.monotonic() < give_up, f"{len(waiting)} log-ins do not end"
        time.sleep(0.01)
        for login in waiting:
            if time.monotonic() >= login.next_look:
                login.look()
        waiting = [login for login in waiting if login.state == "PENDING"]
    return waiting


def idle(load):
    """What each process spends while nobody asks for anything, in seconds of CPU per second."""
    before = cost.spent(load.stack)
    time.sleep(load.seconds)
    return {name: value / load.seconds for name, value in cost.spent_since(before, load.stack).items()}


def pending(load, folder):
    """The arguments of load_http for looks at a log-in that has just begun: it shows its code."""
    login = Login(load.stack, None)
    login.start()
    return {"port": load.stack.ports["gateway"]["http"], "request": write_http_request(folder, login.browser, f"logins/{login.id}")}
