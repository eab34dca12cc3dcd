#include <initializer_list>

#include "absl/algorithm/container.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/exclusion.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;

/// Who propose a ruling, and who judge one that another proposed.
constexpr std::initializer_list<absl::string_view> kProposers = {"coordinator", "administrator"};
constexpr std::initializer_list<absl::string_view> kJudges = {"scrutiny", "committee",
                                                              "administrator"};

absl::Status CheckMayRule(const Actor& actor, std::initializer_list<absl::string_view> roles) {
  if (absl::c_linear_search(roles, absl::string_view(actor.role))) return absl::OkStatus();
  return Forbidden("MAY_NOT_RULE", absl::StrCat("expected one of ", absl::StrJoin(roles, ", "),
                                                ", got ", actor.ToString()));
}

/// A person is one person in whatever role: "coordinator:lee" is "administrator:lee".
bool IsSamePerson(const Actor& actor, absl::string_view other) {
  absl::string_view id = other.substr(other.find(':') + 1);
  return actor.id == id.substr(0, id.find('@'));
}

absl::StatusOr<Call> OpenForSecondPerson(const Tables& tables, const auto& request,
                                         const Actor& actor) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_RULING_PROPOSED});
  if (!call.ok()) return call.status();
  if (absl::Status may = CheckMayRule(actor, kJudges); !may.ok()) return may;
  if (IsSamePerson(actor, call->ruling().proposed_by())) {
    return Forbidden("SAME_PERSON",
                     absl::StrCat("expected another person than ", call->ruling().proposed_by(),
                                  ", who proposed the ruling; it takes two"));
  }
  return call;
}

absl::Status CheckAppealable(const Tables& tables, const Call& call) {
  if (!call.ruling().confirmed())
    return WrongState(
        absl::StrCat(call.name(), " was not declined by a ruling; only one is appealed"));
  if (!call.ruling().appeal_decided_by().empty())
    return WrongState(absl::StrCat(call.name(), "'s appeal has been decided, and is so once"));
  if (tables.clocks.Find(call.name(), kAppealClock)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "TOO_LATE",
                "the time to appeal has run out; a new call may be logged with what is new");
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ProposeRulingRequest& request,
                             const Context& context) {
  absl::Status words = Required("reason", request.reason());
  words.Update(Required("evidence", request.evidence()));
  if (!words.ok()) return words;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_LOGGED});
  if (!call.ok()) return call.status();
  absl::Status may = CheckMayRule(context.actor, kProposers);
  may.Update(CheckReaches(call->details()));
  if (!may.ok()) return may;
  Event event;
  v1::RulingProposed& proposed = *event.mutable_ruling_proposed();
  proposed.set_name(request.name());
  proposed.set_reason(request.reason());
  proposed.set_evidence(request.evidence());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ConfirmRulingRequest& request,
                             const Context& context) {
  absl::StatusOr<Call> call = OpenForSecondPerson(tables, request, context.actor);
  if (!call.ok()) return call.status();
  // It may have been classified anew since the ruling was proposed.
  if (absl::Status reaches = CheckReaches(call->details()); !reaches.ok()) return reaches;
  Event event;
  v1::RulingConfirmed& confirmed = *event.mutable_ruling_confirmed();
  confirmed.set_name(request.name());
  confirmed.set_reason(request.reason());
  confirmed.mutable_exclusion()->set_limb(
      v1::EXCLUSION_LIMB_VEXATIOUS_DISCRIMINATORY_OR_NOT_REASONABLE);
  confirmed.mutable_exclusion()->set_evidence(call->ruling().evidence());
  *confirmed.add_clocks() = StartClock(tables, request.name(), kAppealClock, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RejectRulingRequest& request,
                             const Context& context) {
  absl::StatusOr<Call> call = OpenForSecondPerson(tables, request, context.actor);
  if (!call.ok()) return call.status();
  Event event;
  event.mutable_ruling_rejected()->set_name(request.name());
  event.mutable_ruling_rejected()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AppealRulingRequest& request,
                             const Context& context) {
  if (absl::Status grounds = Required("grounds", request.grounds()); !grounds.ok()) return grounds;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_DECLINED});
  if (!call.ok()) return call.status();
  absl::Status may = CheckIsCallsCouncillor(*call, context.actor);
  may.Update(CheckAppealable(tables, *call));
  if (!may.ok()) return may;
  Event event;
  v1::RulingAppealed& appealed = *event.mutable_ruling_appealed();
  appealed.set_name(request.name());
  appealed.set_grounds(request.grounds());
  *appealed.add_clocks() = StartClock(tables, request.name(), kDecideAppealClock, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DecideAppealRequest& request,
                             const Context& context) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, {v1::CALL_STATE_APPEALED});
  if (!call.ok()) return call.status();
  if (absl::Status may = CheckMayRule(context.actor, kJudges); !may.ok()) return may;
  const v1::Ruling& ruling = call->ruling();
  for (const std::string* part :
       {&ruling.proposed_by(), &ruling.decided_by(), &ruling.appealed_by()}) {
    if (!IsSamePerson(context.actor, *part)) continue;
    return Forbidden("TOOK_PART", absl::StrCat("expected somebody who took no part, and ", *part,
                                               " did; somebody else decides the appeal"));
  }
  Event event;
  v1::AppealDecided& decided = *event.mutable_appeal_decided();
  decided.set_name(request.name());
  decided.set_upheld(request.upheld());
  decided.set_reason(request.reason());
  if (request.upheld())
    *decided.add_clocks() = StartClock(tables, request.name(), kScreenClock, context);
  return event;
}

}  // namespace ccfa::intake
