#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/engine/event.h"
#include "common/testing/given.h"
#include "common/testing/memory_rows.h"
#include "services/insight/duplicates.h"
#include "services/insight/fold.h"
#include "services/insight/history.h"
#include "services/insight/projections.h"
#include "services/insight/story.h"

namespace ccfa::insight {

using ::ccfa::testing::FromText;

inline constexpr char kCall[] = "councils/E1/calls/2026-000001";
inline constexpr char kOther[] = "councils/E1/calls/2026-000002";
inline constexpr char kProblem[] = "councils/E1/problems/2026-000001";
inline constexpr char kReferral[] = "councils/E1/referrals/2026-000001";

/// Insight's tables, given what happened elsewhere: a minute lies between two events.
class Given {
 public:
  /// The text form of a service's Event: "call_accepted { name: '...' }".
  Given& Intake(const std::string& event) { return Happened<intake::v1::Event>(event); }
  Given& Routing(const std::string& event) { return Happened<routing::v1::Event>(event); }
  Given& Sara(const std::string& event) { return Happened<sara::v1::Event>(event); }
  Given& Scrutiny(const std::string& event) { return Happened<scrutiny::v1::Event>(event); }

  /// Whatever follows happens at the same instant.
  Given& AtOnce() {
    between_ = absl::ZeroDuration();
    return *this;
  }

  Tables tables() { return Tables(rows_); }
  v1::StoryRow Row(const std::string& call = kCall) {
    return tables().stories.Get(call).value_or(v1::StoryRow());
  }
  v1::CallStory Story(const std::string& call = kCall) { return StoryOf(Row(call)); }
  /// "ROUTED, with T1: the team takes it up".
  std::string Outlook(const std::string& call = kCall) {
    v1::CallStory story = Story(call);
    return absl::StrCat(v1::StoryState_Name(story.state()).substr(sizeof("STORY_STATE_") - 1),
                        ", with ", story.with(), ": ", story.next());
  }
  std::vector<std::string> Overdue(const std::string& call = kCall) {
    v1::CallStory story = Story(call);
    return {story.overdue().begin(), story.overdue().end()};
  }
  /// "call accepted: it persists", oldest first.
  std::vector<std::string> History(const std::string& name) {
    std::vector<std::string> history;
    for (const v1::HistoryEntry& entry : HistoryOf(tables(), name)) {
      history.push_back(absl::StrCat(entry.what(), entry.why().empty() ? "" : ": ", entry.why()));
    }
    return history;
  }

 private:
  template <class Event>
  Given& Happened(const std::string& text) {
    auto event = FromText<Event>(text);
    const google::protobuf::Message* inner = engine::InnerEvent(event);
    std::string topic = Event::descriptor()->file()->package();
    record::v1::Record record;
    record.set_type(inner->GetDescriptor()->full_name());
    record.set_subject(engine::SubjectOf(*inner));
    record.set_actor("coordinator:lee");
    record.set_seq(++seqs_[topic]);
    *record.mutable_time() = ToProto(now_ += between_);
    record.set_data(event.SerializeAsString());
    absl::Status projected = Projections().Project(rows_, topic, record);
    EXPECT_TRUE(projected.ok()) << projected;
    return *this;
  }

  ::ccfa::testing::MemoryRows rows_;
  std::map<std::string, uint64_t> seqs_;
  absl::Time now_ = absl::FromCivil(absl::CivilHour(2026, 7, 1, 9), absl::UTCTimeZone());
  absl::Duration between_ = absl::Minutes(1);
};

/// A call was logged; `more` is the text form of further details.
inline std::string Logged(const std::string& more = "", const std::string& name = kCall) {
  return absl::StrCat("call_logged { name: '", name,
                      "' details { category: 'litter' summary: 'Litter in the lane' ", more,
                      " } }");
}

/// Something happened to a thing: Of("call_accepted", kCall, "reason: 'it persists'").
inline std::string Of(const std::string& event, const std::string& name,
                      const std::string& more = "") {
  return absl::StrCat(event, " { name: '", name, "' ", more, " }");
}

inline Given LoggedCall() {
  return Given().Intake(Logged("councillor: 'councils/E1/councillors/okafor' ward: 'W9'"));
}
inline Given AcceptedCall() {
  return LoggedCall().Intake(Of("call_accepted", kCall, "reason: 'it persists'"));
}
inline Given RoutedCall() {
  return AcceptedCall().Routing(
      Of("call_routed", kCall,
         "placement { state: PLACEMENT_STATE_ROUTED ward: 'W1' team: 'councils/E1/teams/T1' }"));
}
inline Given QueuedProblem() {
  return RoutedCall().Sara(Of("problem_opened", kProblem,
                              absl::StrCat("team: 'councils/E1/teams/T1' call: '", kCall, "'")));
}
inline Given ProblemInHand() {
  return QueuedProblem().Sara(Of("problem_taken_up", kProblem));
}
inline Given ReferredProblem() {
  return ProblemInHand()
      .Sara(Of("problem_raised", kProblem, "to: RUNG_SCRUTINY reason: 'two rungs failed'"))
      .Scrutiny(Of("referral_received", kReferral,
                   absl::StrCat("problem: '", kProblem, "' calls: '", kCall, "'")));
}

}  // namespace ccfa::insight
