#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/strings/string_view.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/console/page.h"

namespace ccfa::gateway::console {

/// "27 November 2026 at 16:38", in London; empty where there is no time.
std::string WhenOf(const google::protobuf::Timestamp& time);
/// "27 November 2026"
std::string DayOf(const google::protobuf::Timestamp& time);

/// "Fairly reliable", of GRADE_FAIRLY_RELIABLE; empty of what is unspecified.
std::string WordsOf(const google::protobuf::EnumValueDescriptor& value);
template <class Enum>
std::string WordsOf(Enum value) {
  const auto* found =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(static_cast<int>(value));
  return found == nullptr ? "" : WordsOf(*found);
}

/// "Fly tipping", of "fly-tipping".
std::string TitleOf(absl::string_view id);

/// Where a call stands, as a tag.
Cell TagOf(ccfa::insight::v1::StoryState state);

/// A link to a thing by its resource name, which is its page's path; its id where no text is given.
/// An empty cell where there is no such thing.
Cell LinkTo(const std::string& name, std::string text = "");

}  // namespace ccfa::gateway::console
