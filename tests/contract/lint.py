"""All contract checks that need no build: `./dev lint`, and a test."""

import sys

from . import anatomy, builds, calls, cycles, idioms, include_rule, linkage, migrations, proto_lint, reasons, repository, size_budget

CHECKS = [("the dependency rule", include_rule.check), ("calls go one way", calls.check), ("cycles", cycles.check), ("anatomy of a service", anatomy.check),
          ("size budget", size_budget.check), ("idioms", idioms.check), ("protos", proto_lint.check), ("reasons", reasons.check),
          ("migrations", migrations.check), ("builds", builds.check), ("linkage", linkage.check), ("repository", repository.check)]


def main():
    failed = 0
    for name, check in CHECKS:
        offences = check()
        failed += bool(offences)
        print(f"{name}: {'holds' if not offences else f'{len(offences)} offence' + 's' * (len(offences) > 1)}")
        for offence in offences:
            print(f"  {offence}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
