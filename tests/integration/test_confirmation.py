"""A counsel with Telia e-legitimation confirms a cost statement or a delegation by a log-in for this alone, and files it: herself, freshly, once."""

import base64
import json
import threading
import unittest
import urllib.parse

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.openid import Provider

from .harness import Story


class Confirming(Story):
    """The production rule: neither a signature nor a confirmation, and nothing is filed."""

    environment = {name: {"BITRADE_CONFIRMATION_FILING": "refuse"} for name in ("billing", "registry")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = Provider(cls.stack)

    def setUp(self):
        counsel, self.number = self.registered_counsel()
        Phone(self.stack, self.number)
        self.browser = Browser(self.stack)
        self.assertEqual(self.provider.log_in(self.browser, self.number)["state"], "COMPLETE")
        self.browser.csrf = self.browser.get("session").json["csrfToken"]
        self.appointed = self.appointment(counsel)

    # ---- steps ---------------------------------------------------------------------------------------------------------------

    def draft(self):
        """(path, etag) of a new draft of a cost statement."""
        made = self.eventually(lambda: (answer := self.browser.post(
            f"appointments/{self.appointed['id']}/cost-statements", {"input": people.claim()})).status == 201 and answer)
        return f"cost-statements/{made.json['id']}", made.headers["etag"]

    def asked(self, path, etag):
        """The id of a confirmation that waits for its person."""
        answer = self.browser.post(f"{path}/signature-requests", {"method": "TELIA", "start": "SAME_DEVICE"}, headers={"If-Match": etag})
        self.assertEqual((answer.status, answer.json["state"]), (201, "PENDING"), answer.body)
        return answer.json["signatureId"]

    def begun(self, signature):
        """The address to which the browser is sent."""
        answer = self.browser.send("POST", f"signatures/{signature}/confirmation")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json["authorizationUrl"]

    def approved(self, signature, number=None, **how):
        """Where the provider sends the browser back to."""
        return self.provider.approve(self.provider.open(self.begun(signature)), number or self.number, **how)

    def ended(self, signature, number=None, **how):
        """The confirmation, once the browser has come back."""
        self.assertEqual(self.browser.come_back(self.approved(signature, number, **how)), {"signature": signature})
        return self.browser.get(f"signatures/{signature}").json

    def confirmed(self, path, etag):
        ended = self.ended(self.asked(path, etag))
        self.assertEqual((ended["state"], ended["next"]), ("COMPLETE", "DONE"), ended)
        return ended["id"]

    def file(self, path, etag, signature=None):
        return self.browser.post(f"{path}/filing", {"signatureId": signature} if signature else {}, headers={"If-Match": etag})

    def refused(self, answer, reason, status=409):
        self.assertEqual((answer.status, answer.json["reason"]), (status, reason), answer.body)

    def evidence(self, signature):
        return self.stack.postgres.execute(f"SELECT count(*) FROM identity.oidc_evidence WHERE signature_id = '{signature}'")

    def told(self, signature):
        """What the trail tells of a confirmation, with the address of its browser, in the order in which it happened."""
        return self.stack.postgres.execute(
            f"SELECT string_agg(split_part(rpc, '/', 2), ' ' ORDER BY seq) FROM identity.audit WHERE '{signature}'::uuid = ANY (object_ids) "
            "AND circumstances @> '{\"address\": \"127.0.0.1\", \"purpose\": \"COST_STATEMENT_FILING\"}'").split()

    def until_filed(self, path, etag, signature):
        filed = self.eventually(lambda: (answer := self.file(path, etag, signature)).status < 500 and answer)
        self.assertEqual(filed.status, 200, filed.body)

    # ---- the good way --------------------------------------------------------------------------------------------------------

    def test_what_is_confirmed_is_filed_once_and_the_receipt_says_so(self):
        path, etag = self.draft()
        self.refused(self.file(path, etag), "SIGNATURE_REQUIRED")
        signature = self.asked(path, etag)
        shown = self.browser.get(f"signatures/{signature}").json
        self.assertEqual((shown["next"], shown["method"]), ("CONFIRM", "TELIA"))
        self.assertIn("Jag lämnar in en kostnadsräkning", shown["visibleText"])
        self.assertIn(shown["manifestSha256"], shown["visibleText"])
        self.refused(self.file(path, etag, signature), "SIGNATURE_NOT_COMPLETE")
        self.assertEqual(self.ended(signature)["state"], "COMPLETE")
        filed = self.file(path, etag, signature)
        self.assertEqual(filed.status, 200, filed.body)
        receipt = self.browser.get(f"{path}/receipt").json
        self.assertEqual((receipt["kind"], receipt["signatureId"]), ("CONFIRMATION", signature))
        self.assertEqual(receipt["manifestSha256"], shown["manifestSha256"])
        self.assertEqual(self.evidence(signature), "1")
        self.assertEqual(self.told(signature), ["RequestSignature", "BeginConfirmation", "return"])
        self.refused(self.file(path, filed.headers["etag"], signature), "COST_STATEMENT_NOT_DRAFT")

    def test_the_request_asks_for_a_fresh_log_in_and_names_the_digest(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        url = self.begun(signature)
        request = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["request"][0]
        claims = json.loads(base64.urlsafe_b64decode(request.split(".")[1] + "=="))
        self.assertEqual((claims["prompt"], claims["max_age"]), ("login", 300))
        digest = self.browser.get(f"signatures/{signature}").json["manifestSha256"]
        self.assertTrue(claims["nonce"].endswith(f".{digest}"), claims["nonce"])

    def test_who_is_invited_may_be_invited_by_a_confirmation(self):
        drawn = self.browser.post("delegations", {"identityNumber": people.personal_number(), "name": "Disa Testsson",
                                                  "scopes": ["documents:read"]})
        path, etag = f"delegations/{drawn.json['id']}", drawn.headers["etag"]
        signature = self.confirmed(path, etag)
        invited = self.file(path, etag, signature)
        self.assertEqual((invited.status, invited.json["state"], invited.json["signingKind"]), (200, "INVITED", "CONFIRMATION"), invited.body)

    def test_a_confirmation_files_nothing_else(self):
        path, etag = self.draft()
        other, other_etag = self.draft()
        signature = self.confirmed(path, etag)
        self.refused(self.file(other, other_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        changed = self.browser.send("PATCH", path, {"input": {"substitution": "nej"}}, headers={"If-Match": etag})
        self.refused(self.file(path, changed.headers["etag"], signature), "CHANGED_SINCE_SIGNATURE")

    # ---- what does not count -------------------------------------------------------------------------------------------------

    def test_an_old_authentication_confirms_nothing(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        ended = self.ended(signature, fault="idToken.oldAuthentication")
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "OIDC_ANSWER_REFUSED"))
        self.refused(self.file(path, etag, signature), "SIGNATURE_NOT_COMPLETE")
        self.assertEqual(self.evidence(signature), "0")

    def test_another_person_confirms_nothing_and_the_proof_is_kept(self):
        path, etag = self.draft()
        stranger = people.personal_number()
        Phone(self.stack, stranger)
        signature = self.asked(path, etag)
        ended = self.ended(signature, stranger)
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "SIGNED_BY_ANOTHER"))
        self.refused(self.file(path, etag, signature), "SIGNATURE_NOT_COMPLETE")
        self.assertEqual(self.evidence(signature), "1")

    def test_no_token_of_another_confirmation_is_believed(self):
        for fault in ("idToken.wrongNonce", "idToken.missingNonce", "idToken.missingAuthTime", "idToken.lowAcr", "idToken.brokenSignature",
                      "userinfo.otherNumber"):
            with self.subTest(fault):
                path, etag = self.draft()
                ended = self.ended(self.asked(path, etag), fault=fault)
                self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "OIDC_ANSWER_REFUSED"))

    def test_a_return_counts_once_and_for_the_browser_that_was_sent(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        back = self.approved(signature)
        other = Browser(self.stack)
        other.start_login("TELIA", "SAME_DEVICE")
        for stranger in (Browser(self.stack), other):
            self.assertEqual(stranger.come_back(back), {"reason": "SIGNATURE_RETURN_REFUSED"})
        self.assertEqual(self.browser.get(f"signatures/{signature}").json["state"], "PENDING")
        cookies = dict(self.browser.cookies)
        self.assertEqual(self.browser.come_back(back), {"signature": signature})
        self.assertEqual(self.browser.get(f"signatures/{signature}").json["state"], "COMPLETE")
        self.browser.cookies = cookies
        self.assertEqual(self.browser.come_back(back), {"reason": "SIGNATURE_RETURN_REFUSED"})

    def test_begun_again_the_first_way_leads_nowhere(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        first = self.approved(signature)
        second = self.approved(signature)
        self.assertEqual(self.browser.come_back(first), {"reason": "SIGNATURE_RETURN_REFUSED"})
        self.assertEqual(self.browser.come_back(second), {"signature": signature})

    def test_nobody_else_begins_or_sees_a_confirmation(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        _, number = self.registered_counsel()
        theirs = self.logged_in(number)
        self.assertEqual(theirs.send("POST", f"signatures/{signature}/confirmation").status, 404)
        self.assertEqual(theirs.get(f"signatures/{signature}").status, 404)
        self.assertEqual(Browser(self.stack).send("POST", f"signatures/{signature}/confirmation").status, 401)

    def test_who_stops_or_gives_up_has_not_confirmed(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        back = self.provider.deny(self.provider.open(self.begun(signature)))
        self.assertEqual(self.browser.come_back(back), {"signature": signature})
        self.assertEqual(self.browser.get(f"signatures/{signature}").json["reason"], "OIDC_ACCESS_DENIED")
        signature = self.asked(path, etag)
        back = self.approved(signature)
        self.assertEqual(self.browser.send("DELETE", f"signatures/{signature}").json["state"], "CANCELLED")
        self.assertEqual(self.browser.come_back(back), {"reason": "SIGNATURE_RETURN_REFUSED"})
        self.refused(self.browser.send("POST", f"signatures/{signature}/confirmation"), "SIGNATURE_NOT_PENDING")

    # ---- killed --------------------------------------------------------------------------------------------------------------

    def restart_identity(self):
        self.stack.end_process("identity", 9)
        self.stack.start_process("identity")

    def test_identity_killed_between_the_return_and_the_filing_loses_nothing(self):
        path, etag = self.draft()
        signature = self.confirmed(path, etag)
        self.restart_identity()
        self.until_filed(path, etag, signature)
        self.assertEqual(self.evidence(signature), "1")

    def test_identity_killed_while_it_asks_the_provider_costs_that_return_alone(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        back = self.approved(signature)
        self.provider.control("PUT", "faults", {"calls": 1, "on": "token", "delayMs": 4000})
        self.addCleanup(self.provider.control, "PUT", "faults", {"calls": 0})
        parts = urllib.parse.urlsplit(back)
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.browser.ask("GET", f"{parts.path}?{parts.query}")))
        thread.start()
        sent = f"SELECT count(*) FROM identity.oidc_confirmation WHERE signature_id = '{signature}'"
        self.eventually(lambda: self.stack.postgres.execute(sent) == "0", sentence="the state is not used up")
        self.restart_identity()
        thread.join()
        self.assertEqual(answers[0].status, 503)
        self.eventually(lambda: self.browser.get(f"signatures/{signature}").status == 200, sentence="identity does not answer again")
        self.assertEqual(self.browser.come_back(back), {"reason": "SIGNATURE_RETURN_REFUSED"})
        self.assertEqual(self.ended(signature)["state"], "COMPLETE")
        self.until_filed(path, etag, signature)

    # ---- what is kept and told -----------------------------------------------------------------------------------------------

    def test_nothing_of_the_provider_stands_in_a_log(self):
        path, etag = self.draft()
        signature = self.asked(path, etag)
        back = self.approved(signature)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
        self.browser.come_back(back)
        logs = "".join(self.stack.log(name).read_text() for name in ("identity", "gateway"))
        for secret in (self.number, "Exempelsson", query["code"][0], query["state"][0], self.browser.cookies.get("__Host-session")):
            self.assertNotIn(secret, logs)


if __name__ == "__main__":
    unittest.main()
