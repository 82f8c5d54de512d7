#include "services/appointments/matters/decision_store.h"

#include <map>

#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

Decision ReadRow(const pqxx::row& row) {
  Decision decision{.id = DecisionId::Trusted(row[0].as<std::string>()),
                    .matter = MatterId::Trusted(row[1].as<std::string>()),
                    .applicant = ApplicantId::Trusted(row[2].as<std::string>()),
                    .kind = ParseDecisionKind(row[3].as<std::string>()),
                    .decided = postgres::ReadDate(row[4]),
                    .service_date = postgres::ReadOptionalDate(row[5]),
                    .service_method = row[6].as<std::string>(),
                    .legal_force = postgres::ReadOptionalDate(row[7]),
                    .appeal_handed_over = postgres::ReadOptionalDate(row[8]),
                    .version = row[9].as<int64_t>()};
  if (!row[10].is_null()) decision.counsel = CounselId::Trusted(row[10].as<std::string>());
  return decision;
}

}  // namespace

constexpr Statement kInsert{"decision_insert", R"sql(
    INSERT INTO decision (id, matter_id, applicant_id, kind, decided_date, service_method, version, create_time, update_time, counsel_id)
    VALUES ($1, $2, $3, $4, $5, '', $6, $7, $7, $8))sql"};

void DecisionStore::Insert(postgres::Transaction& tx, const Decision& decision, absl::Time now) {
  std::optional<std::string> counsel;
  if (decision.counsel) counsel = decision.counsel->text();
  tx.Exec(kInsert, decision.id.text(), decision.matter.text(), decision.applicant.text(),
          std::string(DecisionKindName(decision.kind)), postgres::DateParam(decision.decided),
          decision.version, postgres::TimeParam(now), counsel);
}

// At most one row. The matter first, in a statement of its own: the decision is then read as the
// last to hold the matter left it.
constexpr Statement kLockMatter{
    "decision_lock_matter",
    "SELECT 1 FROM matter m WHERE m.id = (SELECT matter_id FROM decision WHERE id = $1) "
    "AND " BITRADE_WITHIN_REACH("m", "$2", "$3") " FOR NO KEY UPDATE"};

constexpr Statement kFind{"decision_find", R"sql(
    SELECT id, matter_id, applicant_id, kind, decided_date, service_date, service_method, legal_force_date, appeal_handed_over_date, version,
           counsel_id
    FROM decision WHERE id = $1)sql"};

std::optional<Decision> DecisionStore::Lock(postgres::Transaction& tx, const DecisionId& id,
                                            const Reach& reach) {
  const pqxx::result locked =
      tx.Exec(kLockMatter, id.text(), postgres::ArrayParam(reach.authorities),
              postgres::ArrayParam(reach.categories));
  if (locked.empty()) return std::nullopt;
  return ReadRow(tx.Exec(kFind, id.text())[0]);
}

constexpr Statement kUpdate{"decision_update", R"sql(
    UPDATE decision SET service_date = $2, service_method = $3, legal_force_date = $4, appeal_handed_over_date = $5, version = $6,
           update_time = $7
    WHERE id = $1)sql"};

void DecisionStore::Update(postgres::Transaction& tx, const Decision& decision, absl::Time now) {
  tx.Exec(kUpdate, decision.id.text(), postgres::DateParam(decision.service_date),
          decision.service_method, postgres::DateParam(decision.legal_force),
          postgres::DateParam(decision.appeal_handed_over), decision.version,
          postgres::TimeParam(now));
}

// One row at least for each applicant, by applicant; without a decision its columns are NULL.
constexpr Statement kOnApplicants{"decision_on_applicants", R"sql(
    SELECT wanted.id, d.kind, d.legal_force_date, d.appeal_handed_over_date
    FROM unnest($1::uuid[]) AS wanted (id)
    LEFT JOIN decision d ON d.applicant_id = wanted.id
      AND (d.kind = 'MAIN' OR d.kind = 'COMPENSATION' AND (d.counsel_id IS NULL OR d.counsel_id = $2)))sql"};

SightDecisions DecisionStore::OnApplicants(postgres::Transaction& tx,
                                           const std::vector<Applicant>& applicants,
                                           const CounselId& counsel) {
  std::vector<std::string> ids;
  ids.reserve(applicants.size());
  for (const Applicant& applicant : applicants) ids.push_back(applicant.id.text());
  SightDecisions all;
  std::map<std::string, ApplicantDecisions> main;
  for (const auto& row : tx.Exec(kOnApplicants, postgres::ArrayParam(ids), counsel.text())) {
    ApplicantDecisions& decisions = main[row[0].as<std::string>()];
    if (row[1].is_null()) continue;
    const auto legal_force = postgres::ReadOptionalDate(row[2]);
    if (ParseDecisionKind(row[1].c_str()) == DecisionKind::kMain) {
      decisions.push_back(
          {.legal_force = legal_force, .appeal_handed_over = postgres::ReadOptionalDate(row[3])});
    } else {
      all.compensation.push_back(legal_force);
    }
  }
  for (auto& [id, decisions] : main) all.main.push_back(std::move(decisions));
  return all;
}

}  // namespace bitrade::appointments
