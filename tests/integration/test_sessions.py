"""Sessions: how many, who sees and ends them, how often one may try, and what a lost, a restored or a dead Redis makes of them."""

import hashlib
import json
import shutil
import threading

from tests.stack import pki, table
from tests.stack.browser import Browser, Phone
from tests.stack.support_desk import SupportDesk

from .harness import Story

TICKET_LIFE = 121


class SessionStory(Story):

    def setUp(self):
        self.counsel, self.number = self.registered_counsel()
        self.browser = self.logged_in(self.number)

    def row(self, browser):
        return f"sess:{hashlib.sha256(browser.cookies['__Host-session'].encode()).hexdigest()}"

    def keep(self, *browsers):
        """What a copy of Redis has of these sessions: [(row, content, cookies)]."""
        return [(self.row(browser), self.stack.redis.command("GET", self.row(browser))[:-1], dict(browser.cookies)) for browser in browsers]

    def restore(self, kept):
        """Puts the copy back; returns browsers that still have their cookies."""
        browsers = []
        for row, content, cookies in kept:
            self.stack.redis.command("-x", "SET", row, data=content)
            browsers.append(Browser(self.stack))
            browsers[-1].cookies = cookies
        return browsers

    def assert_dead_after_their_tickets(self, kept):
        """Whatever is restored, and as often as it is, is over when the last ticket is."""
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(TICKET_LIFE)
        for _ in range(2):
            for browser in self.restore(kept):
                self.eventually(lambda b=browser: b.get("appointments").status == 401, sentence="the end of the ticket")
        self.stack.set_clock(0)

    def sessions(self, browser):
        return browser.get("sessions").json["sessions"]

    def trail(self, session):
        """What identity's trail tells of a session: {rpc: row}."""
        rows = self.stack.postgres.execute(
            f"SELECT to_jsonb(a) FROM identity.audit a WHERE session_id = '{session}' OR '{session}'::uuid = ANY (object_ids) ORDER BY seq")
        return {row["rpc"].rsplit(".", maxsplit=1)[-1]: row for row in map(json.loads, rows.splitlines())}


class Sessions(SessionStory):

    def test_a_person_sees_her_sessions_and_ends_another_of_them(self):
        other = Browser(self.stack)
        other.log_in(Phone(self.stack, self.number))
        listed = self.sessions(self.browser)
        self.assertEqual([(one["method"], one["userAgentFamily"], one["current"]) for one in listed],
                         [("MOBILE_BANKID", "OTHER", True), ("MOBILE_BANKID", "OTHER", False)])
        self.assertTrue(all(one["lastUseTime"].endswith(":00Z") for one in listed), "to the minute")
        self.assertNotIn(other.cookies["__Host-session"], str(listed))
        stranger = self.logged_in(self.registered_counsel()[1])
        self.assertEqual(len(self.sessions(stranger)), 1)
        self.assertEqual(stranger.send("DELETE", f"sessions/{listed[1]['id']}").status, 404)
        self.assertEqual(other.get("session").status, 200)
        self.assertEqual(self.browser.send("DELETE", f"sessions/{listed[1]['id']}", headers={"X-CSRF-Token": None}).status, 403)
        self.assertEqual(self.browser.send("DELETE", f"sessions/{listed[1]['id']}").status, 204)
        self.assertEqual(other.get("session").status, 401)
        self.assertEqual([one["current"] for one in self.sessions(self.browser)], [True])
        self.assert_in_the_trail(listed[1]["id"], asked_in=listed[0]["id"])

    def assert_in_the_trail(self, session, asked_in):
        """How the person of a session came in, and why it ended."""
        trail = self.trail(session)
        came = trail["bankid/collect"]
        self.assertEqual((came["outcome"], came["method"], came["circumstances"]["purpose"], came["circumstances"]["address"]),
                         ("OK", "MOBILE_BANKID", "ENTER", "127.0.0.1"))
        self.assertRegex(came["circumstances"]["certificate_policy"], r"^1\.2\.[0-9.]+$")
        self.assertEqual(came["circumstances"]["risk"], "low")
        started = self.stack.postgres.execute("SELECT circumstances ->> 'order_id' FROM identity.audit WHERE rpc LIKE '%/StartLogin' "
                                              f"AND '{came['object_ids'][0]}'::uuid = ANY (object_ids)")
        self.assertEqual(came["circumstances"]["order_id"], started)
        self.assertTrue(started)
        self.assertEqual(trail["LoginService/TakeUpLogin"]["circumstances"]["address"], "127.0.0.1")
        self.assertEqual(trail["SessionService/EndSession"]["circumstances"],
                         {"why": "ENDED_IN_LIST", "address": "127.0.0.1", "asked_in": asked_in})

    def test_a_fourth_log_in_ends_the_oldest_session_and_says_so(self):
        later = [self.logged_in(self.number) for _ in range(3)]
        self.assertEqual(self.browser.get("session").status, 401)
        self.assertEqual([browser.get("session").json["endedSessions"] for browser in later], [0, 0, 1])
        self.assertEqual([one["current"] for one in self.sessions(later[0])], [True, False, False])

    def test_a_log_in_ends_what_its_browser_had_before(self):
        kept, stranger = self.keep(self.browser), self.registered_counsel()[1]
        self.browser.log_in(Phone(self.stack, stranger))
        self.assertEqual(len(self.sessions(self.browser)), 1)
        self.assertEqual(len(self.sessions(self.logged_in(self.number))), 1, "the session before is gone")
        self.assert_dead_after_their_tickets(kept)

    def test_a_session_used_from_another_browser_is_told_of_and_goes_on(self):
        def noticed():
            lines = [json.loads(line) for line in self.stack.log("gateway").read_text().splitlines() if '"session used from elsewhere"' in line]
            return [(line["level"], line["browser"], line["network"]) for line in lines if line["session"] == self.sessions(self.browser)[0]["id"]]
        self.assertEqual(self.browser.get("session", headers={"User-Agent": "stolen/1.0"}).status, 200)
        self.eventually(noticed, sentence="a line in the log")
        self.assertEqual(noticed()[0], ("warning", "other", "same"))
        self.assertNotIn("stolen/1.0", self.stack.log("gateway").read_text())
        self.assertIn("bitrade_sessions_from_elsewhere", self.stack.metrics("gateway"))

    def test_support_staff_end_the_sessions_of_who_asks_for_it_whatever_redis_keeps(self):
        other, stranger = self.logged_in(self.number), self.logged_in(self.registered_counsel()[1])
        kept = self.keep(self.browser, other)
        desk = SupportDesk(self.stack, self.protos)
        self.addCleanup(desk.close)
        self.assertEqual(desk.end_sessions(self.counsel, officer=None), "INVALID_ARGUMENT")
        self.assertEqual(self.browser.get("appointments").status, 200)
        self.assertEqual(desk.end_sessions(self.counsel, officer="desk-7"), "OK")
        told = "SELECT count(*) FROM identity.audit WHERE actor = 'support-desk' AND officer = 'desk-7' AND object_ids = ARRAY['{}']::uuid[]"
        self.assertEqual(self.stack.postgres.execute(told.format(self.counsel)), "1")
        self.assert_dead_after_their_tickets(kept)
        self.assertEqual(stranger.get("appointments").status, 200)
        self.assertEqual(self.logged_in(self.number).get("appointments").status, 200)

    def test_a_session_that_chooses_another_profile_stays_one_session(self):
        switched = self.browser.send("PUT", "session/profile", {"counselId": self.counsel})
        self.assertEqual(switched.status, 200, switched.body)
        self.browser.csrf = switched.json["csrfToken"]
        self.assertEqual([one["current"] for one in self.sessions(self.browser)], [True])
        self.assertEqual([one["kind"] for one in self.browser.get("session/profiles").json["profiles"]], ["COUNSEL"])

    def test_an_end_needs_identity_and_is_told_as_what_it_is_without(self):
        other = self.logged_in(self.number)
        self.stack.end_process("identity", 9)
        try:
            self.assertEqual(self.browser.send("DELETE", "sessions").status, 503)
            self.assertEqual(other.get("session").status, 200, "none has ended")
            self.assertEqual(other.send("DELETE", "session").status, 503)
            self.assertNotIn("__Host-session", other.cookies)
        finally:
            self.stack.start_process("identity")
        self.assertEqual(len(self.sessions(self.browser)), 1)
        self.eventually(lambda: self.browser.send("DELETE", "sessions").status == 204, sentence="identity answers again")

    def test_who_ends_all_sessions_is_out_everywhere_and_may_log_in_again(self):
        other = self.logged_in(self.number)
        stranger = self.logged_in(self.registered_counsel()[1])
        ended = self.browser.send("DELETE", "sessions")
        self.assertEqual((ended.status, ended.headers["clear-site-data"]), (204, '"cookies", "storage"'))
        self.assertNotIn("__Host-session", self.browser.cookies)
        self.assertEqual(other.get("session").status, 401)
        self.assertEqual(stranger.get("session").status, 200)
        self.assertEqual(self.logged_in(self.number).get("appointments").status, 200)

    def completed(self):
        """A browser whose log-in is complete and not taken up, and the log-in."""
        waiting, phone = Browser(self.stack), Phone(self.stack, self.number)
        login = waiting.start_login().json["id"]
        phone.scan(self.eventually(lambda: waiting.get(f"logins/{login}").json.get("qr"), sentence="no QR text"))
        phone.approve()
        complete = f"SELECT state FROM identity.login WHERE id = '{login}'"
        self.eventually(lambda: self.stack.postgres.execute(complete) == "COMPLETE", sentence="the log-in did not end")
        return waiting, login

    def test_a_log_in_that_many_tabs_take_up_at_once_is_one_session_and_lasts_until_it_is_ended(self):
        waiting, login = self.completed()
        tabs = [Browser(self.stack) for _ in range(8)]
        for tab in tabs:
            tab.cookies = dict(waiting.cookies)
        threads = [threading.Thread(target=tab.get, args=(f"logins/{login}",)) for tab in tabs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(self.sessions(self.browser)), 2, "nobody was pushed out")
        kept = [tab for tab in tabs if tab.get("session").status == 200]
        self.addCleanup(self.stack.set_clock, 0)
        self.stack.set_clock(TICKET_LIFE)
        self.assertEqual({tab.get("appointments").status for tab in kept}, {200}, "identity renews it")
        self.stack.set_clock(0)
        kept[0].csrf = kept[0].get("session").json["csrfToken"]
        self.assertEqual(kept[0].send("DELETE", "session").status, 204)
        self.assertEqual({tab.get("session").status for tab in tabs}, {401})
        again = waiting.get(f"logins/{login}").json
        self.assertEqual((again["state"], again["reason"]), ("FAILED", "SESSION_REVOKED"), "who logs out is not let in by the log-in before")

    def test_a_log_in_that_waits_opens_nothing_once_all_sessions_were_ended(self):
        waiting, login = self.completed()
        self.assertEqual(self.browser.send("DELETE", "sessions").status, 204)
        ended = waiting.get(f"logins/{login}").json
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "SESSION_REVOKED"))
        self.assertNotIn("__Host-session", waiting.cookies)


class Redis(SessionStory):
    """Nothing that Redis loses, keeps too long or is given lets anybody in."""

    def test_a_lost_redis_costs_a_log_in_and_nothing_else(self):
        self.stack.redis.stop(9)
        self.stack.redis.start()
        self.eventually(lambda: self.browser.get("session").status == 401, sentence="the loss")
        again = self.logged_in(self.number)
        self.assertEqual(again.get("session").json["personId"], self.counsel)
        self.assertEqual(len(self.sessions(again)), 1)

    def test_a_restored_redis_brings_back_no_session_that_has_ended(self):
        first, second, third = (self.logged_in(self.registered_counsel()[1]) for _ in range(3))
        lost = self.logged_in(self.number)
        kept = self.keep(first, lost, second, third)
        self.assertEqual(first.send("DELETE", "session").status, 204)
        identifier = next(one["id"] for one in self.sessions(self.browser) if not one["current"])
        self.assertEqual(self.browser.send("DELETE", f"sessions/{identifier}").status, 204)
        self.assertEqual(second.send("DELETE", "sessions").status, 204)
        self.stack.redis.stop(9)
        self.stack.redis.start()
        self.eventually(lambda: third.get("session").status == 401, sentence="the loss")
        restored = self.restore(kept)
        self.assertEqual([browser.get("appointments").status for browser in restored], [200] * 4, "for as long as their tickets hold")
        self.assert_dead_after_their_tickets(kept[:3])
        self.assertEqual(self.restore(kept[3:])[0].get("appointments").status, 200, "nobody ended the fourth")

    def test_a_restored_redis_brings_back_no_session_that_was_one_too_many(self):
        kept = self.keep(self.browser)
        for _ in range(3):
            self.logged_in(self.number)
        self.assertEqual(self.browser.get("session").status, 401)
        self.assert_dead_after_their_tickets(kept)

    def test_a_restored_redis_brings_back_no_token_that_was_replaced(self):
        kept = self.keep(self.browser)
        switched = self.browser.send("PUT", "session/profile", {"counselId": self.counsel})
        self.assertEqual(switched.status, 200, switched.body)
        self.assertEqual(self.restore(kept)[0].get("appointments").status, 200, "for as long as its ticket holds")
        self.assert_dead_after_their_tickets(kept)
        self.assertEqual(self.browser.get("appointments").status, 200)

    def test_a_row_or_an_index_that_somebody_writes_opens_nothing(self):
        stranger = self.logged_in(self.registered_counsel()[1])
        stolen = self.keep(self.browser)[0][1]
        own = self.row(stranger)
        self.stack.redis.command("ZADD", f"person:{stranger.get('session').json['personId']}:sess", "1", self.row(self.browser))
        self.assertEqual([one["current"] for one in self.sessions(stranger)], [True], "the index is believed in nothing")
        foreign = self.sessions(self.browser)[0]["id"]
        self.assertEqual(stranger.send("DELETE", f"sessions/{foreign}").status, 404)
        self.stack.redis.command("-x", "SET", own, data=stolen)
        self.assertEqual(stranger.get("session").status, 401, "a row is sealed for its own token")

    def test_redis_that_dies_in_the_middle_of_a_log_in_costs_a_moment(self):
        browser, phone = Browser(self.stack), Phone(self.stack, self.number)
        login = browser.start_login().json["id"]
        phone.scan(self.eventually(lambda: browser.get(f"logins/{login}").json.get("qr"), sentence="no QR text"))
        self.stack.redis.stop(9)
        try:
            phone.approve()
            self.assertEqual(browser.get(f"logins/{login}").status, 503)
            self.assertEqual(Browser(self.stack).start_login().status, 503, "nobody counts, nobody begins")
            self.assertEqual(self.browser.get("appointments").status, 503)
            self.assertEqual(self.browser.send("DELETE", "sessions").status, 503)
        finally:
            self.stack.redis.start()
        self.eventually(lambda: browser.get(f"logins/{login}").json.get("state") == "COMPLETE", sentence="the log-in did not end")
        self.assertEqual(browser.get("session").json["personId"], self.counsel)


class Limits(Story):
    """As often as one may try in earnest."""

    environment = {"gateway": {"BITRADE_LOGIN_STARTS_PER_MINUTE": "4", "BITRADE_LOGIN_STARTS_PER_DEVICE_MINUTE": "2",
                               "BITRADE_LOGIN_LOOKS_PER_SECOND": "2"}}

    def test_who_starts_or_looks_too_often_waits_as_long_as_the_answer_says(self):
        browser = Browser(self.stack)
        login = browser.start_login().json["id"]
        statuses = [browser.get(f"logins/{login}").status for _ in range(21)]
        self.assertEqual((statuses[:20], statuses[20]), ([200] * 20, 429))
        self.assertEqual([browser.start_login().status for _ in range(3)], [201, 201, 429], "one browser")
        refused = [Browser(self.stack).start_login() for _ in range(2)][1]
        self.assertEqual((refused.status, refused.json["reason"]), (429, "RATE_LIMITED"), "one network")
        self.assertLessEqual(1, int(refused.headers["retry-after"]))
        self.assertLessEqual(int(refused.headers["retry-after"]), 60)
        forged = Browser(self.stack).send("POST", "logins", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"},
                                          headers={"X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7"})
        self.assertEqual(forged.status, 429, "another network is not claimed")
        self.assertEqual(browser.get("compensation-rates").status, 200, "nothing else is limited")


class BehindAProxy(Story):

    environment = {"gateway": {"BITRADE_TRUSTED_PROXIES": "127.0.0.1", "BITRADE_LOGIN_STARTS_PER_MINUTE": "1",
                               "BITRADE_SESSION_CONTEXT_RULE": "enforce"}}

    def start(self, forwarded):
        return Browser(self.stack).send("POST", "logins", {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"},
                                        headers={"X-Forwarded-For": forwarded}).status

    def test_networks_are_counted_as_the_listed_proxy_saw_them(self):
        self.assertEqual(self.start("192.0.2.7"), 201)
        self.assertEqual(self.start("198.51.100.1, 192.0.2.9"), 429, "what the client wrote itself counts for nothing")
        self.assertEqual(self.start("198.51.100.1"), 201)
        self.assertEqual(self.start("::ffff:203.0.113.7"), 201)
        self.assertEqual(self.start("::ffff:203.0.113.9"), 429, "an IPv4 address that a proxy writes in IPv6 is one")
        self.assertEqual(self.start("2001:db8:1::7"), 201, "and does not count for others")
        self.assertEqual(self.start("2001:db8:1:ffff::9"), 429)

    def test_where_it_is_enforced_a_session_is_used_from_where_it_began(self):
        browser = self.logged_in(self.registered_counsel()[1])
        self.assertEqual(browser.get("sessions").json["sessions"][0]["network"], "127.0.0.0/24")
        for stolen in ({"User-Agent": "another"}, {"X-Forwarded-For": "192.0.2.7"}):
            self.assertEqual(browser.get("session", headers=stolen).status, 401, stolen)
        self.assertEqual(browser.get("session", headers={"X-Forwarded-For": "127.0.0.9"}).status, 200)


class KeyRotation(SessionStory):

    def test_the_key_of_tickets_changes_under_load_and_nobody_is_refused(self):
        """A machine that stands still lets requests end in 503; then the key is changed back, and again: nobody is refused in one of the turns."""
        folder, public = self.stack.keys / "ticket", self.stack.keys / "ticket-keys"
        pki.make_signing_key(folder / "t2.pem")
        shutil.copy(folder / "t2.pem.pub", public / "t2.pem")
        self.restart(table.services())  # every service knows both keys before the new one signs
        browsers = [self.logged_in(self.number) for _ in range(3)]
        self.await_answers(browsers)
        self.addCleanup(self.stack.set_clock, 0)
        for turn, (before, key) in enumerate((("t1", "t2"), ("t2", "t1"), ("t1", "t2"))):
            statuses = self.changed_under_load(browsers, folder / f"{key}.pem", turn * (TICKET_LIFE + 5))
            self.assertGreater(len(statuses), 100)
            self.assertLessEqual(set(statuses), {200, 503, 504})
            if set(statuses) == {200}:
                break
        self.assertEqual(set(statuses), {200})
        (public / f"{before}.pem").unlink()
        self.restart(table.services())
        self.await_answers(browsers)

    def changed_under_load(self, browsers, key, past):
        """What everybody got while identity began to sign by another key, `past` seconds on their clock."""
        statuses, done = [], threading.Event()
        threads = [threading.Thread(target=self.use, args=(browser, statuses, done)) for browser in browsers]
        try:
            for thread in threads:
                thread.start()
            self.stack.extra["identity"] = {"BITRADE_TICKET_SIGNING_KEY": key}
            self.restart(["identity"])
            self.stack.set_clock(past + 95)  # tickets of the old key are renewed beside the requests that use them
            self.eventually(lambda: self.renewed() >= len(browsers), sentence="renewals under the new key")
            self.stack.set_clock(past + TICKET_LIFE + 5)
            self.use_some_more(statuses)
        finally:
            done.set()
            for thread in threads:
                thread.join()
        return statuses

    def await_answers(self, browsers):
        for browser in browsers:
            self.eventually(lambda b=browser: b.get("appointments").status == 200, sentence="an answer")

    def use(self, browser, statuses, done):
        while not done.is_set():
            statuses.append(browser.ask("GET", "appointments").status)

    def use_some_more(self, statuses):
        wanted = len(statuses) + 60
        self.eventually(lambda: len(statuses) >= wanted, sentence="answers")

    def restart(self, names):
        for name in names:
            self.stack.end_process(name)
            self.stack.start_process(name)

    def renewed(self):
        """How often identity, since its start, has renewed a ticket."""
        for line in self.stack.metrics("identity").splitlines():
            if "_count{" in line and "RenewTicket" in line and '"OK"' in line:
                return float(line.split()[-1])
        return 0
