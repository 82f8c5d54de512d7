// A counsel changes where she is paid: by her signature of that draft, once, and nobody else does.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "bitrade/registry/v1/payout_account_service.grpc.pb.h"
#include "services/common/testing/catch.h"
#include "services/registry/snapshot.h"
#include "services/registry/testing/register.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;
using testing::kAstrid;
using testing::kDisa;
using Stub = v1::PayoutAccountService::Stub;
using type::v1::SignatureRequest;

// Where development lets the session's word stand for other signatures: here it never does.
struct House : testing::Register {
  House()
      : Register(Confirmation::kAllowed),
        stub(v1::PayoutAccountService::NewStub(gateway->channel())) {
    REQUIRE_OK(Enter(testing::EntryOf("source-1")));
  }

  absl::StatusOr<v1::PayoutAccountChange> Create(const std::string& number,
                                                 const std::string& key) {
    v1::CreatePayoutAccountChangeRequest request;
    request.set_kind(v1::BANKGIRO);
    request.set_number(number);
    request.set_idempotency_key(key);
    return gateway->Call(*stub, &Stub::CreatePayoutAccountChange, request);
  }
  v1::PayoutAccountChange Draft(const std::string& number = "5402-9681") {
    const auto draft = Create(number, absl::StrCat("draft-", ++drafts));
    REQUIRE_OK(draft);
    return *draft;
  }
  absl::StatusOr<SignatureRequest> Ask(const v1::PayoutAccountChange& draft, const std::string& key,
                                       type::v1::SigningMethod method = type::v1::MOBILE_BANKID) {
    v1::CreatePayoutAccountChangeSignatureRequestRequest request;
    request.set_id(draft.id());
    request.set_etag(draft.etag());
    request.set_idempotency_key(key);
    request.set_method(method);
    request.set_start(type::v1::OTHER_DEVICE);
    request.mutable_browser()->set_address("192.0.2.1");
    return gateway->Call(*stub, &Stub::CreatePayoutAccountChangeSignatureRequest, request);
  }
  std::string Signed(const v1::PayoutAccountChange& draft) {
    const auto asked = Ask(draft, absl::StrCat("sign-", draft.id()));
    REQUIRE_OK(asked);
    signer.Sign(asked->signature_id(), testing::kNow);
    return asked->signature_id();
  }
  absl::StatusOr<v1::PayoutAccountChange> File(const v1::PayoutAccountChange& draft,
                                               const std::string& signature,
                                               const std::string& key) {
    v1::FilePayoutAccountChangeRequest request;
    request.set_id(draft.id());
    request.set_etag(draft.etag());
    request.set_signature_id(signature);
    request.set_idempotency_key(key);
    return gateway->Call(*stub, &Stub::FilePayoutAccountChange, request);
  }
  absl::StatusOr<google::protobuf::Empty> Delete(const v1::PayoutAccountChange& change) {
    v1::DeletePayoutAccountChangeRequest request;
    request.set_id(change.id());
    request.set_etag(change.etag());
    return gateway->Call(*stub, &Stub::DeletePayoutAccountChange, request);
  }
  absl::StatusOr<v1::PayoutAccountChange> Get(const std::string& id) {
    v1::GetPayoutAccountChangeRequest request;
    request.set_id(id);
    return gateway->Call(*stub, &Stub::GetPayoutAccountChange, request);
  }
  absl::StatusOr<v1::PayoutAccount> Account() {
    return gateway->Call(*stub, &Stub::GetPayoutAccount, v1::GetPayoutAccountRequest());
  }
  absl::StatusOr<v1::ListPayoutAccountChangesResponse> Changes() {
    return gateway->Call(*stub, &Stub::ListPayoutAccountChanges,
                         v1::ListPayoutAccountChangesRequest());
  }

  std::unique_ptr<Stub> stub;
  int drafts = 0;
};

TEST_CASE("What is signed becomes the account, once", "[registry][postgres]") {
  House house;
  CHECK(ReasonOf(house.Account()) == "NOT_FOUND");
  const v1::PayoutAccountChange draft = house.Draft();
  CHECK(draft.state() == v1::PayoutAccountChange::DRAFT);
  CHECK(draft.masked_number() == "****9681");
  CHECK(ReasonOf(house.Account()) == "NOT_FOUND");
  CHECK(ReasonOf(house.File(draft, "", "unsigned")) == "SIGNATURE_REQUIRED");
  const std::string signature = house.Ask(draft, "sign").value().signature_id();
  CHECK(house.Ask(draft, "sign")->signature_id() == signature);
  CHECK(ReasonOf(house.File(draft, signature, "early")) == "SIGNATURE_NOT_COMPLETE");
  house.signer.Sign(signature, testing::kNow);

  const auto filed = house.File(draft, signature, "file");

  REQUIRE_OK(filed);
  CHECK(filed->state() == v1::PayoutAccountChange::FILED);
  CHECK(filed->has_valid_from_time());
  CHECK(house.File(draft, signature, "file")->SerializeAsString() == filed->SerializeAsString());
  CHECK(ReasonOf(house.File(*filed, signature, "again")) == "PAYOUT_CHANGE_NOT_DRAFT");
  CHECK(ReasonOf(house.Ask(*filed, "sign again")) == "PAYOUT_CHANGE_NOT_DRAFT");
  CHECK(ReasonOf(house.Delete(*filed)) == "PAYOUT_CHANGE_NOT_DRAFT");
  const auto account = house.Account();
  REQUIRE_OK(account);
  CHECK(account->kind() == v1::BANKGIRO);
  CHECK(account->masked_number() == "****9681");
  CHECK(account->change_id() == draft.id());
  CHECK(account->etag() == "1");
}

TEST_CASE("The next account takes the place of the last, which stays in the list",
          "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange first = house.Draft();
  REQUIRE_OK(house.File(first, house.Signed(first), "file 1"));
  house.clock.Advance(absl::Seconds(1));
  const v1::PayoutAccountChange second = house.Draft("640-5070");
  REQUIRE_OK(house.File(second, house.Signed(second), "file 2"));

  CHECK(house.Account()->masked_number() == "****070");
  CHECK(house.Account()->etag() == "2");
  const auto changes = house.Changes();
  REQUIRE_OK(changes);
  REQUIRE(changes->changes_size() == 2);
  CHECK(changes->total() == 2);
  CHECK(changes->changes(0).id() == second.id());
  CHECK(changes->changes(1).masked_number() == "****9681");
}

TEST_CASE("A signature files nothing but the draft that was signed", "[registry][postgres]") {
  House house;
  v1::PayoutAccountChange draft = house.Draft();
  const std::string signature = house.Signed(draft);
  CHECK(ReasonOf(house.File(draft, draft.id(), "unknown")) == "SIGNATURE_OF_SOMETHING_ELSE");
  // No RPC changes a draft; a row that was changed is not what was signed.
  house.database.Run("UPDATE payout_account_change SET version = 2");
  CHECK(ReasonOf(house.File(draft, signature, "stale")) == "ETAG_MISMATCH");
  draft.set_etag("2");
  CHECK(ReasonOf(house.File(draft, signature, "late")) == "CHANGED_SINCE_SIGNATURE");
  REQUIRE_OK(house.Delete(draft));

  const v1::PayoutAccountChange other = house.Draft("640-5070");

  CHECK(ReasonOf(house.File(draft, signature, "gone")) == "NOT_FOUND");
  CHECK(ReasonOf(house.File(other, signature, "other")) == "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(ReasonOf(house.Account()) == "NOT_FOUND");
}

TEST_CASE("Nobody is led through a confirmation that files nothing", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  CHECK(ReasonOf(house.Ask(draft, "sign", type::v1::TELIA)) == "PAYOUT_NEEDS_BANKID");
  house.LogIn(kDisa);
  CHECK(ReasonOf(house.Ask(draft, "sign", type::v1::TELIA)) == "NOT_FOUND");
}

TEST_CASE("Somebody else's signature changes no account", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  const std::string signature = house.Ask(draft, "sign").value().signature_id();
  // As if somebody else had been asked; what is complete nobody can change.
  house.database.Run(absl::StrCat("UPDATE signature SET person_id = '", kDisa, "'"));
  house.signer.Sign(signature, testing::kNow);

  CHECK(ReasonOf(house.File(draft, signature, "file")) == "SIGNATURE_OF_SOMETHING_ELSE");
}

TEST_CASE("Nobody sees or touches another's changes", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  const std::string signature = house.Signed(draft);
  house.LogIn(kDisa);

  CHECK(ReasonOf(house.Get(draft.id())) == "NOT_FOUND");
  CHECK(ReasonOf(house.Ask(draft, "sign")) == "NOT_FOUND");
  CHECK(ReasonOf(house.File(draft, signature, "file")) == "NOT_FOUND");
  CHECK(ReasonOf(house.Delete(draft)) == "NOT_FOUND");
  CHECK(house.Changes()->total() == 0);
  CHECK(ReasonOf(house.Create("5402-9681", "key")) == "PERMISSION_DENIED");
}

TEST_CASE("A delegate has no part in it", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  house.gateway->BringTicket(house.keys.TicketFor(kDisa, testing::kNow));
  house.gateway->ActFor(kAstrid);

  CHECK(ReasonOf(house.Account()) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.Changes()) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.Get(draft.id())) == "PERMISSION_DENIED");
  CHECK(ReasonOf(house.Ask(draft, "sign")) == "PERMISSION_DENIED");
}

TEST_CASE("There is one draft at a time, of a number that can be", "[registry][postgres]") {
  House house;
  CHECK(ReasonOf(house.Create("5402-9682", "wrong")) == "INVALID_REQUEST");
  const v1::PayoutAccountChange draft = house.Draft();
  CHECK(ReasonOf(house.Create("640-5070", "second")) == "PAYOUT_CHANGE_OPEN");
  CHECK(house.Create("5402-9681", "draft-1")->id() == draft.id());
  REQUIRE_OK(house.Delete(draft));
  CHECK(ReasonOf(house.Get(draft.id())) == "NOT_FOUND");
  CHECK(house.Draft("640-5070").masked_number() == "****070");
}

TEST_CASE("No answer, event or audit row tells the number", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  const auto filed = house.File(draft, house.Signed(draft), "file");
  REQUIRE_OK(filed);

  CHECK_FALSE(absl::StrContains(filed->SerializeAsString(), "54029681"));
  CHECK_FALSE(absl::StrContains(house.Account()->SerializeAsString(), "54029681"));
  const auto rows = house.database.Run(
      "SELECT (SELECT string_agg(e::text, ' ') FROM event e), (SELECT string_agg(a::text, ' ') "
      "FROM "
      "audit a)");
  for (int column : {0, 1}) {
    CHECK_FALSE(absl::StrContains(rows[0][column].as<std::string>(), "9681"));
  }
}

TEST_CASE("A new account is an event, which the snapshot tells again", "[registry][postgres]") {
  House house;
  const v1::PayoutAccountChange draft = house.Draft();
  REQUIRE_OK(house.File(draft, house.Signed(draft), "file"));

  const auto events = house.database.Run(
      "SELECT kind, aggregate_id, version FROM event WHERE aggregate = 'payout_account'");
  REQUIRE(events.size() == 1);
  CHECK(events[0][0].as<std::string>() == "CHANGED");
  CHECK(events[0][1].as<std::string>() == kAstrid);
  REQUIRE_OK(house.database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    const auto told = Snapshot(house.stores, tx);
    REQUIRE(told.size() == 2);
    CHECK(told[1].aggregate() == "payout_account");
    CHECK(told[1].version() == 1);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::registry
