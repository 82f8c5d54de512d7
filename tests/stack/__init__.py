"""The whole system as real processes, for `./dev run` and for the tests that span processes."""

import os

# A process that ends waits, for ten seconds at most, for those who are connected to it to let go; Python's gRPC looks every five seconds
# whether it is asked to.
os.environ.setdefault("GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS", "100")
