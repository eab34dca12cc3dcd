#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/depersonal.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/review.h"

namespace ccfa::scrutiny {
namespace {

using v1::AttendanceRequest;
using v1::InformationRequest;
using v1::Review;

/// A review's request of one kind, by its name: the review and the place in it.
template <class Request>
struct Asked {
  Review review;
  Request request;
};

template <class Request>
absl::StatusOr<Asked<Request>> FindAsked(
    const Tables& tables, absl::string_view name, absl::string_view etag, absl::string_view pattern,
    const google::protobuf::RepeatedPtrField<Request>& (Review::*all)() const) {
  if (absl::Status form = CheckName("name", name, pattern); !form.ok()) return form;
  absl::StatusOr<Review> review = FindReview(tables, "name", ParentOf(name), etag);
  if (!review.ok()) return review.status();
  for (const Request& request : ((*review).*all)()) {
    if (name == absl::string_view(request.name())) return Asked<Request>{*review, request};
  }
  return NotFound("name", name);
}

absl::StatusOr<Asked<InformationRequest>> FindInformation(const Tables& tables,
                                                          absl::string_view name,
                                                          absl::string_view etag,
                                                          const Context& context) {
  auto asked = FindAsked(tables, name, etag, "councils/*/reviews/*/informationRequests/*",
                         &Review::information_requests);
  if (!asked.ok()) return asked;
  if (!IsOfficerOf(context.actor, asked->request.agency())) {
    return Forbidden("NOT_ASKED",
                     absl::StrCat("an officer of ", asked->request.agency(),
                                  " answers for it; you are ", context.actor.ToString()));
  }
  if (asked->request.state() == v1::INFORMATION_REQUEST_STATE_OPEN) return asked;
  return WrongState(absl::StrCat(name, " has been answered or refused already"));
}

absl::Status CheckAgency(const Tables& tables, absl::string_view agency, absl::string_view review) {
  absl::Status form = CheckName("agency", agency, "councils/*/agencies/*");
  if (!form.ok()) return form;
  bool admitted = CouncilOf(agency) == CouncilOf(review) && tables.known.Contains(agency);
  return admitted ? absl::OkStatus() : NotFound("agency", agency);
}

/// A clock on a request to an agency, until the end of a day.
engine::Clock ClockUntil(const Tables& tables, absl::string_view name, absl::string_view kind,
                         absl::string_view agency, absl::string_view date, const Context& context) {
  absl::CivilDay today = context.calendar.DayOf(context.now);
  int days = static_cast<int>(calendar::ParseDate(date).value_or(today) - today);
  const auto policy = PolicyOf(tables, CouncilOf(name));
  engine::Clock clock = engine::NewClock(
      name, kind, context.now,
      {{days, calendar::Unit::kCalendarDays}, config::LengthOf(policy->request_warn_before())},
      context.calendar);
  clock.set_owner(std::string(agency));
  return clock;
}

absl::Status CheckDepersonalised(absl::string_view field, absl::string_view text) {
  std::vector<std::string> found = IdentifyingIn(text);
  if (found.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, "NOT_DEPERSONALISED",
                absl::StrCat("declared depersonalised, but has ", absl::StrJoin(found, ", "),
                             "; take out what identifies people"),
                field);
}

/// What an answer may say, and how (F50): what identifies people is given only where that was found
/// necessary, and then stays with the agency.
absl::Status CheckAnswer(const InformationRequest& asked,
                         const v1::AnswerInformationRequestRequest& answer) {
  if (answer.text().empty() && answer.uri().empty()) {
    return InvalidField("text", "is required, or a uri: the information that was asked for");
  }
  if (!answer.depersonalised()) {
    if (!asked.identifiable()) {
      return InvalidField("depersonalised", "is to be declared: nothing in it identifies anybody");
    }
    if (answer.text().empty()) return absl::OkStatus();
    return InvalidField("text", "what identifies people stays where it is: give a uri only");
  }
  absl::Status text = CheckDepersonalised("text", answer.text());
  return text.ok() ? CheckDepersonalised("uri", answer.uri()) : text;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RequestInformationRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("what", request.what()));
  status.Update(Required("why", request.why()));
  status.Update(CheckDayAhead("due_date", request.due_date(), context));
  if (request.identifiable()) status.Update(Required("why_identified", request.why_identified()));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "parent", request.parent(), "");
  if (!review.ok()) return review.status();
  status = CheckAgency(tables, request.agency(), request.parent());
  status.Update(CheckRoom("information requests of a review", review->information_requests_size(),
                          kMostRequests));
  if (!status.ok()) return status;
  Event event;
  v1::InformationRequested& requested = *event.mutable_information_requested();
  requested.set_name(absl::StrCat(request.parent(), "/informationRequests/",
                                  review->information_requests_size() + 1));
  InformationRequest& asked = *requested.mutable_request();
  asked.set_name(requested.name());
  asked.set_agency(request.agency());
  asked.set_what(request.what());
  asked.set_why(request.why());
  asked.set_due_date(request.due_date());
  asked.set_identifiable(request.identifiable());
  if (request.identifiable()) asked.set_why_identified(request.why_identified());
  asked.set_state(v1::INFORMATION_REQUEST_STATE_OPEN);
  *asked.mutable_request_time() = ToProto(context.now);
  *requested.add_clocks() = ClockUntil(tables, requested.name(), kInformationClock,
                                       request.agency(), request.due_date(), context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables,
                             const v1::AnswerInformationRequestRequest& request,
                             const Context& context) {
  auto asked = FindInformation(tables, request.name(), request.etag(), context);
  if (!asked.ok()) return asked.status();
  if (absl::Status answer = CheckAnswer(asked->request, request); !answer.ok()) return answer;
  Event event;
  event.mutable_information_request_answered()->set_name(request.name());
  v1::InformationAnswer& answer = *event.mutable_information_request_answered()->mutable_answer();
  answer.set_text(request.text());
  answer.set_uri(request.uri());
  answer.set_depersonalised(request.depersonalised());
  answer.set_by(context.actor.ToString());
  *answer.mutable_time() = ToProto(context.now);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables,
                             const v1::RefuseInformationRequestRequest& request,
                             const Context& context) {
  absl::Status status;
  if (request.ground() == v1::REFUSAL_GROUND_UNSPECIFIED ||
      !v1::RefusalGround_IsValid(request.ground())) {
    status.Update(InvalidField("ground", "is required: one of the grounds for refusing"));
  }
  status.Update(Required("words", request.words()));
  if (!status.ok()) return status;
  auto asked = FindInformation(tables, request.name(), request.etag(), context);
  if (!asked.ok()) return asked.status();
  if (asked->request.identifiable() &&
      request.ground() == v1::REFUSAL_GROUND_NOT_DEPERSONALISABLE) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "GROUND_DOES_NOT_APPLY",
                  absl::StrCat(request.name(), " may identify people, because ",
                               asked->request.why_identified(), "; give another ground"),
                  "ground");
  }
  Event event;
  event.mutable_information_request_refused()->set_name(request.name());
  v1::InformationRefusal& refusal = *event.mutable_information_request_refused()->mutable_refusal();
  refusal.set_ground(request.ground());
  refusal.set_words(request.words());
  refusal.set_by(context.actor.ToString());
  *refusal.mutable_time() = ToProto(context.now);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RequestAttendanceRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("who", request.who()));
  status.Update(Required("why", request.why()));
  absl::StatusOr<absl::CivilDay> date = DayIn("date", request.date());
  status.Update(date.status());
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "parent", request.parent(), "");
  if (!review.ok()) return review.status();
  const auto policy = PolicyOf(tables, CouncilOf(request.parent()));
  status = CheckAgency(tables, request.agency(), request.parent());
  // The last day of the notice: its end is the first instant of the day after it.
  absl::CivilDay earliest = context.calendar.DayOf(context.calendar.Due(
                                context.now, config::LengthOf(policy->attendance_notice()))) -
                            1;
  if (*date < earliest) {
    status.Update(
        Refuse(absl::StatusCode::kFailedPrecondition, "NOTICE_TOO_SHORT",
               absl::StrCat("expected ", absl::FormatCivilTime(earliest),
                            " or later, which is reasonable notice; got ", request.date()),
               "date"));
  }
  status.Update(CheckRoom("attendance requests of a review", review->attendance_requests_size(),
                          kMostRequests));
  if (!status.ok()) return status;
  Event event;
  v1::AttendanceRequested& requested = *event.mutable_attendance_requested();
  requested.set_name(absl::StrCat(request.parent(), "/attendanceRequests/",
                                  review->attendance_requests_size() + 1));
  AttendanceRequest& asked = *requested.mutable_request();
  asked.set_name(requested.name());
  asked.set_agency(request.agency());
  asked.set_who(request.who());
  asked.set_date(request.date());
  asked.set_why(request.why());
  asked.set_state(v1::ATTENDANCE_STATE_REQUESTED);
  *requested.add_clocks() = ClockUntil(tables, requested.name(), kAttendanceClock, request.agency(),
                                       request.date(), context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables,
                             const v1::AnswerAttendanceRequestRequest& request,
                             const Context& context) {
  auto asked = FindAsked(tables, request.name(), request.etag(),
                         "councils/*/reviews/*/attendanceRequests/*", &Review::attendance_requests);
  if (!asked.ok()) return asked.status();
  if (!IsOfficerOf(context.actor, asked->request.agency())) {
    return Forbidden("NOT_ASKED",
                     absl::StrCat("an officer of ", asked->request.agency(),
                                  " answers for it; you are ", context.actor.ToString()));
  }
  if (asked->request.state() != v1::ATTENDANCE_STATE_REQUESTED) {
    return WrongState(absl::StrCat(request.name(), " has been answered already"));
  }
  absl::Status status = request.attends() ? Required("officer", request.officer())
                                          : Required("reason", request.reason());
  if (!status.ok()) return status;
  Event event;
  v1::AttendanceRequestAnswered& answered = *event.mutable_attendance_request_answered();
  answered.set_name(request.name());
  answered.set_state(request.attends() ? v1::ATTENDANCE_STATE_ATTENDS
                                       : v1::ATTENDANCE_STATE_DECLINED);
  answered.set_officer(request.officer());
  answered.set_reason(request.reason());
  return event;
}

}  // namespace ccfa::scrutiny
