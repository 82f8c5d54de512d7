"""A counsel changes where she is paid: by her BankID signature of that very change, once; nobody else does, and no answer tells the number."""

import uuid

import grpc

from tests.e2e import people
from tests.stack.browser import Browser, Phone
from tests.stack.gateway import GatewayCaller

from .harness import Story

UNKNOWN = "0190f5a2-7c3e-7b1d-8f00-0123456789ab"
ACCOUNTS = "bitrade.registry.v1.PayoutAccountService"
LIST = "counsel/payout-account-changes"
BANKGIRO = {"kind": "BANKGIRO", "number": "5402-9681"}
PLUSGIRO = {"kind": "PLUSGIRO", "number": "28 65 43-4"}
SAVINGS = {"kind": "BANK_ACCOUNT", "clearingNumber": "8424-4", "number": "983 189 224-6"}
# Swedbank has such numbers of old; the check digit does not fit.
DOUBTFUL = {**SAVINGS, "number": "983 189 224-5"}


class Payout(Story):
    """The session's word files delegations and cost statements here; it never changes a payout account."""

    def setUp(self):
        self.counsel, self.number = self.registered_counsel()
        self.browser = self.logged_in(self.number)
        self.phone = Phone(self.stack, self.number)

    def draft(self, account=None, browser=None):
        """(path, etag) of a change that is drawn up."""
        drawn = (browser or self.browser).post(LIST, account or BANKGIRO)
        self.assertEqual((drawn.status, drawn.json.get("state")), (201, "DRAFT"), drawn.body)
        return f"payout-account-changes/{drawn.json['id']}", drawn.headers["etag"]

    def signed(self, path, etag):
        ended = self.browser.sign(self.phone, path, etag)
        self.assertEqual(ended["state"], "COMPLETE", ended)
        return ended["id"]

    def file(self, path, etag, signature=None, key=None, browser=None):
        body = {"signatureId": signature} if signature else {}
        return (browser or self.browser).post(f"{path}/filing", body, key=key, headers={"If-Match": etag})

    def delete(self, path, etag, browser=None):
        return (browser or self.browser).send("DELETE", path, headers={"If-Match": etag})

    def refused(self, answer, reason, status=409):
        self.assertEqual((answer.status, answer.json["reason"]), (status, reason), answer.body)

    def paid_to(self):
        """The masked number of the account that is paid to, or nothing."""
        answer = self.browser.get("counsel/payout-account")
        return answer.json["maskedNumber"] if answer.status == 200 else None

    # ---- the good way --------------------------------------------------------------------------------------------------------

    def test_what_the_counsel_signs_with_her_phone_is_paid_to(self):
        self.assertEqual(self.browser.get("counsel/payout-account").status, 404)
        path, etag = self.draft()
        self.assertIsNone(self.paid_to(), "a draft has no effect")
        self.refused(self.file(path, etag), "SIGNATURE_REQUIRED")
        signature, key = self.signed(path, etag), str(uuid.uuid4())
        filed = self.file(path, etag, signature, key)
        self.assertEqual((filed.status, filed.json["state"]), (200, "FILED"), filed.body)
        again = self.file(path, etag, signature, key)
        self.assertEqual((again.status, again.json), (200, filed.json))
        account = self.browser.get("counsel/payout-account")
        self.assertEqual((account.json["kind"], account.json["maskedNumber"], account.json["validFromTime"], account.headers["etag"]),
                         ("BANKGIRO", "****9681", filed.json["validFromTime"], '"1"'))
        purpose = self.stack.postgres.execute(f"SELECT purpose FROM identity.signature WHERE id = '{signature}'")
        self.assertEqual(purpose, "PAYOUT_ACCOUNT_CHANGE")
        kinds = self.stack.postgres.execute(
            f"SELECT string_agg(kind, ' ') FROM registry.event WHERE aggregate = 'payout_account' AND aggregate_id = '{self.counsel}'")
        self.assertEqual(kinds, "CHANGED")

    def test_the_next_takes_its_place_and_the_last_is_kept(self):
        for account in (BANKGIRO, SAVINGS):
            path, etag = self.draft(account)
            self.assertEqual(self.file(path, etag, self.signed(path, etag)).status, 200)
        account = self.browser.get("counsel/payout-account")
        self.assertEqual((account.json["bank"], account.json["maskedNumber"], account.headers["etag"]), ("Swedbank", "******2246", '"2"'))
        listed = self.browser.get(LIST).json
        self.assertEqual([(one["kind"], one["state"]) for one in listed["changes"]], [("BANK_ACCOUNT", "FILED"), ("BANKGIRO", "FILED")])
        self.refused(self.delete(path, self.browser.get(path).headers["etag"]), "PAYOUT_CHANGE_NOT_DRAFT")

    def test_a_doubtful_number_is_asked_for_twice(self):
        self.refused(self.browser.post(LIST, {"kind": "BANKGIRO", "number": "5402-9682", "numberConfirmed": True}), "INVALID_REQUEST", 422)
        self.refused(self.browser.post(LIST, DOUBTFUL), "PAYOUT_NUMBER_DOUBTFUL")
        path, etag = self.draft({**DOUBTFUL, "numberConfirmed": True})
        self.assertTrue(self.browser.get(path).json["doubtful"])
        self.refused(self.browser.post(LIST, PLUSGIRO), "PAYOUT_CHANGE_OPEN")
        self.assertEqual(self.delete(path, etag).status, 204)
        self.assertEqual(self.browser.get(path).status, 404)
        self.draft(PLUSGIRO)

    # ---- what does not change it ---------------------------------------------------------------------------------------------

    def test_a_signature_files_nothing_but_what_was_signed(self):
        path, etag = self.draft()
        signature = self.signed(path, etag)
        self.refused(self.file(path, etag, UNKNOWN), "SIGNATURE_OF_SOMETHING_ELSE")
        self.refused(self.file(path, '"7"', signature), "ETAG_MISMATCH", 412)
        # No route changes a draft; a row that was changed is not what was signed.
        self.stack.postgres.execute(f"UPDATE registry.payout_account_change SET version = 2 WHERE counsel_id = '{self.counsel}'")
        self.refused(self.file(path, '"2"', signature), "CHANGED_SINCE_SIGNATURE")
        self.assertEqual(self.delete(path, '"2"').status, 204)
        other, other_etag = self.draft(PLUSGIRO)
        self.refused(self.file(other, other_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        self.assertIsNone(self.paid_to())
        self.assertEqual(self.file(other, other_etag, self.signed(other, other_etag)).status, 200)

    def test_a_signature_files_once(self):
        path, etag = self.draft()
        signature = self.signed(path, etag)
        filed = self.file(path, etag, signature)
        self.refused(self.file(path, filed.headers["etag"], signature), "PAYOUT_CHANGE_NOT_DRAFT")
        self.refused(self.browser.ask_to_sign(path, filed.headers["etag"]), "PAYOUT_CHANGE_NOT_DRAFT")
        other, other_etag = self.draft(PLUSGIRO)
        self.refused(self.file(other, other_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")
        self.assertEqual(self.paid_to(), "****9681")

    def test_somebody_elses_signature_changes_nothing(self):
        mine, my_etag = self.draft()
        browser, phone, (_, number) = self.browser, self.phone, self.registered_counsel()
        self.browser, self.phone = self.logged_in(number), Phone(self.stack, number)
        signature = self.signed(*self.draft(PLUSGIRO))
        self.assertEqual(self.browser.get(mine).status, 404)
        self.assertEqual(self.file(mine, my_etag, signature).status, 404)
        self.assertEqual(self.delete(mine, my_etag).status, 404)
        self.assertEqual(self.browser.ask_to_sign(mine, my_etag).status, 404)
        self.browser, self.phone = browser, phone
        self.refused(self.file(mine, my_etag, signature), "SIGNATURE_OF_SOMETHING_ELSE")

    def test_a_signature_of_something_else_changes_nothing(self):
        invited = self.browser.post("delegations", {"identityNumber": people.personal_number(), "name": "Disa Testsson"})
        other = self.signed(f"delegations/{invited.json['id']}", invited.headers["etag"])
        path, etag = self.draft()
        self.refused(self.file(path, etag, other), "SIGNATURE_OF_SOMETHING_ELSE")

    def test_nobody_is_led_to_a_confirmation(self):
        path, etag = self.draft()
        asked = self.browser.post(f"{path}/signature-requests", {"method": "TELIA", "start": "SAME_DEVICE"}, headers={"If-Match": etag})
        self.refused(asked, "PAYOUT_NEEDS_BANKID")

    def test_a_delegate_neither_sees_nor_changes_it(self):
        disa, path = people.personal_number(), self.draft()[0]
        refused = self.browser.post("delegations", {"identityNumber": disa, "name": "Disa Testsson", "scopes": ["payout:write"]})
        self.refused(refused, "SCOPE_NOT_DELEGABLE", 422)
        scopes = ["appointments:read", "availability:write", "documents:read", "drafts:write"]
        drawn = self.browser.post("delegations", {"identityNumber": disa, "name": "Disa Testsson", "scopes": scopes})
        self.browser.post(f"delegations/{drawn.json['id']}/filing", {}, headers={"If-Match": drawn.headers["etag"]})
        delegate = Browser(self.stack)
        self.assertEqual(delegate.log_in(Phone(self.stack, disa, "Disa Testsson"))["state"], "COMPLETE")
        seen = delegate.get(f"delegations/{drawn.json['id']}")
        accepted = delegate.send("PUT", f"delegations/{drawn.json['id']}/acceptance", {"termsVersion": seen.json["terms"]["version"]},
                                 headers={"If-Match": seen.headers["etag"]})
        self.assertEqual(accepted.json["state"], "ACTIVE", accepted.body)
        gateway = GatewayCaller(self.stack, self.protos)
        self.addCleanup(gateway.close)
        ticket = gateway.log_in(Phone(self.stack, disa, "Disa Testsson"))
        change = {"id": path.partition("/")[2]}
        signing = {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE", "etag": "1", "idempotencyKey": str(uuid.uuid4())}
        for name, values in (("GetPayoutAccount", {}), ("ListPayoutAccountChanges", {}), ("GetPayoutAccountChange", change),
                             ("CreatePayoutAccountChange", {**BANKGIRO, "idempotencyKey": str(uuid.uuid4())}),
                             ("DeletePayoutAccountChange", {**change, "etag": "1"}),
                             ("CreatePayoutAccountChangeSignatureRequest", {**change, **signing}),
                             ("FilePayoutAccountChange", {**change, "etag": "1", "idempotencyKey": str(uuid.uuid4())})):
            with self.assertRaises(grpc.RpcError, msg=name) as refusal:
                gateway.call(f"{ACCOUNTS}/{name}", values, ticket, self.counsel)
            self.assertEqual(refusal.exception.code(), grpc.StatusCode.PERMISSION_DENIED, name)

    # ---- what is told --------------------------------------------------------------------------------------------------------

    def test_no_answer_event_or_row_tells_the_number(self):
        drawn = self.browser.post(LIST, SAVINGS)
        path, etag = f"payout-account-changes/{drawn.json['id']}", drawn.headers["etag"]
        filed = self.file(path, etag, self.signed(path, etag))
        answers = [drawn, filed, self.browser.get("counsel/payout-account"), self.browser.get(LIST), self.browser.get(path)]
        self.assertEqual({answer.status for answer in answers}, {200, 201})
        kept = self.stack.postgres.execute(
            "SELECT (SELECT string_agg(to_jsonb(c)::text, '') FROM registry.payout_account_change c)"
            " || (SELECT string_agg(to_jsonb(e)::text, '') FROM registry.event e)"
            " || (SELECT string_agg(to_jsonb(a)::text, '') FROM registry.audit a)")
        for text in [*(answer.body.decode() for answer in answers), kept]:
            self.assertNotIn("9831892246", text)
            self.assertNotIn("983 189", text)
        read = self.stack.postgres.execute(
            f"SELECT count(*) FROM registry.audit WHERE actor = '{self.counsel}' AND rpc LIKE '%PayoutAccount%'")
        self.assertGreaterEqual(int(read), 6)

    # ---- killed --------------------------------------------------------------------------------------------------------------

    def test_registry_is_killed_between_signature_and_filing(self):
        path, etag = self.draft()
        signature = self.signed(path, etag)
        self.stack.end_process("registry", 9)
        self.stack.start_process("registry")
        self.agency.reconnect()
        filed = self.eventually(lambda: (answer := self.file(path, etag, signature)).status < 500 and answer)
        self.assertEqual((filed.status, filed.json["state"]), (200, "FILED"), filed.body)
        self.assertEqual(self.paid_to(), "****9681")
