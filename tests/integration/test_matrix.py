"""The authorisation matrix over the running system: every cell; and that a policy with one weakened line does not go unnoticed."""

import json

from tests.matrix import table as matrix
from tests.matrix.driver import Driver
from tests.matrix.scene import Scene
from tests.stack import table

from .harness import Story

GATEWAY, DOCUMENTS = "spiffe://bitrade.local/gateway", "spiffe://bitrade.local/documents"
FACTS, PERSONS = "/bitrade.registry.v1.CounselFactsService/GetCounselFacts", "/bitrade.identity.v1.PersonService/*"


def rule_of(policy, path):
    return next(rule for rule in policy["allow_rules"] if path in rule["request"]["paths"])


def let_documents_ask_for_facts(policy):
    rule_of(policy, FACTS)["source"]["principals"].append(DOCUMENTS)


def let_every_case_system_touch_every_matter(policy):
    for rule in policy["allow_rules"]:
        if "reach" in rule:
            rule["reach"] = {"authorities": ["*"], "categories": ["*"]}


def let_the_gateway_make_persons(policy):
    policy["deny_rules"] = [rule for rule in policy["deny_rules"] if PERSONS not in rule["request"]["paths"]]
    rule_of(policy, "/bitrade.identity.v1.PersonService/EnsurePerson")["source"]["principals"].append(GATEWAY)


class Matrix(Story):

    @classmethod
    def prepare(cls, stack):
        cls.policy = stack.base / "policy.json"
        cls.original = (table.ROOT / "services" / "policy.json").read_text()
        cls.policy.write_text(cls.original)
        for name in table.services():
            stack.extra[name] = {"BITRADE_POLICY_FILE": cls.policy}

    driver = None

    def setUp(self):
        """Everybody is made once for both tests; the one that comes last ends their sessions."""
        if Matrix.driver is None:
            scene = Scene(self)
            Matrix.driver = Driver(scene)
            self.addClassCleanup(scene.close)
            self.addClassCleanup(Matrix.driver.close)

    def enforce(self, text):
        """Puts a policy into force at every service."""
        def replaced():
            return [next(line for line in self.stack.metrics(name).splitlines() if line.startswith("bitrade_policy_replaced "))
                    for name in table.services()]
        before = replaced()
        fresh = self.policy.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self.policy)
        self.eventually(lambda: all(now != then for now, then in zip(replaced(), before)), sentence="the new policy everywhere")

    def test_a_weakened_line_of_the_policy_turns_the_matrix_red(self):
        weakened = [(let_documents_ask_for_facts, "CounselFactsService/", "documents"),
                    (let_the_gateway_make_persons, "PersonService/", "gateway"),
                    (let_every_case_system_touch_every_matter, "MatterAgencyService/", "other-case-system")]
        for weaken, service, role in weakened:
            rows = [row for row in matrix.rows() if service in row.rpc]
            self.assertEqual(self.driver.differences(rows), [], service)
            policy = json.loads(self.original)
            weaken(policy)
            self.enforce(json.dumps(policy))
            found = self.driver.differences(rows)
            self.assertTrue(any(f": {role} gets ok " in sentence for sentence in found), (service, found))
            self.enforce(self.original)
            self.driver.scene.shared.clear()  # changed by whoever was let in

    def test_a_refused_call_that_leaves_something_or_no_trace_is_named(self):
        rows = [row for row in matrix.rows() if "CounselService/" in row.rpc or "GuideService/" in row.rpc]
        guilty, ask, patience = rows[0], self.driver.ask, self.driver.patience

        def leaving_a_row(row, role, thing):
            if row is guilty and role == "invited":
                self.stack.postgres.execute("INSERT INTO registry.support_intake VALUES ('x', now())")
            return ask(row, role, thing)

        def under_another_name(row, role, thing):
            answers = ask(row, role, thing)
            for one in answers if row is guilty and role == "invited" else ():
                one.request_id = "00000000-0000-7000-8000-000000000000"
            return answers
        for asking, sentence in ((leaving_a_row, f"{guilty}: refused calls changed registry.support_intake"),
                                 (under_another_name, f"{guilty}: that invited gets 403 by gRPC is not in the trail")):
            self.driver.ask, self.driver.patience = asking, 1  # what is missing stays so
            self.assertIn(sentence, self.driver.differences(rows))
        self.driver.ask, self.driver.patience = ask, patience
        self.assertEqual(self.driver.differences(rows), [])

    def test_everybody_gets_the_answer_of_the_table(self):
        found = self.driver.differences(matrix.rows())
        self.assertFalse(found, "\n".join(found))
