"""A counsel signs a cost statement and files it, or a delegation and invites: once, that version alone, whoever is killed in between."""

import uuid

from tests.e2e import people
from tests.stack.browser import Phone

from .harness import Story

UNKNOWN = "0190f5a2-7c3e-7b1d-8f00-0123456789ab"


class Signing(Story):
    """The production rule: without a signature nothing is filed."""

    environment = {name: {"BITRADE_CONFIRMATION_FILING": "refuse"} for name in ("billing", "registry")}

    def setUp(self):
        counsel, self.number = self.registered_counsel()
        self.browser = self.logged_in(self.number)
        self.phone = Phone(self.stack, self.number)
        self.appointed = self.appointment(counsel)

    def draft(self):
        """(id, etag) of a new draft."""
        answer = self.eventually(lambda: (made := self.browser.post(
            f"appointments/{self.appointed['id']}/cost-statements", {"input": people.claim()})).status == 201 and made)
        return answer.json["id"], answer.headers["etag"]

    def file(self, statement, etag, signature=None, key=None, browser=None):
        body = {"signatureId": signature} if signature else {}
        return (browser or self.browser).post(f"cost-statements/{statement}/filing", body, key=key, headers={"If-Match": etag})

    def asked(self, statement, etag):
        answer = self.browser.ask_to_sign(f"cost-statements/{statement}", etag)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(answer.json["state"], "PENDING")
        return answer.json["signatureId"]

    def signed(self, statement, etag):
        return self.signature_of(f"cost-statements/{statement}", etag)

    def signature_of(self, path, etag):
        ended = self.browser.sign(self.phone, path, etag)
        self.assertEqual(ended["state"], "COMPLETE", ended)
        return ended["id"]

    def refused(self, answer, reason, status=409):
        self.assertEqual((answer.status, answer.json["reason"]), (status, reason), answer.body)

    def receipts(self, statement):
        return self.stack.postgres.execute(f"SELECT count(*) FROM billing.receipt WHERE cost_statement_id = '{statement}'")

    # ---- signing and filing --------------------------------------------------------------------------------------------------

    def test_what_is_signed_is_filed_once(self):
        statement, etag = self.draft()
        self.refused(self.file(statement, etag), "SIGNATURE_REQUIRED")
        signature, key = self.signed(statement, etag), str(uuid.uuid4())
        first = self.file(statement, etag, signature, key)
        self.assertEqual(first.status, 200, first.body)
        again = self.file(statement, etag, signature, key)
        self.assertEqual((again.status, again.json), (200, first.json))
        self.refused(self.file(statement, first.headers["etag"], signature), "COST_STATEMENT_NOT_DRAFT")
        receipt = self.browser.get(f"cost-statements/{statement}/receipt").json
        self.assertEqual((receipt["kind"], receipt["signatureId"]), ("SIGNATURE", signature))
        self.assertEqual(self.receipts(statement), "1")
        proof = f"SELECT count(*) FROM identity.bankid_evidence WHERE signature_id = '{signature}'"
        self.assertEqual(self.stack.postgres.execute(proof), "1")

    def test_a_signature_files_nothing_else(self):
        statement, etag = self.draft()
        signature = self.signed(statement, etag)
        other, other_etag = self.draft()
        self.refused(self.file(other, other_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        self.refused(self.file(statement, etag, UNKNOWN), "SIGNATURE_OF_SOMETHING_ELSE")
        changed = self.browser.send("PATCH", f"cost-statements/{statement}", {"input": {"substitution": "nej"}}, headers={"If-Match": etag})
        self.refused(self.file(statement, changed.headers["etag"], signature), "CHANGED_SINCE_SIGNATURE")
        self.refused(self.file(statement, etag, signature), "ETAG_MISMATCH", 412)
        anew = self.signed(statement, changed.headers["etag"])
        self.assertEqual(self.file(statement, changed.headers["etag"], anew).status, 200)

    def test_a_signature_is_its_persons_and_for_one_purpose(self):
        statement, etag = self.draft()
        signature = self.signed(statement, etag)
        stranger, number = self.registered_counsel()
        theirs = self.logged_in(number)
        self.assertEqual(theirs.get(f"signatures/{signature}").status, 404)
        self.assertEqual(theirs.send("DELETE", f"signatures/{signature}").status, 404)
        self.assertEqual(self.file(statement, etag, signature, browser=theirs).status, 404)
        # Facts do not change; a row made elsewhere stands for a signature that was given for something else.
        made = self.stack.postgres.execute(
            "INSERT INTO identity.signature SELECT gen_random_uuid(), person_id, method, start, 'DELEGATION', resource_id, resource_version,"
            " manifest_sha256, state, cancelling, hint, message_key, reason, create_time, complete_time, certificate_policy, visible_text,"
            f" manifest, browser FROM identity.signature WHERE id = '{signature}' RETURNING id").split()[0]
        self.refused(self.file(statement, etag, made), "SIGNATURE_OF_SOMETHING_ELSE")
        self.assertTrue(stranger)

    def test_a_browser_cannot_say_who_it_is(self):
        statement, etag = self.draft()
        forged = self.browser.post(f"cost-statements/{statement}/signature-requests", {
            "method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "browser": {"address": "192.0.2.1"}}, headers={"If-Match": etag})
        self.refused(forged, "MALFORMED_REQUEST", 400)

    # ---- delegations ---------------------------------------------------------------------------------------------------------

    def invitation(self):
        """(path, etag) of a delegation that is drawn up."""
        drawn = self.browser.post("delegations", {"identityNumber": people.personal_number(), "name": "Disa Testsson",
                                                  "scopes": ["documents:read"]})
        self.assertEqual(drawn.status, 201, drawn.body)
        return f"delegations/{drawn.json['id']}", drawn.headers["etag"]

    def invite(self, path, etag, signature=None, key=None):
        body = {"signatureId": signature} if signature else {}
        return self.browser.post(f"{path}/filing", body, key=key, headers={"If-Match": etag})

    def test_who_is_invited_is_invited_by_a_signature_once(self):
        path, etag = self.invitation()
        self.refused(self.invite(path, etag), "SIGNATURE_REQUIRED")
        signature, key = self.signature_of(path, etag), str(uuid.uuid4())
        first = self.invite(path, etag, signature, key)
        self.assertEqual((first.status, first.json["state"], first.json["signingKind"]), (200, "INVITED", "SIGNATURE"), first.body)
        again = self.invite(path, etag, signature, key)
        self.assertEqual((again.status, again.json), (200, first.json))
        self.refused(self.invite(path, first.headers["etag"], signature), "DELEGATION_NOT_DRAFT")
        shown = self.stack.postgres.execute(f"SELECT purpose FROM identity.signature WHERE id = '{signature}'")
        self.assertEqual(shown, "DELEGATION")

    def test_a_signature_invites_by_nothing_else(self):
        path, etag = self.invitation()
        signature = self.signature_of(path, etag)
        other, other_etag = self.invitation()
        self.refused(self.invite(other, other_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        self.refused(self.invite(path, etag, UNKNOWN), "SIGNATURE_OF_SOMETHING_ELSE")
        statement, statement_etag = self.draft()
        self.refused(self.invite(path, etag, self.signed(statement, statement_etag)), "SIGNATURE_OF_SOMETHING_ELSE")
        self.refused(self.file(statement, statement_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        # No route changes a draft of a delegation; a row that was changed is not what was signed.
        self.stack.postgres.execute("UPDATE registry.delegation SET scopes = '{documents:read,drafts:write}' "
                                    f"WHERE id = '{path.partition('/')[2]}'")
        self.refused(self.invite(path, etag, signature), "CHANGED_SINCE_SIGNATURE")
        self.assertEqual(self.invite(path, etag, self.signature_of(path, etag)).status, 200)

    def test_somebody_elses_signature_invites_nobody(self):
        mine, my_etag = self.invitation()
        browser, phone, (_, number) = self.browser, self.phone, self.registered_counsel()
        self.browser, self.phone = self.logged_in(number), Phone(self.stack, number)
        signature = self.signature_of(*self.invitation())
        self.assertEqual(self.invite(mine, my_etag, signature).status, 404)
        self.browser, self.phone = browser, phone
        self.refused(self.invite(mine, my_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")

    # ---- ends without a signature --------------------------------------------------------------------------------------------

    def test_giving_up_ends_the_order(self):
        statement, etag = self.draft()
        signature = self.asked(statement, etag)
        self.browser.show_code(signature)
        self.assertEqual(self.browser.send("DELETE", f"signatures/{signature}").status, 200)
        self.assertEqual(self.browser.signature_ended(signature)["state"], "CANCELLED")
        self.refused(self.browser.send("DELETE", f"signatures/{signature}"), "SIGNATURE_NOT_PENDING")
        self.refused(self.file(statement, etag, signature), "SIGNATURE_NOT_COMPLETE")

    def test_who_declines_in_the_app_has_not_signed(self):
        statement, etag = self.draft()
        signature = self.asked(statement, etag)
        self.phone.scan(self.browser.show_code(signature))
        self.phone.cancel()
        ended = self.browser.signature_ended(signature)
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_USER_CANCELLED"))

    def test_an_order_that_nobody_scans_expires(self):
        statement, etag = self.draft()
        signature = self.asked(statement, etag)
        self.browser.show_code(signature)
        self.phone.control("POST", "clock/advance", {"ms": 31_000})
        ended = self.browser.signature_ended(signature)
        self.assertEqual((ended["state"], ended["reason"]), ("FAILED", "BANKID_NOT_STARTED"))

    def test_a_new_request_takes_the_place_of_the_one_before(self):
        statement, etag = self.draft()
        first = self.asked(statement, etag)
        self.browser.show_code(first)
        self.assertTrue(self.signed(statement, etag))
        self.assertEqual(self.browser.get(f"signatures/{first}").json["state"], "CANCELLED")

    def test_a_lost_answer_is_no_signature(self):
        statement, etag = self.draft()
        signature = self.asked(statement, etag)
        self.phone.scan(self.browser.show_code(signature))
        self.phone.control("PUT", "faults", {"calls": 1, "lost": True, "on": "complete"})
        self.phone.approve()
        self.assertEqual(self.browser.signature_ended(signature)["state"], "UNRESOLVED")
        self.refused(self.file(statement, etag, signature), "SIGNATURE_NOT_COMPLETE")

    # ---- killed --------------------------------------------------------------------------------------------------------------

    def test_billing_is_killed_between_signature_and_filing(self):
        statement, etag = self.draft()
        signature = self.signed(statement, etag)
        self.stack.end_process("billing", 9)
        self.stack.start_process("billing")
        filed = self.eventually(lambda: (answer := self.file(statement, etag, signature)).status < 500 and answer)
        self.assertEqual(filed.status, 200, filed.body)
        self.assertEqual(self.receipts(statement), "1")

    def test_registry_is_killed_between_signature_and_invitation(self):
        path, etag = self.invitation()
        signature = self.signature_of(path, etag)
        self.stack.end_process("registry", 9)
        self.stack.start_process("registry")
        self.agency.reconnect()
        invited = self.eventually(lambda: (answer := self.invite(path, etag, signature)).status < 500 and answer)
        self.assertEqual((invited.status, invited.json["state"]), (200, "INVITED"), invited.body)
        kept = self.stack.postgres.execute(f"SELECT state FROM registry.delegation WHERE signature_id = '{signature}'")
        self.assertEqual(kept, "INVITED")

    def test_identity_is_killed_while_the_person_signs(self):
        statement, etag = self.draft()
        signature = self.asked(statement, etag)
        self.phone.scan(self.browser.show_code(signature))
        self.stack.end_process("identity", 9)
        self.phone.approve()
        self.stack.start_process("identity")
        self.assertEqual(self.browser.signature_ended(signature)["state"], "COMPLETE")
        filed = self.eventually(lambda: (answer := self.file(statement, etag, signature)).status < 500 and answer)
        self.assertEqual(filed.status, 200, filed.body)

    def test_a_retry_of_the_request_asks_for_one_signature(self):
        statement, etag = self.draft()
        key = str(uuid.uuid4())
        first = self.browser.ask_to_sign(f"cost-statements/{statement}", etag, key)
        again = self.browser.ask_to_sign(f"cost-statements/{statement}", etag, key)
        self.assertEqual((first.status, again.status), (201, 201), again.body)
        self.assertEqual(first.json["signatureId"], again.json["signatureId"])
        self.assertEqual(first.headers["location"], f"/bitrade/v1/signatures/{first.json['signatureId']}")
