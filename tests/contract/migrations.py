"""Migrations: numbered without a gap, named by a verb, explained, and never changed once released."""

import re
import subprocess

from . import sources

NAME = re.compile(r"(.*/migrations)/(\d{4})_([a-z]+)_[a-z0-9_]+\.sql$")
VERBS = {"add", "allow", "backfill", "constrain", "create", "drop", "forbid", "index", "insert", "keep", "move", "rename", "split", "update"}
PRESENT = re.compile(r"\bnow\(\)|current_timestamp|current_date|clock_timestamp", re.I)


def check():
    offences, folders = [], {}
    for path in sources.tracked("*.sql"):
        if "/migrations/" not in path:
            continue
        match = NAME.match(path)
        if not match or match.group(3) not in VERBS:
            offences.append(f"{path}: is named NNNN_verb_what.sql, with one of {', '.join(sorted(VERBS))}")
            continue
        folders.setdefault(match.group(1), []).append(int(match.group(2)))
        offences += content_offences(path, sources.text(path))
    for folder, numbers in folders.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            offences.append(f"{folder}: numbers {sorted(numbers)} have a gap or a double")
    return offences + changed_since_release()


def content_offences(path, content):
    offences = []
    if not content.startswith("--"):
        offences.append(f"{path}: begins with a comment that says why")
    if PRESENT.search(re.sub(r"--[^\n]*", "", content)):
        offences.append(f"{path}: SQL never calls now(); the instant is a parameter")
    if re.search(r"^\s*(begin|commit|rollback)\s*;", content, flags=re.I | re.M):
        offences.append(f"{path}: is one transaction already")
    return offences


def changed_since_release():
    """An applied file never changes: none that the last release (tag v*) had may differ from what it was."""
    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=sources.ROOT, check=False, capture_output=True, text=True)

    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*")
    if tag.returncode != 0:
        return []
    changed = git("diff", "--name-only", "--diff-filter=MDR", tag.stdout.strip(), "--", "*/migrations/*.sql").stdout.split()
    return [f"{path}: was released with {tag.stdout.strip()} and never changes; write the next number" for path in changed]
