// What a council publishes of its calls, and what it says of each.

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/listing.h"
#include "services/insight/caught_up.h"
#include "services/insight/insight_service.h"
#include "services/insight/public_call.h"
#include "services/insight/publication.h"
#include "services/insight/published_quarters.h"

namespace ccfa::insight {
namespace {

absl::StatusOr<calendar::Quarter> QuarterOf(const std::string& text) {
  absl::StatusOr<calendar::Quarter> quarter = calendar::Quarter::Parse(text);
  if (!quarter.ok()) return InvalidField("quarter", quarter.status().message());
  return quarter;
}

/// The one moment that a quarter is published as at, once it is past for whoever asks.
absl::StatusOr<std::optional<absl::Time>> MomentOf(const absl::StatusOr<calendar::Quarter>& quarter,
                                                   absl::StatusOr<std::optional<absl::Time>> as_at,
                                                   const TimeSource& time,
                                                   const calendar::Calendar& calendar) {
  if (!quarter.ok()) return quarter.status();
  if (!as_at.ok()) return as_at.status();
  const absl::Time moment = PublishedAt(*quarter, calendar);
  if (moment <= as_at->value_or(time.Now())) return moment;
  return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_PUBLISHED_YET",
                absl::StrCat(quarter->Text(), " is published as it stands at the start of ",
                             absl::FormatCivilTime(calendar.DayOf(moment)), ", and not before"),
                "quarter");
}

/// A read of a quarter's publication: `answer` is given it.
template <class Request, class Answer>
grpc::ServerUnaryReactor* ReadQuarter(const engine::Projectors& projectors,
                                      grpc::CallbackServerContext* context, const Request& request,
                                      const TimeSource& time, const calendar::Calendar& calendar,
                                      PublishedQuarters& published, Answer answer) {
  absl::StatusOr<calendar::Quarter> quarter = QuarterOf(request.quarter());
  auto moment = MomentOf(quarter, rpc::AsAtOf(*context), time, calendar);
  const absl::string_view council = CouncilOf(request.parent());
  if (rpc::RefusalOf(*context).ok() && moment.ok()) {
    if (auto kept = published.Find(council, *quarter)) {
      grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
      reactor->Finish(rpc::ToGrpc(answer(*kept)));
      return reactor;
    }
  }
  return ReadCaughtUpAt(
      std::move(moment), projectors, context, request,
      [&request, &calendar, &published, council, quarter, answer](const Tables& tables) {
        if (absl::Status form = CheckName("parent", request.parent(), "councils/*"); !form.ok())
          return form;
        auto made = std::make_shared<const Publication>(tables, council, *quarter, calendar);
        published.Keep(council, *quarter, made);
        return answer(*made);
      });
}

/// From the days of the past it could be told which calls came and went together.
absl::StatusOr<std::optional<absl::Time>> NowOnly(const grpc::CallbackServerContext& context) {
  absl::StatusOr<std::optional<absl::Time>> as_at = rpc::AsAtOf(context);
  if (!as_at.ok() || !as_at->has_value()) return as_at;
  return InvalidField(rpc::kAsAtKey, "what anybody may know of a call is what it is now");
}

}  // namespace

using Reactor = InsightService::Reactor;

Reactor* InsightService::GetPublishedQuarter(Context* context,
                                             const v1::GetPublishedQuarterRequest* request,
                                             v1::PublishedQuarter* reply) {
  return ReadQuarter(projectors_, context, *request, time_, calendar_, published_,
                     [reply](const Publication& publication) {
                       *reply = publication.figures();
                       return absl::OkStatus();
                     });
}

Reactor* InsightService::ListPublishedCalls(Context* context,
                                            const v1::ListPublishedCallsRequest* request,
                                            v1::ListPublishedCallsResponse* reply) {
  return ReadQuarter(projectors_, context, *request, time_, calendar_, published_,
                     [request, reply](const Publication& publication) {
                       return insight::ListPublishedCalls(publication, *request, *reply);
                     });
}

Reactor* InsightService::GetPublicCall(Context* context, const v1::GetPublicCallRequest* request,
                                       v1::PublicCall* reply) {
  return ReadCaughtUpAt(
      NowOnly(*context), projectors_, context, *request,
      [this, request, reply](const Tables& tables) {
        v1::StoryRow row;
        absl::Status found =
            rpc::GetRow(tables.stories, "name", request->name(), "councils/*/calls/*", row);
        if (found.ok() && !row.has_intake()) found = NotFound("name", request->name());
        if (!found.ok()) return found;
        config::v1::CouncilConfig rules = config::Defaults();
        if (auto own = tables.configs.Get(absl::StrCat("councils/", CouncilOf(request->name()))))
          config::SetOver(rules, *own);
        *reply = PublicCallOf(row, rules, calendar_);
        return absl::OkStatus();
      });
}

}  // namespace ccfa::insight
