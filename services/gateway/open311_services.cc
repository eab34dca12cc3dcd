#include "services/gateway/open311_services.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"

namespace ccfa::gateway::open311 {
namespace {

/// How the categories that the default rules name are said to people.
struct Words {
  absl::string_view code, name, description, keywords, group;
};
constexpr Words kWords[] = {
    {"anti-social-behaviour", "Anti-social behaviour",
     "People who frighten, annoy or intimidate others again and again",
     "nuisance, intimidation, harassment, gangs", "Behaviour"},
    {"dangerous-junction", "Dangerous junction",
     "A corner, crossing or road where people come to harm or nearly do",
     "road safety, crossing, speeding", "Streets"},
    {"drug-dealing", "Drug dealing", "Drugs that are sold or used where people live or pass",
     "drugs, dealing, needles", "Behaviour"},
    {"fly-tipping", "Fly-tipping", "Rubbish that is dumped in the same place again and again",
     "rubbish, waste, dumping, mattress", "Environment"},
    {"graffiti", "Graffiti", "Paint or scratches on walls, shelters or signs",
     "tagging, paint, vandalism", "Environment"},
    {"lighting", "Lighting", "A street, path or yard that is dark when it should not be",
     "street light, lamp, dark", "Streets"},
    {"litter", "Litter", "A street or green that is littered time after time",
     "rubbish, bins, street cleaning", "Environment"},
    {"noise", "Noise", "Noise that keeps neighbours from rest, again and again",
     "music, parties, barking, alarms", "Behaviour"},
    {"street-drinking", "Street drinking", "Drinking in public that troubles those who pass",
     "alcohol, drunkenness", "Behaviour"},
    {"vehicle-nuisance", "Vehicle nuisance", "Motorbikes, quads or cars that are raced or revved",
     "motorbikes, quads, racing, parking", "Streets"},
};

const Words* FindWords(absl::string_view code) {
  const auto* found =
      absl::c_find_if(kWords, [&](const Words& words) { return words.code == code; });
  return found == std::end(kWords) ? nullptr : found;
}

struct Choice {
  absl::string_view key, name;
  intake::v1::Standing standing;
};
constexpr Choice kStandings[] = {
    {"lives-in-ward", "I live in the neighbourhood", intake::v1::STANDING_LIVES_IN_WARD},
    {"works-in-ward", "I work in the neighbourhood", intake::v1::STANDING_WORKS_IN_WARD},
    {"neither", "Neither", intake::v1::STANDING_NEITHER}};

struct Attribute {
  absl::string_view code, datatype, hint, question;
};
constexpr Attribute kAttributes[] = {
    {"standing", "singlevaluelist", "", "Do you live or work there?"},
    {"happened", "datetime", "The day, as 2026-11-20", "When did it happen last?"},
    {"affected", "text", "Without names", "Who is affected, and how?"},
    {"contacted", "string", "An office or a service", "Who was asked for help already?"},
    {"outcome", "text", "", "What would you like to be done?"}};

absl::Status ReadStanding(const std::string& argument, absl::string_view value,
                          intake::v1::CallDetails& details) {
  for (const Choice& choice : kStandings) {
    if (choice.key == value) {
      details.set_standing(choice.standing);
      return absl::OkStatus();
    }
  }
  return InvalidField(argument, absl::StrCat("expected one of ",
                                             absl::StrJoin(kStandings, ", ",
                                                           [](std::string* to, const Choice& one) {
                                                             absl::StrAppend(to, one.key);
                                                           })));
}

}  // namespace

std::string ServiceName(absl::string_view code) {
  if (const Words* words = FindWords(code)) return std::string(words->name);
  std::string name = absl::StrReplaceAll(code, {{"-", " "}});
  if (!name.empty()) name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return name;
}

bool HasService(const config::v1::CouncilConfig& config, absl::string_view code) {
  return absl::c_linear_search(config.publication().categories(), code);
}

Document ServicesOf(const config::v1::CouncilConfig& config) {
  Document services = Document::array();
  for (const std::string& code : config.publication().categories()) {
    const Words* words = FindWords(code);
    services.push_back(
        {{"service_code", code},
         {"service_name", ServiceName(code)},
         {"description", words ? std::string(words->description) : ServiceName(code)},
         {"metadata", true},
         {"type", "realtime"},
         {"keywords", words ? std::string(words->keywords) : ServiceName(code)},
         {"group", words ? std::string(words->group) : "Other"}});
  }
  return services;
}

Document DefinitionOf(absl::string_view code) {
  Document attributes = Document::array();
  for (const Attribute& attribute : kAttributes) {
    Document entry = {{"variable", true},
                      {"code", std::string(attribute.code)},
                      {"datatype", std::string(attribute.datatype)},
                      {"required", false},
                      {"datatype_description", TextOrNull(attribute.hint)},
                      {"order", attributes.size() + 1},
                      {"description", std::string(attribute.question)}};
    if (attribute.code == "standing") {
      for (const Choice& choice : kStandings) {
        entry["values"].push_back(
            {{"key", std::string(choice.key)}, {"name", std::string(choice.name)}});
      }
    }
    attributes.push_back(std::move(entry));
  }
  return {{"service_code", std::string(code)}, {"attributes", std::move(attributes)}};
}

absl::Status ReadAttributes(const Form& form, intake::v1::CallDetails& details) {
  for (const auto& [argument, text] : form.all()) {
    absl::string_view code = argument;
    if (!absl::ConsumePrefix(&code, "attribute[")) continue;
    absl::ConsumeSuffix(&code, "[]");
    absl::ConsumeSuffix(&code, "]");
    const std::string value(absl::StripAsciiWhitespace(text));
    absl::Status read;
    if (absl::c_none_of(kAttributes, [&](const Attribute& one) { return one.code == code; })) {
      read = InvalidField(argument, "this service asks for no such attribute");
    } else if (value.empty()) {
      continue;
    } else if (code == "standing") {
      read = ReadStanding(argument, value, details);
    } else if (code == "happened") {
      // A day is enough; what stands behind it is its hour.
      details.set_happened(value.substr(0, value.find('T')));
    } else if (code == "affected") {
      details.set_affected(value);
    } else if (code == "contacted") {
      details.add_tried()->set_contacted(value);
    } else {
      details.set_outcome_sought(value);
    }
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

}  // namespace ccfa::gateway::open311
