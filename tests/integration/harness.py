"""A system of its own for each story, and what most stories begin with."""

import datetime
import os
import pathlib
import tempfile
import unittest
import uuid
import zoneinfo

from tests.e2e import people
from tests.stack import table, template
from tests.stack.browser import Browser, Phone
from tests.stack.case_system import CaseSystem
from tests.stack.messages import Protos
from tests.stack.stack import Stack
from tests.stack.wait import until

MATTERS = "bitrade.appointments.v1.MatterAgencyService"
APPOINTMENTS = "bitrade.appointments.v1.AppointmentAgencyService"
REGISTRY = "bitrade.registry.v1.CounselAgencyService"
STOCKHOLM = zoneinfo.ZoneInfo("Europe/Stockholm")


def build_folder():
    return pathlib.Path(os.environ.get("BITRADE_BUILD", table.ROOT / ".local" / "build" / "release"))


def source():
    return f"test-{uuid.uuid4()}"


def day(offset=0):
    """The Stockholm day of now and `offset` days, ISO 8601."""
    return (datetime.datetime.now(STOCKHOLM).date() + datetime.timedelta(days=offset)).isoformat()


class Story(unittest.TestCase):
    """Starts a system before the first test of a class and removes it after the last."""

    environment = {}
    hastens = True  # see Stack.hasten
    furnished = True  # with what a run of many stories makes once

    @classmethod
    def setUpClass(cls):
        local = table.ROOT / ".local" / "test"
        local.mkdir(parents=True, exist_ok=True)
        cls.protos = Protos(build_folder())
        cls.stack = Stack(tempfile.mkdtemp(dir=local, prefix="story-"), build_folder(), table.free_ports(), cls.environment)
        cls.addClassCleanup(cls.stack.remove)
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.hastens = cls.hastens
        if cls.furnished:
            template.furnish(cls.stack)
        cls.prepare(cls.stack)
        cls.stack.start(fsync="off")
        cls.agency = CaseSystem(cls.stack, cls.protos)

    @classmethod
    def prepare(cls, stack):
        """What a class of stories sets up in its system before it starts."""

    def tearDown(self):
        self.stack.check_alive()

    # ---- beginnings ----------------------------------------------------------------------------------------------------------

    def registered_counsel(self):
        """A counsel in the register: (id, personal number)."""
        number = people.personal_number()
        counsel = self.agency.call(f"{REGISTRY}/RegisterCounsel",
                                   {"sourceId": source(), "identityNumber": number, "counsel": people.counsel()})
        return counsel["id"], number

    def logged_in(self, number):
        browser = Browser(self.stack)
        ended = browser.log_in(Phone(self.stack, number))
        self.assertEqual(ended["state"], "COMPLETE", ended)
        return browser

    def matter(self, applicants=None, handling="DIGITAL"):
        return self.agency.call(f"{MATTERS}/RegisterMatter", {
            "sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
            "instance": "FIRST", "handling": handling, "applicants": applicants or [people.applicant()]})

    def appointment(self, counsel, applicants=None, handling="DIGITAL"):
        matter = self.matter(applicants, handling)
        return self.agency.call(f"{APPOINTMENTS}/Appoint", {
            "sourceId": source(), "matterId": matter["id"], "counselId": counsel, "appointedDate": day(-300),
            "applicantIds": [applicant["id"] for applicant in matter["applicants"]]})

    def document(self, appointment, content=None):
        content = content if content is not None else people.pdf(200_000)
        return self.agency.communicate({"sourceId": source(), "appointmentId": appointment["id"], "title": "Beslut",
                                        "fileName": "Beslut.pdf"}, content), content

    def legal_force(self, appointment, applicant, date, kind="MAIN"):
        """Records decision and legal force for one applicant of an appointment."""
        decision = self.agency.call(f"{MATTERS}/RecordDecision", {
            "sourceId": source(), "matterId": appointment["matterId"], "applicantId": applicant["id"], "kind": kind,
            "decidedDate": day(-290)})
        return self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decision["id"], "legalForceDate": date})

    def eventually(self, condition, seconds=60, sentence="the condition"):
        return until(condition, seconds, sentence)

    def assert_prompt(self, measure, seconds=1.0, tries=3):
        """What `measure()` tells to have taken is below `seconds`, at least once: a machine stands still now and then, and what is slow by itself is so
        each time."""
        taken = []
        while len(taken) < tries and not (taken and taken[-1] < seconds):
            taken.append(measure())
        self.assertLess(taken[-1], seconds, taken)
