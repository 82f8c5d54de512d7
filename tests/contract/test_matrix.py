"""The authorisation matrix is complete: every RPC has a row, and every row an answer for everybody."""

import unittest

from tests.matrix import table

from . import proto_lint


class Complete(unittest.TestCase):

    def test_every_rpc_has_a_row_and_every_row_is_an_rpcs(self):
        self.assertEqual(table.faults(table.rpcs(proto_lint.descriptor_set())), [])

    def test_an_rpc_without_a_row_is_named(self):
        declared = table.rpcs(proto_lint.descriptor_set())
        self.assertIn("matrix.tsv: bitrade.registry.v1.NewService/New has no row", table.faults(declared | {"bitrade.registry.v1.NewService/New"}))


if __name__ == "__main__":
    unittest.main()
