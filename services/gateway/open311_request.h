#pragma once

#include <optional>

#include "absl/time/time.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "services/gateway/open311_document.h"

namespace ccfa::gateway::open311 {

/// Whether somebody still works on a call in this state, or is to.
bool IsOpen(insight::v1::StoryState state);

/// Where a call stands, and what is next, for those outside: nobody is named.
std::string NotesOf(const insight::v1::CallStory& story);

/// A call as a service request. `expected`: by when what is next is to happen.
Document RequestOf(const insight::v1::CallStory& story, std::optional<absl::Time> expected);

}  // namespace ccfa::gateway::open311
