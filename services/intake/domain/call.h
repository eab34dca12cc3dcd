#pragma once

#include <initializer_list>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/engine/clocks.h"
#include "common/engine/command.h"
#include "services/intake/domain/policy.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// What the commands about one call look at first, and what they share.

using States = std::initializer_list<v1::CallState>;

inline constexpr States kScreening = {v1::CALL_STATE_LOGGED,
                                      v1::CALL_STATE_MORE_INFORMATION_NEEDED};
inline constexpr States kBeforeAcceptance = {v1::CALL_STATE_LOGGED,
                                             v1::CALL_STATE_MORE_INFORMATION_NEEDED,
                                             v1::CALL_STATE_RULING_PROPOSED, v1::CALL_STATE_PARKED};
inline constexpr States kAnyOpen = {
    v1::CALL_STATE_LOGGED, v1::CALL_STATE_MORE_INFORMATION_NEEDED, v1::CALL_STATE_ACCEPTED,
    v1::CALL_STATE_JOINED, v1::CALL_STATE_RULING_PROPOSED,         v1::CALL_STATE_APPEALED,
    v1::CALL_STATE_PARKED};

inline constexpr States kAnyState = {v1::CALL_STATE_LOGGED,
                                     v1::CALL_STATE_MORE_INFORMATION_NEEDED,
                                     v1::CALL_STATE_ACCEPTED,
                                     v1::CALL_STATE_DECLINED,
                                     v1::CALL_STATE_REFERRED_TO_SERVICE,
                                     v1::CALL_STATE_WITHDRAWN,
                                     v1::CALL_STATE_JOINED,
                                     v1::CALL_STATE_CLOSED,
                                     v1::CALL_STATE_RULING_PROPOSED,
                                     v1::CALL_STATE_APPEALED,
                                     v1::CALL_STATE_PARKED,
                                     v1::CALL_STATE_REFERRED_TO_COUNCIL};

/// OK when a call's state is one of `allowed`; WRONG_STATE says which they are.
absl::Status CheckState(const v1::Call& call, States allowed);

/// The call a request names, when it may be changed: it exists, nobody changed it since the
/// request's etag, and its state is one of `allowed`.
template <class Request>
absl::StatusOr<v1::Call> Open(const Tables& tables, const Request& request, States allowed) {
  if (absl::Status name = CheckName("name", request.name(), "councils/*/calls/*"); !name.ok())
    return name;
  auto call = tables.calls.Get(request.name());
  if (!call) return NotFound("name", request.name());
  if (!request.etag().empty() && request.etag() != call->etag()) {
    return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                  absl::StrCat(request.name(), " has changed since; read it again"), "etag");
  }
  if (absl::Status state = CheckState(*call, allowed); !state.ok()) return state;
  return *std::move(call);
}

/// INVALID_ARGUMENT when a text that people need is empty.
absl::Status Required(absl::string_view field, absl::string_view text);

/// FAILED_PRECONDITION TOO_MANY when a call holds `most` things of a kind already.
absl::Status CheckRoom(absl::string_view things, int held, int most);

/// Those who recorded it have screened it: it is accepted at once.
bool IsImported(const v1::CallDetails& details);

/// PERMISSION_DENIED NOT_CALLS_COUNCILLOR unless a councillor asks, the call's own where it has
/// one.
absl::Status CheckIsCallsCouncillor(const v1::Call& call, const Actor& actor);

/// How the council of a call lets its clocks of a kind run.
config::ClockRule RuleOfClock(const Tables& tables, absl::string_view call, absl::string_view kind);

/// A clock of this kind that starts now, as long as the call's council sets it.
engine::Clock StartClock(const Policy& policy, absl::string_view call, absl::string_view kind,
                         const engine::Context& context);
engine::Clock StartClock(const Tables& tables, absl::string_view call, absl::string_view kind,
                         const engine::Context& context);

/// Whether the law on crime and disorder governs a matter, alone or with another.
bool IsCrimeAndDisorder(v1::Regime regime);

/// The council makes it a duty of councillors to answer their callers in such a matter (F6).
bool HasDutyToAnswer(const Policy& policy, v1::Regime regime);

/// How long after its end a call may be reported as not fixed, as its council sets it (F63).
calendar::Length NotFixedWithin(const Tables& tables, absl::string_view call);

/// "REGIME_CRIME_AND_DISORDER" as "crime and disorder": an enum's value in words, without its
/// type's name.
std::string WordsOf(const std::string& value, absl::string_view type);

}  // namespace ccfa::intake
