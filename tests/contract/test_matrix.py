"""The authorisation matrix is complete: every RPC has a row, and every row an answer for everybody."""

import json
import unittest

from tests.matrix import table

from . import proto_lint, sources

PRINCIPALS = {**{role: f"case-system/{name}" for role, name in table.CASE_SYSTEMS.items()}, **{name: name for name in (*table.PROCESSES, table.DESK)}}


def matches(pattern, text):
    if pattern.endswith("*"):
        return text.startswith(pattern[:-1])
    return text.endswith(pattern[1:]) if pattern.startswith("*") else text == pattern


def allowed(policy, principal, rpc):
    """What the policy says of a caller, as services/common/rpc/policy.cc reads it."""
    def any_of(rules):
        return any(any(matches(one, f"spiffe://bitrade.local/{principal}") for one in rule["source"]["principals"])
                   and any(matches(one, f"/{rpc}") for one in rule["request"]["paths"]) for rule in rules)
    return any_of(policy["allow_rules"]) and not any_of(policy["deny_rules"])


class Complete(unittest.TestCase):

    def test_every_rpc_has_a_row_and_every_row_is_an_rpcs(self):
        self.assertEqual(table.faults(table.rpcs(proto_lint.descriptor_set())), [])

    def test_every_process_of_ours_has_a_column(self):
        launched = {row["name"] for row in json.loads(sources.text("tests/stack/processes.json"))["processes"] if row["kind"] != "simulator"}
        self.assertEqual(set(table.PROCESSES), launched, "PROCESSES in tests/matrix/table.py and the columns of matrix.tsv")

    def test_an_rpc_without_a_row_is_named(self):
        declared = table.rpcs(proto_lint.descriptor_set())
        self.assertIn("matrix.tsv: bitrade.registry.v1.NewService/New has no row", table.faults(declared | {"bitrade.registry.v1.NewService/New"}))

    def test_whoever_a_weaker_policy_would_let_in_has_a_cell_that_says_403(self):
        """So that no line of the policy can be weakened without a cell of the running matrix that turns red."""
        policy, wrong = json.loads(sources.text("services/policy.json")), []
        for row in (row for row in table.rows() if row.at != "gateway"):
            for role, principal in PRINCIPALS.items():
                unreachable = row.at == "identity" and role in table.CASE_SYSTEMS  # it has no listener for them
                if not allowed(policy, principal, row.rpc) and row.cells[role] != ("-" if unreachable else "403"):
                    wrong.append(f"{row.where}: {role} has {row.cells[role]} of {row}")
        self.assertEqual(wrong, [])

    def test_the_policy_is_read_as_the_services_read_it(self):
        policy = {"allow_rules": [{"source": {"principals": ["spiffe://bitrade.local/a"]}, "request": {"paths": ["/p.S/*", "*/Check"]}}],
                  "deny_rules": [{"source": {"principals": ["*"]}, "request": {"paths": ["/p.S/Secret"]}}]}
        self.assertEqual([allowed(policy, *asked) for asked in (("a", "p.S/One"), ("a", "q.T/Check"), ("a", "q.T/One"), ("b", "p.S/One"),
                                                                ("a", "p.S/Secret"))], [True, True, False, False, False])


if __name__ == "__main__":
    unittest.main()
