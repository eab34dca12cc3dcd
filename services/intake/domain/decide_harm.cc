#include "services/intake/domain/call.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/harm.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

int WeightOf(const config::v1::HarmWeights& weights, v1::HarmKind kind) {
  switch (kind) {
    case v1::HARM_KIND_FREQUENCY:
      return weights.frequency();
    case v1::HARM_KIND_IMPACT:
      return weights.impact();
    case v1::HARM_KIND_VULNERABILITY:
      return weights.vulnerability();
    case v1::HARM_KIND_ESCALATION:
      return weights.escalation();
    case v1::HARM_KIND_SUPPORT:
      return weights.support();
    default:
      return 0;
  }
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AssessHarmRequest& request,
                             const Context&) {
  if (absl::Status whole = CheckHarm(request.parts()); !whole.ok()) return whole;
  absl::StatusOr<v1::Call> call = Open(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  const auto policy = PolicyOf(tables, CouncilOf(request.name()));
  Event event;
  event.mutable_harm_assessed()->set_name(request.name());
  v1::HarmAssessment& harm = *event.mutable_harm_assessed()->mutable_harm();
  *harm.mutable_parts() = request.parts();
  for (const v1::HarmPart& part : request.parts()) {
    harm.add_weights(WeightOf(policy->harm(), part.kind()));
  }
  harm.set_score(ScoreOf(harm));
  return event;
}

}  // namespace ccfa::intake
