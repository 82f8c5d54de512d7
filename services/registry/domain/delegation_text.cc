#include "services/registry/domain/delegation_text.h"

#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/dates.h"

namespace bitrade::registry {
namespace {

// What each scope allows, as the counsel reads it; every scope that can be handed over is here.
constexpr std::array<std::pair<const char*, const char*>, 5> kAllows{
    {{"appointments:read", "se mina förordnanden och de sökandes kontaktuppgifter"},
     {"availability:write", "ange om jag tar emot nya förordnanden"},
     {"documents:read", "läsa och hämta handlingar som har kommunicerats med mig"},
     {"drafts:write", "förbereda kostnadsräkningar och inlagor, som jag själv lämnar in"},
     {"workplace:write", "ändra min arbetsplats i registret"}}};

absl::string_view AllowedBy(absl::string_view scope) {
  for (const auto& [known, text] : kAllows) {
    if (scope == known) return text;
  }
  return scope;
}

void AddLine(std::string& manifest, absl::string_view name, absl::string_view value) {
  absl::StrAppend(&manifest, name, "\t", absl::Utf8SafeCEscape(value), "\n");
}

}  // namespace

std::string DelegationManifest(const Delegation& draft) {
  std::string manifest;
  AddLine(manifest, "manifest", "bitrade delegation 1");
  AddLine(manifest, "id", draft.id.text());
  AddLine(manifest, "principalId", draft.principal.text());
  AddLine(manifest, "delegateId", draft.delegate.text());
  AddLine(manifest, "name", draft.name);
  AddLine(manifest, "version", absl::StrCat(draft.version));
  AddLine(manifest, "validFromDate", FormatDate(draft.period.from));
  AddLine(manifest, "validToDate", FormatDate(draft.period.to));
  for (const std::string& scope : draft.scopes) AddLine(manifest, "scope", scope);
  return manifest;
}

std::string DelegationVisibleText(const Delegation& draft, absl::string_view principal_name,
                                  absl::string_view manifest_sha256) {
  std::string text =
      absl::StrCat("Jag, ", principal_name,
                   ", ger behörighet i E-tjänst för biträden hos Migrationsverket åt:\n\n",
                   draft.name, "\n\nOmbudet får i mitt namn:\n");
  for (const std::string& scope : draft.scopes) {
    absl::StrAppend(&text, "- ", AllowedBy(scope), "\n");
  }
  absl::StrAppend(&text, "\nFrån och med ", FormatDate(draft.period.from), " till och med ",
                  FormatDate(draft.period.to),
                  ". Jag kan återkalla behörigheten när som helst.\n\nOmbudet får inte lämna in "
                  "något, ändra mitt utbetalningskonto eller ge behörighet vidare.\n\nBehörighet: ",
                  draft.id.text(), ", version ", draft.version,
                  "\nKontrollsumma (SHA-256) för hela behörigheten:\n", manifest_sha256, "\n");
  return text;
}

}  // namespace bitrade::registry
