// A counsel invites by her signature: of that draft, in that version, once.
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/registry/testing/delegating.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;
using testing::kAstrid;
using testing::kDisa;
using Stub = v1::DelegationService::Stub;
using type::v1::SignatureRequest;

// The production rule: without a signature nobody is invited.
struct House : testing::Delegating {
  House() : Delegating(Confirmation::kRefused) {}

  v1::Delegation Draft(const std::string& key) {
    const auto draft = Create(testing::ForDisa(key));
    REQUIRE_OK(draft);
    return *draft;
  }
  absl::StatusOr<SignatureRequest> Ask(const v1::Delegation& draft, const std::string& key,
                                       type::v1::SigningMethod method = type::v1::MOBILE_BANKID) {
    v1::CreateDelegationSignatureRequestRequest request;
    request.set_id(draft.id());
    request.set_etag(draft.etag());
    request.set_idempotency_key(key);
    request.set_method(method);
    request.set_start(method == type::v1::TELIA ? type::v1::SAME_DEVICE : type::v1::OTHER_DEVICE);
    request.mutable_browser()->set_address("192.0.2.1");
    return gateway->Call(*stub, &Stub::CreateDelegationSignatureRequest, request);
  }
  std::string Signed(const v1::Delegation& draft) {
    const auto asked = Ask(draft, absl::StrCat("sign-", draft.id()));
    REQUIRE_OK(asked);
    signer.Sign(asked->signature_id(), testing::kNow);
    return asked->signature_id();
  }
};

TEST_CASE("Who is invited is invited by a signature, once", "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft("key-1");
  CHECK(ReasonOf(house.File(draft, "", "unsigned")) == "SIGNATURE_REQUIRED");
  const auto asked = house.Ask(draft, "sign");
  REQUIRE_OK(asked);
  CHECK(asked->state() == SignatureRequest::PENDING);
  CHECK(asked->resource_id() == draft.id());
  const std::string& signature = asked->signature_id();
  CHECK(house.Ask(draft, "sign")->signature_id() == signature);
  CHECK(ReasonOf(house.File(draft, signature, "early")) == "SIGNATURE_NOT_COMPLETE");
  house.signer.Sign(signature, testing::kNow);
  CHECK(house.Ask(draft, "sign")->state() == SignatureRequest::COMPLETE);

  const auto invited = house.File(draft, signature, "file");

  REQUIRE_OK(invited);
  CHECK(invited->state() == v1::Delegation::INVITED);
  CHECK(invited->signing_kind() == v1::Delegation::SIGNATURE);
  CHECK(house.File(draft, signature, "file")->SerializeAsString() == invited->SerializeAsString());
  CHECK(ReasonOf(house.File(*invited, signature, "again")) == "DELEGATION_NOT_DRAFT");
  CHECK(ReasonOf(house.Ask(*invited, "sign again")) == "DELEGATION_NOT_DRAFT");
}

TEST_CASE("A signature invites by nothing but the version that was signed",
          "[registry][postgres]") {
  House house;
  v1::Delegation draft = house.Draft("key-1");
  const v1::Delegation other = house.Draft("key-2");
  const std::string signature = house.Signed(draft);
  CHECK(ReasonOf(house.File(other, signature, "other")) == "SIGNATURE_OF_SOMETHING_ELSE");
  CHECK(ReasonOf(house.File(draft, other.id(), "unknown")) == "SIGNATURE_OF_SOMETHING_ELSE");

  // No RPC changes a draft; a row that was changed is not what was signed.
  house.database.Run(absl::StrCat("UPDATE delegation SET scopes = '{documents:read}' WHERE id = '",
                                  draft.id(), "'"));
  CHECK(ReasonOf(house.File(draft, signature, "changed")) == "CHANGED_SINCE_SIGNATURE");
  house.database.Run(
      absl::StrCat("UPDATE delegation SET version = 2 WHERE id = '", draft.id(), "'"));
  CHECK(ReasonOf(house.File(draft, signature, "stale")) == "ETAG_MISMATCH");
  draft.set_etag("2");
  CHECK(ReasonOf(house.File(draft, signature, "late")) == "CHANGED_SINCE_SIGNATURE");
}

TEST_CASE("A counsel invites by a confirmation of that draft, and the delegation says so",
          "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft("key-1");
  const auto asked = house.Ask(draft, "confirm", type::v1::TELIA);
  REQUIRE_OK(asked);
  CHECK(ReasonOf(house.File(draft, asked->signature_id(), "early")) == "SIGNATURE_NOT_COMPLETE");
  house.signer.Sign(asked->signature_id(), testing::kNow);

  const auto invited = house.File(draft, asked->signature_id(), "file");

  REQUIRE_OK(invited);
  CHECK(invited->state() == v1::Delegation::INVITED);
  CHECK(invited->signing_kind() == v1::Delegation::CONFIRMATION);
}

TEST_CASE("Somebody else's signature invites nobody", "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft("key-1");
  const std::string signature = house.Ask(draft, "sign").value().signature_id();
  // As if somebody else had been asked; what is complete nobody can change.
  house.database.Run(absl::StrCat("UPDATE signature SET person_id = '", kDisa, "'"));
  house.signer.Sign(signature, testing::kNow);

  CHECK(ReasonOf(house.File(draft, signature, "file")) == "SIGNATURE_OF_SOMETHING_ELSE");
}

TEST_CASE("A draft that was withdrawn is neither signed nor given in", "[registry][postgres]") {
  House house;
  const v1::Delegation draft = house.Draft("key-1");
  const std::string signature = house.Signed(draft);
  REQUIRE_OK(house.Revoke(draft));
  const v1::Delegation withdrawn = house.Get(draft.id()).value();

  CHECK(ReasonOf(house.File(withdrawn, signature, "file")) == "DELEGATION_ENDED");
  CHECK(ReasonOf(house.Ask(withdrawn, "sign")) == "DELEGATION_ENDED");
}

TEST_CASE("Only the counsel who draws it up signs it, in the version that was read",
          "[registry][postgres]") {
  House house;
  v1::Delegation draft = house.Draft("key-1");
  house.LogIn(kDisa);
  CHECK(ReasonOf(house.Ask(draft, "sign")) == "NOT_FOUND");
  house.LogIn(kAstrid);
  draft.set_etag("7");
  CHECK(ReasonOf(house.Ask(draft, "sign")) == "ETAG_MISMATCH");
}

}  // namespace
}  // namespace bitrade::registry
