#include "tests/support/golden_intake.h"

#include "absl/strings/str_cat.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// Of the committee, and with no part in what went before.
constexpr char kCommittee[] = "committee:osei";

void ProposeRuling(Town& town, const std::string& call) {
  auto propose = WithReason<intake::v1::ProposeRulingRequest>(call, "the ninth of its kind");
  propose.set_evidence("the eight before it");
  town.Do(propose, kCoordinator);
}

/// A call that is classified, ruled out, appealed, let in again, and excluded by law.
void RuleOnACall(Town& town) {
  intake::v1::LogCallRequest request = NewCall();
  request.mutable_details()->clear_standing();
  std::string call = town.Do(request, kCouncillor);
  auto standing = About<intake::v1::RecordStandingRequest>(call);
  standing.set_standing(intake::v1::STANDING_WORKS_IN_WARD);
  town.Do(standing, kCouncillor);
  auto classify =
      WithReason<intake::v1::ClassifyCallRequest>(call, "it is about a planning condition");
  classify.set_regime(intake::v1::REGIME_OTHER_MATTER);
  town.Do(classify, kCoordinator);

  ProposeRuling(town, call);
  town.Do(WithReason<intake::v1::RejectRulingRequest>(call, "the caller has a point"), kScrutiny);
  ProposeRuling(town, call);
  town.Do(WithReason<intake::v1::ConfirmRulingRequest>(call, "nothing new is said"), kScrutiny);
  auto appeal = About<intake::v1::AppealRulingRequest>(call);
  appeal.set_grounds("the yard was never visited");
  town.Do(appeal, kCouncillor);
  auto uphold = WithReason<intake::v1::DecideAppealRequest>(call, "nobody has looked");
  uphold.set_upheld(true);
  town.Do(uphold, kCommittee);

  auto decline =
      WithReason<intake::v1::DeclineCallRequest>(call, "the application is being decided");
  decline.mutable_exclusion()->set_limb(intake::v1::EXCLUSION_LIMB_PLANNING_DECISION);
  decline.mutable_exclusion()->set_evidence("PA/27/0117");
  town.Do(decline, kCoordinator);
}

void TalkWithItsCaller(Town& town, const std::string& call) {
  auto answer = About<intake::v1::AnswerCallerRequest>(call);
  answer.set_answer("I ask the landlord for a gate");
  town.Do(answer, kCouncillor);
  auto tell = About<intake::v1::TellCallerRequest>(call);
  tell.set_message("a gate is ordered");
  town.Do(tell, kCoordinator);
  auto reply = About<intake::v1::NoteReplyRequest>(call);
  reply.set_reply("it was never locked before");
  town.Do(reply, kCoordinator);
  intake::v1::SayAffectedRequest affected;
  affected.set_name(call);
  affected.set_request_id("a neighbour");
  town.Do(affected, kCouncillor);
}

void AssessItsHarm(Town& town, const std::string& call) {
  intake::v1::AssessHarmRequest assess;
  assess.set_name(call);
  for (int kind = 1; kind < intake::v1::HarmKind_ARRAYSIZE; ++kind) {
    intake::v1::HarmPart& part = *assess.add_parts();
    part.set_kind(static_cast<intake::v1::HarmKind>(kind));
    part.set_level(kind - 1);
    part.set_words("as the residents tell it");
  }
  town.Do(assess, kCoordinator);
}

/// The call that went the whole road is not fixed, and its caller's thread goes on.
void FindItNotFixed(Town& town) {
  std::string call = absl::StrCat(kCouncil, "/calls/2027-000001");
  town.Do(WithReason<intake::v1::ReportNotFixedRequest>(call, "the gate stands open"), kCouncillor);
  TalkWithItsCaller(town, call);
  AssessItsHarm(town, call);
}

/// Two one-offs that a third makes a pattern with.
void ParkCallsUntilAPatternForms(Town& town) {
  for (int i = 0; i < 2; ++i) {
    std::string call = town.Do(NewCall(), kCouncillor);
    town.Do(WithReason<intake::v1::ParkCallRequest>(call, "once, and cleared"), kCoordinator);
  }
  town.Do(NewCall(), kCouncillor);
}

/// Two calls that are the neighbour's matter, one of which it declines; and one that is nobody's.
void ReferCallsToTheNeighbour(Town& town) {
  auto refer = [&](const std::string& council) {
    auto request = WithReason<intake::v1::ReferCallToCouncilRequest>(
        town.Do(NewCall(), kCouncillor), "the road is theirs");
    request.set_council(council);
    town.Do(request, kCoordinator);
  };
  refer(kNeighbour);
  town.Do(WithReason<intake::v1::DeclineCallRequest>(absl::StrCat(kNeighbour, "/calls/2027-000001"),
                                                     "resurfaced last week"),
          kCoordinator);
  refer("councils/E08000097");
}

}  // namespace

void GoEveryWayOfIntake(Town& town) {
  RuleOnACall(town);
  FindItNotFixed(town);
  ParkCallsUntilAPatternForms(town);
  ReferCallsToTheNeighbour(town);
}

}  // namespace ccfa::test_support
