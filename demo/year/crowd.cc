#include "demo/year/crowd.h"

#include <cmath>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "demo/year/requests.h"
#include "demo/year/themes.h"

namespace ccfa::year {
namespace {

using test_support::About;
using test_support::WithReason;

bool IsBeingScreened(Year& year, const std::string& call) {
  return year.town().CallNamed(call).state() == intake::v1::CALL_STATE_LOGGED;
}

/// What becomes of a call that is not accepted.
enum class Door { kAccept, kDecline, kRefer, kAsk, kWithdraw, kPark };

Door DrawDoor(Year& year) {
  const int draw = year.Below(100);
  if (draw < 5) return Door::kDecline;
  if (draw < 11) return Door::kRefer;
  if (draw < 17) return Door::kAsk;
  if (draw < 20) return Door::kWithdraw;
  return draw < 26 ? Door::kPark : Door::kAccept;
}

/// Ends a call at the door.
void TurnAway(Year& year, const std::string& call, Door door, const std::string& councillor) {
  const std::string& coordinator = year.CouncilWith(call).coordinator;
  if (door == Door::kDecline) {
    year.Do(WithReason<intake::v1::DeclineCallRequest>(call,
                                                       "the service has a date for it, next month"),
            coordinator);
  } else if (door == Door::kRefer) {
    auto refer = WithReason<intake::v1::ReferCallToServiceRequest>(call, "one service's fault");
    refer.set_service("environmental services");
    year.Do(refer, coordinator);
  } else {
    year.Do(WithReason<intake::v1::WithdrawCallRequest>(call, "it has stopped by itself"),
            councillor);
  }
}

/// A problem of the team's that the new one is the same as, by what it is about and where.
std::string SameAs(Year& year, const sara::v1::Problem& fresh) {
  std::string same;
  if (!fresh.call_facts(0).has_point()) return same;
  auto rows = year.town().host().engine("sara").Read().value();
  const auto& point = fresh.call_facts(0).point();
  sara::Tables(*rows).problems.Scan("", "", [&](absl::string_view, const sara::v1::Problem& other) {
    bool open = other.state() == sara::v1::PROBLEM_STATE_QUEUED ||
                other.state() == sara::v1::PROBLEM_STATE_IN_HAND;
    if (!open || other.rung() == sara::v1::RUNG_SCRUTINY || other.name() == fresh.name() ||
        other.team() != fresh.team() || other.category() != fresh.category() ||
        other.call_facts().empty())
      return true;
    const auto& there = other.call_facts(0).point();
    bool near =
        std::abs(there.lat() - point.lat()) < 0.002 && std::abs(there.lon() - point.lon()) < 0.003;
    if (near) same = other.name();
    return !near;
  });
  return same;
}

/// The team that is to have a call no ward took: that of its councillor's ward.
void AssignByHand(Year& year, const std::string& call) {
  const Council& council = year.CouncilWith(call);
  std::string councillor = year.town().CallNamed(call).details().councillor();
  routing::v1::AssignCallRequest assign;
  assign.set_call(call);
  assign.set_team(council.wards.front().team);
  for (const Ward& ward : council.wards) {
    if (absl::c_linear_search(ward.councillors, councillor)) assign.set_team(ward.team);
  }
  assign.set_reason("the councillor of that ward brought it");
  year.Do(assign, council.coordinator);
}

/// Joins a call to the problem it is part of, or has a team work on the one it opened.
void FindItsProblem(Year& year, const std::string& call) {
  std::string name = year.town().Story(call).problem();
  if (name.empty()) return;
  sara::v1::Problem problem = year.town().ProblemNamed(name);
  std::string same = problem.calls_size() == 1 && problem.state() == sara::v1::PROBLEM_STATE_QUEUED
                         ? SameAs(year, problem)
                         : "";
  if (same.empty()) {
    WorkThrough(year, name);
    return;
  }
  auto attach = WithReason<sara::v1::AttachCallRequest>(same, "the same spot, the same thing");
  attach.set_call(call);
  year.Do(attach, year.CouncilWith(call).coordinator);
}

/// How bad it is for whom, once in a while.
void AssessHarm(Year& year, const std::string& call) {
  auto assess = About<intake::v1::AssessHarmRequest>(call);
  for (int kind = 1; kind < intake::v1::HarmKind_ARRAYSIZE; ++kind) {
    intake::v1::HarmPart& part = *assess.add_parts();
    part.set_kind(static_cast<intake::v1::HarmKind>(kind));
    part.set_level(year.Below(6));
    part.set_words("as the caller tells it");
  }
  year.Do(assess, year.CouncilWith(call).coordinator);
}

/// Neighbours who say that it affects them too.
void CountNeighbours(Year& year, const std::string& call, const std::string& councillor) {
  const int neighbours = 1 + year.Below(5);
  for (int i = 1; i <= neighbours; ++i) {
    auto affected = About<intake::v1::SayAffectedRequest>(call);
    affected.set_request_id(absl::StrCat(call, "/neighbours/", i));
    year.Do(affected, councillor);
  }
}

/// What screening finds out: whether the caller lives there, and sometimes another law.
void Screen(Year& year, const std::string& call, const std::string& councillor) {
  auto standing = About<intake::v1::RecordStandingRequest>(call);
  standing.set_standing(year.Happens(80) ? intake::v1::STANDING_LIVES_IN_WARD
                                         : intake::v1::STANDING_WORKS_IN_WARD);
  year.Do(standing, councillor);
  if (!year.Happens(6)) return;
  auto classify = WithReason<intake::v1::ClassifyCallRequest>(
      call, "there is a threat in it, beside what the council does");
  classify.set_regime(intake::v1::REGIME_BOTH);
  year.Do(classify, year.CouncilWith(call).coordinator);
}

}  // namespace

Life MakeCall(Year& year, Row row) {
  co_await year.On(row.day);
  const Council& council = year.places().Of(row.council);
  const std::string councillor = CouncillorActor(row.details.councillor());
  intake::v1::LogCallRequest log = LogOf(row);
  log.mutable_details()->clear_standing();
  const std::string call = year.Do(log, councillor);
  if (year.Happens(90)) {
    co_await year.Days(1 + year.Below(4));
    auto told = About<intake::v1::AcknowledgeCallRequest>(call);
    told.set_message("received; you hear what happens with it");
    year.Do(told, councillor);
  }
  co_await year.Days(1 + year.Below(8));
  Door door = DrawDoor(year);
  if (door == Door::kAsk) {
    auto ask = About<intake::v1::AskForInformationRequest>(call);
    ask.set_question("at which hours is it worst?");
    year.Do(ask, council.coordinator);
    co_await year.Days(3 + year.Below(10));
    auto give = About<intake::v1::GiveInformationRequest>(call);
    give.set_answer("between six and ten in the evening");
    year.Do(give, councillor);
    co_await year.Days(1 + year.Below(4));
  }
  if (door == Door::kPark) {
    year.Try(WithReason<intake::v1::ParkCallRequest>(call, "once, and cleared"),
             council.coordinator);
    // Until others like it bring it back.
    while (!IsBeingScreened(year, call)) co_await year.Days(7);
  }
  if (door == Door::kDecline || door == Door::kRefer || door == Door::kWithdraw) {
    TurnAway(year, call, door, councillor);
    co_return;
  }
  Screen(year, call, councillor);
  year.Do(AcceptanceOf(call, "it persists, and one service alone did not end it"),
          council.coordinator);
  if (year.Happens(30)) AssessHarm(year, call);
  if (year.town().Story(call).state() == insight::v1::STORY_STATE_TRIAGE) {
    co_await year.Days(1 + year.Below(4));
    AssignByHand(year, call);
  }
  co_await year.Days(1);
  FindItsProblem(year, call);
  if (!year.Happens(35)) co_return;
  co_await year.Days(3 + year.Below(15));
  const auto state = year.town().CallNamed(call).state();
  const bool open =
      state == intake::v1::CALL_STATE_ACCEPTED || state == intake::v1::CALL_STATE_JOINED;
  if (open) CountNeighbours(year, call, councillor);
}

void LiveAsACrowd(Year& year) {
  int first_day = 0;
  for (const Council& council : year.places().councils()) {
    SitAsACommittee(year, council);
    HoldCaseReviews(year, council);
    for (const Ward& ward : council.wards) MeetAsATeam(year, council, ward, 20 + first_day++ % 40);
  }
  for (const Row& row : year.crowd()) MakeCall(year, row);
}

}  // namespace ccfa::year
