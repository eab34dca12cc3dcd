// The questions of analysts: where it happens again and again, and what a response did.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/geo/point.h"
#include "services/insight/before_after.h"
#include "services/insight/caught_up.h"
#include "services/insight/insight_service.h"
#include "services/insight/repeat_places.h"

namespace ccfa::insight {
namespace {

constexpr int kPlaces = 100, kMostPlaces = 1000;
constexpr int kLeastCalls = 2;
constexpr double kMostMetres = 50'000;
constexpr int kMostMonths = 120;

config::v1::AnalysisRules RulesOf(const Tables& tables, absl::string_view council) {
  config::v1::AnalysisRules rules = config::Defaults().analysis();
  if (auto own = tables.configs.Get(absl::StrCat("councils/", council)))
    config::SetOver(rules, own->analysis());
  return rules;
}

absl::Status CheckMetres(absl::string_view field, double metres, double least) {
  if (metres >= least && metres <= kMostMetres) return absl::OkStatus();
  return InvalidField(
      field, absl::StrCat("expected ", least, " to ", kMostMetres, " metres, got ", metres));
}

absl::Status CheckCircle(absl::string_view field, const v1::Circle& circle) {
  absl::Status centre = geo::Check({circle.centre().lat(), circle.centre().lon()});
  if (!circle.has_centre() || !centre.ok()) {
    return InvalidField(absl::StrCat(field, ".centre"),
                        centre.ok() ? "is required" : std::string(centre.message()));
  }
  return CheckMetres(absl::StrCat(field, ".radius_m"), circle.radius_m(), 1);
}

absl::Status Find(const Tables& tables, const v1::FindRepeatPlacesRequest& request,
                  v1::FindRepeatPlacesResponse& reply) {
  absl::Status status = CheckName("parent", request.parent(), "councils/*");
  if (!request.from_month().empty()) status.Update(CheckMonth("from_month", request.from_month()));
  if (!request.to_month().empty()) status.Update(CheckMonth("to_month", request.to_month()));
  status.Update(CheckMetres("square_m", request.square_m(), 0));
  if (request.least() < 0) status.Update(InvalidField("least", "must not be negative"));
  if (request.limit() < 0 || request.limit() > kMostPlaces)
    status.Update(InvalidField("limit", absl::StrCat("expected 0 to ", kMostPlaces)));
  if (!status.ok()) return status;
  std::vector<Incident> incidents =
      IncidentsOf(tables, CouncilOf(request.parent()), request.category());
  auto is_outside = [&](const Incident& incident) {
    absl::StatusOr<absl::CivilMonth> from = ParseMonth(request.from_month()),
                                     to = ParseMonth(request.to_month());
    return (from.ok() && incident.month < *from) || (to.ok() && incident.month > *to);
  };
  incidents.erase(std::remove_if(incidents.begin(), incidents.end(), is_outside), incidents.end());
  reply = RepeatPlacesOf(incidents, request.square_m(),
                         request.least() == 0 ? kLeastCalls : request.least(),
                         request.limit() == 0 ? kPlaces : request.limit());
  return absl::OkStatus();
}

/// The circle asked for, or the one around a problem's calls.
absl::StatusOr<v1::Circle> TargetOf(const Tables& tables,
                                    const v1::CompareBeforeAfterRequest& request) {
  if (request.problem().empty()) {
    absl::Status circle = CheckCircle("target", request.target());
    if (!circle.ok()) return circle;
    return request.target();
  }
  if (request.has_target()) return InvalidField("problem", "is given beside a target: give one");
  absl::Status form = CheckName("problem", request.problem(), "councils/*/problems/*");
  if (!form.ok()) return form;
  auto held = tables.problems.Get(request.problem());
  if (!held || CouncilOf(request.problem()) != CouncilOf(request.parent()))
    return NotFound("problem", request.problem());
  std::vector<intake::v1::Point> points;
  for (const std::string& call : held->calls()) {
    auto row = tables.stories.Get(call);
    if (row && row->intake().details().place().has_point())
      points.push_back(row->intake().details().place().point());
  }
  if (points.empty()) {
    return Refuse(
        absl::StatusCode::kFailedPrecondition, "NO_POINTS",
        absl::StrCat("no call of ", request.problem(), " has a point; give a target instead"),
        "problem");
  }
  return AroundAll(points);
}

absl::Status CompareThem(const Tables& tables, const v1::CompareBeforeAfterRequest& request,
                         v1::BeforeAfter& reply) {
  absl::Status status = CheckName("parent", request.parent(), "councils/*");
  status.Update(CheckMonth("month", request.month()));
  if (request.months() < 1 || request.months() > kMostMonths) {
    status.Update(InvalidField(
        "months", absl::StrCat("expected 1 to ", kMostMonths, ", got ", request.months())));
  }
  if (request.has_comparison()) status.Update(CheckCircle("comparison", request.comparison()));
  status.Update(CheckMetres("ring_m", request.ring_m(), 0));
  if (!status.ok()) return status;
  absl::StatusOr<v1::Circle> target = TargetOf(tables, request);
  if (!target.ok()) return target.status();
  const config::v1::AnalysisRules rules = RulesOf(tables, CouncilOf(request.parent()));
  Comparison comparison;
  comparison.target = *std::move(target);
  comparison.ring_m = request.ring_m() == 0 ? rules.ring_m() : request.ring_m();
  if (request.has_comparison()) comparison.comparison = request.comparison();
  comparison.month = *ParseMonth(request.month());
  comparison.months = request.months();
  comparison.least_before = rules.least_before();
  reply = Compare(IncidentsOf(tables, CouncilOf(request.parent()), request.category()), comparison);
  return absl::OkStatus();
}

}  // namespace

using Reactor = InsightService::Reactor;

Reactor* InsightService::FindRepeatPlaces(Context* context,
                                          const v1::FindRepeatPlacesRequest* request,
                                          v1::FindRepeatPlacesResponse* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return Find(tables, *request, *reply);
  });
}

Reactor* InsightService::CompareBeforeAfter(Context* context,
                                            const v1::CompareBeforeAfterRequest* request,
                                            v1::BeforeAfter* reply) {
  return ReadCaughtUp(projectors_, context, *request, [request, reply](const Tables& tables) {
    return CompareThem(tables, *request, *reply);
  });
}

}  // namespace ccfa::insight
