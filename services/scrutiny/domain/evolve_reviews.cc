#include "services/scrutiny/domain/evolve_reviews.h"

#include "common/core/names.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/review.h"
#include "services/scrutiny/domain/row.h"

namespace ccfa::scrutiny {
namespace {

using engine::Record;
using v1::Review;

/// Changes what a review asked of an agency, by that request's own name.
template <class Change>
void UpdateInformation(Tables& tables, const std::string& name, const Record& record,
                       Change change) {
  Update(tables.reviews, ParentOf(name), record, [&](Review& review) {
    for (v1::InformationRequest& request : *review.mutable_information_requests()) {
      if (request.name() == name) change(request);
    }
  });
}

template <class Change>
void UpdateAttendance(Tables& tables, const std::string& name, const Record& record,
                      Change change) {
  Update(tables.reviews, ParentOf(name), record, [&](Review& review) {
    for (v1::AttendanceRequest& request : *review.mutable_attendance_requests()) {
      if (request.name() == name) change(request);
    }
  });
}

}  // namespace

void On(Tables& tables, const v1::ReviewScoped& scoped, const Record& record) {
  Update(tables.reviews, scoped.name(), record, [&](Review& review) {
    review.set_name(scoped.name());
    review.set_referral(scoped.referral());
    *review.mutable_scope() = scoped.scope();
    if (!review.has_scope_time()) *review.mutable_scope_time() = record.time();
  });
}

void On(Tables& tables, const v1::InterestDeclared& declared, const Record& record) {
  Update(tables.reviews, declared.name(), record, [&](Review& review) {
    for (v1::PanelMember& member : *review.mutable_scope()->mutable_panel()) {
      if (member.member() == declared.member().member()) member = declared.member();
    }
  });
}

void On(Tables& tables, const v1::MemberCoOpted& opted, const Record& record) {
  Update(tables.reviews, opted.name(), record,
         [&](Review& review) { *review.add_co_optees() = opted.member(); });
}

void On(Tables& tables, const v1::CommitteeJoined& joined, const Record& record) {
  Update(tables.reviews, joined.name(), record,
         [&](Review& review) { *review.add_committees() = joined.committee(); });
}

void On(Tables& tables, const v1::WitnessCalled& called, const Record& record) {
  Update(tables.reviews, called.name(), record,
         [&](Review& review) { *review.add_witnesses() = called.witness(); });
}

void On(Tables& tables, const v1::InformationRequested& requested, const Record& record) {
  Update(tables.reviews, ParentOf(requested.name()), record,
         [&](Review& review) { *review.add_information_requests() = requested.request(); });
  tables.clocks.StartAll(requested.clocks());
}

void On(Tables& tables, const v1::InformationRequestAnswered& answered, const Record& record) {
  UpdateInformation(tables, answered.name(), record, [&](v1::InformationRequest& request) {
    request.set_state(v1::INFORMATION_REQUEST_STATE_ANSWERED);
    *request.mutable_answer() = answered.answer();
  });
  tables.clocks.StopAll(answered.name());
}

void On(Tables& tables, const v1::InformationRequestRefused& refused, const Record& record) {
  UpdateInformation(tables, refused.name(), record, [&](v1::InformationRequest& request) {
    request.set_state(v1::INFORMATION_REQUEST_STATE_REFUSED);
    *request.mutable_refusal() = refused.refusal();
  });
  tables.clocks.StopAll(refused.name());
}

void On(Tables& tables, const v1::AttendanceRequested& requested, const Record& record) {
  Update(tables.reviews, ParentOf(requested.name()), record,
         [&](Review& review) { *review.add_attendance_requests() = requested.request(); });
  tables.clocks.StartAll(requested.clocks());
}

void On(Tables& tables, const v1::AttendanceRequestAnswered& answered, const Record& record) {
  UpdateAttendance(tables, answered.name(), record, [&](v1::AttendanceRequest& request) {
    request.set_state(answered.state());
    request.set_officer(answered.officer());
    request.set_reason(answered.reason());
    *request.mutable_answer_time() = record.time();
  });
  tables.clocks.StopAll(answered.name());
}

void On(Tables& tables, const v1::SessionRecorded& recorded, const Record& record) {
  Update(tables.reviews, recorded.name(), record,
         [&](Review& review) { *review.add_sessions() = recorded.session(); });
}

void On(Tables& tables, const v1::ReviewEvidenceAdded& added, const Record& record) {
  Update(tables.reviews, added.name(), record,
         [&](Review& review) { *review.add_evidence() = added.evidence(); });
}

void On(Tables& tables, const v1::ReportPublished& published, const Record& record) {
  Update(tables.reviews, published.name(), record,
         [&](Review& review) { *review.mutable_report() = published.report(); });
  StopReview(tables, published.referral());
}

void MarkRequestOverdue(Tables& tables, const engine::Clock& clock, const Record& record) {
  if (clock.kind() == kInformationClock) {
    return UpdateInformation(tables, clock.subject(), record,
                             [](v1::InformationRequest& request) { request.set_overdue(true); });
  }
  UpdateAttendance(tables, clock.subject(), record,
                   [](v1::AttendanceRequest& request) { request.set_overdue(true); });
}

void StopReview(Tables& tables, const std::string& referral) {
  auto review = tables.reviews.Get(ReviewOfReferral(referral));
  if (!review) return;
  for (const auto& request : review->information_requests()) tables.clocks.StopAll(request.name());
  for (const auto& request : review->attendance_requests()) tables.clocks.StopAll(request.name());
}

}  // namespace ccfa::scrutiny
