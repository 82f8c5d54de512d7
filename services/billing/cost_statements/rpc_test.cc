// Drafting, filing and acknowledging, over the wire.
#include <algorithm>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "services/billing/testing/house.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"

namespace bitrade::billing {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using testing::ExampleClaim;
using testing::House;

constexpr char kOtherCounsel[] = "00000000-0000-7000-9000-000000000002";

v1::UpdateCostStatementRequest UpdateOf(const v1::CostStatement& statement,
                                        const std::vector<std::string>& mask) {
  v1::UpdateCostStatementRequest request;
  request.set_id(statement.id());
  request.set_etag(statement.etag());
  for (const std::string& path : mask) request.mutable_update_mask()->add_paths(path);
  return request;
}

v1::CostStatement Drafted(House& house) {
  const auto draft = house.Draft(ExampleClaim(), "draft");
  REQUIRE_OK(draft);
  return *draft;
}

v1::CostStatement Filed(House& house) {
  const auto filed = house.File(Drafted(house), "file");
  REQUIRE_OK(filed);
  return *filed;
}

std::string KindsOfEvents(House& house) {
  const pqxx::result rows =
      house.database().Run("SELECT string_agg(kind, ' ' ORDER BY version) FROM event");
  return rows[0][0].c_str();
}

TEST_CASE("A draft is computed by the rates of today and the facts of the register",
          "[billing][rpc]") {
  House house;

  const v1::CostStatement draft = Drafted(house);

  CHECK(draft.state() == v1::CostStatement::DRAFT);
  CHECK(draft.input().f_tax());
  CHECK(draft.input().vat());
  CHECK(draft.input().disbursements(0).taxable());
  CHECK(draft.input().filing_date() == "2026-03-02");
  CHECK(draft.result().total_ore() == 2'111'300);
  CHECK(draft.transitions_size() == 4);
  CHECK(house.Get(draft.id())->SerializeAsString() == draft.SerializeAsString());
  CHECK(ReasonOf(house.Get("no id")) == "INVALID_REQUEST");
}

TEST_CASE("A key gives its first answer again, and belongs to one request", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = Drafted(house);

  CHECK(house.Draft(ExampleClaim(), "draft")->SerializeAsString() == draft.SerializeAsString());
  v1::CalculationInput other = ExampleClaim();
  other.set_substitution("Bo Exempelsson 3 februari");
  CHECK(ReasonOf(house.Draft(other, "draft")) == "IDEMPOTENCY_KEY_REUSED");
  CHECK(ReasonOf(house.Draft(other, "")) == "INVALID_REQUEST");
  CHECK(house.List()->total() == 1);
}

TEST_CASE("A faulty draft is refused with every fault, and leaves nothing", "[billing][rpc]") {
  House house;
  v1::CalculationInput input = ExampleClaim();
  input.mutable_work(0)->set_minutes(0);
  input.mutable_disbursements(0)->set_amount_ore(-1);

  const auto refused = house.Draft(input, "draft");

  CHECK(DetailsOf(refused.status()).violations.size() == 2);
  CHECK(house.List()->total() == 0);
  CHECK(house.database().Run("SELECT 1 FROM event").empty());
}

TEST_CASE("A change sets and clears what its mask names and leaves the rest", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = Drafted(house);
  v1::UpdateCostStatementRequest request =
      UpdateOf(draft, {"input.special_circumstances", "input.time_loss", "input.f_tax"});
  request.mutable_input()->set_special_circumstances("Tolk behövdes");

  const auto changed = house.Update(request);

  REQUIRE_OK(changed);
  CHECK(changed->input().special_circumstances() == "Tolk behövdes");
  CHECK(changed->input().time_loss_size() == 0);
  CHECK(changed->input().work_size() == 1);
  CHECK(changed->input().f_tax());  // the register's word, not the caller's
  CHECK(house.database()
            .Run("SELECT circumstances ->> 'changed' FROM audit WHERE rpc LIKE "
                 "'%/UpdateCostStatement'")[0][0]
            .as<std::string>() == "input.special_circumstances,input.time_loss,input.f_tax");
  CHECK(changed->etag() == "2");
  CHECK(ReasonOf(house.Update(request)) == "ETAG_MISMATCH");
  CHECK(ReasonOf(house.Update(UpdateOf(*changed, {"etag"}))) == "INVALID_REQUEST");
  CHECK(ReasonOf(house.Update(UpdateOf(*changed, {"input.none"}))) == "INVALID_REQUEST");
}

TEST_CASE("A deleted draft is gone, and only in the version that was read", "[billing][rpc]") {
  House house;
  v1::CostStatement draft = Drafted(house);
  draft.set_etag("7");
  CHECK(ReasonOf(house.Delete(draft)) == "ETAG_MISMATCH");
  draft.set_etag("1");

  REQUIRE_OK(house.Delete(draft));

  CHECK(ReasonOf(house.Get(draft.id())) == "NOT_FOUND");
  CHECK(KindsOfEvents(house) == "DRAFTED DELETED");
}

TEST_CASE("A filing has a receipt over its manifest, and nothing changes it any more",
          "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = Drafted(house);

  const auto filed = house.File(draft, "file");

  REQUIRE_OK(filed);
  CHECK(filed->agency_state() == v1::CostStatement::RECEIVED);
  CHECK(filed->transitions_size() == 0);
  const auto receipt = house.GetReceipt(draft.id());
  REQUIRE_OK(receipt);
  CHECK(receipt->number() == "BT-2026-00000001");
  CHECK(receipt->total_ore() == 2'111'300);
  const auto waiting = house.Unregistered();
  REQUIRE(waiting->cost_statements_size() == 1);
  CHECK(crypto::Sha256Hex(waiting->cost_statements(0).manifest()) == receipt->manifest_sha256());
  CHECK(house.File(draft, "file")->SerializeAsString() == filed->SerializeAsString());
  CHECK(ReasonOf(house.File(*filed, "again")) == "COST_STATEMENT_NOT_DRAFT");
  CHECK(ReasonOf(house.Update(UpdateOf(*filed, {"input.work"}))) == "COST_STATEMENT_NOT_DRAFT");
  CHECK(ReasonOf(house.Delete(*filed)) == "COST_STATEMENT_NOT_DRAFT");
  CHECK(KindsOfEvents(house) == "DRAFTED FILED");
}

TEST_CASE("Whoever files twice at the same time files once", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = Drafted(house);
  std::vector<std::string> reasons(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < reasons.size(); ++i) {
    threads.emplace_back([&, i] { reasons[i] = ReasonOf(house.File(draft, std::to_string(i))); });
  }
  for (std::thread& thread : threads) thread.join();

  CHECK(std::count(reasons.begin(), reasons.end(), "") == 1);
  CHECK(std::count(reasons.begin(), reasons.end(), "ETAG_MISMATCH") == 3);
  CHECK(house.database().Run("SELECT 1 FROM receipt").size() == 1);
}

TEST_CASE("A confirmation files nothing where it is not allowed", "[billing][rpc]") {
  House house(Confirmation::kRefused);
  const v1::CostStatement draft = Drafted(house);

  CHECK(ReasonOf(house.File(draft, "file")) == "SIGNATURE_REQUIRED");

  CHECK(house.Get(draft.id())->state() == v1::CostStatement::DRAFT);
  CHECK(house.Unregistered()->cost_statements_size() == 0);
}

TEST_CASE("A counsel files what she has signed, once, and the receipt says so", "[billing][rpc]") {
  House house(Confirmation::kRefused);
  const v1::CostStatement draft = Drafted(house);
  const auto request = house.RequestSignature(draft, "sign");
  REQUIRE_OK(request);
  CHECK(request->state() == type::v1::SignatureRequest::PENDING);
  CHECK(request->version() == 1);
  const std::string& signature = request->signature_id();
  CHECK(house.RequestSignature(draft, "sign")->signature_id() == signature);
  CHECK(ReasonOf(house.FileSigned(draft, signature, "early")) == "SIGNATURE_NOT_COMPLETE");
  house.Sign(signature);
  CHECK(house.RequestSignature(draft, "sign")->state() == type::v1::SignatureRequest::COMPLETE);

  const auto filed = house.FileSigned(draft, signature, "file");

  REQUIRE_OK(filed);
  CHECK(filed->state() == v1::CostStatement::FILED);
  const auto receipt = house.GetReceipt(draft.id());
  CHECK(receipt->kind() == v1::Receipt::SIGNATURE);
  CHECK(receipt->signature_id() == signature);
  CHECK(crypto::Sha256Hex(house.Unregistered()->cost_statements(0).manifest()) ==
        receipt->manifest_sha256());
  CHECK(house.FileSigned(draft, signature, "file")->SerializeAsString() ==
        filed->SerializeAsString());
  CHECK(ReasonOf(house.FileSigned(*filed, signature, "again")) == "COST_STATEMENT_NOT_DRAFT");
  CHECK(house.database().Run("SELECT 1 FROM receipt").size() == 1);
}

TEST_CASE("A counsel files what she has confirmed by a log-in, and the receipt says so",
          "[billing][rpc]") {
  House house(Confirmation::kRefused);
  const v1::CostStatement draft = Drafted(house);
  const auto request = house.RequestSignature(draft, "confirm", type::v1::TELIA);
  REQUIRE_OK(request);
  const std::string& confirmation = request->signature_id();
  CHECK(ReasonOf(house.FileSigned(draft, confirmation, "early")) == "SIGNATURE_NOT_COMPLETE");
  house.Sign(confirmation);

  REQUIRE_OK(house.FileSigned(draft, confirmation, "file"));

  const auto receipt = house.GetReceipt(draft.id());
  CHECK(receipt->kind() == v1::Receipt::CONFIRMATION);
  CHECK(receipt->signature_id() == confirmation);
  const auto filed = house.Unregistered()->cost_statements(0);
  CHECK(crypto::Sha256Hex(filed.manifest()) == receipt->manifest_sha256());
  CHECK(absl::StrContains(filed.manifest(), "kind\tCONFIRMATION\nversion\t1\n"));
}

TEST_CASE("A signature files nothing but the version that was signed", "[billing][rpc]") {
  House house(Confirmation::kRefused);
  const v1::CostStatement draft = Drafted(house);
  const std::string signature = house.RequestSignature(draft, "sign")->signature_id();
  house.Sign(signature);
  const auto other = house.Draft(ExampleClaim(), "other");
  REQUIRE_OK(other);

  CHECK(ReasonOf(house.FileSigned(*other, signature, "other")) == "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(ReasonOf(house.FileSigned(draft, other->id(), "unknown")) == "SIGNATURE_OF_SOMETHING_ELSE");
  const auto changed = house.Update(UpdateOf(draft, {"input.substitution"}));
  REQUIRE_OK(changed);
  CHECK(ReasonOf(house.FileSigned(*changed, signature, "late")) == "CHANGED_SINCE_SIGNATURE");

  const auto anew = house.RequestSignature(*changed, "sign anew");
  REQUIRE_OK(anew);
  house.Sign(anew->signature_id());
  REQUIRE_OK(house.FileSigned(*changed, anew->signature_id(), "file"));
}

TEST_CASE("The longest account of work is signed and filed like any other", "[billing][rpc]") {
  House house;
  v1::CalculationInput input = ExampleClaim();
  input.mutable_work(0)->set_text(std::string(400, 'x'));
  while (input.work_size() < 500) *input.add_work() = input.work(0);
  const auto draft = house.Draft(input, "draft");
  REQUIRE_OK(draft);

  const auto asked = house.RequestSignature(*draft, "sign");
  REQUIRE_OK(asked);
  house.Sign(asked->signature_id());
  REQUIRE_OK(house.FileSigned(*draft, asked->signature_id(), "file"));

  const v1::FiledCostStatement filed = house.Unregistered()->cost_statements(0);
  CHECK(filed.manifest().size() > 250'000);
  CHECK(filed.receipt().manifest_sha256() == crypto::Sha256Hex(filed.manifest()));
}

TEST_CASE("Only a complete draft is signed, in the version that was read", "[billing][rpc]") {
  House house;
  v1::CalculationInput input = ExampleClaim();
  input.clear_instance();
  v1::CostStatement draft = *house.Draft(input, "incomplete");
  CHECK(ReasonOf(house.RequestSignature(draft, "sign")) == "COST_STATEMENT_INCOMPLETE");
  draft.set_etag("7");
  CHECK(ReasonOf(house.RequestSignature(draft, "stale")) == "ETAG_MISMATCH");
  CHECK(ReasonOf(house.RequestSignature(Filed(house), "filed")) == "COST_STATEMENT_NOT_DRAFT");
  house.LogIn(kOtherCounsel);
  CHECK(ReasonOf(house.RequestSignature(draft, "foreign")) == "NOT_FOUND");
}

TEST_CASE("What the ordinance demands is there before a filing", "[billing][rpc]") {
  House house;
  v1::CalculationInput input = ExampleClaim();
  input.clear_instance();
  input.mutable_work(0)->clear_text();
  const auto draft = house.Draft(input, "draft");
  REQUIRE_OK(draft);

  const auto refused = house.File(*draft, "file");

  CHECK(ReasonOf(refused) == "COST_STATEMENT_INCOMPLETE");
  CHECK(absl::StrContains(DetailsOf(refused.status()).english_detail, "instance, work[0].text"));
}

TEST_CASE("A statement is registered with the digest that was filed, and with no other",
          "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  const std::string digest = house.GetReceipt(filed.id())->manifest_sha256();
  CHECK(ReasonOf(house.Acknowledge(filed.id(), std::string(64, '0'), "D-1")) == "DIGEST_MISMATCH");
  CHECK(absl::StrContains(house.MetricsText(), "bitrade_wrong_digests 1"));
  CHECK(house.Unregistered()->cost_statements_size() == 1);

  const auto registered = house.Acknowledge(filed.id(), digest, "D-1");

  REQUIRE_OK(registered);
  CHECK(registered->agency_state() == v1::CostStatement::REGISTERED);
  CHECK_FALSE(registered->has_input());
  CHECK(house.Acknowledge(filed.id(), digest, "D-1")->SerializeAsString() ==
        registered->SerializeAsString());
  CHECK(ReasonOf(house.Acknowledge(filed.id(), digest, "D-2")) == "DIARY_NUMBER_DIFFERS");
  CHECK(ReasonOf(house.Acknowledge(filed.id(), "abc", "D-1")) == "INVALID_REQUEST");
  CHECK(house.Unregistered()->cost_statements_size() == 0);
  CHECK(house.Get(filed.id())->diary_number() == "D-1");
  CHECK(KindsOfEvents(house) == "DRAFTED FILED REGISTERED");
}

TEST_CASE("A filing that does not open hides no other from the agency", "[billing][rpc]") {
  House house;
  const v1::CostStatement broken = Filed(house);
  house.database().Run("UPDATE cost_statement SET content_version = 7");
  const auto whole = house.Draft(ExampleClaim(), "whole");
  REQUIRE_OK(whole);
  REQUIRE_OK(house.File(*whole, "file whole"));

  const auto waiting = house.Unregistered();

  REQUIRE_OK(waiting);
  REQUIRE(waiting->cost_statements_size() == 2);
  for (const v1::FiledCostStatement& filed : waiting->cost_statements()) {
    const std::string& id = filed.cost_statement().id();
    CHECK(filed.receipt().cost_statement_id() == id);
    CHECK(filed.manifest().empty() == (id == broken.id()));
  }
}

TEST_CASE("A draft cannot be acknowledged", "[billing][rpc]") {
  House house;
  const v1::CostStatement draft = Drafted(house);
  CHECK(ReasonOf(house.Acknowledge(draft.id(), std::string(64, '0'), "D-1")) ==
        "COST_STATEMENT_NOT_FILED");
}

TEST_CASE("What is another authority's is not found, though nobody can be asked whose it is",
          "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  const std::string digest = house.GetReceipt(filed.id())->manifest_sha256();
  house.StopAppointments();

  house.database().Run("UPDATE access_appointment SET authority = ''");
  CHECK(CodeOf(house.Acknowledge(filed.id(), digest, "D-1")) == absl::StatusCode::kUnavailable);
  house.database().Run("UPDATE access_appointment SET authority = 'POLICE_AUTHORITY'");
  CHECK(ReasonOf(house.Acknowledge(filed.id(), digest, "D-1")) == "NOT_FOUND");
}

TEST_CASE("What another counsel has is not found, by any RPC", "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  const auto draft = house.Draft(ExampleClaim(), "another");
  REQUIRE_OK(draft);

  house.LogIn(kOtherCounsel);

  CHECK(ReasonOf(house.List()) == "NOT_FOUND");
  CHECK(ReasonOf(house.Draft(ExampleClaim(), "draft")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Get(filed.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.GetReceipt(filed.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Update(UpdateOf(*draft, {"input.work"}))) == "NOT_FOUND");
  CHECK(ReasonOf(house.Delete(*draft)) == "NOT_FOUND");
  CHECK(ReasonOf(house.File(*draft, "file")) == "NOT_FOUND");
  house.LogIn("");
  CHECK(ReasonOf(house.Get(filed.id())) == "UNAUTHENTICATED");
}

TEST_CASE("Drafts go out of sight with the appointment, filings later", "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  const auto draft = house.Draft(ExampleClaim(), "another");
  REQUIRE_OK(draft);
  CHECK(house.List()->total() == 2);
  const absl::Time now = appointments::testing::kNow;

  house.EndSight(now, absl::InfiniteFuture());

  CHECK(ReasonOf(house.Get(draft->id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.File(*draft, "late")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Draft(ExampleClaim(), "new")) == "NOT_FOUND");
  CHECK(house.Get(filed.id())->result().total_ore() == 2'111'300);
  CHECK(house.List()->total() == 1);
  REQUIRE_OK(house.GetReceipt(filed.id()));

  house.EndSight(now, now);

  CHECK(ReasonOf(house.Get(filed.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.GetReceipt(filed.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.List()) == "NOT_FOUND");
}

TEST_CASE("Facts that nobody confirms are not served", "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);

  house.StopAppointments();

  CHECK(CodeOf(house.Get(filed.id())) == absl::StatusCode::kUnavailable);
  CHECK(CodeOf(house.List()) == absl::StatusCode::kUnavailable);
}

TEST_CASE("A list tells what statements come to, not what they claim", "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  REQUIRE_OK(house.Draft(ExampleClaim(), "another"));

  const auto list = house.List();

  REQUIRE(list->cost_statements_size() == 2);
  for (const v1::CostStatement& statement : list->cost_statements()) {
    CHECK_FALSE(statement.has_input());
    CHECK(statement.result().lines_size() == 0);
    CHECK(statement.result().total_ore() == 2'111'300);
  }
}

TEST_CASE("Reads and changes are audited with the statement they saw", "[billing][rpc]") {
  House house;
  const v1::CostStatement filed = Filed(house);
  REQUIRE_OK(house.Get(filed.id()));
  REQUIRE_OK(house.Unregistered());

  const pqxx::result rows = house.database().Run(
      "SELECT string_agg(split_part(rpc, '/', 2), ' ' ORDER BY rpc) FROM audit WHERE outcome = "
      "'OK' "
      "AND '" +
      filed.id() + "' = ANY(object_ids::text[])");

  CHECK(std::string(rows[0][0].c_str()) ==
        "ListUnregistered CreateCostStatement FileCostStatement GetCostStatement");
}

}  // namespace
}  // namespace bitrade::billing
