// In which language a person is answered.
#pragma once

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

enum class Language { kSwedish, kEnglish };

// Returns the language that an `Accept-Language` (RFC 9110 section 12.5.4) likes best of Swedish
// and English; Swedish where it likes neither or is missing.
Language ChooseLanguage(absl::string_view accept_language);

// Returns "sv" or "en", for `Content-Language`.
const char* LanguageTag(Language language);

}  // namespace bitrade::gateway
