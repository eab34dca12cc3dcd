#include "common/telemetry/traceparent.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ccfa::telemetry {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr Traceparent kExample = {.trace_id = {0x4b, 0xf9, 0x2f, 0x35, 0x77, 0xb3, 0x4d, 0xa6, 0xa3,
                                               0xce, 0x92, 0x9d, 0x0e, 0x0e, 0x47, 0x36},
                                  .span_id = {0x00, 0xf0, 0x67, 0xaa, 0x0b, 0xa9, 0x02, 0xb7},
                                  .flags = 0x01};
constexpr std::string_view kExampleText = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Traceparent, ReadsTheExampleOfTheStandard) {
  EXPECT_THAT(ParseTraceparent(kExampleText), Optional(kExample));
}

TEST(Traceparent, WritesTheExampleOfTheStandard) {
  EXPECT_EQ(FormatTraceparent(kExample), kExampleText);
}

TEST(Traceparent, RefusesWhatTheStandardCallsInvalid) {
  for (const std::string_view text : {
           "",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
           "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
           "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
       }) {
    EXPECT_THAT(ParseTraceparent(text), Eq(std::nullopt)) << text;
  }
}

TEST(Traceparent, GivesAChildTheTraceOfItsParentAndASpanOfItsOwn) {
  const SpanId span_id = {1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(FormatTraceparent(Child(kExample, span_id)),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0102030405060708-01");
}

RC_GTEST_PROP(Traceparent, ReadsBackWhatItWrote,
              (const TraceId& trace_id, const SpanId& span_id, std::uint8_t flags)) {
  RC_PRE(trace_id != TraceId{});
  RC_PRE(span_id != SpanId{});
  const Traceparent traceparent = {.trace_id = trace_id, .span_id = span_id, .flags = flags};
  RC_ASSERT(ParseTraceparent(FormatTraceparent(traceparent)) == traceparent);
}

RC_GTEST_PROP(Traceparent, ReadsNothingThatItWouldWriteOtherwise, (std::uint8_t at, char c)) {
  std::string text(kExampleText);
  text[at % text.size()] = c;
  const std::optional<Traceparent> traceparent = ParseTraceparent(text);
  RC_ASSERT(!traceparent.has_value() || FormatTraceparent(*traceparent) == text);
}

}  // namespace
}  // namespace ccfa::telemetry
