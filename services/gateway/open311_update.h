#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "google/protobuf/message.h"
#include "services/gateway/open311_document.h"
#include "services/gateway/open311_form.h"

namespace ccfa::gateway::open311 {

/// "2026-000001-intake-17", of a call and the event "ccfa.intake.v1/0/17".
std::string UpdateId(absl::string_view call, absl::string_view event_id);

struct Told {
  absl::Time at;
  Document update;
};
/// What happened to a call, oldest first, in words for those outside. What only those who work on
/// it are to know, such as how bad it is or who was shown what, is not among it.
std::vector<Told> UpdatesOf(const insight::v1::CallStory& story,
                            const std::vector<insight::v1::HistoryEntry>& history);

/// What whoever reported it adds, as the command that means that: the answer to a question that was
/// asked, "not fixed", or words for the record. What becomes of a call is not theirs to say.
/// Behind it, what it may have meant when it was sent before, with the same request id and in
/// another state of the call. INVALID_ARGUMENT naming the argument.
absl::StatusOr<std::vector<std::unique_ptr<google::protobuf::Message>>> ToCommands(
    const Form& form, const insight::v1::CallStory& story, const std::string& request_id);

}  // namespace ccfa::gateway::open311
