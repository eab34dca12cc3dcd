#include "services/intake/domain/details.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calendar/calendar.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/geo/point.h"
#include "services/intake/domain/call.h"

namespace ccfa::intake {
namespace {

constexpr size_t kSummaryBytes = 500;
/// How many of a ward's councillors a refusal names.
constexpr size_t kMostNamed = 5;

absl::Status CheckCategory(absl::string_view category) {
  bool well_formed = !category.empty() && category.size() <= 64 &&
                     std::all_of(category.begin(), category.end(), [](unsigned char c) {
                       return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
                     });
  if (well_formed) return absl::OkStatus();
  return InvalidField(
      "details.category",
      absl::StrCat("expected lower case, digits and hyphens, such as fly-tipping; got \"",
                   category.substr(0, 80), "\""));
}

absl::Status CheckSummary(absl::string_view summary) {
  if (summary.empty())
    return InvalidField("details.summary", "is required: one line on what happens");
  if (summary.size() > kSummaryBytes) {
    return InvalidField("details.summary",
                        absl::StrCat("at most ", kSummaryBytes, " bytes, got ", summary.size(),
                                     "; the rest goes in details.description"));
  }
  if (absl::StrContains(summary, '\n')) return InvalidField("details.summary", "is one line");
  return absl::OkStatus();
}

absl::Status CheckDay(absl::string_view field, absl::string_view day) {
  absl::Status parsed = calendar::ParseDate(day).status();
  return parsed.ok() ? parsed : InvalidField(field, parsed.message());
}

absl::Status CheckHappened(absl::string_view happened) {
  if (happened.empty()) return absl::OkStatus();
  // A month stands for its first day.
  bool is_month = happened.size() == 7;
  return CheckDay("details.happened",
                  is_month ? absl::StrCat(happened, "-01") : std::string(happened));
}

absl::Status CheckPlace(const v1::Place& place) {
  if (!place.has_point()) return absl::OkStatus();
  absl::Status point = geo::Check({place.point().lat(), place.point().lon()});
  return point.ok() ? point : InvalidField("details.place.point", point.message());
}

absl::Status CheckTried(const v1::CallDetails& details) {
  if (details.tried_size() > kMostAttempts) {
    return InvalidField("details.tried", absl::StrCat("at most ", kMostAttempts));
  }
  for (int i = 0; i < details.tried_size(); ++i) {
    const v1::Attempt& attempt = details.tried(i);
    std::string field = absl::StrCat("details.tried[", i, "]");
    if (attempt.contacted().empty())
      return InvalidField(field + ".contacted", "is required: who was asked");
    if (attempt.date().empty()) continue;
    if (absl::Status day = CheckDay(field + ".date", attempt.date()); !day.ok()) return day;
  }
  return absl::OkStatus();
}

absl::Status CheckWard(const Tables& tables, absl::string_view council, absl::string_view ward) {
  if (ward.empty()) return absl::OkStatus();
  if (tables.known.Contains(absl::StrCat("councils/", council, "/wards/", ward)))
    return absl::OkStatus();
  return InvalidField("details.ward",
                      absl::StrCat("council ", council, " has no ward ", ward.substr(0, 80)));
}

absl::Status CheckCouncillor(absl::string_view council, absl::string_view councillor) {
  if (councillor.empty()) return absl::OkStatus();
  if (absl::Status name = CheckName("details.councillor", councillor, "councils/*/councillors/*");
      !name.ok()) {
    return name;
  }
  if (CouncilOf(councillor) == council) return absl::OkStatus();
  return InvalidField("details.councillor", absl::StrCat("is not one of council ", council));
}

}  // namespace

absl::Status CheckDetails(const Tables& tables, absl::string_view council,
                          const v1::CallDetails& details) {
  if (details.source() == v1::SOURCE_UNSPECIFIED || !v1::Source_IsValid(details.source())) {
    return InvalidField("details.source", "is required: how the call came in");
  }
  if (details.evidence_size() > kMostEvidence) {
    return InvalidField("details.evidence", absl::StrCat("at most ", kMostEvidence));
  }
  if (!v1::Regime_IsValid(details.regime()))
    return InvalidField("details.regime", "is no regime: the law that the matter falls under");
  if (!v1::Standing_IsValid(details.standing()))
    return InvalidField("details.standing",
                        "is no standing: lives or works in the ward, or neither");
  absl::Status status = CheckCategory(details.category());
  status.Update(CheckSummary(details.summary()));
  status.Update(CheckHappened(details.happened()));
  status.Update(CheckPlace(details.place()));
  status.Update(CheckTried(details));
  status.Update(CheckWard(tables, council, details.ward()));
  status.Update(CheckCouncillor(council, details.councillor()));
  return status;
}

absl::Status CheckPartner(const v1::CallDetails& details, const Actor& actor) {
  if (actor.role != "partner" || details.source() == v1::SOURCE_OPEN311) return absl::OkStatus();
  // Above all no import, which counts as screened.
  return Forbidden("PARTNERS_SOURCE", absl::StrCat("expected SOURCE_OPEN311 of a partner, got ",
                                                   v1::Source_Name(details.source())));
}

absl::Status CheckWardCouncillor(const Tables& tables, absl::string_view council,
                                 const v1::CallDetails& details, const Actor& actor) {
  if (details.ward().empty() || IsImported(details)) return absl::OkStatus();
  std::string councillor = details.councillor();
  if (councillor.empty() && actor.role == "councillor")
    councillor = absl::StrCat("councils/", council, "/councillors/", actor.id);
  if (councillor.empty()) return absl::OkStatus();
  auto known = tables.councillors.Get(councillor);
  if (!known || known->ward() == details.ward()) return absl::OkStatus();
  std::vector<std::string> represent;
  tables.councillors.ScanIndex(
      kCouncillorsByWard,
      absl::StrCat(council, "/", details.ward(), std::string(1, state::kPartEnd)), "",
      [&](absl::string_view, const v1::CouncillorKnown& other) {
        represent.push_back(std::string(LastId(other.name())));
        return represent.size() < kMostNamed;
      });
  return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_WARD_COUNCILLOR",
                absl::StrCat(LastId(councillor), " represents ward ", known->ward(), ", not ",
                             details.ward(), ", which ",
                             represent.empty() ? "nobody is known to represent"
                                               : absl::StrCat("is represented by ",
                                                              absl::StrJoin(represent, ", ")),
                             "; log it for a councillor of the ward"),
                "details.councillor");
}

bool SoundsLikeEmergency(const Policy& policy, const v1::CallDetails& details) {
  if (IsImported(details)) return false;
  std::string text =
      absl::AsciiStrToLower(absl::StrCat(details.summary(), "\n", details.description()));
  return std::any_of(policy.emergency_wording().begin(), policy.emergency_wording().end(),
                     [&](const std::string& words) { return absl::StrContains(text, words); });
}

}  // namespace ccfa::intake
