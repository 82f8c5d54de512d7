"""The journey of one counsel on a system of its own, and again after a restart that kept the data."""

import io
import time

from tests.integration.harness import Story

from . import journey

KEPT = ("registry.counsel", "appointments.appointment", "documents.document", "billing.cost_statement")


class Walk(Story):
    """Begun from nothing, at its own pace, as in `./dev run`."""

    hastens = furnished = False

    def walk(self):
        out = io.StringIO()
        self.assertTrue(journey.walk(self.stack, self.protos, out), out.getvalue())

    def rows(self):
        return {table: self.stack.postgres.execute(f"SELECT count(*) FROM {table}") for table in KEPT}

    def test_it_is_walked_and_walked_again_after_a_restart(self):
        self.walk()
        before = self.rows()
        self.stack.stop()
        began = time.monotonic()
        self.stack.start(fsync="off")
        self.assertLess(time.monotonic() - began, 15, "a second start takes seconds")
        self.assertEqual(self.rows(), before)
        self.walk()
