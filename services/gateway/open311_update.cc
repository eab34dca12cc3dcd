#include "services/gateway/open311_update.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/gateway/open311_request.h"

namespace ccfa::gateway::open311 {
namespace {

using google::protobuf::Message;

enum class Effect { kNone, kOpens, kCloses };
/// What is said behind the words: nothing, the event's own reason, or where it leads.
enum class Tail { kNone, kWhy, kWhereTo };

struct Telling {
  absl::string_view event, words;
  Tail tail = Tail::kNone;
  Effect effect = Effect::kNone;
};
constexpr Telling kTellings[] = {
    {"ccfa.intake.v1.CallLogged", "Received", Tail::kNone, Effect::kOpens},
    {"ccfa.intake.v1.CallAcknowledged", "Acknowledged", Tail::kWhy},
    {"ccfa.intake.v1.CallAccepted", "Accepted", Tail::kWhy},
    {"ccfa.intake.v1.CallDeclined", "Declined", Tail::kWhy, Effect::kCloses},
    {"ccfa.intake.v1.RulingConfirmed", "Declined", Tail::kWhy, Effect::kCloses},
    {"ccfa.intake.v1.RulingAppealed", "Looked at again", Tail::kNone, Effect::kOpens},
    {"ccfa.intake.v1.AppealDecided", "Decided on appeal", Tail::kWhy},
    {"ccfa.intake.v1.CallReferredToService", "Passed to the service that can end it alone",
     Tail::kWhy, Effect::kCloses},
    {"ccfa.intake.v1.CallReferredToCouncil", "Passed to another council", Tail::kWhy},
    {"ccfa.intake.v1.CouncilAnswerReceived", "The other council answered", Tail::kWhy},
    {"ccfa.intake.v1.InformationAsked", "More has to be known", Tail::kWhy},
    {"ccfa.intake.v1.InformationGiven", "Answered", Tail::kWhy},
    {"ccfa.intake.v1.CallWithdrawn", "Withdrawn", Tail::kWhy, Effect::kCloses},
    {"ccfa.intake.v1.CallJoined", "Worked on together with others about the same problem"},
    {"ccfa.intake.v1.CallClosed", "Ended", Tail::kWhy, Effect::kCloses},
    {"ccfa.intake.v1.CallerAnswered", "The councillor says", Tail::kWhy},
    {"ccfa.intake.v1.CallerTold", "The council says", Tail::kWhy},
    {"ccfa.intake.v1.ReplyNoted", "Whoever reported it says", Tail::kWhy},
    {"ccfa.intake.v1.CallReopened", "Not fixed", Tail::kWhy, Effect::kOpens},
    {"ccfa.intake.v1.CallParked", "Kept until others like it come"},
    {"ccfa.intake.v1.CallRecalled", "Taken up again", Tail::kNone, Effect::kOpens},
    {"ccfa.routing.v1.CallRouted", "Passed to a neighbourhood action team"},
    {"ccfa.routing.v1.CallTriaged", "Waiting to be placed"},
    {"ccfa.sara.v1.ProblemTakenUp", "Taken up by the team"},
    {"ccfa.sara.v1.StageEntered", "The team goes on to", Tail::kWhereTo},
    {"ccfa.sara.v1.ProblemRaised", "Raised to", Tail::kWhereTo},
    {"ccfa.scrutiny.v1.ReferralReceived", "Before overview and scrutiny"},
    {"ccfa.scrutiny.v1.ReferralDecided", "Overview and scrutiny decided", Tail::kWhy},
};

std::string TextOf(const Telling& telling, const insight::v1::HistoryEntry& entry) {
  if (telling.tail == Tail::kWhereTo) {
    const size_t colon = entry.what().find(": ");
    return absl::StrCat(telling.words, " ",
                        colon == std::string::npos ? "" : entry.what().substr(colon + 2));
  }
  if (telling.tail == Tail::kNone || entry.why().empty()) return std::string(telling.words);
  return absl::StrCat(telling.words, ": ", entry.why());
}

enum class Meaning { kAnswer, kNotFixed, kSaid, kFixed };

/// What is meant, by what the call waits for; what becomes of it is not theirs to say.
Meaning MeaningOf(const std::string& status, insight::v1::StoryState state) {
  if (state == insight::v1::STORY_STATE_MORE_INFORMATION_NEEDED) return Meaning::kAnswer;
  const bool is_closed =
      state == insight::v1::STORY_STATE_RESOLVED || state == insight::v1::STORY_STATE_NOT_RESOLVED;
  if (status == "OPEN" && is_closed) return Meaning::kNotFixed;
  const bool says_fixed = status == "CLOSED" || status == "FIXED";
  return says_fixed && IsOpen(state) ? Meaning::kFixed : Meaning::kSaid;
}

template <class Request>
std::unique_ptr<Request> About(const std::string& call, const std::string& request_id) {
  auto request = std::make_unique<Request>();
  request->set_name(call);
  request->set_request_id(request_id);
  return request;
}

std::unique_ptr<Message> CommandOf(Meaning meaning, const std::string& call,
                                   const std::string& request_id, const std::string& text) {
  if (meaning == Meaning::kAnswer) {
    auto answer = About<intake::v1::GiveInformationRequest>(call, request_id);
    answer->set_answer(text);
    return answer;
  }
  if (meaning == Meaning::kNotFixed) {
    auto report = About<intake::v1::ReportNotFixedRequest>(call, request_id);
    report->set_reason(text);
    return report;
  }
  auto note = About<intake::v1::NoteReplyRequest>(call, request_id);
  note->set_reply(meaning == Meaning::kFixed ? absl::StrCat("It is fixed: ", text) : text);
  return note;
}

}  // namespace

std::string UpdateId(absl::string_view call, absl::string_view event_id) {
  const std::vector<absl::string_view> package = absl::StrSplit(event_id, absl::ByAnyChar("./"));
  return absl::StrCat(LastId(call), "-", package.size() > 1 ? package[1] : "", "-",
                      LastId(event_id));
}

std::vector<Told> UpdatesOf(const insight::v1::CallStory& story,
                            const std::vector<insight::v1::HistoryEntry>& history) {
  std::vector<Told> updates;
  bool is_open = true;
  for (const insight::v1::HistoryEntry& entry : history) {
    const auto* telling =
        absl::c_find_if(kTellings, [&](const Telling& one) { return one.event == entry.type(); });
    if (telling == std::end(kTellings)) continue;
    if (telling->effect != Effect::kNone) is_open = telling->effect == Effect::kOpens;
    const absl::Time at = FromProto(entry.time());
    updates.push_back({at,
                       {{"update_id", UpdateId(story.name(), entry.event_id())},
                        {"service_request_id", std::string(LastId(story.name()))},
                        {"status", is_open ? "OPEN" : "CLOSED"},
                        {"updated_datetime", ToW3c(at)},
                        {"description", TextOf(*telling, entry)},
                        {"media_url", nullptr}}});
  }
  // How an appeal ended, or another council's answer, is in the call alone.
  if (!updates.empty()) updates.back().update["status"] = IsOpen(story.state()) ? "OPEN" : "CLOSED";
  return updates;
}

absl::StatusOr<std::vector<std::unique_ptr<Message>>> ToCommands(
    const Form& form, const insight::v1::CallStory& story, const std::string& request_id) {
  std::string text = WithoutMarks(form.Get("description"));
  const std::string media = form.Get("media_url");
  if (text.empty() && media.empty()) return InvalidField("description", "is required");
  const std::string status = absl::AsciiStrToUpper(form.Get("status"));
  if (status.empty()) return InvalidField("status", "is required: OPEN or CLOSED");
  if (!media.empty()) absl::StrAppend(&text, text.empty() ? "" : "\n", media);
  const Meaning meaning = MeaningOf(status, story.state());
  std::vector<std::unique_ptr<Message>> commands;
  commands.push_back(CommandOf(meaning, story.name(), request_id, text));
  for (Meaning other : {Meaning::kAnswer, Meaning::kNotFixed, Meaning::kSaid, Meaning::kFixed}) {
    if (other != meaning) commands.push_back(CommandOf(other, story.name(), request_id, text));
  }
  return commands;
}

}  // namespace ccfa::gateway::open311
