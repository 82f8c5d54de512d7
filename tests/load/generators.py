"""Runs the load generators against a running Stack, and reads what each process spent meanwhile."""

import json
import subprocess

from . import cost


class Generators:
    """The generators of a build; each run lasts `seconds`, with that many connections or calls in flight."""

    def __init__(self, stack, build, seconds, connections):
        self.stack, self.build, self.seconds, self.connections = stack, build, seconds, connections

    def run(self, program, **arguments):
        """Runs a generator; returns its report with the CPU that each process used per good answer, in microseconds."""
        command = [self.build / "bin" / program, f"--seconds={self.seconds}", f"--connections={self.connections}"]
        command += [f"--{name.replace('_', '-')}={value}" for name, value in arguments.items()]
        before = cost.spent(self.stack)
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
        spent = cost.spent_since(before, self.stack)
        report = json.loads(done.stdout)
        if report["bad"]:
            print(f"  {program}: {report['bad']} answers were not good {done.stderr.strip()}")
        report["cpu"] = {name: 1e6 * seconds / max(report["good"], 1) for name, seconds in spent.items()}
        return report

    def call(self, rpc, request, **arguments):
        """The arguments of load_grpc for an RPC, "package.Service/Method", called as the gateway calls, with a request in a file."""
        tls = self.stack.keys / "tls"
        return {"target": self.stack.address(rpc.split(".")[1]), "method": f"/{rpc}", "request": request, "tls": tls / "gateway",
                "ca": tls / "ca.pem", **arguments}


def cpu(report, *processes):
    """Microseconds that these processes spent on one answer."""
    return sum(report["cpu"][name] for name in processes)


def show(name, report):
    spent = "  ".join(f"{process} {micros:.0f}" for process, micros in report["cpu"].items() if micros >= 1)
    print(f"{name:<34}{report['rate']:>9.0f}/s  p50 {report['p50_us'] / 1000:6.2f} ms  p99 {report['p99_us'] / 1000:6.2f} ms   µs: {spent}",
          flush=True)
