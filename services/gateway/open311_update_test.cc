#include "services/gateway/open311_update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/refusal.h"

namespace ccfa::gateway::open311 {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

insight::v1::CallStory CallIn(insight::v1::StoryState state) {
  insight::v1::CallStory story;
  story.set_name("councils/E1/calls/2026-000001");
  story.set_state(state);
  return story;
}

insight::v1::HistoryEntry Happened(const std::string& type, const std::string& why = "",
                                   const std::string& what = "") {
  insight::v1::HistoryEntry entry;
  entry.set_type(type);
  entry.set_what(what);
  entry.set_why(why);
  entry.set_actor("coordinator:lee");
  entry.set_event_id("ccfa.intake.v1/0/17");
  return entry;
}

std::vector<std::string> Said(const insight::v1::CallStory& story,
                              const std::vector<insight::v1::HistoryEntry>& history) {
  std::vector<std::string> said;
  for (const Told& told : UpdatesOf(story, history)) {
    said.push_back(told.update["status"].get<std::string>() + " " +
                   told.update["description"].get<std::string>());
  }
  return said;
}

// F75
TEST(UpdatesOf, TellWhatHappenedInPlainWords) {
  EXPECT_THAT(Said(CallIn(insight::v1::STORY_STATE_IN_HAND),
                   {Happened("ccfa.intake.v1.CallLogged", "Every night"),
                    Happened("ccfa.intake.v1.CallClosed", "the gate is up"),
                    Happened("ccfa.intake.v1.CallReopened", "it is down again"),
                    Happened("ccfa.sara.v1.StageEntered", "weak locks", "stage entered: response"),
                    Happened("ccfa.intake.v1.CallerTold", "we come on Friday")}),
              ElementsAre("OPEN Received", "CLOSED Ended: the gate is up",
                          "OPEN Not fixed: it is down again", "OPEN The team goes on to response",
                          "OPEN The council says: we come on Friday"));
}

// F58, F75
TEST(UpdatesOf, LeaveOutWhatIsForThoseWhoWorkOnIt) {
  EXPECT_THAT(Said(CallIn(insight::v1::STORY_STATE_LOGGED),
                   {Happened("ccfa.intake.v1.CallerOpened", "ring back"),
                    Happened("ccfa.intake.v1.HarmAssessed", "40 of 100"),
                    Happened("ccfa.intake.v1.RulingProposed", "the ninth"),
                    Happened("ccfa.sara.v1.ActionDeclined", "no money"),
                    Happened("ccfa.future.v1.SomethingNew", "who knows")}),
              IsEmpty());
}

TEST(UpdatesOf, EndWithWhereTheCallStands) {
  EXPECT_THAT(Said(CallIn(insight::v1::STORY_STATE_DECLINED),
                   {Happened("ccfa.intake.v1.RulingAppealed", "it goes on"),
                    Happened("ccfa.intake.v1.AppealDecided", "nothing new")}),
              ElementsAre("OPEN Looked at again", "CLOSED Decided on appeal: nothing new"));
}

TEST(UpdateId, IsOfTheCallAndItsEvent) {
  EXPECT_EQ(UpdateId("councils/E1/calls/2026-000001", "ccfa.intake.v1/0/17"),
            "2026-000001-intake-17");
  EXPECT_EQ(UpdateId("councils/E1/calls/2026-000001", ""), "2026-000001--");
}

std::string Command(const std::string& encoded, insight::v1::StoryState state) {
  Form form;
  EXPECT_TRUE(form.Read(encoded).ok());
  auto commands = ToCommands(form, CallIn(state), "r1");
  if (!commands.ok()) return FieldOf(commands.status());
  EXPECT_EQ(commands->size(), 4);
  return commands->front()->GetDescriptor()->name() + " " + commands->front()->ShortDebugString();
}

// F63, F75
TEST(ToCommands, MeanWhatTheCallWaitsFor) {
  const std::string call = " name: \"councils/E1/calls/2026-000001\" ";
  EXPECT_EQ(Command("status=OPEN&description=the+left", insight::v1::STORY_STATE_LOGGED),
            "NoteReplyRequest" + call + "reply: \"the left\" request_id: \"r1\"");
  EXPECT_EQ(
      Command("status=open&description=the+left", insight::v1::STORY_STATE_MORE_INFORMATION_NEEDED),
      "GiveInformationRequest" + call + "answer: \"the left\" request_id: \"r1\"");
  EXPECT_EQ(Command("status=OPEN&description=again", insight::v1::STORY_STATE_RESOLVED),
            "ReportNotFixedRequest" + call + "reason: \"again\" request_id: \"r1\"");
  EXPECT_EQ(Command("status=CLOSED&description=thanks", insight::v1::STORY_STATE_RESOLVED),
            "NoteReplyRequest" + call + "reply: \"thanks\" request_id: \"r1\"");
  EXPECT_EQ(Command("status=FIXED&description=gone", insight::v1::STORY_STATE_IN_HAND),
            "NoteReplyRequest" + call + "reply: \"It is fixed: gone\" request_id: \"r1\"");
  EXPECT_EQ(Command("status=OPEN&description=a[[0]]", insight::v1::STORY_STATE_LOGGED),
            "NoteReplyRequest" + call + "reply: \"a[ [0] ]\" request_id: \"r1\"");
  EXPECT_EQ(Command("status=OPEN&media_url=https://m.example/1", insight::v1::STORY_STATE_LOGGED),
            "NoteReplyRequest" + call + "reply: \"https://m.example/1\" request_id: \"r1\"");
}

TEST(ToCommands, NameTheArgumentThatIsMissing) {
  EXPECT_EQ(Command("status=OPEN", insight::v1::STORY_STATE_LOGGED), "description");
  EXPECT_EQ(Command("description=x", insight::v1::STORY_STATE_LOGGED), "status");
}

}  // namespace
}  // namespace ccfa::gateway::open311
