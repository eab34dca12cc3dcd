#include "services/insight/public_call.h"

#include "absl/strings/str_cat.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/insight/depersonalised.h"
#include "services/insight/incidents.h"
#include "services/insight/story.h"

namespace ccfa::insight {
namespace {

using config::v1::CouncilConfig;
using v1::StoryRow;

constexpr char kCouncil[] = "the council", kTeam[] = "the neighbourhood team",
               kScrutiny[] = "overview and scrutiny";

struct Words {
  v1::PublicState state = v1::PUBLIC_STATE_UNSPECIFIED;
  std::string standing;
  std::string with;
  std::string next;
  std::string within;
};

/// "10 working days of being logged"; empty where the council has no such rule.
std::string Within(const std::string& length, absl::string_view from) {
  if (length.empty()) return "";
  return absl::StrCat(calendar::WordsOf(config::LengthOf(length)), " of ", from);
}

std::string HolderOf(const StoryRow& row) {
  return row.sara().rung() == sara::v1::RUNG_TASKING_GROUP ? "the tasking group" : kTeam;
}

/// The committee's day would tell of which referral on a public agenda the call is part.
Words WithScrutiny(scrutiny::v1::ReferralState state, const CouncilConfig& rules) {
  Words words{v1::PUBLIC_STATE_WITH_SCRUTINY,
              "The problem is with overview and scrutiny, councillors who hold the agencies to "
              "account.",
              kScrutiny, "", ""};
  switch (state) {
    case scrutiny::v1::REFERRAL_STATE_ON_AGENDA:
      words.next = "the committee decides at its meeting what it does";
      break;
    case scrutiny::v1::REFERRAL_STATE_IN_REVIEW:
      words.next = "the committee recommends, and the agencies answer";
      break;
    case scrutiny::v1::REFERRAL_STATE_DEFERRED:
      words.next = "it waits in the committee's work programme";
      break;
    default:
      words.next = "it is put on the agenda of a meeting";
      words.within = Within(rules.scrutiny().agenda().length(), "being referred");
  }
  return words;
}

Words WithTeam(const StoryRow& row) {
  const bool is_watched = row.sara().state() == sara::v1::PROBLEM_STATE_PARKED;
  return {v1::PUBLIC_STATE_WITH_TEAM, "The call is with a team, which has not begun to work on it.",
          HolderOf(row), is_watched ? "the team watches for more of it" : "the team takes it up",
          ""};
}

Words Ended(absl::string_view how, const CouncilConfig& rules) {
  return {v1::PUBLIC_STATE_ENDED, absl::StrCat("The call has ended: ", how, "."), "",
          "whoever called may say that it is not fixed, and then it is open again",
          Within(rules.intake().not_fixed_within(), "its end")};
}

/// Of the state of a call, or of the problem of one that was joined to it.
Words WordsOf(v1::StoryState state, const StoryRow& row, const CouncilConfig& rules) {
  switch (state) {
    // A ruling and its appeal look as any screening does.
    case v1::STORY_STATE_LOGGED:
    case v1::STORY_STATE_RULING_PROPOSED:
    case v1::STORY_STATE_APPEALED:
      return {v1::PUBLIC_STATE_RECEIVED,
              "The call was received, and the council looks at whether it takes it on.", kCouncil,
              "the call is accepted, declined or passed on, and whoever called is told why",
              Within(rules.intake().screen().length(), "being logged")};
    case v1::STORY_STATE_MORE_INFORMATION_NEEDED:
      return {v1::PUBLIC_STATE_WAITING, "The council has asked for more information.",
              "whoever logged it", "the question is answered", ""};
    case v1::STORY_STATE_ACCEPTED:
    case v1::STORY_STATE_TRIAGE:
      return {v1::PUBLIC_STATE_ACCEPTED, "The call was accepted.", kCouncil,
              "the neighbourhood team for it is found", ""};
    case v1::STORY_STATE_ROUTED:
      return WithTeam(row);
    case v1::STORY_STATE_IN_HAND:
      return {v1::PUBLIC_STATE_IN_HAND, "The problem is being worked on.", HolderOf(row),
              WhatComesIn(row.sara().stage()),
              Within(rules.sara().stage().length(), "the start of this step")};
    case v1::STORY_STATE_WITH_SCRUTINY:
      return WithScrutiny(row.scrutiny().state(), rules);
    case v1::STORY_STATE_PARKED:
      return {v1::PUBLIC_STATE_KEPT, "The call is kept: it tells of something that happened once.",
              kCouncil, "it comes back by itself when more like it is called about", ""};
    case v1::STORY_STATE_REFERRED_TO_SERVICE:
      return {v1::PUBLIC_STATE_PASSED_ON, "The call was passed to the service that deals with it.",
              "that service", "", ""};
    case v1::STORY_STATE_REFERRED_TO_COUNCIL:
      return {v1::PUBLIC_STATE_PASSED_ON, "The call was passed to another council.",
              "the other council", "the other council answers", ""};
    case v1::STORY_STATE_RESOLVED:
      return Ended("the problem is resolved", rules);
    case v1::STORY_STATE_NOT_RESOLVED:
      return Ended("the problem is not resolved", rules);
    case v1::STORY_STATE_DECLINED:
      return {v1::PUBLIC_STATE_ENDED,
              "The council has not taken the call on, and has told whoever called why.", "", "",
              ""};
    case v1::STORY_STATE_WITHDRAWN:
      return {v1::PUBLIC_STATE_ENDED, "The call was withdrawn.", "", "", ""};
    default:
      return {};
  }
}

std::string MonthOf(const google::protobuf::Timestamp& time, const calendar::Calendar& calendar) {
  return MonthText(absl::CivilMonth(calendar.DayOf(FromProto(time))));
}

}  // namespace

v1::PublicCall PublicCallOf(const StoryRow& row, const CouncilConfig& rules,
                            const calendar::Calendar& calendar) {
  v1::StoryState state = StateOf(row);
  if (state == v1::STORY_STATE_JOINED) state = StateOfProblem(row);
  Words words = WordsOf(state, row, rules);
  v1::PublicCall call;
  call.set_name(row.name());
  call.set_reference(std::string(LastId(row.name())));
  call.set_state(words.state);
  call.set_standing(std::move(words.standing));
  call.set_with(std::move(words.with));
  call.set_next(std::move(words.next));
  call.set_within(std::move(words.within));
  call.set_log_month(MonthOf(row.intake().log_time(), calendar));
  call.set_update_month(MonthOf(row.update_time(), calendar));
  call.set_outcome(OutcomeOf(row));
  return call;
}

}  // namespace ccfa::insight
