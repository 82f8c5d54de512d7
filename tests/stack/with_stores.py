"""Runs a command with a private PostgreSQL and Redis, for `./dev test`: BITRADE_TEST_DATABASE, BITRADE_TEST_REDIS, BITRADE_BUILD."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from . import pki, stores, table, template


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", required=True)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    build = table.ROOT / ".local" / "build" / arguments.preset
    local = table.ROOT / ".local" / "test"
    local.mkdir(parents=True, exist_ok=True)
    command = arguments.command
    if arguments.preset != "release":
        command = command + ["-L", "unit|postgres|redis"]
    with tempfile.TemporaryDirectory(dir=local) as folder:
        base = pathlib.Path(folder)
        pki.make_secret(base / "secrets" / "redis")
        postgres, redis = stores.Postgres(base), stores.Redis(base, open_to_all=True)
        try:
            postgres.start(fsync="off")
            redis.start()
            environment = os.environ | {
                "BITRADE_TEST_DATABASE": postgres.conninfo(database="postgres"), "BITRADE_TEST_REDIS": str(redis.socket),
                "BITRADE_BUILD": str(build), "PYTHONDONTWRITEBYTECODE": "1", template.FOLDER: str(base / "template")}
            return subprocess.run(command, env=environment, cwd=table.ROOT, check=False).returncode
        finally:
            redis.stop()
            postgres.stop()
            stores.remove_short_folder(base)
            template.forget(base / "template")


if __name__ == "__main__":
    sys.exit(main())
