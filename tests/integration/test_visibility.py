"""What ends, ends on every path at that moment; what is left of it is evidence."""

import datetime
import http.client
import time

from tests.e2e import people
from tests.stack import rates

from .harness import APPOINTMENTS, MATTERS, STOCKHOLM, Story, day, source


class EndOfSight(Story):

    def setUp(self):
        self.counsel, self.number = self.registered_counsel()
        self.browser = self.logged_in(self.number)
        self.addCleanup(self.stack.set_clock, 0)

    def paths(self, appointment, document):
        return [f"appointments/{appointment['id']}", f"appointments/{appointment['id']}/documents", f"documents/{document['id']}",
                f"documents/{document['id']}/content"]

    def statuses(self, appointment, document):
        return [self.status(path) for path in self.paths(appointment, document)]

    def status(self, path):
        """0 for content that was cut off: its sight ended while it was on its way."""
        try:
            return self.browser.get(path).status
        except (ConnectionError, http.client.IncompleteRead):
            return 0

    def move_to(self, instant):
        self.stack.set_clock((instant - datetime.datetime.now(datetime.timezone.utc)).total_seconds())

    def end_of(self, text):
        return datetime.datetime.combine(datetime.date.fromisoformat(text) + datetime.timedelta(days=1), datetime.time(), STOCKHOLM)

    def test_sight_ends_with_the_stockholm_day_three_months_after_legal_force(self):
        appointed = self.appointment(self.counsel)
        document, _ = self.document(appointed)
        self.eventually(lambda: self.statuses(appointed, document) == [200] * 4, sentence="sight before the end")
        self.legal_force(appointed, appointed["applicants"][0], day(-80))
        shown = self.browser.get(f"appointments/{appointed['id']}").json["visibleUntilTime"]
        end = datetime.datetime.fromisoformat(shown.replace("Z", "+00:00"))
        local = end.astimezone(STOCKHOLM)
        self.assertEqual((local.hour, local.minute, local.second), (0, 0, 0), "the end is the end of a Stockholm day")
        self.move_to(end - datetime.timedelta(seconds=90))
        self.browser = self.logged_in(self.number)
        self.eventually(lambda: self.statuses(appointed, document) == [200] * 4, sentence="sight until the last moment")
        self.move_to(end + datetime.timedelta(seconds=1))
        self.eventually(lambda: self.statuses(appointed, document) == [404] * 4, sentence="nothing after the end")

    def test_a_day_of_which_no_rate_is_known_is_refused_and_what_is_tested_here_goes_on(self):
        """Else every story that files would fail from New Year's Eve until the rates are published."""
        today = datetime.date(datetime.date.today().year + 5, 3, 2)
        self.addCleanup(rates.withdraw, self.stack.postgres)

        def calculated():
            answer = self.browser.send("POST", "cost-calculations", people.claim() | {"fTax": True, "vat": True, "filingDate": today.isoformat()})
            return answer.status, answer.json.get("reason")
        rates.withdraw(self.stack.postgres)
        self.assertEqual(calculated(), (422, "RATE_UNKNOWN"))
        rates.invent(self.stack.postgres, today)
        self.assertEqual(calculated(), (200, None))

    def test_a_family_is_seen_until_the_last_of_them_has_ended(self):
        appointed = self.appointment(self.counsel, [people.applicant(), people.applicant("Barnet Testsson")])
        first, second = appointed["applicants"]
        self.legal_force(appointed, first, day(-200))
        self.assertEqual(self.browser.get(f"appointments/{appointed['id']}").status, 200)
        self.legal_force(appointed, second, day(-10))
        self.assertEqual(self.browser.get(f"appointments/{appointed['id']}").status, 200)

    def test_a_fact_recorded_late_takes_effect_at_once(self):
        self.assert_prompt(self.ended_late, 1.5)

    def ended_late(self):
        """After how many seconds nothing is seen any more."""
        appointed = self.appointment(self.counsel)
        document, _ = self.document(appointed)
        self.eventually(lambda: self.statuses(appointed, document) == [200] * 4)
        self.legal_force(appointed, appointed["applicants"][0], day(-150))
        began = time.monotonic()
        self.eventually(lambda: self.statuses(appointed, document) == [404] * 4, sentence="the end on every path")
        return time.monotonic() - began

    def test_a_release_ends_sight_after_two_weeks_and_contact_at_once(self):
        appointed = self.appointment(self.counsel)
        released = self.agency.call(f"{APPOINTMENTS}/Release",
                                    {"appointmentId": appointed["id"], "reason": "Byte av ort", "releasedDate": day(-13)})
        self.assertEqual(released["state"], "RELEASED")
        seen = self.browser.get(f"appointments/{appointed['id']}")
        self.assertEqual(seen.status, 200)
        self.assertNotIn("contact", seen.json["applicants"][0])
        gone = self.appointment(self.counsel)
        self.agency.call(f"{APPOINTMENTS}/Release", {"appointmentId": gone["id"], "reason": "Sjukdom", "releasedDate": day(-16)})
        self.assertEqual(self.browser.get(f"appointments/{gone['id']}").status, 404)

    def test_a_fact_that_differs_is_refused_and_the_same_again_changes_nothing(self):
        appointed = self.appointment(self.counsel)
        decided = self.legal_force(appointed, appointed["applicants"][0], day(-30))
        again = self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decided["id"], "legalForceDate": day(-30)})
        self.assertEqual(again["version"], decided["version"])
        with self.assertRaises(Exception) as refused:
            self.agency.call(f"{MATTERS}/RecordLegalForce", {"decisionId": decided["id"], "legalForceDate": day(-29)})
        self.assertIn("FAILED_PRECONDITION", str(refused.exception))

    def test_what_was_filed_stays_until_three_months_after_the_decision_on_compensation(self):
        appointed = self.appointment(self.counsel)
        path = f"appointments/{appointed['id']}/cost-statements"
        draft, filed = (self.browser.post(path, {"input": people.claim()}).json["id"] for _ in range(2))
        etag = self.browser.get(f"cost-statements/{filed}").headers["etag"]
        self.assertEqual(self.browser.post(f"cost-statements/{filed}/filing", {}, headers={"If-Match": etag}).status, 200)
        paths = [f"cost-statements/{draft}", f"cost-statements/{filed}", f"cost-statements/{filed}/receipt"]
        self.legal_force(appointed, appointed["applicants"][0], day(-150))
        self.eventually(lambda: [self.browser.get(one).status for one in paths] == [404, 200, 200], sentence="the end of drafts alone")
        self.legal_force(appointed, appointed["applicants"][0], day(-120), kind="COMPENSATION")
        self.eventually(lambda: [self.browser.get(one).status for one in paths] == [404] * 3, sentence="the end of filings")

    def test_a_foreign_and_a_missing_appointment_are_the_same_404(self):
        other, _ = self.registered_counsel()
        foreign = self.appointment(other)
        answers = [self.browser.get(f"appointments/{identifier}") for identifier in
                   (foreign["id"], "0190f5a2-7c3e-7b1d-8f00-0123456789ab", "not-an-id")]
        self.assertEqual([answer.status for answer in answers], [404] * 3)
        self.assertEqual(*(({key: value for key, value in answer.json.items() if key != "instance"}) for answer in answers[:2]))

    def test_content_is_disposed_of_after_the_grace_period_and_survives_a_kill(self):
        appointed = self.appointment(self.counsel)
        documents = [self.document(appointed, people.pdf(700_000, seed))[0] for seed in range(6)]
        self.legal_force(appointed, appointed["applicants"][0], day(-100))

        def disposal():
            rows = self.agency.call("bitrade.retention.v1.DisposalAgencyService/ListDisposals", {"appointmentId": appointed["id"]})
            return rows["disposals"] and rows["disposals"][0]
        self.eventually(lambda: (row := disposal()) and row.get("dueTime"), sentence="a schedule")
        self.stack.end_process("documents", 9)
        self.stack.set_clock(40 * 86400)
        self.eventually(lambda: disposal()["state"] == "RUNNING", sentence="the beginning of the disposal")
        self.stack.end_process("retention", 9)
        for process in ("retention", "documents"):
            self.stack.start_process(process)
        self.agency.reconnect()
        done = self.eventually(lambda: (row := disposal()) and row["state"] == "DONE" and row, sentence="the disposal")
        self.assertEqual({row["sha256"] for row in done["evidence"]}, {document["sha256"] for document in documents})
        left = self.stack.postgres.execute("SELECT count(*) FROM documents.chunk c JOIN documents.document d ON d.id = c.document_id "
                                           f"WHERE d.appointment_id = '{appointed['id']}'")
        self.assertEqual(left, "0")

    def test_nothing_is_communicated_after_a_release(self):
        appointed = self.appointment(self.counsel)
        self.agency.call(f"{APPOINTMENTS}/Release", {"appointmentId": appointed["id"], "reason": "Byte", "releasedDate": day(0)})
        with self.assertRaises(Exception) as refused:
            self.document(appointed)
        self.assertIn("FAILED_PRECONDITION", str(refused.exception))

    def test_a_source_id_gives_the_first_answer_and_refuses_other_content(self):
        identifier, number = source(), people.matter_number()
        values = {"sourceId": identifier, "matterNumber": number, "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
                  "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]}
        first = self.agency.call(f"{MATTERS}/RegisterMatter", values)
        self.assertEqual(self.agency.call(f"{MATTERS}/RegisterMatter", values), first)
        with self.assertRaises(Exception) as refused:
            self.agency.call(f"{MATTERS}/RegisterMatter", values | {"category": "DETENTION"})
        self.assertIn("ALREADY_EXISTS", str(refused.exception))
