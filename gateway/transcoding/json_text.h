// JSON as text, member by member: what json_writer.cc writes with. Names come ready-made, so that
// an answer of a thousand members costs copies of bytes and little else.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

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
  explicit JsonText(size_t expected) { out_.reserve(expected); }

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }

  // Writes a name as NameOf made it; its value comes next.
  void Name(absl::string_view name) {
    Separate();
    out_.append(name.data(), name.size());
    first_ = true;
  }

  // Writes a number, true or false.
  void Literal(absl::string_view text) {
    Separate();
    out_.append(text.data(), text.size());
  }

  void Number(double number) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer>(buffer).Double(number);
    Literal({buffer.GetString(), buffer.GetSize()});
  }

  void String(absl::string_view text) {
    Separate();
    Quote(text, out_);
  }

  // Writes a text that has nothing to escape.
  void PlainString(absl::string_view text) {
    Separate();
    out_.push_back('"');
    out_.append(text.data(), text.size());
    out_.push_back('"');
  }

  std::string Take() { return std::move(out_); }

  // Returns `name` for Name: quoted, with its colon.
  static std::string NameOf(absl::string_view name) {
    std::string quoted;
    Quote(name, quoted);
    quoted.push_back(':');
    return quoted;
  }

 private:
  void Separate() {
    if (!first_) out_.push_back(',');
    first_ = false;
  }
  void Begin(char bracket) {
    Separate();
    out_.push_back(bracket);
    first_ = true;
  }
  void End(char bracket) {
    out_.push_back(bracket);
    first_ = false;
  }

  static bool IsSpecial(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  }

  // Tells whether one of eight characters is special: of each byte, the highest bit of what is left
  // when a test fails. May be wrong about bytes above a special one, never about there being any.
  static bool HasSpecial(const char* eight) {
    constexpr uint64_t kEach = 0x0101010101010101;
    uint64_t text;
    std::memcpy(&text, eight, sizeof text);
    const uint64_t quote = text ^ (kEach * '"');
    const uint64_t backslash = text ^ (kEach * '\\');
    const uint64_t below = (text - kEach * 0x20) & ~text;
    const uint64_t equal = ((quote - kEach) & ~quote) | ((backslash - kEach) & ~backslash);
    return ((below | equal) & (kEach * 0x80)) != 0;
  }

  static void Quote(absl::string_view text, std::string& out) {
    out.push_back('"');
    size_t plain = 0;  // what follows is not yet copied
    for (size_t at = 0; at < text.size(); ++at) {
      while (at + sizeof(uint64_t) <= text.size() && !HasSpecial(text.data() + at)) {
        at += sizeof(uint64_t);
      }
      if (at == text.size() || !IsSpecial(text[at])) continue;
      out.append(text.data() + plain, at - plain);
      Escape(text[at], out);
      plain = at + 1;
    }
    out.append(text.data() + plain, text.size() - plain);
    out.push_back('"');
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

  std::string out_;
  bool first_ = true;  // nothing stands before what comes next
};

}  // namespace bitrade::gateway
