#include "services/appointments/matters/convert.h"

#include "services/appointments/matters/decision_convert.h"
#include "services/common/testing/catch.h"

namespace bitrade::appointments {
namespace {

constexpr char kId[] = "00000000-0000-7000-8000-000000000001";

v1::RegisterMatterRequest Described() {
  v1::RegisterMatterRequest request;
  request.set_matter_number("12-345678");
  request.set_category("ASYLUM_ADULT");
  request.set_authority("MIGRATION_AGENCY");
  request.set_instance("FIRST");
  request.set_handling(v1::PAPER);
  v1::Applicant& applicant = *request.add_applicants();
  applicant.set_name("Amina Testsson");
  applicant.set_birth_date("1990-05-17");
  applicant.add_citizenships("SY");
  applicant.set_protection_level(v1::UNPROTECTED);
  applicant.mutable_contact()->set_email("amina@exempel.example");
  v1::Identifier& identifier = *applicant.add_identifiers();
  identifier.set_type("DOSSIER_NUMBER");
  identifier.set_value("12-345678");
  identifier.set_valid_from_date("2025-02-01");
  return request;
}

// The fields that a description is refused for.
template <typename Result>
std::vector<std::string> FaultsOf(const Result& result) {
  std::vector<std::string> fields;
  for (const Violation& violation : DetailsOf(result.status()).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST_CASE("A matter is read whole", "[appointments][unit]") {
  const auto details = FromProto(Described());

  REQUIRE_OK(details);
  CHECK(details->handling == Handling::kPaper);
  REQUIRE(details->applicants.size() == 1);
  const ApplicantDetails& applicant = details->applicants[0];
  CHECK(applicant.birth_date == absl::CivilDay(1990, 5, 17));
  CHECK(applicant.contact->email == "amina@exempel.example");
  CHECK(applicant.identifiers[0].valid_from == absl::CivilDay(2025, 2, 1));
}

TEST_CASE("A matter that is told again names neither contact nor identifiers",
          "[appointments][unit]") {
  const MatterDetails details = *FromProto(Described());
  const Matter matter{.id = MatterId::Trusted(kId),
                      .number = details.number,
                      .category = details.category,
                      .authority = details.authority,
                      .instance = details.instance,
                      .handling = details.handling,
                      .applicants = {{ApplicantId::Trusted(kId), details.applicants[0]}},
                      .create_time = absl::FromUnixSeconds(7)};

  const v1::Matter told = ToProto(matter);

  CHECK(told.id() == kId);
  CHECK(told.handling() == v1::PAPER);
  CHECK(told.applicants(0).id() == kId);
  CHECK(told.applicants(0).birth_date() == "1990-05-17");
  CHECK_FALSE(told.applicants(0).has_contact());
  CHECK(told.applicants(0).identifiers_size() == 0);
  CHECK(told.create_time().seconds() == 7);
}

TEST_CASE("Every fault of form is told in one go", "[appointments][unit]") {
  v1::RegisterMatterRequest request = Described();
  request.clear_handling();
  request.mutable_applicants(0)->set_birth_date("1990-02-30");
  request.mutable_applicants(0)->clear_protection_level();
  request.mutable_applicants(0)->mutable_identifiers(0)->set_valid_from_date("soon");

  CHECK(FaultsOf(FromProto(request)) ==
        std::vector<std::string>{"handling", "applicants[0].birth_date",
                                 "applicants[0].protection_level",
                                 "applicants[0].identifiers[0].valid_from_date"});
}

TEST_CASE("A decision and its facts are named by ids and days", "[appointments][unit]") {
  v1::RecordDecisionRequest decision;
  decision.set_matter_id("12-345678");
  v1::RecordLegalForceRequest legal_force;
  legal_force.set_decision_id(kId);
  legal_force.set_legal_force_date("2026-2-1");

  CHECK(FaultsOf(FromProto(decision)) ==
        std::vector<std::string>{"matter_id", "applicant_id", "kind", "decided_date"});
  v1::RecordDecisionRequest about;
  about.set_matter_id(kId);
  about.set_applicant_id(kId);
  about.set_decided_date("2026-01-10");
  about.set_counsel_id(kId);
  about.set_kind(v1::Decision::COMPENSATION);
  CHECK(FaultsOf(FromProto(about)).empty());
  about.set_kind(v1::Decision::MAIN);
  CHECK(FaultsOf(FromProto(about)) == std::vector<std::string>{"counsel_id"});
  CHECK(FaultsOf(FromProto(legal_force)) == std::vector<std::string>{"legal_force_date"});
}

TEST_CASE("What is not recorded of a decision is empty", "[appointments][unit]") {
  const Decision decision{.id = DecisionId::Trusted(kId),
                          .matter = MatterId::Trusted(kId),
                          .applicant = ApplicantId::Trusted(kId),
                          .kind = DecisionKind::kCompensation,
                          .decided = absl::CivilDay(2026, 1, 10),
                          .service_date = {},
                          .service_method = "",
                          .legal_force = absl::CivilDay(2026, 2, 2),
                          .appeal_handed_over = {},
                          .version = 2};

  const v1::Decision told = ToProto(decision);

  CHECK(told.kind() == v1::Decision::COMPENSATION);
  CHECK(told.decided_date() == "2026-01-10");
  CHECK(told.service_date().empty());
  CHECK(told.legal_force_date() == "2026-02-02");
  CHECK(told.appeal_handed_over_date().empty());
  CHECK(told.version() == 2);
}

}  // namespace
}  // namespace bitrade::appointments
