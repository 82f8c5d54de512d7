"""What processes cost: CPU time and memory, from /proc."""

import os

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """CPU time of a process so far, its ended threads included."""
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def family_cpu_seconds(pid):
    """CPU time of a process and of its children that live: PostgreSQL's backends."""
    total = cpu_seconds(pid)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as stat:
                    if int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                        total += cpu_seconds(int(entry))
            except OSError:
                pass
    return total


def spent(stack):
    """CPU time so far of every process of a Stack, of Redis and of PostgreSQL."""
    seconds = {name: cpu_seconds(stack.pid(name)) for name in stack.children}
    return seconds | {"redis": cpu_seconds(stack.redis.process.pid), "postgres": family_cpu_seconds(stack.postgres.process.pid)}


def spent_since(before, stack):
    """What was spent since `before`, an answer of `spent`."""
    return {name: seconds - before[name] for name, seconds in spent(stack).items()}


def pss_mib(pid):
    """Proportional set size."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
