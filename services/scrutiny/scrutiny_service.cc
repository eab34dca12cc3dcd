#include "services/scrutiny/scrutiny_service.h"

#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/clock_list.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/scrutiny/domain/case_review_counts.h"
#include "services/scrutiny/domain/tracker.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

using Reactor = ScrutinyService::Reactor;
using Context = ScrutinyService::Context;

Reactor* ScrutinyService::GetReferral(Context* context, const v1::GetReferralRequest* request,
                                      v1::Referral* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.referrals, "name", request->name(), "councils/*/referrals/*", *reply);
  });
}

Reactor* ScrutinyService::ListReferrals(Context* context, const v1::ListReferralsRequest* request,
                                        v1::ListReferralsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status list = CheckName("parent", request->parent(), "councils/*");
    if (!v1::ReferralState_IsValid(request->state())) {
      list.Update(InvalidField("state", "is not a referral's state"));
    }
    if (!list.ok()) return list;
    return rpc::ListIndex(tables.referrals, kReferralsByList,
                          ListOf(CouncilOf(request->parent()), request->state()), *request, *reply,
                          [&] { return reply->add_referrals(); });
  });
}

Reactor* ScrutinyService::GetRecommendation(Context* context,
                                            const v1::GetRecommendationRequest* request,
                                            v1::Recommendation* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status found = rpc::GetRow(tables.recommendations, "name", request->name(),
                                     "councils/*/recommendations/*", *reply);
    if (found.ok()) ShowRag(*reply);
    return found;
  });
}

Reactor* ScrutinyService::ListRecommendations(Context* context,
                                              const v1::ListRecommendationsRequest* request,
                                              v1::ListRecommendationsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status list = CheckName("parent", request->parent(), "councils/*");
    if (!list.ok()) return list;
    list = rpc::ListIndex(tables.recommendations, kRecommendationsByList,
                          ListOf(CouncilOf(request->parent()), request->overdue()), *request,
                          *reply, [&] { return reply->add_recommendations(); });
    for (v1::Recommendation& listed : *reply->mutable_recommendations()) ShowRag(listed);
    return list;
  });
}

Reactor* ScrutinyService::GetReview(Context* context, const v1::GetReviewRequest* request,
                                    v1::Review* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.reviews, "name", request->name(), "councils/*/reviews/*", *reply);
  });
}

Reactor* ScrutinyService::ListReviews(Context* context, const v1::ListReviewsRequest* request,
                                      v1::ListReviewsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.reviews, *request, *reply,
                              [&] { return reply->add_reviews(); });
  });
}

Reactor* ScrutinyService::GetCaseReview(Context* context, const v1::GetCaseReviewRequest* request,
                                        v1::CaseReview* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::GetRow(tables.case_reviews, "name", request->name(), "councils/*/caseReviews/*",
                       *reply);
  });
}

Reactor* ScrutinyService::ListCaseReviews(Context* context,
                                          const v1::ListCaseReviewsRequest* request,
                                          v1::ListCaseReviewsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.case_reviews, *request, *reply,
                              [&] { return reply->add_case_reviews(); });
  });
}

Reactor* ScrutinyService::GetCaseReviewCounts(Context* context,
                                              const v1::GetCaseReviewCountsRequest* request,
                                              v1::CaseReviewCounts* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request->parent(), "councils/*");
    if (!parent.ok()) return parent;
    *reply = CountsOf(tables, CouncilOf(request->parent()), request->year());
    return absl::OkStatus();
  });
}

Reactor* ScrutinyService::ListMeetings(Context* context, const v1::ListMeetingsRequest* request,
                                       v1::ListMeetingsResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    return rpc::ListOfCouncil(tables.meetings, *request, *reply,
                              [&] { return reply->add_meetings(); });
  });
}

Reactor* ScrutinyService::GetAgenda(Context* context, const v1::GetAgendaRequest* request,
                                    v1::Agenda* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    v1::Meeting meeting;
    absl::Status found =
        rpc::GetRow(tables.meetings, "name", request->name(), "councils/*/meetings/*", meeting);
    if (!found.ok()) return found;
    const engine::Engine& engine = engines_.Of(CouncilOf(request->name()));
    *reply = AgendaOf(tables, meeting, rpc::MomentOf(*context, engine), engine.calendar());
    return absl::OkStatus();
  });
}

Reactor* ScrutinyService::ListOverdue(Context* context, const v1::ListOverdueRequest* request,
                                      v1::ListOverdueResponse* reply) {
  return rpc::Read<Tables>(engines_, context, *request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request->parent(), "councils/*");
    if (!parent.ok()) return parent;
    absl::string_view council = CouncilOf(request->parent());
    const engine::Engine& engine = engines_.Of(council);
    for (v1::OverdueItem& item : OverdueOf(tables, council, rpc::MomentOf(*context, engine),
                                           engine.calendar(), rpc::Page::kLargest)) {
      *reply->add_items() = std::move(item);
    }
    return absl::OkStatus();
  });
}

Reactor* ScrutinyService::ListClocks(Context* context, const v1::ListClocksRequest* request,
                                     v1::ListClocksResponse* reply) {
  return rpc::ListClocks<Tables>(engines_, context, *request, *reply);
}

}  // namespace ccfa::scrutiny
