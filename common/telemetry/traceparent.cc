#include "common/telemetry/traceparent.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ccfa::telemetry {
namespace {

constexpr std::string_view kShape = "00-tttttttttttttttttttttttttttttttt-ssssssssssssssss-ff";
constexpr std::size_t kTraceAt = kShape.find('t');
constexpr std::size_t kSpanAt = kShape.find('s');
constexpr std::size_t kFlagsAt = kShape.find('f');

bool IsLowerHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool FitsShape(std::string_view text) {
  return std::equal(text.begin(), text.end(), kShape.begin(), kShape.end(), [](char c, char shape) {
    return shape == '0' || shape == '-' ? c == shape : IsLowerHex(c);
  });
}

template <std::size_t size>
std::array<std::uint8_t, size> BytesAt(std::string_view text, std::size_t at) {
  const std::string bytes = absl::HexStringToBytes(std::string(text.substr(at, 2 * size)));
  std::array<std::uint8_t, size> result;
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

template <std::size_t size>
std::string Hex(const std::array<std::uint8_t, size>& bytes) {
  return absl::BytesToHexString(std::string(bytes.begin(), bytes.end()));
}

}  // namespace

std::optional<Traceparent> ParseTraceparent(std::string_view text) {
  if (!FitsShape(text)) return std::nullopt;
  const Traceparent traceparent = {.trace_id = BytesAt<16>(text, kTraceAt),
                                   .span_id = BytesAt<8>(text, kSpanAt),
                                   .flags = BytesAt<1>(text, kFlagsAt)[0]};
  if (traceparent.trace_id == TraceId{} || traceparent.span_id == SpanId{}) return std::nullopt;
  return traceparent;
}

std::string FormatTraceparent(const Traceparent& traceparent) {
  return absl::StrCat("00-", Hex(traceparent.trace_id), "-", Hex(traceparent.span_id), "-",
                      absl::Hex(traceparent.flags, absl::kZeroPad2));
}

Traceparent Child(const Traceparent& parent, const SpanId& span_id) {
  return {.trace_id = parent.trace_id, .span_id = span_id, .flags = parent.flags};
}

}  // namespace ccfa::telemetry
