#include "services/insight/story.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"

namespace ccfa::insight {
namespace {

using intake::v1::CallState;
using v1::StoryRow;
using v1::StoryState;

StoryState StateOfAccepted(const StoryRow& row) {
  if (row.sara().state() != sara::v1::PROBLEM_STATE_UNSPECIFIED) return StateOfProblem(row);
  switch (row.routing().placement().state()) {
    case routing::v1::PLACEMENT_STATE_IN_TRIAGE:
      return v1::STORY_STATE_TRIAGE;
    case routing::v1::PLACEMENT_STATE_ROUTED:
      return v1::STORY_STATE_ROUTED;
    default:
      return v1::STORY_STATE_ACCEPTED;
  }
}

std::string StageWord(sara::v1::Stage stage) {
  return stage == sara::v1::STAGE_UNSPECIFIED
             ? ""
             : absl::AsciiStrToLower(
                   sara::v1::Stage_Name(stage).substr(std::string("STAGE_").size()));
}

std::string NextInHand(const v1::SaraPart& part) {
  if (!part.next().empty()) return part.next();
  return WhatComesIn(part.stage());
}

std::string NextInScrutiny(const v1::ScrutinyPart& part) {
  switch (part.state()) {
    case scrutiny::v1::REFERRAL_STATE_ON_AGENDA:
      return absl::StrCat("the committee decides on ", LastId(part.meeting()));
    case scrutiny::v1::REFERRAL_STATE_IN_REVIEW:
      return "the committee recommends, and the agencies answer";
    case scrutiny::v1::REFERRAL_STATE_DEFERRED:
      return "it waits in the committee's work programme";
    default:
      return "the referral is put on an agenda";
  }
}

struct WhoAndNext {
  std::string with;
  std::string next;
};

std::string TeamOf(const StoryRow& row) {
  return row.sara().team().empty() ? row.routing().placement().team() : row.sara().team();
}

std::string HolderOf(const StoryRow& row) {
  return row.sara().rung() == sara::v1::RUNG_TASKING_GROUP ? "tasking group" : TeamOf(row);
}

std::string WhoLogged(const StoryRow& row) {
  const std::string& councillor = row.intake().details().councillor();
  return councillor.empty() ? "whoever logged it" : councillor;
}

WhoAndNext Outlook(const StoryRow& row) {
  // A joined call goes where its problem goes.
  bool joined = StateOf(row) == v1::STORY_STATE_JOINED;
  switch (joined ? StateOfProblem(row) : StateOf(row)) {
    case v1::STORY_STATE_LOGGED:
      return {"screening",
              row.intake().acknowledged()
                  ? "the call is accepted, declined or referred"
                  : "the caller is told that it was received, and the call is screened"};
    case v1::STORY_STATE_MORE_INFORMATION_NEEDED:
      return {WhoLogged(row), absl::StrCat("answer: ", row.intake().question())};
    case v1::STORY_STATE_PARKED:
      return {"nobody: it is parked",
              "it comes back by itself when others like it make a pattern with it"};
    case v1::STORY_STATE_REFERRED_TO_COUNCIL:
      return {row.intake().referred_to(),
              "that council answers; what becomes of it comes back here"};
    case v1::STORY_STATE_RULING_PROPOSED:
      return {"scrutiny or an administrator",
              absl::StrCat("another person than ", row.intake().ruling().proposed_by(),
                           " confirms or rejects that it is not reasonable")};
    case v1::STORY_STATE_APPEALED:
      return {"scrutiny or an administrator", "somebody who took no part decides the appeal"};
    case v1::STORY_STATE_ACCEPTED:
      return {"routing", "its ward and team are found"};
    case v1::STORY_STATE_TRIAGE:
      return {"triage", "somebody places it by hand"};
    case v1::STORY_STATE_ROUTED:
      return {HolderOf(row),
              row.sara().next().empty() ? "the team takes it up" : row.sara().next()};
    case v1::STORY_STATE_IN_HAND:
      return {HolderOf(row), NextInHand(row.sara())};
    case v1::STORY_STATE_WITH_SCRUTINY:
      return {"overview and scrutiny", NextInScrutiny(row.scrutiny())};
    default:
      return {};
  }
}

/// What only intake knows, as it is.
void AddIntake(v1::CallStory& story, const v1::IntakePart& part) {
  if (part.has_exclusion()) *story.mutable_exclusion() = part.exclusion();
  if (part.has_ruling()) *story.mutable_ruling() = part.ruling();
  if (part.has_multi_agency()) *story.mutable_multi_agency() = part.multi_agency();
  if (part.has_harm()) *story.mutable_harm() = part.harm();
  *story.mutable_thread() = part.thread();
  story.set_affected_too(part.affected_too());
  story.set_referred_to(part.referred_to());
  story.set_referred_from(part.referred_from());
  story.set_caller(part.caller());
}

}  // namespace

std::string WhatComesIn(sara::v1::Stage stage) {
  switch (stage) {
    case sara::v1::STAGE_SCANNING:
      return "the team finds out what the problem is";
    case sara::v1::STAGE_ANALYSIS:
      return "the team finds out why it happens";
    case sara::v1::STAGE_RESPONSE:
      return "agencies agree to actions and do them";
    case sara::v1::STAGE_ASSESSMENT:
      return "the team assesses whether it worked";
    default:
      return "the team takes it up";
  }
}

StoryState StateOfProblem(const StoryRow& row) {
  if (row.sara().rung() == sara::v1::RUNG_SCRUTINY) return v1::STORY_STATE_WITH_SCRUTINY;
  if (row.sara().state() == sara::v1::PROBLEM_STATE_IN_HAND) return v1::STORY_STATE_IN_HAND;
  return v1::STORY_STATE_ROUTED;
}

StoryState StateOf(const StoryRow& row) {
  switch (row.intake().state()) {
    case intake::v1::CALL_STATE_LOGGED:
      return v1::STORY_STATE_LOGGED;
    case intake::v1::CALL_STATE_MORE_INFORMATION_NEEDED:
      return v1::STORY_STATE_MORE_INFORMATION_NEEDED;
    case intake::v1::CALL_STATE_ACCEPTED:
      return StateOfAccepted(row);
    case intake::v1::CALL_STATE_DECLINED:
      return v1::STORY_STATE_DECLINED;
    case intake::v1::CALL_STATE_REFERRED_TO_SERVICE:
      return v1::STORY_STATE_REFERRED_TO_SERVICE;
    case intake::v1::CALL_STATE_WITHDRAWN:
      return v1::STORY_STATE_WITHDRAWN;
    case intake::v1::CALL_STATE_JOINED:
      return v1::STORY_STATE_JOINED;
    case intake::v1::CALL_STATE_PARKED:
      return v1::STORY_STATE_PARKED;
    case intake::v1::CALL_STATE_REFERRED_TO_COUNCIL:
      return v1::STORY_STATE_REFERRED_TO_COUNCIL;
    case intake::v1::CALL_STATE_RULING_PROPOSED:
      return v1::STORY_STATE_RULING_PROPOSED;
    case intake::v1::CALL_STATE_APPEALED:
      return v1::STORY_STATE_APPEALED;
    case intake::v1::CALL_STATE_CLOSED:
      return row.intake().resolved() ? v1::STORY_STATE_RESOLVED : v1::STORY_STATE_NOT_RESOLVED;
    default:
      return v1::STORY_STATE_UNSPECIFIED;
  }
}

std::string WardOf(const StoryRow& row) {
  const std::string& routed = row.routing().placement().ward();
  return routed.empty() ? row.intake().details().ward() : routed;
}

v1::CallStory StoryOf(const StoryRow& row) {
  v1::CallStory story;
  story.set_name(row.name());
  *story.mutable_details() = row.intake().details();
  story.set_state(StateOf(row));
  if (std::string ward = WardOf(row); !ward.empty()) {
    story.set_ward(absl::StrCat("councils/", CouncilOf(row.name()), "/wards/", ward));
  }
  const auto& placement = row.routing().placement();
  story.set_team(TeamOf(row));
  story.set_reason(row.intake().reason());
  if (story.state() == v1::STORY_STATE_TRIAGE) story.set_reason(placement.note());
  story.set_problem(row.sara().problem());
  story.set_referral(row.scrutiny().referral());
  WhoAndNext outlook = Outlook(row);
  story.set_with(outlook.with);
  story.set_next(outlook.next);
  *story.mutable_log_time() = row.intake().log_time();
  *story.mutable_update_time() = row.update_time();
  story.set_stage(StageWord(row.sara().stage()));
  for (const auto* overdue :
       {&row.intake().overdue(), &row.sara().overdue(), &row.scrutiny().overdue()}) {
    story.mutable_overdue()->MergeFrom(*overdue);
  }
  story.set_etag(row.intake().etag());
  story.set_near_edge(placement.near_edge());
  AddIntake(story, row.intake());
  return story;
}

}  // namespace ccfa::insight
