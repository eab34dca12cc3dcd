#include "services/gateway/open311_report.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/marks.h"
#include "common/core/refusal.h"
#include "services/gateway/open311_services.h"

namespace ccfa::gateway::open311 {
namespace {

constexpr size_t kMostCharacters = 4000;
constexpr size_t kSummaryBytes = 120;
constexpr size_t kLongestLink = 2000;

size_t CharactersOf(absl::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

/// A postcode's form: two parts of letters and digits, the second a digit and two letters.
bool IsPostcode(const std::string& text) {
  const std::string code = absl::AsciiStrToUpper(text);
  const size_t blank = code.find(' ');
  if (blank == std::string::npos || blank < 2 || blank > 4 || code.size() != blank + 4)
    return false;
  const auto letter = [&](size_t i) { return absl::ascii_isupper(code[i]); };
  const auto digit = [&](size_t i) { return absl::ascii_isdigit(code[i]); };
  for (size_t i = 0; i < blank; ++i) {
    if (!letter(i) && !digit(i)) return false;
  }
  return letter(0) && digit(blank + 1) && letter(blank + 2) && letter(blank + 3);
}

absl::Status ReadPoint(const Form& form, intake::v1::Place& place) {
  const std::string lat = form.Get("lat"), lon = form.Get("long");
  if (lat.empty() && lon.empty()) return absl::OkStatus();
  if (lat.empty() || lon.empty())
    return InvalidField(lat.empty() ? "lat" : "long", "is required where the other is given");
  double degrees = 0;
  if (!absl::SimpleAtod(lat, &degrees)) return InvalidField("lat", "expected degrees");
  place.mutable_point()->set_lat(degrees);
  if (!absl::SimpleAtod(lon, &degrees)) return InvalidField("long", "expected degrees");
  place.mutable_point()->set_lon(degrees);
  return absl::OkStatus();
}

absl::Status ReadPlace(const Form& form, intake::v1::Place& place) {
  if (absl::Status point = ReadPoint(form, place); !point.ok()) return point;
  place.set_text(form.Get("address_string"));
  const std::string id = form.Get("address_id");
  if (!id.empty() && !IsPostcode(id)) {
    return InvalidField("address_id",
                        "expected a postcode with its blank, as RV1 2AB; for any other place send "
                        "lat and long, or address_string");
  }
  for (const std::string& code : {form.Get("postcode"), form.Get("zipcode"), id}) {
    if (place.postcode().empty()) place.set_postcode(code);
  }
  if (place.has_point() || !place.text().empty() || !place.postcode().empty())
    return absl::OkStatus();
  return InvalidField("lat", "a place is required: lat and long, address_string or address_id");
}

/// Its first line, as far as it goes; the service's name where there is none, or where a cut could
/// part what is marked as personal from its marks.
std::string SummaryOf(const std::string& description, const std::string& service) {
  const size_t end = description.find('\n');
  absl::string_view line = absl::string_view(description).substr(0, end);
  line = absl::StripAsciiWhitespace(line);
  if (line.empty() || absl::StrContains(description, "[[")) return service;
  if (line.size() <= kSummaryBytes) return std::string(line);
  const size_t blank = line.substr(0, kSummaryBytes).rfind(' ');
  return blank == absl::string_view::npos ? service : absl::StrCat(line.substr(0, blank), " ...");
}

absl::Status ReadMedia(const Form& form, intake::v1::CallDetails& details) {
  const std::string link = form.Get("media_url");
  if (link.empty()) return absl::OkStatus();
  const bool is_link = absl::StartsWith(link, "https://") || absl::StartsWith(link, "http://");
  if (!is_link || link.size() > kLongestLink)
    return InvalidField("media_url", "expected a link, https:// or http://");
  intake::v1::Evidence& evidence = *details.add_evidence();
  evidence.set_title("Sent with the report");
  evidence.set_uri(link);
  return absl::OkStatus();
}

/// Of what people wrote themselves.
void Unmark(intake::v1::CallDetails& details) {
  details.set_summary(WithoutMarks(details.summary()));
  details.set_description(WithoutMarks(details.description()));
  details.set_affected(WithoutMarks(details.affected()));
  details.set_outcome_sought(WithoutMarks(details.outcome_sought()));
  details.mutable_place()->set_text(WithoutMarks(details.place().text()));
  for (intake::v1::Attempt& attempt : *details.mutable_tried())
    attempt.set_contacted(WithoutMarks(attempt.contacted()));
}

/// Their own two names, or one; and how they are reached.
void ReadCaller(const Form& form, intake::v1::LogCallRequest& call) {
  const auto joined = [&](std::vector<std::string> parts, const char* between) {
    parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
    return absl::StrJoin(parts, between);
  };
  const std::string name = joined({form.Get("first_name"), form.Get("last_name")}, " ");
  const std::string contact = joined({form.Get("email"), form.Get("phone")}, ", ");
  if (name.empty() && contact.empty()) return;
  call.mutable_caller()->mutable_details()->set_name(name);
  call.mutable_caller()->mutable_details()->set_contact(contact);
}

}  // namespace

absl::StatusOr<intake::v1::LogCallRequest> ToCall(const Form& form, const std::string& council) {
  intake::v1::LogCallRequest call;
  call.set_parent(absl::StrCat("councils/", council));
  intake::v1::CallDetails& details = *call.mutable_details();
  details.set_source(intake::v1::SOURCE_OPEN311);
  details.set_category(form.Get("service_code"));
  const std::string description = form.Get("description");
  if (CharactersOf(description) > kMostCharacters)
    return InvalidField("description", absl::StrCat("at most ", kMostCharacters, " characters"));
  details.set_summary(SummaryOf(description, ServiceName(details.category())));
  if (details.summary() != description) details.set_description(description);
  absl::Status read = ReadPlace(form, *details.mutable_place());
  if (read.ok()) read = ReadMedia(form, details);
  if (read.ok()) read = ReadAttributes(form, details);
  if (!read.ok()) return read;
  if (intake::v1::CallDetails cut = details; !CutMarks("details", cut).ok()) Unmark(details);
  ReadCaller(form, call);
  return call;
}

}  // namespace ccfa::gateway::open311
