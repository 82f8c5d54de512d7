"""Each check finds what it is there to find: a small repository with one fault each."""

import contextlib
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from tests.contract import (anatomy, builds, calls, cycles, golden, idioms, include_rule, linkage, messages, migrations, proto_lint, reasons, repository, size_budget,
                            sources)


@contextlib.contextmanager
def example(files):
    """A repository that holds just `files`: {path: content}."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "-q", folder], check=True)
        for path, content in files.items():
            place = pathlib.Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
        with sources.at(folder):
            yield pathlib.Path(folder)


class Checks(unittest.TestCase):

    def assert_found(self, offences, *words):
        self.assertTrue(any(all(word in offence for word in words) for offence in offences), f"{words} not in {offences}")

    def assert_finds(self, check, files, *words):
        with example(files):
            self.assert_found(check(), *words)

    def assert_silent(self, check, files):
        with example(files):
            self.assertEqual(check(), [])


class IncludeRule(Checks):

    def include(self, path, target):
        return {path: f"#include {target}\n"}

    def test_domain_includes_no_database(self):
        self.assert_finds(include_rule.check, self.include("services/billing/domain/rates.cc", "<pqxx/pqxx>"), "domain/rates.cc", "pqxx")

    def test_domain_includes_no_clock_no_proto_no_log(self):
        for target in ("services/common/base/clock.h", "bitrade/billing/v1/calculation.pb.h", "services/common/log/log.h"):
            self.assert_finds(include_rule.check, self.include("services/billing/domain/rates.cc", f'"{target}"'), target)

    def test_domain_includes_no_store_and_no_noun(self):
        for target in ("services/billing/rates/store.h", "services/common/access/access.h", "services/common/signing/client.h"):
            self.assert_finds(include_rule.check, self.include("services/billing/domain/rates.cc", f'"{target}"'), "domain is pure", target)

    def test_a_store_includes_neither_what_stands_above_it_nor_protos(self):
        for target in ('"services/billing/rates/service.h"', '"services/billing/rates/convert.h"', '"services/billing/clients/registry.h"',
                       '"services/common/rpc/rpc.h"', '"bitrade/billing/v1/calculation.pb.h"', "<grpcpp/grpcpp.h>"):
            self.assert_finds(include_rule.check, self.include("services/billing/rates/store.cc", target), "rates/store.cc", "a store knows")

    def test_a_store_includes_its_domain_its_rows_and_the_numbers_of_a_page(self):
        for target in ("services/billing/domain/rates.h", "services/common/postgres/values.h", "services/common/rpc/paging.h"):
            self.assert_silent(include_rule.check, self.include("services/billing/rates/store.cc", f'"{target}"'))

    def test_processes_include_nothing_of_each_other(self):
        for path, target in (("services/billing/main.cc", "services/registry/domain/counsel.h"), ("gateway/gateway.cc", "services/registry/domain/counsel.h"),
                             ("services/billing/rates/service.cc", "gateway/gateway.h"), ("services/common/rpc/call.cc", "services/registry/domain/counsel.h")):
            self.assert_finds(include_rule.check, self.include(path, f'"{target}"'), path, target)
        self.assert_silent(include_rule.check, self.include("gateway/gateway.cc", '"services/common/log/log.h"'))

    def test_domain_includes_base_and_error(self):
        self.assert_silent(include_rule.check, self.include("services/billing/domain/rates.cc", '"services/common/error/error.h"'))

    def test_a_service_includes_nothing_of_another(self):
        self.assert_finds(include_rule.check, self.include("services/billing/rates/service.cc", '"services/registry/domain/counsel.h"'),
                          "another service's")

    def test_a_foreign_stub_is_for_clients(self):
        stub = '"bitrade/registry/v1/counsel_service.grpc.pb.h"'
        self.assert_finds(include_rule.check, self.include("services/billing/rates/service.cc", stub), "clients may include")
        self.assert_silent(include_rule.check, self.include("services/billing/clients/registry.cc", stub))

    def test_a_stub_of_a_service_that_stands_after_is_refused(self):
        self.assert_finds(include_rule.check, self.include("services/registry/clients/billing.cc", '"bitrade/billing/v1/x_service.grpc.pb.h"'),
                          "calls go one way")

    def test_common_keeps_its_layers(self):
        self.assert_finds(include_rule.check, self.include("services/common/base/id.h", '"services/common/postgres/values.h"'), "common/base")

    def test_a_library_has_its_folder(self):
        self.assert_finds(include_rule.check, self.include("services/billing/rates/service.cc", "<hiredis/hiredis.h>"), "redis")

    def test_production_code_includes_no_testing(self):
        self.assert_finds(include_rule.check, self.include("services/billing/rates/service.cc", '"services/common/testing/fakes.h"'), "production")


PROTO = """syntax = "proto3";
package bitrade.billing.v1;
import "bitrade/options/v1/options.proto";
import "google/api/annotations.proto";
// Rates.
service RateService {
  // Lists.
  rpc ListRates(ListRatesRequest) returns (Rates) {
    option (google.api.http) = { get: "/bitrade/v1/rates" };
    option (bitrade.options.v1.access) = { roles: [PUBLIC] };
    option (bitrade.options.v1.audit) = NONE;
  }
}
// Which.
message ListRatesRequest {}
// Some.
message Rates {}
"""
RATES = "proto/bitrade/billing/v1/rate_service.proto"


def contracts(proto=PROTO, path=RATES):
    """A proto beside the ones that all need."""
    kept = [file for file in sources.tracked("proto/google/*.proto", "proto/bitrade/options/*.proto")]
    return {path: proto, **{file: sources.text(file) for file in kept}}


class ProtoLint(Checks):

    def test_a_proto_that_keeps_the_rules_passes(self):
        self.assert_silent(proto_lint.check, contracts())

    def test_an_rpc_without_a_route_or_access_or_audit_is_named(self):
        for option, words in (("(google.api.http)", "exactly one"), ("(bitrade.options.v1.access)", "access rule"),
                              ("(bitrade.options.v1.audit)", "audit rule")):
            without = "\n".join(line for line in PROTO.splitlines() if option not in line)
            self.assert_finds(proto_lint.check, contracts(without), "RateService/ListRates", words)

    def test_an_rpc_or_message_without_a_comment_is_named(self):
        self.assert_finds(proto_lint.check, contracts(PROTO.replace("  // Lists.\n", "")), "ListRates", "comment")
        self.assert_finds(proto_lint.check, contracts(PROTO.replace("// Some.\n", "")), "Rates", "comment")
        self.assert_finds(proto_lint.check, contracts(PROTO.replace("// Which.", "// Request message for ListRates.")), "adds to its name")

    def test_delegates_are_let_in_by_a_scope_that_can_be_handed_over(self):
        lets_in = PROTO.replace("roles: [PUBLIC]", "roles: [COUNSEL, DELEGATE]")
        self.assertNotEqual(lets_in, PROTO)
        scoped = lets_in.replace("option (bitrade.options.v1.audit)", 'option (bitrade.options.v1.scope) = "rates:read";\n    '
                                 "option (bitrade.options.v1.audit)")
        known = {proto_lint.DELEGABLE: 'const char* kScopes[] = {"rates:read"};\n'}
        self.assert_finds(proto_lint.check, contracts(lets_in), "ListRates", "both or neither")
        self.assert_finds(proto_lint.check, contracts(scoped) | {proto_lint.DELEGABLE: ""}, "ListRates", "handed over")
        self.assert_silent(proto_lint.check, contracts(scoped) | known)

    def test_a_request_belongs_to_one_rpc(self):
        twice = PROTO.replace("service RateService {", "service RateService {\n  // Again.\n  rpc Again(ListRatesRequest) returns (Rates);")
        self.assert_finds(proto_lint.check, contracts(twice), "belongs to")

    def test_a_package_in_another_folder_is_named(self):
        self.assert_finds(proto_lint.check, contracts(path="proto/bitrade/registry/v1/rate_service.proto"), "belongs into")


def calling(table=(), policy=(), files=None):
    """A repository whose table and policy say who calls whom; the policy's paths are full."""
    rows = {}
    for caller, called in table:
        rows.setdefault(caller, []).append(called)
    rules = [{"name": path, "source": {"principals": [f"spiffe://bitrade.local/{caller}"]}, "request": {"paths": [path]}} for caller, path in policy]
    return {calls.TABLE: json.dumps({"processes": [{"name": name, "calls": others} for name, others in rows.items()]}),
            calls.POLICY: json.dumps({"allow_rules": rules}), calls.GATEWAY: '#include "bitrade/billing/v1/rate_service.pb.h"\n',
            **contracts(), **(files or {})}


class Calls(Checks):
    pair, path = ("retention", "billing"), ("retention", "/bitrade.billing.v1.RateService/*")

    def test_table_policy_and_clients_that_agree_pass(self):
        self.assert_silent(calls.check, calling([self.pair], [self.path], {"services/retention/clients/billing.h": ""}))

    def test_a_client_against_the_direction_is_named(self):
        self.assert_finds(calls.check, calling([self.pair], [self.path], {"services/billing/clients/retention.h": ""}),
                          "services/billing/clients/retention.h", "one way")

    def test_a_table_or_a_policy_against_the_direction_is_named(self):
        self.assert_finds(calls.check, calling([self.pair, ("identity", "billing")], [self.path]), calls.TABLE, "one way")
        self.assert_finds(calls.check, calling([self.pair], [self.path, ("registry", "/bitrade.billing.v1.RateService/ListRates")]),
                          calls.POLICY, "one way")

    def test_a_neighbour_of_a_main_that_the_table_does_not_give_is_named(self):
        def named(main):
            return calling([self.pair], [self.path], {"services/retention/main.cc": f".neighbours = {main},"})
        self.assert_silent(calls.check, named('{"billing"}'))
        self.assert_finds(calls.check, named('{"billing", "identity"}'), "services/retention/main.cc", "identity", "does not give")
        self.assert_finds(calls.check, named('{"retention"}'), "services/retention/main.cc", "one way")

    def test_what_one_of_them_does_not_say_is_named(self):
        self.assert_finds(calls.check, calling([self.pair], []), "does not allow")
        self.assert_finds(calls.check, calling([], [self.path]), "does not say")
        self.assert_finds(calls.check, calling([self.pair], [self.path], {"services/retention/clients/identity.h": ""}), "identity", "does not say")

    def test_a_route_that_the_gateway_does_not_serve_is_named(self):
        self.assert_finds(calls.check, calling([self.pair], [self.path], {calls.GATEWAY: ""}), RATES, "does not serve ListRates")

    def test_a_path_without_an_rpc_and_an_rpc_without_a_caller_are_named(self):
        self.assert_finds(calls.check, calling([self.pair], [self.path, ("retention", "/bitrade.billing.v1.Gone/*")]), "no RPC is named")
        self.assert_finds(calls.check, calling(), "nobody may call /bitrade.billing.v1.RateService/ListRates")


class Cycles(Checks):

    def test_headers_in_a_circle_are_named_in_their_order(self):
        files = {f"services/a/{name}.h": f'#include "services/a/{other}.h"\n' for name, other in (("x", "y"), ("y", "z"), ("z", "x"))}
        self.assert_finds(cycles.check, files, "services/a/x.h → services/a/y.h → services/a/z.h → services/a/x.h")
        del files["services/a/z.h"]
        self.assert_silent(cycles.check, files)

    def test_targets_in_a_circle_are_named_wherever_they_stand(self):
        files = {"services/a/CMakeLists.txt": "bitrade_library(NAME a SRCS x.cc DEPS b absl::time)",
                 "services/b/CMakeLists.txt": "bitrade_library(NAME b SRCS x.cc)\ntarget_link_libraries(b PRIVATE a)"}
        self.assert_finds(cycles.check, files, "a → b → a", "links itself")
        files["services/b/CMakeLists.txt"] = "bitrade_library(NAME b SRCS x.cc DEPS c)"
        self.assert_silent(cycles.check, files)


class SizeBudget(Checks):

    def function(self, lines=1, parameters=1):
        arguments = ", ".join(f"int p{number}" for number in range(parameters))
        return f"int Counted({arguments}) {{\n" + "  Step();\n" * lines + "}\n"

    def check(self):
        return size_budget.measure()[0]

    def test_small_files_and_functions_pass(self):
        self.assert_silent(self.check, {"services/a.cc": self.function(lines=8, parameters=5)})

    def test_a_long_file_is_named(self):
        self.assert_finds(self.check, {"services/a.cc": self.function() + "// x\n" * 400}, "services/a.cc", "403 lines")

    def test_a_long_function_is_named(self):
        self.assert_finds(self.check, {"services/a.cc": self.function(lines=41)}, "Counted has 41 lines")

    def test_many_parameters_are_named(self):
        self.assert_finds(self.check, {"services/a.h": self.function(parameters=6)}, "Counted has 6 parameters")

    def test_medians_are_held(self):
        self.assert_finds(self.check, {"services/a.cc": self.function(lines=12)}, "lines per function, median")

    def test_braces_in_texts_and_comments_are_no_braces(self):
        self.assert_silent(self.check, {"services/a.cc": 'int F() {\n  // {\n  return Call("{{{", R"sql({{)sql", \'{\');\n}\n' + self.function()})


ROOMS = {"services/billing/README.md": "x\n", "services/billing/CMakeLists.txt": "x\n", "services/billing/main.cc": "x\n"}


class Anatomy(Checks):

    def test_a_service_with_its_rooms_passes(self):
        self.assert_silent(anatomy.check, {**ROOMS, "services/billing/rates/store.h": "", "services/billing/rates/store_test.cc": ""})

    def test_a_missing_room_is_named(self):
        self.assert_finds(anatomy.check, {path: text for path, text in ROOMS.items() if "main" not in path}, "has no main.cc")

    def test_a_store_outside_a_nouns_folder_is_named(self):
        for place in ("", "domain/", "clients/"):
            self.assert_finds(anatomy.check, {**ROOMS, f"services/billing/{place}store.cc": ""}, "store.cc", "folder of its noun")

    def test_a_store_without_a_test_is_named(self):
        self.assert_finds(anatomy.check, {**ROOMS, "services/billing/rates/store.h": ""}, "no test beside it")

    def test_every_file_has_a_budget(self):
        for path, lines in (("README.md", 41), ("CMakeLists.txt", 41), ("main.cc", 61), ("config.h", 31), ("domain/rate.h", 81),
                            ("rates/convert.cc", 151), ("rates/service.cc", 251), ("migrations/0001_create_rates.sql", 61)):
            self.assert_finds(anatomy.check, {**ROOMS, f"services/billing/{path}": "x\n" * lines}, path, f"{lines} lines")

    def test_a_table_that_the_readme_does_not_name_is_named(self):
        made = {"services/billing/migrations/0001_create_rates.sql": "-- Why.\nCREATE TABLE rate (id uuid);\nCREATE TABLE gone (id uuid);\n",
                "services/billing/migrations/0002_drop_gone.sql": "-- Why.\nDROP TABLE gone;\n"}
        self.assert_finds(anatomy.check, {**ROOMS, **made}, "services/billing/README.md", "the table rate")
        self.assert_silent(anatomy.check, {**ROOMS, **made, "services/billing/README.md": "* **Owns** `rate`.\n"})

    def test_comments_of_a_header_are_free(self):
        self.assert_silent(anatomy.check, {**ROOMS, "services/billing/domain/rate.h": "// why\n\n" * 200})

    def test_a_store_with_many_methods_is_named(self):
        methods = "".join(f"  absl::Status Do{number}(Transaction& tx) const;\n" for number in range(11))
        files = {**ROOMS, "services/billing/rates/store.h": f"class Store {{\n public:\n{methods}}};\n", "services/billing/rates/store_test.cc": ""}
        self.assert_finds(anatomy.check, files, "11 methods")


class Idioms(Checks):

    def test_each_idiom_is_found(self):
        for line, words in (("void F(std::string_view text);", "string_view"), ("auto now = absl::Now();", "absl::Now"),
                            ("} catch (const std::exception& error) {", "catches"), ("class LoginManager {", "says nothing"), ("using namespace bitrade;", "using-directive"),
                            ("// TODO: later", "TODO"), ("int x;  // NOLINT", "NOLINT")):
            self.assert_finds(idioms.check, {"services/billing/rates/service.cc": line + "\n"}, "service.cc:1", words)

    def test_a_mock_and_floating_point_in_domain_are_found(self):
        self.assert_finds(idioms.check, {"services/a/b/store_test.cc": "#include <gmock/gmock.h>\n"}, "store_test.cc:1", "a mock")
        self.assert_finds(idioms.check, {"services/billing/domain/rates.cc": "double total = 0;\n"}, "rates.cc:1", "floating point")
        self.assert_silent(idioms.check, {"services/billing/domain/rates.cc": "// A double claim.\n", "services/common/rpc/metrics.h": "double seconds;\n"})

    def test_the_places_that_may_do_so_pass(self):
        self.assert_silent(idioms.check, {"services/common/base/clock.cc": "return absl::Now();\n", "services/common/rpc/guard.h": "} catch (...) {\n",
                                          "services/a.cc": "int x;  // NOLINT(bugprone-x): because\n"})

    def test_a_sleeping_test_is_found(self):
        self.assert_finds(idioms.check, {"services/a_test.cc": "std::this_thread::sleep_for(1s);\n"}, "sleeps")

    def test_sql_that_asks_for_the_present_is_found(self):
        self.assert_finds(idioms.check, {"services/a.cc": 'constexpr char kSql[] = R"sql(\n  SELECT now())sql";\n'}, "a.cc:1", "SQL")


REASON = """constexpr Reason kGone{{"{name}", absl::StatusCode::kNotFound, {{"Gone", "It is gone."}}, {{"Borta", "{swedish}"}}}};\n"""


class Reasons(Checks):

    def test_a_reason_declared_twice_is_named(self):
        one = REASON.format(name="GONE", swedish="Den är borta.")
        self.assert_finds(reasons.check, {"services/a.h": one, "services/b.h": one}, "GONE", "more than once")

    def test_a_reason_without_swedish_is_named(self):
        self.assert_finds(reasons.check, {"services/a.h": REASON.format(name="GONE", swedish="")}, "GONE", "lacks a text")

    def test_a_reason_that_only_a_comment_knows_is_named(self):
        files = {"proto/bitrade/a/v1/a.proto": "// Does.\n//\n// Reasons: ONLY_HERE,\n// AND_HERE.\n"}
        self.assert_finds(reasons.check, files, "ONLY_HERE")
        self.assert_finds(reasons.check, files, "AND_HERE")


class Migrations(Checks):
    first = {"services/a/migrations/0001_create_rates.sql": "-- Why.\nCREATE TABLE rate (id uuid);\n"}

    def second(self, name, content="-- Why.\n"):
        return {f"services/a/migrations/{name}.sql": content}

    def test_numbered_named_and_explained_passes(self):
        self.assert_silent(migrations.check, {**self.first, **self.second("0002_add_source")})

    def test_a_gap_is_named(self):
        self.assert_finds(migrations.check, {**self.first, **self.second("0003_add_source")}, "[1, 3]")

    def test_a_name_without_a_verb_is_named(self):
        for name in ("0002_source", "2_add_source", "0002_Source_add"):
            self.assert_finds(migrations.check, {**self.first, **self.second(name)}, name, "is named")

    def test_a_file_without_why_or_with_a_clock_is_named(self):
        self.assert_finds(migrations.check, {**self.first, **self.second("0002_add_source", "SELECT 1;\n")}, "says why")
        self.assert_finds(migrations.check, {**self.first, **self.second("0002_add_source", "-- Why.\nSELECT now();\n")}, "now()")

    def test_a_released_file_that_changed_is_named(self):
        with example(self.first) as folder:
            for command in (["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"], ["tag", "v1.0.0"]):
                subprocess.run(["git", *command], cwd=folder, check=True)
            self.assertEqual(migrations.check(), [])
            (folder / "services/a/migrations/0001_create_rates.sql").write_text("-- Why.\nSELECT 1;\n", encoding="utf-8")
            self.assert_found(migrations.check(), "0001_create_rates.sql", "v1.0.0")


class Builds(Checks):

    def test_what_a_build_lists_passes(self):
        self.assert_silent(builds.check, {"services/a/x/y.cc": "", "services/a/migrations/0001_add_x.sql": "", "tests/fault/test_outage.py": "",
                                          "services/a/CMakeLists.txt": "F(SRCS x/y.cc FILES migrations/0001_add_x.sql)",
                                          "tests/CMakeLists.txt": "foreach(story outage)"})

    def test_what_no_build_lists_is_named(self):
        for path in ("services/a/y_test.cc", "services/a/migrations/0001_add_x.sql", "tests/fault/test_outage.py"):
            self.assert_finds(builds.check, {path: "", "services/a/CMakeLists.txt": "F(SRCS x.cc)", "tests/CMakeLists.txt": ""}, path)

    def test_a_proto_that_no_build_lists_is_named(self):
        listing = "bitrade_proto_library(GRPC NAME p SRCS bitrade/a/v1/a.proto)"
        self.assert_silent(builds.check, {"proto/bitrade/a/v1/a.proto": "", "proto/CMakeLists.txt": listing})
        self.assert_finds(builds.check, {"proto/bitrade/a/v1/b.proto": "", "proto/CMakeLists.txt": listing}, "proto/bitrade/a/v1/b.proto")

    def test_what_is_linked_and_nobody_makes_is_named(self):
        build = "bitrade_library(NAME a SRCS x.cc DEPS {} absl::time ${{LIBRARY}})\nbitrade_migrations(NAME a_schema SET a FILES y.sql)"
        self.assert_silent(builds.check, {"services/a/CMakeLists.txt": build.format("a_schema")})
        self.assert_finds(builds.check, {"services/a/CMakeLists.txt": build.format("proto_b")}, "services/a/CMakeLists.txt", "a depends on proto_b")


class Linkage(Checks):
    simulator = {"tests/eid-sim/CMakeLists.txt": "bitrade_library(NAME eid_sim_server SRCS x.cc)\n"}

    def test_a_test_may_link_the_simulator(self):
        self.assert_silent(linkage.check, {**self.simulator, "services/a/CMakeLists.txt": "bitrade_test(NAME a_test SRCS y.cc DEPS a eid_sim_server)"})

    def test_a_library_or_a_binary_that_links_the_simulator_is_named(self):
        for command in ("bitrade_library(NAME a SRCS y.cc\n  DEPS b eid_sim_server)", "bitrade_service(NAME a SRCS y.cc DEPS eid_sim_server)",
                        "target_link_libraries(a PRIVATE eid_sim_server)"):
            self.assert_finds(linkage.check, {**self.simulator, "services/a/CMakeLists.txt": command}, "services/a/CMakeLists.txt", "eid_sim_server")

    def test_a_library_for_testing_is_for_tests(self):
        build = "bitrade_library(NAME common_testing SRCS x.cc DEPS b_testing)\nbitrade_library(NAME a SRCS y.cc DEPS common_testing)"
        with example({"services/common/CMakeLists.txt": build}):
            self.assertEqual(len(linkage.check()), 1)

    def test_production_code_that_includes_the_simulator_is_named(self):
        self.assert_finds(linkage.check, {"services/a/b/service.cc": '#include "tests/eid-sim/simulator.h"\n'}, "service.cc", "eid-sim")


class Repository(Checks):

    def house(self, **files):
        """A repository that has all it must have."""
        house = {name: "x\n" for name in repository.HOUSE}
        house[".ci/run"] = "#!/bin/bash\n" + "\n".join(repository.CI) + "\n"
        return house | files

    def test_a_house_with_all_its_files_passes(self):
        self.assert_silent(repository.check, self.house())

    def test_a_missing_house_file_is_named(self):
        files = self.house()
        del files[".clang-tidy"]
        self.assert_finds(repository.check, files, ".clang-tidy", "missing")

    def test_ci_that_does_more_is_named(self):
        self.assert_finds(repository.check, self.house(**{".ci/run": "./dev lint\n./dev test\ncurl x\n"}), ".ci/run")

    def test_a_folder_that_the_tree_does_not_have_is_named(self):
        self.assert_finds(repository.check, self.house(**{"libs/a.txt": ""}), "libs/a.txt")

    def test_a_personal_number_that_is_not_published_is_named(self):
        valid = next(f"19700101{serial:04d}" for serial in range(10000) if repository.luhn_holds(f"700101{serial:04d}"))
        dashed = f"{valid[2:8]}-{valid[8:]}"
        for written in (valid, f"{valid[:8]}-{valid[8:]}", dashed):
            self.assert_finds(repository.check, self.house(**{"docs/x.md": f"number {written}\n"}), "docs/x.md", "personal number")
        self.assert_silent(repository.check, self.house(**{"docs/x.md": "number 191212121212\n"}))

    def test_a_secret_is_named_with_its_line(self):
        key = "-----BEGIN EC PRIVATE" + " KEY-----\nMHcCAQ\n"
        for path, content in (("deploy/tls.pem", key), ("tests/stack/tls.pem", key), ("services/policy.json", '{"apiKey": "Zm9vYmFyYmF6"}\n'),
                              ("deploy/identity.env", "BITRADE_REDIS_PASSWORD=correct-horse\n"),
                              ("docs/x.md", "postgres://app:" + "correct-horse@db/bitrade\n")):
            self.assert_finds(repository.check, self.house(**{path: content}), f"{path}:1", "holds")

    def test_a_setting_that_names_a_file_holds_no_secret(self):
        self.assert_silent(repository.check, self.house(**{
            "deploy/identity.env": "BITRADE_REDIS_PASSWORD_FILE=/run/secrets/redis\nDB=postgres://app:$PASSWORD@db/x\n# password: in the vault\n",
            "docs/api/openapi.json": '{"csrfToken": "Zm9vYmFyYmF6"}\n'}))

    def test_a_path_of_a_machine_is_named(self):
        self.assert_finds(repository.check, self.house(**{"docs/x.md": "see /home/" + "somebody/x\n"}), "docs/x.md", "machine")
        self.assert_silent(repository.check, self.house(**{"docs/x.md": 'the pointer "/work/0/minutes"\n'}))

    def test_a_link_that_leads_nowhere_is_named(self):
        for link in ("[x](gone.md)", "[x](../README.md#gone)", "`services/gone.cc`"):
            self.assert_finds(repository.check, self.house(**{"docs/x.md": f"{link}\n"}), "docs/x.md", "gone")
        self.assert_silent(repository.check, self.house(**{"docs/x.md": "# A head, two\n[x](../README.md) [y](#a-head-two)\n"}))

    def test_a_law_that_the_legal_sources_lack_is_named(self):
        def house(law):
            return self.house(**{"services/a.h": f"// Source: lag {law} 1 §.\n", "docs/legal-sources.md": "lag (1930:173) 1 §\n"})
        self.assert_silent(repository.check, house("(1930:173)"))
        self.assert_finds(repository.check, house("(1930:174)"), "services/a.h", "1930:174")

    def test_a_source_of_law_without_a_heading_is_named(self):
        files = self.house(**{"services/a.h": "// See docs/legal-sources.md#gone\n", "docs/legal-sources.md": "## Here\n"})
        self.assert_finds(repository.check, files, "services/a.h", "#gone")


class Golden(Checks):

    def test_what_is_changed_added_or_gone_is_shown(self):
        with example({"docs/api/a.txt": "old\n", "docs/api/gone.txt": "x\n"}) as folder, tempfile.TemporaryDirectory() as made:
            (pathlib.Path(made) / "a.txt").write_text("new\n", encoding="utf-8")
            (pathlib.Path(made) / "b.txt").write_text("added\n", encoding="utf-8")
            differences = golden.compare(pathlib.Path(made))
            self.assertLessEqual({"-old", "+new", "+added", "-x"}, set(differences))
            shutil.copytree(made, folder / "docs/api", dirs_exist_ok=True)
            (folder / "docs/api/gone.txt").unlink()
            self.assertEqual(golden.compare(pathlib.Path(made)), [])

    def test_a_field_that_was_renumbered_is_another_line(self):
        with example(contracts(PROTO.replace("message Rates {}", "message Rates { int64 total_ore = 3; }"))):
            self.assertIn("bitrade.billing.v1.Rates 3 total_ore int64\n", messages.listing())


if __name__ == "__main__":
    unittest.main()
