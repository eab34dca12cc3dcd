#include "services/gateway/console/form_fields.h"

#include <gtest/gtest.h>

#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/refusal.h"
#include "services/gateway/console/commands.h"
#include "services/gateway/console/edited.h"

namespace ccfa::gateway::console {
namespace {

constexpr char kCouncil[] = "councils/E08900001";

const Command& CommandOf(absl::string_view of, absl::string_view id) {
  return *FindCommand(of, id);
}

// Every row of the tables names an RPC there is, and fields that its request has: no form asks what
// nobody takes.
TEST(Commands, NameRpcsAndFieldsThereAre) {
  for (const Command& command : EveryCommand()) {
    ASSERT_NE(command.rpc, nullptr) << command.title;
    const auto& request = *command.rpc->input_type();
    if (!command.subject.empty()) {
      EXPECT_NE(DescriptorOf(request, command.subject), nullptr) << command.id;
    }
    for (const Field& field : command.fields)
      EXPECT_NE(DescriptorOf(request, field.path), nullptr) << command.id << " " << field.path;
  }
}

TEST(Commands, AreTheOnlyOnesOfTheirNameOnAKindOfThing) {
  for (const Command& command : EveryCommand())
    EXPECT_EQ(FindCommand(command.of, command.id), &command) << command.of << " " << command.id;
}

TEST(Commands, AKindIsTheCollectionsWithinTheCouncil) {
  EXPECT_EQ(KindOf("councils/E08900001"), "councils");
  EXPECT_EQ(KindOf("councils/E08900001/calls/2026-000001"), "calls");
  EXPECT_EQ(KindOf("councils/E08900001/problems/2026-000001/actions/1"), "problems/actions");
  EXPECT_EQ(KindOf("accounts/lee"), "accounts");
  EXPECT_EQ(KindOf(""), "");
}

TEST(Commands, FitTheStateOfTheThing) {
  const Command& accept = CommandOf("calls", "accept-call");
  EXPECT_TRUE(IsFor(accept, "STORY_STATE_LOGGED"));
  EXPECT_FALSE(IsFor(accept, "STORY_STATE_RESOLVED"));
}

TEST(FormFields, FillARequestAndLeaveOutWhatIsEmpty) {
  const auto posted = Posted::Parse(
      "reason=It+persists&multi_agency.services=police%0D%0A%0D%0A+waste+&multi_agency.recurring="
      "true"
      "&multi_agency.why=");
  intake::v1::AcceptCallRequest request;
  ASSERT_TRUE(
      FillRequest(CommandOf("calls", "accept-call").fields, *posted, kCouncil, request).ok());
  EXPECT_EQ(request.reason(), "It persists");
  ASSERT_EQ(request.multi_agency().services_size(), 2);
  EXPECT_EQ(request.multi_agency().services(1), "waste");
  EXPECT_TRUE(request.multi_agency().recurring());
}

// A list has no gaps: who fills in the second row alone has given one item.
TEST(FormFields, AListHasNoGaps) {
  const auto posted = Posted::Parse(
      "details.tried[1].contacted=Police&details.tried[1].answer=Nobody+came&recipients[1]=x");
  intake::v1::LogCallRequest request;
  ASSERT_TRUE(
      FillRequest(CommandOf("councils", "log-call").fields, *posted, kCouncil, request).ok());
  ASSERT_EQ(request.details().tried_size(), 1);
  EXPECT_EQ(request.details().tried(0).contacted(), "Police");
  scrutiny::v1::MakeRecommendationRequest recommendation;
  ASSERT_TRUE(FillRequest(CommandOf("referrals", "make-recommendation").fields, *posted, kCouncil,
                          recommendation)
                  .ok());
  ASSERT_EQ(recommendation.recipients_size(), 1);
}

TEST(FormFields, ANewIdIsNamedWithinItsCouncil) {
  const auto posted = Posted::Parse("call=2026-000007&reason=Same");
  sara::v1::AttachCallRequest request;
  ASSERT_TRUE(
      FillRequest(CommandOf("problems", "attach-call").fields, *posted, kCouncil, request).ok());
  EXPECT_EQ(request.call(), "councils/E08900001/calls/2026-000007");
}

TEST(FormFields, AValueThatIsNoneIsRefusedByItsPath) {
  const auto posted = Posted::Parse("details.place.point.lat=north");
  intake::v1::LogCallRequest request;
  const absl::Status filled =
      FillRequest(CommandOf("councils", "log-call").fields, *posted, kCouncil, request);
  EXPECT_EQ(FieldOf(filled), "details.place.point.lat");
}

// What is edited is shown as it is, and what the form does not ask stays.
TEST(Edited, AFormShowsWhatIsAndClearsWhatItAsks) {
  const Command& change = CommandOf("teams", "change-team");
  routing::v1::ChangeTeamRequest request;
  request.mutable_team()->set_title("North");
  request.mutable_team()->set_quorum(3);
  request.mutable_team()->add_wards("E05900001");
  request.mutable_team()->add_wards("E05900002");
  request.mutable_team()->add_members()->set_officer("quill");
  request.mutable_team()->mutable_constitution()->set_version("2");
  const Posted shown = AsPosted(change.fields, request);
  EXPECT_EQ(shown.Get("team.quorum"), "3");
  EXPECT_EQ(shown.Get("team.wards"), "E05900001\nE05900002");
  EXPECT_EQ(shown.Get("team.members[0].officer"), "quill");
  EXPECT_EQ(shown.Get("team.members[1].officer"), "");
  ClearFields(change.fields, request);
  EXPECT_EQ(request.team().members_size(), 0);
  EXPECT_EQ(request.team().constitution().version(), "2");
  ASSERT_TRUE(FillRequest(change.fields, shown, kCouncil, request).ok());
  EXPECT_EQ(request.team().members(0).officer(), "quill");
  EXPECT_EQ(request.team().wards_size(), 2);
  EXPECT_EQ(request.update_mask().paths_size(), 7);
}

TEST(FormFields, ARefusalIsSaidAtTheInputItNames) {
  Form form;
  form.inputs = {{.name = "details.category"}, {.name = "details.summary"}};
  Explain(InvalidField("details.summary", "is required"), form);
  EXPECT_EQ(form.inputs[1].error, "is required");
  Explain(InvalidField("parent", "is unknown"), form);
  EXPECT_EQ(form.errors, std::vector<std::string>{"is unknown"});
}

TEST(FormFields, WhatAGateLacksIsSaidPieceByPiece) {
  Form form;
  Explain(GateNotMet("response", {{"an objective", "coordinator"}, {"two sources", "analyst"}}),
          form);
  EXPECT_EQ(form.errors.size(), 2u);
}

}  // namespace
}  // namespace ccfa::gateway::console
