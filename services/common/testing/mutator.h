// Bytes that are almost good, for tests of what reads a stranger's: the same ones in every run.
#pragma once

#include <random>
#include <string>

namespace bitrade::testing {

class Mutator {
 public:
  // Returns a number below `limit`, which is not 0.
  size_t Below(size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random_);
  }

  // Changes a byte of `text`, which is not empty, or takes a piece out, doubles it or moves it.
  std::string Mutated(std::string text) {
    const size_t from = Below(text.size());
    const size_t size = Below(text.size() - from) + 1;
    const std::string piece = text.substr(from, Below(4) == 0 ? size : Below(4) + 1);
    switch (Below(4)) {
      case 0:
        text[from] = static_cast<char>(Below(256));
        break;
      case 1:
        text.erase(from, piece.size());
        break;
      case 2:
        text.insert(Below(text.size()), piece);
        break;
      default:
        text.erase(from, piece.size());
        text.insert(Below(text.size() + 1), piece);
    }
    return text;
  }

 private:
  std::mt19937 random_{4711};
};

}  // namespace bitrade::testing
