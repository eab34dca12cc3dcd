#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "services/gateway/open311_asking.h"
#include "services/gateway/open311_filter.h"
#include "services/gateway/open311_form.h"

namespace ccfa::gateway::open311 {

/// What the interface asks of the services, whatever it makes of it.

/// The council that is meant: `jurisdiction_id`, else the only one of the key or of the system.
/// NOT_FOUND where there is no such council; INVALID_ARGUMENT where one has to be named.
absl::StatusOr<std::string> FindCouncil(const Form& form, Asking& services);

absl::StatusOr<config::v1::CouncilConfig> RulesOf(const std::string& council, Asking& services);

/// One call, by the id of its request. NOT_FOUND naming `service_request_id`.
absl::StatusOr<insight::v1::CallStory> FindCall(const std::string& council, const std::string& id,
                                                Asking& services);

/// Gives `visit` the calls that a filter has, whatever part of them it asks for, in the order they
/// were logged, until it says that it has enough.
using Visit = absl::FunctionRef<absl::StatusOr<bool>(insight::v1::CallStory&)>;
absl::Status EachCall(const std::string& council, const Filter& filter, Asking& services,
                      Visit visit);

/// The part of them that it asks for.
absl::StatusOr<std::vector<insight::v1::CallStory>> ListCalls(const std::string& council,
                                                              const Filter& filter,
                                                              Asking& services);

/// By when what is next of open calls is to happen: of each in their order, where a clock says so.
absl::StatusOr<std::vector<std::optional<absl::Time>>> ExpectedOf(
    const std::string& council, const std::vector<insight::v1::CallStory>& calls, Asking& services);

/// Everything that happened to a call, oldest first.
absl::StatusOr<std::vector<insight::v1::HistoryEntry>> HistoryOf(const std::string& name,
                                                                 Asking& services);

}  // namespace ccfa::gateway::open311
