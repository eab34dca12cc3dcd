#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string_view>
#include <variant>

namespace ccfa::telemetry {

enum class Level { kDebug, kInfo, kWarning, kError };

// One name and value of a log line. Keeps views: only to be passed to Log.
struct Field {
  Field(std::string_view field, std::string_view text) : name(field), value(text) {}
  Field(std::string_view field, const char* text) : Field(field, std::string_view(text)) {}
  Field(std::string_view field, double number) : name(field), value(number) {}
  template <std::integral T>
  Field(std::string_view field, T number) : name(field), value(std::int64_t(number)) {}
  Field(std::string_view field, bool flag) : name(field), value(flag) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

// Writes one line to stderr, a JSON object: time (RFC 3339, UTC, milliseconds), level, event, then
// the fields in their order. A field may not take one of those three names: it would be left out.
// Bytes that are not UTF-8 become U+FFFD. Any thread may call it.
//
// No personal data: pass codes, numbers and resource names, never a person's name or words.
void Log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

// Lines below this level are dropped. At the start: kInfo. Any thread may call it.
void SetLevel(Level level);

// While it lives, lines go to `out` instead of stderr. For tests; one at a time.
class ScopedLogCapture {
 public:
  explicit ScopedLogCapture(std::ostream& out);
  ~ScopedLogCapture();
  ScopedLogCapture(const ScopedLogCapture&) = delete;
  ScopedLogCapture& operator=(const ScopedLogCapture&) = delete;
};

}  // namespace ccfa::telemetry
