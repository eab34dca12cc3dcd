#include "services/insight/pack.h"

#include <map>
#include <set>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "google/protobuf/descriptor.h"
#include "services/insight/history.h"
#include "services/insight/markdown.h"
#include "services/insight/story.h"

namespace ccfa::insight {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// The newest events that a pack lists; what is older is in the history.
constexpr size_t kMostEvents = 500;

std::string DayOf(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d", FromProto(time), absl::UTCTimeZone());
}

/// "REFERRAL_STATE_ON_AGENDA" of an enum named ReferralState as "on agenda".
std::string WordOf(const google::protobuf::EnumValueDescriptor& value) {
  std::string zero = value.type()->value(0)->name();
  std::string word = value.name().substr(zero.size() - absl::string_view("UNSPECIFIED").size());
  return absl::AsciiStrToLower(absl::StrReplaceAll(word, {{"_", " "}}));
}

/// "known_gaps" as "Known gaps".
std::string LabelOf(const FieldDescriptor& field) {
  std::string label = absl::StrReplaceAll(field.name(), {{"_", " "}});
  label[0] = static_cast<char>(absl::ascii_toupper(static_cast<unsigned char>(label[0])));
  return label;
}

std::string ValueOf(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WordOf(*reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "yes" : "";
    default:
      return "";
  }
}

/// Everything a message says in its own fields, an item a field.
void AddFields(Markdown& pack, const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated()) pack.Item(LabelOf(*field), ValueOf(message, *field));
  }
}

/// The same in one line: "Title: x; Grade: reliable".
std::string InOneLine(const Message& message, const std::set<std::string>& leave_out = {}) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::vector<std::string> parts;
  for (const FieldDescriptor* field : fields) {
    if (field->is_repeated() || leave_out.count(field->name()) > 0) continue;
    std::string value = ValueOf(message, *field);
    if (!value.empty()) parts.push_back(absl::StrCat(LabelOf(*field), ": ", value));
  }
  return absl::StrJoin(parts, "; ");
}

void AddEach(Markdown& pack, absl::string_view heading, const auto& messages) {
  if (messages.empty()) return;
  pack.Subsection(heading);
  for (const Message& message : messages) pack.Item(InOneLine(message, {"name", "number"}));
}

/// Writes one referral's pack, part by part.
class Pack {
 public:
  Pack(const Tables& tables, const std::string& referral, v1::PackRow row)
      : tables_(tables), referral_(referral), row_(std::move(row)) {
    for (const std::string& call : row_.received().calls()) {
      if (auto story = tables.stories.Get(call)) stories_.push_back(*std::move(story));
    }
  }

  std::string Write() {
    AddHead();
    AddIssue();
    AddTried();
    AddTeamsWork();
    AddCommittee();
    AddClocks();
    AddHistory();
    return pack_.text();
  }

 private:
  void AddHead() {
    const auto& received = row_.received();
    pack_.Title(absl::StrCat("Referral ", LastId(referral_), ": ", received.title()));
    pack_.Item("Referral", referral_);
    pack_.Item("Problem", received.problem());
    pack_.Item("Category", received.category());
    pack_.Item("Ward", received.ward());
    pack_.Item("Team", received.team());
    if (received.regime() != scrutiny::v1::REGIME_UNSPECIFIED) {
      pack_.Item("Regime", ValueOf(received, *received.GetDescriptor()->FindFieldByName("regime")));
    }
    pack_.Item("Received", DayOf(row_.receive_time()));
    pack_.Item("Meeting", Meeting());
    pack_.Section("Why it was raised");
    pack_.Paragraph(received.reason());
  }

  /// The last meeting whose agenda it was put on.
  std::string Meeting() const {
    for (const v1::StoryRow& story : stories_) {
      if (story.scrutiny().referral() == referral_) return story.scrutiny().meeting();
    }
    return row_.received().meeting();
  }

  void AddIssue() {
    pack_.Section("The issue");
    for (const v1::StoryRow& story : stories_) {
      const auto& details = story.intake().details();
      pack_.Subsection(absl::StrCat("Call ", LastId(story.name())));
      pack_.Item("What", details.summary());
      pack_.Item("In full", details.description());
      pack_.Item("Where", details.place().text());
      pack_.Item("Ward", WardOf(story));
      pack_.Item("When", details.happened());
      pack_.Item("Logged", DayOf(story.intake().log_time()));
      pack_.Item("Councillor", details.councillor());
      for (const auto& evidence : details.evidence()) {
        pack_.Item("Evidence", absl::StrCat(evidence.title(), " ", evidence.uri()));
      }
    }
    AddOfCalls("Who is affected", [](const auto& details) { return details.affected(); });
    AddOfCalls("What is sought", [](const auto& details) { return details.outcome_sought(); });
    AddOfCalls("Other organisations", [](const auto& details) {
      return absl::StrJoin(details.other_organisations(), ", ");
    });
  }

  template <class Text>
  void AddOfCalls(absl::string_view heading, Text text) {
    pack_.Section(heading);
    std::set<std::string> said;
    for (const v1::StoryRow& story : stories_) {
      std::string words = text(story.intake().details());
      if (!words.empty() && said.insert(words).second) pack_.Item(words);
    }
    if (said.empty()) pack_.Paragraph("Nothing was said of it.");
  }

  void AddTried() {
    pack_.Section("What was tried, by whom, with what result");
    for (const v1::StoryRow& story : stories_) {
      for (const auto& attempt : story.intake().details().tried()) {
        pack_.Item(absl::StrCat(attempt.date(), " before the call"),
                   absl::StrCat(attempt.contacted(), ": ",
                                attempt.answer().empty() ? "no answer" : attempt.answer()));
      }
    }
    for (const auto& entry : row_.received().trail()) {
      std::string when = entry.has_time() ? DayOf(entry.time()) : "no date";
      pack_.Item(absl::StrCat(when, " ", entry.who()),
                 absl::StrCat(entry.what(), entry.result().empty() ? "" : ": ", entry.result()));
    }
  }

  void AddTeamsWork() {
    pack_.Section("The team's work so far");
    auto row = tables_.packs.Get(row_.received().problem());
    if (!row) {
      pack_.Paragraph("The team has recorded nothing of its own yet.");
      return;
    }
    const sara::v1::Problem& problem = row->problem();
    AddPart("Scanning", problem.has_scan(), problem.scan());
    AddEach(pack_, "Sources", problem.sources());
    AddPart("Analysis", problem.has_analysis(), problem.analysis());
    AddEach(pack_, "Hypotheses", problem.hypotheses());
    AddEach(pack_, "Objectives", problem.objectives());
    AddPart("How success was to be assessed", problem.has_assessment_plan(),
            problem.assessment_plan());
    AddEach(pack_, "Actions", problem.actions());
    AddPart("Assessment", problem.has_assessment(), problem.assessment());
  }

  void AddPart(absl::string_view heading, bool is_there, const Message& part) {
    if (!is_there) return;
    pack_.Subsection(heading);
    AddFields(pack_, part);
  }

  void AddCommittee() {
    pack_.Section("The committee's decisions");
    if (row_.decisions().empty()) pack_.Paragraph("The committee has not decided yet.");
    for (const auto& decision : row_.decisions()) {
      pack_.Subsection(
          absl::StrCat(DayOf(decision.time()), ": ",
                       ValueOf(decision, *decision.GetDescriptor()->FindFieldByName("kind"))));
      pack_.Item("Reasons", decision.reasons());
      pack_.Item("Reasons to the caller", decision.reasons_to_caller());
      pack_.Item("Decided by", decision.decided_by());
      AddFields(pack_, decision.criteria());
      for (const auto& similar : decision.similar()) {
        pack_.Item("Similar", absl::StrCat(similar.name(), ": ", similar.title()));
      }
    }
    for (const std::string& name : row_.recommendations()) AddRecommendation(name);
    if (row_.has_closing()) {
      pack_.Subsection("How it ended");
      AddFields(pack_, row_.closing());
    }
  }

  void AddRecommendation(const std::string& name) {
    v1::PackRow row = tables_.packs.Get(name).value_or(v1::PackRow());
    pack_.Subsection(absl::StrCat("Recommendation ", LastId(name)));
    pack_.Paragraph(row.made().text());
    for (const std::string& recipient : row.made().recipients()) {
      auto answer = absl::c_find_if(
          row.responses(), [&](const auto& response) { return response.recipient() == recipient; });
      pack_.Item(recipient, answer == row.responses().end() ? "no answer yet"
                                                            : InOneLine(*answer, {"recipient"}));
    }
  }

  void AddClocks() {
    pack_.Section("Clocks");
    std::set<std::string> overdue;
    for (const v1::StoryRow& story : stories_) {
      for (const auto* part :
           {&story.intake().overdue(), &story.sara().overdue(), &story.scrutiny().overdue()}) {
        overdue.insert(part->begin(), part->end());
      }
    }
    for (const std::string& late : overdue) pack_.Item("Ran out", late);
    for (const auto& clock : row_.received().clocks()) AddClock(clock);
    for (const std::string& name : row_.recommendations()) {
      v1::PackRow row = tables_.packs.Get(name).value_or(v1::PackRow());
      for (const auto& clock : row.made().clocks()) AddClock(clock);
    }
  }

  void AddClock(const clock::v1::Clock& clock) {
    // A due time is the first instant after the last day.
    absl::Time last = FromProto(clock.due_time()) - absl::Seconds(1);
    pack_.Item(absl::StrCat("To ", clock.kind()),
               absl::StrCat(clock.owner(), clock.owner().empty() ? "by " : " by ",
                            absl::FormatTime("%Y-%m-%d", last, absl::UTCTimeZone())));
  }

  void AddHistory() {
    pack_.Section("Everything that happened");
    // By time and event, each once: calls of one problem share most of them.
    std::map<std::pair<int64_t, std::string>, v1::HistoryEntry> events;
    auto gather = [&](const std::string& name) {
      for (v1::HistoryEntry& entry : HistoryOf(tables_, name)) {
        int64_t at = absl::ToUnixMicros(FromProto(entry.time()));
        std::string id = entry.event_id();
        events.emplace(std::pair(at, std::move(id)), std::move(entry));
      }
    };
    for (const std::string& call : row_.received().calls()) gather(call);
    gather(row_.received().problem());
    while (events.size() > kMostEvents) events.erase(events.begin());
    for (const auto& [key, entry] : events) {
      pack_.Item(absl::StrCat(DayOf(entry.time()), " ", entry.actor()),
                 absl::StrCat(entry.what(), " (", LastId(entry.subject()), ")",
                              entry.why().empty() ? "" : ": ", entry.why()));
    }
  }

  const Tables& tables_;
  const std::string& referral_;
  const v1::PackRow row_;
  std::vector<v1::StoryRow> stories_;
  Markdown pack_;
};

}  // namespace

std::string PackOf(const Tables& tables, const std::string& referral) {
  auto row = tables.packs.Get(referral);
  if (!row || !row->has_received()) return "";
  return Pack(tables, referral, *std::move(row)).Write();
}

}  // namespace ccfa::insight
