"""What every system begins with, keys and a migrated cluster, made once for a run of many stories: each takes a copy of its own."""

import fcntl
import os
import pathlib
import shutil
import subprocess

from . import stores, table
from .stack import Stack

# The folder in which a run keeps it. Without one each system makes its own, as in `./dev run`.
FOLDER = "BITRADE_TEST_TEMPLATE"


def furnish(stack):
    """Gives a system that has not begun a copy of keys and cluster. The first of a run makes them; others wait for it meanwhile."""
    if FOLDER not in os.environ:
        return
    base = pathlib.Path(os.environ[FOLDER])
    base.mkdir(parents=True, exist_ok=True)
    made = Stack(base / "system", stack.build, table.free_ports())
    with open(base / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "made").exists():
            make(made)
            (base / "made").touch()
    shutil.copytree(made.keys, stack.keys)
    subprocess.run(["cp", "-a", made.postgres.data, stack.postgres.data], check=True)
    stack.migrated = True


def make(stack):
    stack.make_keys()
    stack.postgres.start(fsync="off")
    try:
        stack.migrate()
    finally:
        stack.postgres.stop()


def forget(base):
    """Deletes what a run kept beside its folder."""
    if (base / "system").exists():
        stores.remove_short_folder(base / "system")
