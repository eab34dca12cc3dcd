#pragma once

#include <initializer_list>

#include "absl/status/statusor.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/engine/clocks.h"
#include "common/engine/command.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// The problem of that name, when it may be changed: it exists, nobody changed it since the etag,
/// and its state is one of `allowed`. `field` is where the request names it.
absl::StatusOr<v1::Problem> FindProblem(const Tables& tables, absl::string_view field,
                                        absl::string_view name, absl::string_view etag,
                                        std::initializer_list<v1::ProblemState> allowed);

/// The problem of that name, when it is in hand and its stage is one of `stages`.
absl::StatusOr<v1::Problem> FindAtStage(const Tables& tables, absl::string_view field,
                                        absl::string_view name, absl::string_view etag,
                                        std::initializer_list<v1::Stage> stages);

bool IsOpen(const v1::Problem& problem);

/// Open, or put aside: it may still lose a call, or go to another team.
bool IsUnfinished(const v1::Problem& problem);

/// What the problem knows of its call; null when it knows nothing.
const v1::CallFacts* FactsIn(const v1::Problem& problem, absl::string_view call);

/// The result is better for people than before.
bool IsSuccess(v1::Result result);

/// How far each action was done.
google::protobuf::RepeatedPtrField<v1::ActionProcess> ProcessOf(const v1::Problem& problem);

/// What the pass that a problem is in has come to (F34).
v1::Findings FindingsOf(const v1::Problem& problem, const engine::Context& context);

/// FAILED_PRECONDITION WITH_SCRUTINY while scrutiny has the problem.
absl::Status CheckNotWithScrutiny(const v1::Problem& problem);

/// FAILED_PRECONDITION TOO_MANY when a problem holds `most` of `things` already.
absl::Status CheckRoom(absl::string_view things, int held, int most);

/// ABORTED ETAG_MOVED when somebody changed the thing since the version that was read.
absl::Status CheckEtag(absl::string_view name, absl::string_view read, absl::string_view now);

/// INVALID_ARGUMENT when a text that people need is empty.
absl::Status Required(absl::string_view field, absl::string_view text);

/// A new clock for the problem's team to get through a stage.
engine::Clock StageClock(const Tables& tables, const v1::Problem& problem,
                         const engine::Context& context);

/// A new clock for its team to watch that a solved problem stays solved (F43).
engine::Clock WatchClock(const Tables& tables, const v1::Problem& problem,
                         const engine::Context& context);

inline constexpr std::initializer_list<v1::ProblemState> kAnyOpen = {v1::PROBLEM_STATE_QUEUED,
                                                                     v1::PROBLEM_STATE_IN_HAND};
inline constexpr std::initializer_list<v1::Stage> kAnyStage = {
    v1::STAGE_SCANNING, v1::STAGE_ANALYSIS, v1::STAGE_RESPONSE, v1::STAGE_ASSESSMENT};

}  // namespace ccfa::sara
