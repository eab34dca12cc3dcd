#include "services/gateway/open311_filter.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/gateway/open311_request.h"

namespace ccfa::gateway::open311 {
namespace {

constexpr absl::Duration kLongest = absl::Hours(24 * 90);
constexpr int kLargestPage = 1000;
constexpr int kMostPages = 10'000;
constexpr size_t kMostIds = 100;

/// Leaves `time` as it is where the argument is not there.
absl::Status ReadTime(const Form& form, const std::string& argument, absl::Time& time) {
  const std::string text = form.Get(argument);
  if (text.empty()) return absl::OkStatus();
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error) && time > absl::InfinitePast() &&
      time < absl::InfiniteFuture()) {
    return absl::OkStatus();
  }
  return InvalidField(argument, "expected a moment such as 2026-11-27T16:30:00Z");
}

absl::StatusOr<int> ReadNumber(const Form& form, const std::string& argument, int usual, int most) {
  const std::string text = form.Get(argument);
  if (text.empty()) return usual;
  int number = 0;
  if (absl::SimpleAtoi(text, &number) && number >= 1 && number <= most) return number;
  return InvalidField(argument, absl::StrCat("expected 1 to ", most));
}

absl::Status ReadStatus(const Form& form, Filter& filter) {
  const std::vector<std::string> wanted = form.List("status");
  if (wanted.empty()) return absl::OkStatus();
  filter.open = filter.closed = false;
  for (const std::string& status : wanted) {
    const std::string word = absl::AsciiStrToLower(status);
    if (word != "open" && word != "closed")
      return InvalidField("status", "expected open or closed");
    (word == "open" ? filter.open : filter.closed) = true;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Range> ReadRange(const Form& form, absl::Duration usual, absl::Duration longest,
                                absl::Time now) {
  Range range;
  absl::Status read = ReadTime(form, "start_date", range.from);
  if (read.ok()) read = ReadTime(form, "end_date", range.until);
  if (!read.ok()) return read;
  if (range.from == absl::InfinitePast() && range.until == absl::InfiniteFuture())
    range.until = now;
  if (range.from == absl::InfinitePast()) range.from = range.until - usual;
  if (range.until == absl::InfiniteFuture()) range.until = range.from + longest;
  if (range.until - range.from <= longest) return range;
  return InvalidField("end_date", absl::StrCat("expected at most ", longest / absl::Hours(24),
                                               " days after start_date"));
}

absl::StatusOr<Part> ReadPart(const Form& form) {
  absl::StatusOr<int> page = ReadNumber(form, "page", 1, kMostPages);
  if (!page.ok()) return page.status();
  absl::StatusOr<int> size = ReadNumber(form, "page_size", kLargestPage, kLargestPage);
  if (!size.ok()) return size.status();
  return Part{static_cast<size_t>(*page - 1) * *size, static_cast<size_t>(*size)};
}

bool Filter::Has(const insight::v1::CallStory& story) const {
  return (IsOpen(story.state()) ? open : closed) &&
         (codes.empty() || absl::c_linear_search(codes, story.details().category())) &&
         requested.Has(FromProto(story.log_time())) && updated.Has(FromProto(story.update_time()));
}

absl::StatusOr<std::vector<std::string>> ReadIds(const Form& form) {
  std::vector<std::string> ids = form.List("service_request_id");
  if (ids.size() > kMostIds)
    return InvalidField("service_request_id", absl::StrCat("at most ", kMostIds));
  for (const std::string& id : ids) {
    if (!IsId(id)) return NotFound("service_request_id", id);
  }
  return ids;
}

absl::StatusOr<Filter> ReadFilter(const Form& form, absl::Time now) {
  Filter filter;
  absl::StatusOr<std::vector<std::string>> ids = ReadIds(form);
  if (!ids.ok()) return ids.status();
  filter.ids = *std::move(ids);
  if (!filter.ids.empty()) return filter;
  filter.codes = form.List("service_code");
  absl::Status read = ReadStatus(form, filter);
  if (read.ok()) read = ReadTime(form, "updated_after", filter.updated.from);
  if (read.ok()) read = ReadTime(form, "updated_before", filter.updated.until);
  if (!read.ok()) return read;
  // Whoever asks what has changed means old ones too.
  const bool by_update = !form.Get("updated_after").empty() || !form.Get("updated_before").empty();
  if (!by_update || !form.Get("start_date").empty() || !form.Get("end_date").empty()) {
    absl::StatusOr<Range> range = ReadRange(form, kLongest, kLongest, now);
    if (!range.ok()) return range.status();
    filter.requested = *range;
  }
  absl::StatusOr<Part> part = ReadPart(form);
  if (!part.ok()) return part.status();
  filter.part = *part;
  return filter;
}

}  // namespace ccfa::gateway::open311
