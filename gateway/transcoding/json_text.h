// JSON as text, member by member: what json_writer.cc writes with. Names come ready-made, so that
// an answer of a thousand members costs copies of bytes and little else.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

// Not thread-safe. The caller closes what he opens.
class JsonText {
 public:
  // `expected` octets are enough for most texts.
  explicit JsonText(size_t expected) : out_(expected, '\0') {}

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }

  // Writes a name as NameOf made it; its value comes next.
  void Name(absl::string_view name) {
    Literal(name);
    first_ = true;
  }

  // Writes a number, true, false, or the beginning of what Raw goes on with.
  void Literal(absl::string_view text) {
    char* at = Separated(text.size());
    std::copy(text.begin(), text.end(), at);
    size_ += text.size();
  }

  void Number(double number) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer>(buffer).Double(number);
    Literal({buffer.GetString(), buffer.GetSize()});
  }

  void String(absl::string_view text) {
    if (std::none_of(text.begin(), text.end(), IsSpecial)) return PlainString(text);
    Literal(Quoted(text));
  }

  // Writes a text that has nothing to escape.
  void PlainString(absl::string_view text) {
    char* at = Separated(text.size() + 2);
    *at = '"';
    std::copy(text.begin(), text.end(), at + 1);
    at[text.size() + 1] = '"';
    size_ += text.size() + 2;
  }

  // Goes on with a value that Literal has begun.
  void Raw(absl::string_view text) {
    std::copy(text.begin(), text.end(), Room(text.size()));
    size_ += text.size();
  }

  std::string Take() {
    out_.resize(size_);
    return std::move(out_);
  }

  // Tells whether a text is ASCII with nothing to escape, as most are: eight characters at a time,
  // the last of which may overlap those before them.
  static bool IsPlain(absl::string_view text) {
    constexpr size_t kWord = sizeof(uint64_t);
    if (text.size() < kWord) return std::all_of(text.begin(), text.end(), IsPlainCharacter);
    const char* const last = text.data() + text.size() - kWord;
    for (const char* at = text.data(); at < last; at += kWord) {
      if (!IsPlainWord(at)) return false;
    }
    return IsPlainWord(last);
  }

  // Returns `name` for Name: quoted, with its colon.
  static std::string NameOf(absl::string_view name) { return Quoted(name) + ":"; }

 private:
  // Room for that many more octets.
  char* Room(size_t more) {
    if (size_ + more > out_.size()) out_.resize(2 * (size_ + more));
    return out_.data() + size_;
  }

  // Room for the next value of that size, after the comma it needs.
  char* Separated(size_t size) {
    char* at = Room(size + 1);
    if (std::exchange(first_, false)) return at;
    *at = ',';
    ++size_;
    return at + 1;
  }

  void Begin(char bracket) {
    *Separated(1) = bracket;
    ++size_;
    first_ = true;
  }
  void End(char bracket) {
    *Room(1) = bracket;
    ++size_;
    first_ = false;
  }

  static bool IsSpecial(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  }

  // Tells whether one of eight characters is special or beyond ASCII: of each byte, the highest bit
  // of what is left when a test fails. May be wrong about bytes above a special one, never about
  // there being any.
  static bool IsPlainWord(const char* eight) {
    constexpr uint64_t kEach = 0x0101010101010101;
    uint64_t text = 0;
    std::memcpy(&text, eight, sizeof text);
    const uint64_t quote = text ^ (kEach * '"');
    const uint64_t backslash = text ^ (kEach * '\\');
    const uint64_t below = (text - kEach * 0x20) & ~text;
    const uint64_t equal = ((quote - kEach) & ~quote) | ((backslash - kEach) & ~backslash);
    return ((text | below | equal) & (kEach * 0x80)) == 0;
  }

  static bool IsPlainCharacter(char c) {
    return !IsSpecial(c) && static_cast<unsigned char>(c) < 0x80;
  }

  static std::string Quoted(absl::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (IsSpecial(c)) {
        Escape(c, out);
      } else {
        out.push_back(c);
      }
    }
    out.push_back('"');
    return out;
  }

  static void Escape(char c, std::string& out) {
    constexpr absl::string_view kNamed = "\"\\\b\f\n\r\t";
    constexpr absl::string_view kNames = "\"\\bfnrt";
    constexpr absl::string_view kHex = "0123456789ABCDEF";
    out.push_back('\\');
    if (const size_t named = kNamed.find(c); named != absl::string_view::npos) {
      out.push_back(kNames[named]);
      return;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append("u00");
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }

  std::string out_;  // longer than what is written: `size_` of it
  size_t size_ = 0;
  bool first_ = true;  // nothing stands before what comes next
};

}  // namespace bitrade::gateway
