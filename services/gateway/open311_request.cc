#include "services/gateway/open311_request.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/gateway/open311_services.h"

namespace ccfa::gateway::open311 {
namespace {

using insight::v1::CallStory;
using insight::v1::StoryState;

const char* WordsOf(StoryState state) {
  switch (state) {
    case insight::v1::STORY_STATE_LOGGED:
      return "Received";
    case insight::v1::STORY_STATE_MORE_INFORMATION_NEEDED:
      return "More has to be known";
    case insight::v1::STORY_STATE_ACCEPTED:
      return "Accepted";
    case insight::v1::STORY_STATE_DECLINED:
      return "Declined";
    case insight::v1::STORY_STATE_REFERRED_TO_SERVICE:
      return "Passed to the service that can end it alone";
    case insight::v1::STORY_STATE_WITHDRAWN:
      return "Withdrawn";
    case insight::v1::STORY_STATE_TRIAGE:
      return "Accepted, and waiting to be placed";
    case insight::v1::STORY_STATE_ROUTED:
      return "Passed to a neighbourhood action team";
    case insight::v1::STORY_STATE_IN_HAND:
      return "Worked on by a neighbourhood action team";
    case insight::v1::STORY_STATE_WITH_SCRUTINY:
      return "Raised to overview and scrutiny";
    case insight::v1::STORY_STATE_JOINED:
      return "Worked on together with others about the same problem";
    case insight::v1::STORY_STATE_RESOLVED:
      return "Resolved";
    case insight::v1::STORY_STATE_NOT_RESOLVED:
      return "Ended without being resolved";
    case insight::v1::STORY_STATE_RULING_PROPOSED:
      return "Received, and whether it can be taken is being decided";
    case insight::v1::STORY_STATE_APPEALED:
      return "Declined, and that is being looked at again";
    case insight::v1::STORY_STATE_PARKED:
      return "Kept until others like it come";
    case insight::v1::STORY_STATE_REFERRED_TO_COUNCIL:
      return "Passed to another council, which answers";
    default:
      return "Received";
  }
}

/// Who has it, where that is no single person.
std::string AgencyOf(const CallStory& story) {
  const std::string& with = story.with();
  if (absl::StrContains(with, "/teams/"))
    return absl::StrCat("Neighbourhood action team ", LastId(with));
  if (story.state() == insight::v1::STORY_STATE_REFERRED_TO_COUNCIL)
    return absl::StrCat("Council ", CouncilOf(with));
  if (story.state() == insight::v1::STORY_STATE_WITH_SCRUTINY) return "Overview and scrutiny";
  return IsOpen(story.state()) ? "The council" : "";
}

/// What is said of a ruling names who proposed it.
std::string NextOf(const CallStory& story) {
  return story.state() == insight::v1::STORY_STATE_RULING_PROPOSED ? "" : story.next();
}

}  // namespace

bool IsOpen(StoryState state) {
  switch (state) {
    case insight::v1::STORY_STATE_DECLINED:
    case insight::v1::STORY_STATE_REFERRED_TO_SERVICE:
    case insight::v1::STORY_STATE_WITHDRAWN:
    case insight::v1::STORY_STATE_RESOLVED:
    case insight::v1::STORY_STATE_NOT_RESOLVED:
      return false;
    default:
      return true;
  }
}

std::string NotesOf(const CallStory& story) {
  std::string notes = WordsOf(story.state());
  // Why an open call stands where it stands is for those who work on it.
  if (!IsOpen(story.state()) && !story.reason().empty())
    absl::StrAppend(&notes, ": ", story.reason());
  if (const std::string next = NextOf(story); !next.empty())
    absl::StrAppend(&notes, ". Next: ", next);
  return notes;
}

Document RequestOf(const CallStory& story, std::optional<absl::Time> expected) {
  const intake::v1::CallDetails& details = story.details();
  const bool has_point = details.place().has_point();
  return {
      {"service_request_id", std::string(LastId(story.name()))},
      {"status", IsOpen(story.state()) ? "open" : "closed"},
      {"status_notes", NotesOf(story)},
      {"service_name", ServiceName(details.category())},
      {"service_code", details.category()},
      {"description", details.description().empty() ? details.summary() : details.description()},
      {"agency_responsible", TextOrNull(AgencyOf(story))},
      {"service_notice", TextOrNull(NextOf(story))},
      {"requested_datetime", ToW3c(FromProto(story.log_time()))},
      {"updated_datetime", ToW3c(FromProto(story.update_time()))},
      {"expected_datetime", expected ? Document(ToW3c(*expected)) : Document()},
      {"address", TextOrNull(details.place().text())},
      {"address_id", nullptr},
      {"zipcode", TextOrNull(details.place().postcode())},
      {"lat", has_point ? Document(details.place().point().lat()) : Document()},
      {"long", has_point ? Document(details.place().point().lon()) : Document()},
      {"media_url",
       details.evidence().empty() ? Document() : TextOrNull(details.evidence(0).uri())}};
}

}  // namespace ccfa::gateway::open311
