#include "services/insight/insight_service.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/geo/point.h"
#include "common/rpc/commands.h"
#include "common/rpc/listing.h"
#include "services/insight/audit.h"
#include "services/insight/caught_up.h"
#include "services/insight/counts.h"
#include "services/insight/disclosures.h"
#include "services/insight/duplicates.h"
#include "services/insight/export_reactor.h"
#include "services/insight/feed.h"
#include "services/insight/history.h"
#include "services/insight/pack.h"
#include "services/insight/search.h"
#include "services/insight/story.h"
#include "services/insight/tables.h"

namespace ccfa::insight {
namespace {

constexpr int kCallsAPage = 50;
constexpr absl::Duration kExportRecordHolds = absl::Minutes(15);

/// Whether a call is one of those that a list was narrowed to.
bool IsWanted(const v1::ListCallsRequest& request, const v1::StoryRow& row) {
  const absl::Time logged = FromProto(row.intake().log_time());
  return (request.ward().empty() || WardOf(row) == request.ward()) &&
         (request.state() == v1::STORY_STATE_UNSPECIFIED || StateOf(row) == request.state()) &&
         (!request.has_logged_from() || logged >= FromProto(request.logged_from())) &&
         (!request.has_logged_before() || logged < FromProto(request.logged_before())) &&
         (!request.has_updated_from() ||
          FromProto(row.update_time()) >= FromProto(request.updated_from()));
}

/// Whether a call, and so each that was logged after it, is too late for a list.
bool IsBehind(const v1::ListCallsRequest& request, const v1::StoryRow& row) {
  return request.has_logged_before() &&
         FromProto(row.intake().log_time()) >= FromProto(request.logged_before());
}

/// Before the first call that may be wanted: names count in the year of the day in London, which is
/// never behind the one of UTC.
std::string StartOf(const v1::ListCallsRequest& request, const std::string& after) {
  if (!request.has_logged_from()) return after;
  const absl::CivilSecond from =
      absl::ToCivilSecond(FromProto(request.logged_from()), absl::UTCTimeZone());
  return std::max(after, absl::StrCat(request.parent(), "/calls/", from.year()));
}

/// Which list a page token is of.
std::string ListOf(const v1::ListCallsRequest& request) {
  v1::ListCallsRequest list = request;
  list.clear_page_size();
  list.clear_page_token();
  return list.SerializeAsString();
}

absl::Status List(const Tables& tables, const v1::ListCallsRequest& request,
                  v1::ListCallsResponse& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (!v1::StoryState_IsValid(request.state()))
    return InvalidField("state", "is no state of a call");
  absl::StatusOr<rpc::Page> page =
      rpc::Page::Of(request.page_size(), request.page_token(), ListOf(request), kCallsAPage);
  if (!page.ok()) return page.status();
  auto take = [&](absl::string_view entry, const v1::StoryRow& row) {
    if (!IsWanted(request, row)) return true;
    if (!page->Take(entry)) return false;
    *reply.add_calls() = StoryOf(row);
    return true;
  };
  absl::string_view council = CouncilOf(request.parent());
  if (!request.words().empty()) {
    absl::StatusOr<Search> search = Search::For(request.words());
    if (!search.ok()) return search.status();
    const size_t word = council.size() + 1;
    tables.stories.ScanIndex(
        kStoriesByWord, absl::StrCat(council, "/", search->rarest()), page->after(),
        [&](absl::string_view entry, const v1::StoryRow& row) {
          const bool wanted = search->Finds(row) &&
                              search->IsFoundBy(entry.substr(word, entry.find(kEnd) - word), row);
          return !wanted || take(entry, row);
        });
  } else if (!request.ward().empty()) {
    tables.stories.ScanIndex(kStoriesByWard, absl::StrCat(council, "/", request.ward()) + kEnd,
                             page->after(), take);
  } else if (request.state() != v1::STORY_STATE_UNSPECIFIED) {
    tables.stories.ScanIndex(kStoriesByState,
                             absl::StrCat(council, "/", static_cast<int>(request.state())) + kEnd,
                             page->after(), take);
  } else {
    tables.stories.Scan(request.parent() + "/calls/", StartOf(request, page->after()),
                        [&](absl::string_view entry, const v1::StoryRow& row) {
                          return !IsBehind(request, row) && take(entry, row);
                        });
  }
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

absl::Status History(const Tables& tables, const v1::GetHistoryRequest& request,
                     v1::GetHistoryResponse& reply) {
  if (!IsId(CouncilOf(request.name()))) {
    return InvalidField("name", "expected a resource name that starts with councils/CODE");
  }
  absl::StatusOr<rpc::Page> page =
      rpc::Page::Of(request.page_size(), request.page_token(), request.name());
  if (!page.ok()) return page.status();
  std::vector<v1::HistoryEntry> entries = HistoryOf(tables, request.name());
  if (entries.empty()) return NotFound("name", absl::StrCat("event about ", request.name()));
  size_t start = 0;
  if (!page->after().empty() && !absl::SimpleAtoi(page->after(), &start)) start = 0;
  for (size_t i = start; i < entries.size() && page->Take(absl::StrCat(i + 1)); ++i) {
    *reply.add_entries() = std::move(entries[i]);
  }
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

/// What a request for duplicates of a call answers, whether it was logged or is about to be.
template <class Request, class Response>
absl::Status AddDuplicates(const Tables& tables, const v1::StoryRow& call, const Request& request,
                           Response& reply) {
  if (!v1::Audience_IsValid(request.audience()))
    return InvalidField("audience", "expected the public or staff");
  DuplicatePolicy policy = DuplicatePolicyOf(tables, CouncilOf(call.name()), request.audience());
  if (request.within_m() < 0 || request.within_m() > policy.within_m) {
    return InvalidField("within_m", absl::StrCat("expected 0 to ", policy.within_m));
  }
  if (request.within_m() > 0) policy.within_m = request.within_m();
  for (v1::Duplicate& duplicate : DuplicatesOf(tables, call, policy)) {
    *reply.add_duplicates() = std::move(duplicate);
  }
  return absl::OkStatus();
}

absl::Status Duplicates(const Tables& tables, const v1::SuggestDuplicatesRequest& request,
                        v1::SuggestDuplicatesResponse& reply) {
  v1::StoryRow row;
  absl::Status found =
      rpc::GetRow(tables.stories, "name", request.name(), "councils/*/calls/*", row);
  return found.ok() ? AddDuplicates(tables, row, request, reply) : found;
}

absl::Status DuplicatesBefore(const Tables& tables, const v1::LookForDuplicatesRequest& request,
                              absl::Time now, v1::LookForDuplicatesResponse& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  const intake::v1::CallDetails& details = request.details();
  if (!IsId(details.category()))
    return InvalidField("details.category", "is required: duplicates are of one category");
  const intake::v1::Point& point = details.place().point();
  if (absl::Status place = geo::Check({point.lat(), point.lon()}); !place.ok())
    return InvalidField("details.place.point", place.message());
  v1::StoryRow row;
  // No call's name: theirs begin with a year.
  row.set_name(request.parent() + "/calls/new");
  *row.mutable_intake()->mutable_details() = details;
  *row.mutable_intake()->mutable_log_time() = ToProto(now);
  return AddDuplicates(tables, row, request, reply);
}

}  // namespace

using Reactor = InsightService::Reactor;

Reactor* InsightService::GetCallStory(Context* context, const v1::GetCallStoryRequest* request,
                                      v1::CallStory* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    v1::StoryRow row;
    absl::Status found =
        rpc::GetRow(tables.stories, "name", request->name(), "councils/*/calls/*", row);
    if (found.ok()) *reply = StoryOf(row);
    return found;
  });
}

Reactor* InsightService::ListCalls(Context* context, const v1::ListCallsRequest* request,
                                   v1::ListCallsResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return List(tables, *request, *reply);
  });
}

grpc::ServerWriteReactor<v1::CallStory>* InsightService::ExportCalls(
    Context* context, const v1::ExportCallsRequest* request) {
  absl::StatusOr<std::optional<absl::Time>> as_at = rpc::AsAtOf(*context);
  absl::StatusOr<Actor> who = rpc::ActorOf(*context);
  if (as_at.ok() && !who.ok()) as_at = who.status();
  if (absl::Status refusal = rpc::RefusalOf(*context); !refusal.ok()) as_at = refusal;
  return new ExportReactor(projectors_.Of(CouncilOf(request->parent())), *request, std::move(as_at),
                           who.ok() ? who->ToString() : "", time_.Now() - kExportRecordHolds);
}

Reactor* InsightService::GetHistory(Context* context, const v1::GetHistoryRequest* request,
                                    v1::GetHistoryResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return History(tables, *request, *reply);
  });
}

Reactor* InsightService::ListEvents(Context* context, const v1::ListEventsRequest* request,
                                    v1::ListEventsResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return insight::ListEvents(tables, *request, *reply);
  });
}

Reactor* InsightService::CountCalls(Context* context, const v1::CountCallsRequest* request,
                                    v1::CallCounts* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return insight::CountCalls(tables, *request, *reply);
  });
}

Reactor* InsightService::GetReferralPack(Context* context,
                                         const v1::GetReferralPackRequest* request,
                                         v1::ReferralPack* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    absl::Status form = CheckName("name", request->name(), "councils/*/referrals/*");
    if (!form.ok()) return form;
    reply->set_name(request->name());
    reply->set_markdown(PackOf(tables, request->name()));
    return reply->markdown().empty() ? NotFound("name", request->name()) : absl::OkStatus();
  });
}

Reactor* InsightService::ListDisclosures(Context* context,
                                         const v1::ListDisclosuresRequest* request,
                                         v1::ListDisclosuresResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return insight::ListDisclosures(tables, *request, *reply);
  });
}

Reactor* InsightService::ListAudit(Context* context, const v1::ListAuditRequest* request,
                                   v1::ListAuditResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return insight::ListAudit(tables, *request, *reply);
  });
}

Reactor* InsightService::SuggestDuplicates(Context* context,
                                           const v1::SuggestDuplicatesRequest* request,
                                           v1::SuggestDuplicatesResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return Duplicates(tables, *request, *reply);
  });
}

Reactor* InsightService::LookForDuplicates(Context* context,
                                           const v1::LookForDuplicatesRequest* request,
                                           v1::LookForDuplicatesResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [this, request, reply](const Tables& tables) {
    return DuplicatesBefore(tables, *request, time_.Now(), *reply);
  });
}

}  // namespace ccfa::insight
