// The step-by-step guide that meets a counsel after log-in (Swedish: guiden).
#pragma once

#include <string>

namespace bitrade::registry {

// One step, in both languages.
struct GuideStep {
  std::string code;  // stable: "CHECK_WORKPLACE"
  int position = 0;  // from 1, the order in which the steps are done
  std::string title_swedish;
  std::string title_english;
  std::string text_swedish;
  std::string text_english;
};

}  // namespace bitrade::registry
