// What of a caller an agency may see: agreements between a council and its agencies (F58).

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/calendar/date.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/register.h"

namespace ccfa::routing {
namespace {

constexpr int kMostPurposes = 20;
constexpr size_t kPurposeBytes = 200;

absl::Status CheckCategories(const v1::Agreement& agreement) {
  if (agreement.categories().empty())
    return InvalidField("agreement.categories", "is required: what of a caller they may see");
  for (int category : agreement.categories()) {
    if (category == v1::DATA_CATEGORY_UNSPECIFIED || !v1::DataCategory_IsValid(category))
      return InvalidField("agreement.categories", "has one that is none");
  }
  return absl::OkStatus();
}

absl::Status CheckPurposes(const v1::Agreement& agreement) {
  if (agreement.purposes().empty() || agreement.purposes_size() > kMostPurposes) {
    return InvalidField("agreement.purposes", absl::StrCat("is required: what they may see it for, "
                                                           "1 to ",
                                                           kMostPurposes));
  }
  for (const std::string& purpose : agreement.purposes()) {
    if (purpose.empty() || purpose.size() > kPurposeBytes || absl::StrContains(purpose, '\n')) {
      return InvalidField("agreement.purposes",
                          absl::StrCat("is each one line of 1 to ", kPurposeBytes, " bytes"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDays(const v1::Agreement& agreement) {
  auto from = calendar::ParseDate(agreement.from_date());
  if (!from.ok()) return InvalidField("agreement.from_date", from.status().message());
  auto to = calendar::ParseDate(agreement.to_date());
  if (!to.ok()) return InvalidField("agreement.to_date", to.status().message());
  if (*from <= *to) return absl::OkStatus();
  return InvalidField("agreement.to_date",
                      absl::StrCat("is before its first day, ", agreement.from_date()));
}

absl::Status CheckAgency(const Tables& tables, const v1::Agreement& agreement) {
  absl::Status name = CheckName("agreement.agency", agreement.agency(), "councils/*/agencies/*");
  if (!name.ok()) return name;
  if (CouncilOf(agreement.agency()) != CouncilOf(agreement.name()))
    return InvalidField("agreement.agency", "is not one of the agreement's council");
  return tables.agencies.Contains(agreement.agency())
             ? absl::OkStatus()
             : NotFound("agreement.agency", agreement.agency());
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordAgreementRequest& request,
                             const Context& context) {
  const v1::Agreement& agreement = request.agreement();
  absl::Status status = CheckName("agreement.name", agreement.name(), "councils/*/agreements/*");
  if (status.ok() && context.actor.role != "administrator") {
    status = Forbidden("NOT_ADMINISTRATOR",
                       absl::StrCat("agreements are recorded by an administrator, not by ",
                                    context.actor.ToString()));
  }
  status.Update(CheckCategories(agreement));
  status.Update(CheckPurposes(agreement));
  status.Update(CheckDays(agreement));
  if (status.ok()) status = CheckAgency(tables, agreement);
  if (!status.ok()) return status;
  Event event;
  auto known = tables.agreements.Get(agreement.name());
  if (known && known->SerializeAsString() == agreement.SerializeAsString()) return event;
  event.mutable_agreement_recorded()->set_name(agreement.name());
  *event.mutable_agreement_recorded()->mutable_agreement() = agreement;
  return event;
}

}  // namespace ccfa::routing
