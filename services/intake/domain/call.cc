#include "services/intake/domain/call.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace ccfa::intake {
namespace {

std::string Words(v1::CallState state) {
  return absl::StrCat("is ", v1::CallState_Name(state).substr(11));
}

const config::v1::ClockRule& RuleFor(const Policy& policy, absl::string_view kind) {
  if (kind == kAcknowledgeClock) return policy.acknowledge();
  if (kind == kAppealClock) return policy.appeal();
  if (kind == kDecideAppealClock) return policy.decide_appeal();
  if (kind == kCouncillorAnswerClock) return policy.councillor_answer();
  if (kind == kRetentionClock) return policy.retention();
  return policy.screen();
}

}  // namespace

absl::Status CheckState(const v1::Call& call, States allowed) {
  if (std::find(allowed.begin(), allowed.end(), call.state()) != allowed.end())
    return absl::OkStatus();
  return WrongState(
      absl::StrCat(call.name(), " ", Words(call.state()), "; this step is taken when it ",
                   absl::StrJoin(allowed, " or ", [](std::string* out, v1::CallState state) {
                     absl::StrAppend(out, Words(state));
                   })));
}

absl::Status Required(absl::string_view field, absl::string_view text) {
  return text.empty() ? InvalidField(field, "is required, in plain words") : absl::OkStatus();
}

absl::Status CheckRoom(absl::string_view things, int held, int most) {
  if (held < most) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "TOO_MANY",
                absl::StrCat("a call holds at most ", most, " ", things));
}

bool IsImported(const v1::CallDetails& details) {
  return details.source() == kAcceptedAtOnce;
}

absl::Status CheckIsCallsCouncillor(const v1::Call& call, const Actor& actor) {
  const std::string& councillor = call.details().councillor();
  bool is_theirs = councillor.empty() || actor.id == LastId(councillor);
  if (actor.role == "councillor" && is_theirs) return absl::OkStatus();
  return Forbidden(
      "NOT_CALLS_COUNCILLOR",
      absl::StrCat(
          "expected ",
          councillor.empty() ? "a councillor" : absl::StrCat("councillor:", LastId(councillor)),
          ", got ", actor.ToString(), "; ask the call's councillor to take this step"));
}

config::ClockRule RuleOfClock(const Tables& tables, absl::string_view call,
                              absl::string_view kind) {
  return config::RuleOf(RuleFor(*PolicyOf(tables, CouncilOf(call)), kind));
}

engine::Clock StartClock(const Policy& policy, absl::string_view call, absl::string_view kind,
                         const engine::Context& context) {
  return engine::NewClock(call, kind, context.now, config::RuleOf(RuleFor(policy, kind)),
                          context.calendar);
}

engine::Clock StartClock(const Tables& tables, absl::string_view call, absl::string_view kind,
                         const engine::Context& context) {
  return StartClock(*PolicyOf(tables, CouncilOf(call)), call, kind, context);
}

bool IsCrimeAndDisorder(v1::Regime regime) {
  return regime == v1::REGIME_CRIME_AND_DISORDER || regime == v1::REGIME_BOTH;
}

bool HasDutyToAnswer(const Policy& policy, v1::Regime regime) {
  return IsCrimeAndDisorder(regime) && !policy.councillor_answer().length().empty();
}

calendar::Length NotFixedWithin(const Tables& tables, absl::string_view call) {
  return config::LengthOf(PolicyOf(tables, CouncilOf(call))->not_fixed_within());
}

std::string WordsOf(const std::string& value, absl::string_view type) {
  return absl::AsciiStrToLower(
      absl::StrReplaceAll(absl::string_view(value).substr(type.size() + 1), {{"_", " "}}));
}

}  // namespace ccfa::intake
