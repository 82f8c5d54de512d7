// What tests of the stores begin with: a schema, the stores over it, and log-ins to put in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/identity/bankid/evidence/testing/test_bank.h"
#include "services/identity/logins/ends.h"
#include "services/identity/orders/recorder.h"
#include "services/identity/signatures/ends.h"
#include "services/identity/signatures/sign_requests.h"

namespace bitrade::identity {

inline postgres::MigrationPlan WholeSchema() {
  postgres::MigrationPlan plan = common_schema();
  plan.insert(plan.end(), identity_schema().begin(), identity_schema().end());
  return plan;
}

// The secret of a test's `number`th browser, as it is stored.
inline std::string SecretHash(int number) { return std::string(32, static_cast<char>(number)); }

// What the nonce of a test's `number`th browser is stored as.
inline std::string NonceHash(int number) {
  return std::string(32, static_cast<char>(number + 100));
}

inline LoginBrowser BrowserOf(int number, Start start) {
  return {.secret_hash = SecretHash(number),
          .earlier_hash = "",
          .nonce_hash = NeedsReturn(start) ? NonceHash(number) : "",
          .address = "192.0.2.1"};
}

inline ToSign ExampleToSign() {
  return {.visible_text = "Jag begär 21 113 kronor",
          .manifest = "manifest\t1\n",
          .address = "192.0.2.1",
          .user_agent = "Mozilla/5.0",
          .device_identifier = std::string(64, 'd')};
}

// The bank of all tests' persons: keys take their time.
inline TestBank& Bank() {
  static auto& bank = *new TestBank;
  return bank;
}

inline EvidenceVerifier TheVerifier() { return VerifierUnder(*Bank().root().certificate); }

// What BankID answers when `personal_number` has completed an order with `draft`, which names
// another.
inline CollectAnswer Answered(const std::string& personal_number, const std::string& risk,
                              Draft draft) {
  draft.person.subject[2].second = personal_number;
  const Proof proof = Bank().Sign(draft);
  BankIdCompletion completion;
  completion.personal_number = personal_number;
  completion.name = "Astrid Exempelsson";
  completion.signature = proof.signature;
  completion.ocsp_response = proof.ocsp_response;
  completion.risk = risk;
  return {"complete", "", completion};
}

struct Bench {
  explicit Bench(EvidenceVerifier verifier = TheVerifier())
      : judge(std::move(verifier), {.policies = PolicySet::kTest, .referring_domain = ""}) {}

  const absl::Time start = absl::FromUnixSeconds(1'790'000'000);
  testing::Database database{WholeSchema()};
  testing::FakeClock clock{start};
  testing::FakeIds ids;
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  LoginStore logins{keyring};
  OrderStore orders{keyring};
  PersonStore persons{keyring};
  SignatureStore signatures{keyring};
  EvidenceJudge judge;
  LoginEnds login_ends{{logins, orders, persons, ids, judge}, AddressRule::kEnforce};
  SignatureEnds signature_ends{signatures, orders, persons, judge};
  OrderRecorder recorder{orders, login_ends, signature_ends};
  SignRequests requests{
      signatures, persons, {.policies = PolicySet::kTest, .referring_domain = ""}};

  void Run(const std::function<void(postgres::Transaction&)>& work) {
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) {
      work(tx);
      return absl::OkStatus();
    }));
  }

  // Enters a pending log-in of browser `browser` with `order`, due in two seconds.
  Login Enter(int browser, const BankIdOrder& order, Start how = Start::kOtherDevice) {
    const Login login{.id = ids.New<LoginId>(clock.TimeNow()),
                      .method = Method::kMobileBankId,
                      .start = how,
                      .purpose = Purpose::kEnter,
                      .hint = "OUTSTANDING_TRANSACTION",
                      .message_key = "RFA1",
                      .create_time = clock.TimeNow()};
    Run([&](auto& tx) {
      REQUIRE(logins.Insert(tx, login, BrowserOf(browser, login.start)));
      orders.Insert(tx, login.id, order, clock.TimeNow() + kCollectEvery);
    });
    return login;
  }

  Login Enter(int browser, Start how = Start::kOtherDevice) {
    return Enter(browser, {"order-ref", "auto-start-token", {"qr-token", "qr-secret"}, start}, how);
  }

  // Enters a person with this identity number.
  PersonId Enter(const std::string& personal_number) {
    auto person = ids.New<PersonId>(clock.TimeNow());
    Run([&](auto& tx) {
      const auto number = PersonNumber::Parse(personal_number, absl::CivilDay::max());
      REQUIRE_OK(number);
      person = persons.Ensure(tx, *number, person, clock.TimeNow());
    });
    return person;
  }

  // Enters a signature of `person` that is to begin now.
  Signature EnterSignature(const PersonId& person) {
    const Signature signature{.id = ids.New<SignatureId>(clock.TimeNow()),
                              .person = person,
                              .method = Method::kMobileBankId,
                              .start = Start::kOtherDevice,
                              .purpose = SignaturePurpose::kCostStatementFiling,
                              .resource = "00000000-0000-7000-8000-0000000000aa",
                              .resource_version = 2,
                              .manifest_sha256 = std::string(64, 'a'),
                              .hint = "BEGINNING",
                              .message_key = "RFA21",
                              .create_time = clock.TimeNow(),
                              .complete_time = std::nullopt};
    Run([&](auto& tx) {
      REQUIRE(signatures.Insert(tx, signature, ExampleToSign()));
      orders.InsertToBegin(tx, signature.id, clock.TimeNow());
    });
    return signature;
  }

  SeenSignature Find(const Signature& signature) {
    SeenSignature found{.signature = signature, .order = std::nullopt};
    Run([&](auto& tx) {
      const auto seen = signatures.FindOwn(tx, signature.id, signature.person);
      REQUIRE_OK(seen);
      REQUIRE(seen->has_value());
      found = **seen;
    });
    return found;
  }

  // Gives a signature up as its person does.
  void GiveUp(const Signature& signature) {
    Run([&](auto& tx) {
      signatures.Save(tx, *identity::Cancel(*signatures.Lock(tx, signature.id), clock.TimeNow()));
      orders.AskNext(tx, signature.id, {.due = clock.TimeNow(), .failures = 0});
    });
  }

  SeenLogin Find(const Login& login, int browser) {
    SeenLogin found{.login = login, .name = "", .order = std::nullopt};
    Run([&](auto& tx) {
      const auto seen = logins.Find(tx, login.id, SecretHash(browser));
      REQUIRE_OK(seen);
      REQUIRE(seen->has_value());
      found = **seen;
    });
    return found;
  }

  std::vector<TakenOrder> Take(absl::Time now) {
    std::vector<TakenOrder> taken;
    Run([&](auto& tx) { taken = orders.TakeDue(tx, now, now + absl::Seconds(7), 100); });
    return taken;
  }

  // Cancels a log-in as its browser does.
  void Cancel(const Login& login) {
    Run([&](auto& tx) {
      logins.Save(tx, *identity::Cancel(*logins.Lock(tx, login.id), clock.TimeNow()));
      orders.AskNext(tx, login.id, {.due = clock.TimeNow(), .failures = 0});
    });
  }

  int Count(const std::string& what) {
    return database.Run("SELECT count(*) FROM " + what)[0][0].as<int>();
  }
};

}  // namespace bitrade::identity
