"""What the agency watches over: who assists whom, who may assist at all, minutes that are claimed twice, and what must not be destroyed."""

import json

import grpc

from tests.e2e import people

from .harness import APPOINTMENTS, MATTERS, Story, day, source

HOLDS = "bitrade.retention.v1.LegalHoldAgencyService"


class Oversight(Story):

    def setUp(self):
        self.counsel, self.number = self.registered_counsel()

    def reason(self, rpc, values, **keywords):
        """Why a case system is refused; "" where it is not."""
        try:
            self.agency.call(rpc, values, **keywords)
            return ""
        except grpc.RpcError as refused:
            return f"{refused.code().name} {refused.details()}"

    def appoint(self, matter, applicants):
        return {"sourceId": source(), "matterId": matter["id"], "counselId": self.counsel, "appointedDate": day(-10),
                "applicantIds": [matter["applicants"][index]["id"] for index in applicants]}

    def oppose(self, matter):
        return self.agency.call(f"{MATTERS}/RecordConflictOfInterest", {
            "sourceId": source(), "matterId": matter["id"], "applicantId": matter["applicants"][0]["id"],
            "opposedApplicantId": matter["applicants"][1]["id"]})

    def flags(self, appointment):
        listed = self.agency.call(f"{APPOINTMENTS}/ListFlaggedAppointments", {"limit": 100}).get("appointments", [])
        return [flag["kind"] for one in listed if one["appointmentId"] == appointment["id"] for flag in one["flags"]]

    def test_one_counsel_never_assists_both_sides(self):
        matter = self.matter([people.applicant(), people.applicant("Bilal Testsson")])
        self.oppose(matter)
        self.assertIn("FAILED_PRECONDITION", self.reason(f"{APPOINTMENTS}/Appoint", self.appoint(matter, [0, 1])))
        appointed = self.agency.call(f"{APPOINTMENTS}/Appoint", self.appoint(matter, [0]))
        self.assertIn("FAILED_PRECONDITION", self.reason(f"{APPOINTMENTS}/Appoint", self.appoint(matter, [1])))
        self.assertEqual(self.flags(appointed), [])

    def test_a_conflict_that_comes_to_light_flags_the_appointment(self):
        matter = self.matter([people.applicant(), people.applicant("Bilal Testsson")])
        appointed = self.agency.call(f"{APPOINTMENTS}/Appoint", self.appoint(matter, [0, 1]))
        self.assertEqual(self.oppose(matter)["flaggedAppointmentIds"], [appointed["id"]])
        self.assertEqual(self.flags(appointed), ["CONFLICT_OF_INTEREST"])
        self.agency.call(f"{MATTERS}/WithdrawConflictOfInterest", {"id": self.oppose(matter)["id"]})
        self.assertEqual(self.flags(appointed), [])
        self.oppose(matter)
        self.assertEqual(self.flags(appointed), ["CONFLICT_OF_INTEREST"])
        self.agency.call(f"{APPOINTMENTS}/Release", {"appointmentId": appointed["id"], "reason": "Intressekonflikt", "releasedDate": day(-1)})
        self.assertEqual(self.flags(appointed), [])

    def listed_as(self, listing):
        """What registry does when a listing changes; nobody has an RPC for it yet."""
        self.stack.postgres.execute(
            f"UPDATE registry.counsel SET listing = '{listing}', version = version + 1 WHERE id = '{self.counsel}'; "
            "INSERT INTO registry.event (aggregate, aggregate_id, version, kind, time, actor, data) "
            f"SELECT 'counsel', id, version, 'LISTING_CHANGED', update_time, 'registry', '{json.dumps({'listing': listing})}' "
            f"FROM registry.counsel WHERE id = '{self.counsel}'")

    def test_an_ineligibility_flags_what_is_in_force_and_stops_what_is_to_come(self):
        appointed = self.appointment(self.counsel)
        self.assertEqual(self.flags(appointed), [])
        self.listed_as("INELIGIBLE")
        self.eventually(lambda: self.flags(appointed) == ["COUNSEL_INELIGIBLE"], sentence="the flag")
        self.assertIn("FAILED_PRECONDITION", self.reason(f"{APPOINTMENTS}/Appoint", self.appoint(self.matter(), [0])))
        self.listed_as("LISTED")
        self.eventually(lambda: self.flags(appointed) == [], sentence="no flag")
        self.assertEqual(self.reason(f"{APPOINTMENTS}/Appoint", self.appoint(self.matter(), [0])), "")

    def test_minutes_that_are_claimed_in_two_matters_are_shown(self):
        browser = self.logged_in(self.number)
        first, second = (browser.post(f"appointments/{self.appointment(self.counsel)['id']}/cost-statements", {"input": people.claim()}).json
                         for _ in range(2))
        self.assertEqual(first["overlaps"], [])
        loss = {"kind": "TIME_LOSS", "date": "2026-02-04", "minutes": 90, "costStatementIds": [first["id"]]}
        self.assertEqual(second["overlaps"], [loss])
        self.assertEqual(browser.get(f"cost-statements/{first['id']}").json["overlaps"], [loss | {"costStatementIds": [second["id"]]}])

    def hold(self, rpc, values, officer):
        return self.agency.call(f"{HOLDS}/{rpc}", values, metadata=(("bitrade-officer", officer),))

    def place(self, appointment):
        """A hold, once retention has heard of the appointment."""
        values = {"sourceId": source(), "appointmentId": appointment["id"], "decisionNumber": "D-1", "reason": "Rättegång pågår"}
        self.eventually(lambda: self.reason(f"{HOLDS}/PlaceLegalHold", values) == "", sentence="a hold")
        return self.agency.call(f"{HOLDS}/PlaceLegalHold", values)["id"]

    def disposed(self, appointment):
        rows = self.agency.call("bitrade.retention.v1.DisposalAgencyService/ListDisposals", {"appointmentId": appointment["id"]})
        return [row["state"] for row in rows.get("disposals", [])]

    def test_a_hold_keeps_what_is_due_until_two_officers_release_it(self):
        held, other = self.appointment(self.counsel), self.appointment(self.counsel)
        for appointment in (held, other):
            self.document(appointment)
        hold = self.place(held)
        for appointment in (held, other):  # due for weeks
            self.legal_force(appointment, appointment["applicants"][0], day(-150))
        self.eventually(lambda: self.disposed(other) == ["DONE"], sentence="the disposal of what nobody holds")
        self.assertEqual(self.disposed(held), ["SCHEDULED"])
        self.hold("PrepareLegalHoldRelease", {"id": hold, "reason": "Rättegången är slut"}, "officer-17")
        self.assertIn("FAILED_PRECONDITION", self.reason(f"{HOLDS}/ReleaseLegalHold", {"id": hold}, metadata=(("bitrade-officer", "officer-17"),)))
        self.assertEqual(self.hold("ReleaseLegalHold", {"id": hold}, "officer-18")["state"], "RELEASED")
        self.eventually(lambda: self.disposed(held) == ["DONE"], sentence="the disposal of what is held no more")
