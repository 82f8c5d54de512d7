"""A retry gets the first answer, whoever died between commit and answer."""

import concurrent.futures
import uuid

from tests.e2e import people

from .harness import Story


class Retry(Story):

    def setUp(self):
        counsel, number = self.registered_counsel()
        self.appointed = self.appointment(counsel)
        self.browser = self.logged_in(number)
        self.path = f"appointments/{self.appointed['id']}/cost-statements"

    def drafts(self):
        return self.browser.get(self.path).json["_meta"]["totalRecords"]

    def test_the_first_answer_survives_a_kill_of_service_and_gateway(self):
        key = str(uuid.uuid4())
        first = self.browser.post(self.path, {"input": people.claim()}, key=key)
        self.assertEqual(first.status, 201, first.body)
        for process in ("billing", "gateway"):
            self.stack.end_process(process, 9)
            self.stack.start_process(process)
        again = self.eventually(lambda: (answer := self.browser.post(self.path, {"input": people.claim()}, key=key)).status < 500 and answer)
        self.assertEqual((again.status, again.json), (201, first.json))
        self.assertEqual(self.drafts(), 1)

    def test_a_kill_under_load_neither_loses_nor_doubles(self):
        keys = [str(uuid.uuid4()) for _ in range(40)]

        def draft(key):
            try:
                return self.browser.post(self.path, {"input": people.claim()}, key=key, timeout=5)
            except OSError:
                return None
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            sent = [pool.submit(draft, key) for key in keys]
            concurrent.futures.wait(sent[:5])
            self.stack.end_process("billing", 9)
            self.stack.start_process("billing")
        firsts = {key: answer.result() for key, answer in zip(keys, sent)}
        for key in keys:
            again = self.eventually(lambda k=key: (answer := draft(k)) and answer.status == 201 and answer, sentence="the retry")
            if firsts[key] and firsts[key].status == 201:
                self.assertEqual(again.json, firsts[key].json)
        self.assertEqual(self.drafts(), len(keys))

    def test_another_request_with_the_same_key_is_refused(self):
        key = str(uuid.uuid4())
        self.browser.post(self.path, {"input": people.claim()}, key=key)
        other = self.browser.post(self.path, {"input": people.claim() | {"specialCircumstances": "annat"}}, key=key)
        self.assertEqual((other.status, other.json["reason"]), (422, "IDEMPOTENCY_KEY_REUSED"))

    def test_a_missing_or_bare_key_is_refused(self):
        missing = self.browser.send("POST", self.path, body={"input": people.claim()})
        bare = self.browser.send("POST", self.path, body={"input": people.claim()}, headers={"Idempotency-Key": "bare"})
        self.assertEqual((missing.status, bare.status), (400, 400))
