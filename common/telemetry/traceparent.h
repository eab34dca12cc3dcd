#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccfa::telemetry {

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

// A W3C trace context of version 00: which trace a request belongs to and which span caused it.
struct Traceparent {
  TraceId trace_id;
  SpanId span_id;
  std::uint8_t flags;  // Bit 0: sampled.

  bool operator==(const Traceparent&) const = default;
};

// Reads `00-<32 hex digits>-<16 hex digits>-<2 hex digits>`. Nothing for any other version, for
// upper-case digits, and for an id of only zeros, all of which the standard calls invalid.
std::optional<Traceparent> ParseTraceparent(std::string_view text);

std::string FormatTraceparent(const Traceparent& traceparent);

// The context of a span that `parent` caused. `span_id` is new and not all zeros.
Traceparent Child(const Traceparent& parent, const SpanId& span_id);

}  // namespace ccfa::telemetry
