#include "common/config/check.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calendar/length.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"

namespace ccfa::config {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Range {
  absl::string_view field;
  double least;
  double most;
};

constexpr Range kRanges[] = {
    {"intake.duplicates.public_m", 0, 5'000},
    {"intake.duplicates.staff_m", 0, 5'000},
    {"intake.duplicates.days", 0, 3'660},
    {"intake.harm.frequency", 0, 10},
    {"intake.harm.impact", 0, 10},
    {"intake.harm.vulnerability", 0, 10},
    {"intake.harm.escalation", 0, 10},
    {"intake.harm.support", 0, 10},
    {"intake.parking.within_m", 0, 5'000},
    {"intake.parking.within_days", 0, 3'660},
    {"intake.parking.pattern", 2, 20},
    {"routing.near_edge_m", 0, 1'000},
    {"analysis.least_before", 1, 10'000},
    {"analysis.ring_m", 10, 10'000},
    {"publication.fewest_calls", 3, 1'000},
    {"publication.square_m", 250, 50'000},
    {"routing.least_priorities", 1, 20},
    {"routing.most_priorities", 1, 20},
    {"routing.most_calls_a_team", 0, 1'000'000},
    {"sara.least_sources", 1, 20},
    {"scrutiny.case_review_threshold.complaints", 1, 20},
    {"scrutiny.case_review_threshold.people", 0, 100},
    {"sara.recurrence.within_m", 0, 5'000},
    {"sara.recurrence.raise_after", 1, 100},
    {"sara.case_review.complaints", 2, 100},
    {"sara.representativeness.most_share_percent", 1, 100},
    {"sara.representativeness.least_calls", 1, 1'000},
};

/// Clocks that a council may do without: an empty length.
constexpr absl::string_view kOptionalClocks[] = {"intake.councillor_answer", "intake.retention"};
/// Clocks that are paused: what has run of them is counted in days.
constexpr absl::string_view kPausedClocks[] = {"intake.screen", "scrutiny.case_review_decide"};
/// Lengths that stand alone.
constexpr absl::string_view kLengths[] = {"intake.not_fixed_within",
                                          "sara.action_due_warn_before",
                                          "sara.case_review.made_within",
                                          "sara.case_review.within",
                                          "scrutiny.similar_within",
                                          "scrutiny.attendance_notice",
                                          "scrutiny.request_warn_before",
                                          "scrutiny.case_review_appeal_within",
                                          "scrutiny.case_review_threshold.made_within",
                                          "scrutiny.case_review_threshold.within"};
constexpr absl::string_view kCriteria[] = {"attempts_made", "similar_issue_recently",
                                           "partner_informed_and_given_time", "is_a_complaint",
                                           "already_in_scrutiny"};
constexpr int kMostWords = 200;

/// Comparable, nearly: a month is 30 days, a working week 7.
double RoughDays(calendar::Length length) {
  if (length.unit == calendar::Unit::kMonths) return length.count * 30.0;
  return length.unit == calendar::Unit::kWorkingDays ? length.count * 1.4 : length.count;
}

class Checker {
 public:
  void Walk(const Message& message, const std::string& path) {
    const auto* reflection = message.GetReflection();
    std::vector<const FieldDescriptor*> set;
    reflection->ListFields(message, &set);
    for (const FieldDescriptor* field : set) {
      std::string name = absl::StrCat(path, path.empty() ? "" : ".", field->name());
      if (field->is_repeated()) continue;
      if (field->message_type() == v1::ClockRule::descriptor()) {
        CheckClock(name, static_cast<const v1::ClockRule&>(reflection->GetMessage(message, field)));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Walk(reflection->GetMessage(message, field), name);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
        CheckNumber(name, reflection->GetDouble(message, field));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
        CheckNumber(name, reflection->GetInt32(message, field));
      } else if (absl::c_linear_search(kLengths, name)) {
        CheckLength(name, reflection->GetString(message, field)).status().IgnoreError();
      }
    }
  }

  void CheckWords(const std::string& field,
                  const google::protobuf::RepeatedPtrField<std::string>& words) {
    if (words.size() > kMostWords)
      Fail(field, absl::StrCat("at most ", kMostWords, ", got ", words.size()));
    for (const std::string& each : words) {
      if (each.empty() || each != absl::AsciiStrToLower(each))
        Fail(field, absl::StrCat("expected words in lower case, got \"", each, "\""));
    }
  }

  void CheckCriteria(const std::string& field,
                     const google::protobuf::RepeatedPtrField<std::string>& criteria) {
    for (const std::string& each : criteria) {
      if (!absl::c_linear_search(kCriteria, each)) {
        Fail(field, absl::StrCat("expected one of ", absl::StrJoin(kCriteria, ", "), "; got \"",
                                 each, "\""));
      }
    }
  }

  void Fail(const std::string& field, const std::string& message) {
    faults_.push_back({field, message});
  }

  std::vector<Fault> Take() { return std::move(faults_); }

 private:
  void CheckNumber(const std::string& field, double value) {
    const auto* range = absl::c_find_if(kRanges, [&](const Range& r) { return r.field == field; });
    if (range == std::end(kRanges) || (value >= range->least && value <= range->most)) return;
    Fail(field, absl::StrCat("expected ", range->least, " to ", range->most, ", got ", value));
  }

  absl::StatusOr<calendar::Length> CheckLength(const std::string& field, const std::string& words) {
    absl::StatusOr<calendar::Length> length = calendar::ParseLength(words);
    if (!length.ok()) Fail(field, std::string(length.status().message()));
    return length;
  }

  void CheckClock(const std::string& field, const v1::ClockRule& rule) {
    if (rule.length().empty() && rule.warn_before().empty() &&
        absl::c_linear_search(kOptionalClocks, field)) {
      return;
    }
    absl::StatusOr<calendar::Length> length = CheckLength(field + ".length", rule.length());
    if (length.ok() && length->unit == calendar::Unit::kMonths &&
        absl::c_linear_search(kPausedClocks, field)) {
      Fail(field + ".length",
           absl::StrCat("expected days or working days, since it can be paused, got \"",
                        rule.length(), "\""));
    }
    if (rule.warn_before().empty()) return;
    auto warn = CheckLength(field + ".warn_before", rule.warn_before());
    if (length.ok() && warn.ok() && RoughDays(*warn) >= RoughDays(*length)) {
      Fail(field + ".warn_before", absl::StrCat("expected less than the clock's ", rule.length(),
                                                ", got \"", rule.warn_before(), "\""));
    }
  }

  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> Check(const v1::CouncilConfig& config) {
  Checker checker;
  if (!CheckName("name", config.name(), "councils/*").ok()) {
    checker.Fail("name", absl::StrCat("expected a council's, as \"councils/E08000012\", got \"",
                                      config.name(), "\""));
  }
  checker.Walk(config, "");
  checker.CheckWords("intake.emergency_wording", config.intake().emergency_wording());
  checker.CheckWords("sara.case_review.categories", config.sara().case_review().categories());
  checker.CheckWords("publication.categories", config.publication().categories());
  checker.CheckCriteria("scrutiny.criteria_asked", config.scrutiny().criteria_asked());
  v1::CouncilConfig effective = Defaults();
  SetOver(effective, config);
  const v1::RoutingRules& routing = effective.routing();
  if (routing.least_priorities() > routing.most_priorities()) {
    checker.Fail("routing.least_priorities",
                 absl::StrCat("expected at most most_priorities, which is ",
                              routing.most_priorities(), ", got ", routing.least_priorities()));
  }
  return checker.Take();
}

}  // namespace ccfa::config
