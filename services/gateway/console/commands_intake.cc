#include "services/gateway/console/command_tables.h"

namespace ccfa::gateway::console {
namespace {

using enum Field::Kind;

// States of a call's story.
constexpr char kNew[] = "LOGGED MORE_INFORMATION_NEEDED";
constexpr char kOpen[] =
    "LOGGED MORE_INFORMATION_NEEDED ACCEPTED TRIAGE ROUTED IN_HAND WITH_SCRUTINY JOINED "
    "RULING_PROPOSED APPEALED PARKED REFERRED_TO_COUNCIL";

const Field kReason{"reason", "Why", kText, "In plain words: it is shown to everybody concerned."};

std::vector<Field> HarmFields() {
  std::vector<Field> fields;
  struct Part {
    const char *kind, *label, *hint;
  };
  int i = 0;
  for (const Part& part : {Part{"HARM_KIND_FREQUENCY", "How often", "0, hardly ever, to 5, always"},
                           Part{"HARM_KIND_IMPACT", "How badly it hits people", "0 to 5"},
                           Part{"HARM_KIND_VULNERABILITY", "How vulnerable they are", "0 to 5"},
                           Part{"HARM_KIND_ESCALATION", "How fast it gets worse", "0 to 5"},
                           Part{"HARM_KIND_SUPPORT", "How alone they are with it", "0 to 5"}}) {
    const std::string at = "parts[" + std::to_string(i++) + "].";
    fields.push_back({at + "kind", "", kFixed, part.kind});
    fields.push_back({at + "level", part.label, kNumber, part.hint});
    fields.push_back(
        {at + "words", std::string(part.label) + ": why", kLine, "In words that name nobody"});
  }
  return fields;
}

CommandRow LogCallCommand() {
  return {"LogCall",
          "Log a call",
          "councils",
          "parent",
          "",
          {{"details.category", "What it is about", kCategory,
            "In lower case with hyphens: fly-tipping, noise, vehicle-nuisance"},
           {"details.summary", "In one line", kLine},
           {"details.description", "In more words (optional)", kText,
            "Put names and whatever else is personal in [[double brackets]]: it is sealed."},
           {"details.place.text", "Where, in words (optional)", kLine, "On or near Osprey Walk"},
           {"details.place.postcode", "Postcode (optional)", kLine},
           {"details.place.point.lat", "Latitude (optional)", kNumber, "The map fills it"},
           {"details.place.point.lon", "Longitude (optional)", kNumber, "The map fills it"},
           {"details.ward", "Ward (optional)", kWard, "Where you know it and not the place"},
           {"details.happened", "When (optional)", kLine, "2026-09 or 2026-09-21"},
           {"details.affected", "Who is affected (optional)", kText},
           {"details.tried[0].contacted", "Who was asked before (optional)", kLine},
           {"details.tried[0].date", "When were they asked", kDate},
           {"details.tried[0].answer", "What did they say", kLine},
           {"details.tried[1].contacted", "Who else was asked (optional)", kLine},
           {"details.tried[1].date", "When were these asked", kDate},
           {"details.tried[1].answer", "What did these say", kLine},
           {"details.outcome_sought", "What should come of it (optional)", kText},
           {"details.source", "How it came in", kChoice},
           {"details.councillor", "Councillor (optional)", kCouncillor},
           {"details.regime", "Law (optional)", kChoice},
           {"details.standing", "The caller's tie to the ward (optional)", kChoice},
           {"details.systemic_failure", "Does a function fail systematically? (optional)", kText,
            "In the caller's words"},
           {"caller.details.name", "The caller's name (optional)", kLine,
            "Sealed: only who may and says why can open it."},
           {"caller.details.contact", "Their telephone or e-mail (optional)", kLine},
           {"caller.details.address", "Their address (optional)", kLine},
           {"caller.consents[0].to", "They were asked to consent (optional)", kChoice},
           {"caller.consents[0].given", "They consented", kChoice},
           {"caller.consents[0].how_asked", "How they were asked", kLine, "by telephone"}}};
}

}  // namespace

std::vector<CommandRow> IntakeCommands() {
  return {
      LogCallCommand(),
      {"AcknowledgeCall",
       "Acknowledge the call",
       "calls",
       "name",
       kOpen,
       {{"message", "What the caller was told", kText}}},
      {"AcceptCall",
       "Accept the call",
       "calls",
       "name",
       kNew,
       {kReason,
        {"multi_agency.services", "Which services have to act", kLines,
         "One a line: police, waste"},
        {"multi_agency.recurring", "It keeps coming back to one service", kChoice},
        {"multi_agency.why", "Why one service alone cannot end it", kText}}},
      {"DeclineCall",
       "Decline the call",
       "calls",
       "name",
       kNew,
       {kReason,
        {"exclusion.limb", "By which exclusion, if by law", kChoice,
         "SI 2012/1022 article 3. A call that is unreasonable takes two people: propose a ruling."},
        {"exclusion.evidence", "What shows that it applies", kText},
        {"exclusion.systemic_failure", "The caller says a function fails systematically",
         kChoice}}},
      {"ReferCallToService",
       "Refer it to the one service it is for",
       "calls",
       "name",
       kNew,
       {{"service", "Service", kLine, "highways, waste"}, kReason}},
      {"ReferCallToCouncil",
       "Refer it to another council",
       "calls",
       "name",
       kNew,
       {{"council", "Council", kCouncil}, kReason}},
      {"AskForInformation",
       "Ask for more information",
       "calls",
       "name",
       "LOGGED",
       {{"question", "What is missing", kText}}},
      {"GiveInformation",
       "Give the information asked for",
       "calls",
       "name",
       "MORE_INFORMATION_NEEDED",
       {{"answer", "Answer", kText}}},
      {"ParkCall", "Park it until a pattern shows", "calls", "name", kNew, {kReason}},
      {"RecallCall", "Take it up again", "calls", "name", "PARKED", {kReason}},
      {"ClassifyCall",
       "Say which law it falls under",
       "calls",
       "name",
       kOpen,
       {{"regime", "Law", kChoice}, kReason}},
      {"RecordStanding",
       "Record the caller's tie to the ward",
       "calls",
       "name",
       kOpen,
       {{"standing", "The caller", kChoice}}},
      {"AssessHarm", "Assess the harm", "calls", "name", kOpen, HarmFields()},
      {"AnswerCaller",
       "Tell the caller what you will do",
       "calls",
       "name",
       kOpen,
       {{"answer", "What you will do", kText}}},
      {"TellCaller", "Write to the caller", "calls", "name", "", {{"message", "Message", kText}}},
      {"NoteReply",
       "Note what the caller said",
       "calls",
       "name",
       "",
       {{"reply", "What they said", kText, "Without names or contacts"}}},
      {"SayAffected", "Count somebody else it affects", "calls", "name", kOpen, {}},
      {"ReportNotFixed",
       "Say that it is not fixed",
       "calls",
       "name",
       "RESOLVED NOT_RESOLVED",
       {{"reason", "What is not fixed", kText}}},
      {"WithdrawCall", "Withdraw the call", "calls", "name", kOpen, {kReason}},
      {"ProposeRuling",
       "Propose to rule it unreasonable",
       "calls",
       "name",
       kNew,
       {kReason, {"evidence", "What shows it", kText}}},
      {"ConfirmRuling", "Confirm the ruling", "calls", "name", "RULING_PROPOSED", {kReason}},
      {"RejectRuling", "Reject the ruling", "calls", "name", "RULING_PROPOSED", {kReason}},
      {"AppealRuling",
       "Appeal the ruling",
       "calls",
       "name",
       "DECLINED",
       {{"grounds", "Why the ruling is wrong", kText}}},
      {"DecideAppeal",
       "Decide the appeal",
       "calls",
       "name",
       "APPEALED",
       {{"upheld", "The appeal is upheld", kChoice}, kReason}},
  };
}

}  // namespace ccfa::gateway::console
