#include "services/gateway/console/choices.h"

#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace insight = ccfa::insight::v1;
namespace routing = ccfa::routing::v1;
using google::protobuf::FieldDescriptor;

constexpr int kMostChoices = 1000;

/// Every item of a list that has a name and a title; without those that cannot be asked for.
template <class Request, class Response, class Items>
std::vector<Option> Listed(const Visit& visit, Items items, bool by_code) {
  std::vector<Option> options = {{"", ""}};
  Request request;
  request.set_parent(visit.parent());
  request.set_page_size(kMostChoices);
  absl::StatusOr<Response> response = visit.Ask<Response>(request);
  if (!response.ok()) return options;
  for (const auto& item : ((*response).*items)()) {
    const std::string id(LastId(item.name()));
    options.push_back({by_code ? id : item.name(), item.title().empty() ? id : item.title()});
  }
  return options;
}

std::vector<Option> ValuesOf(const google::protobuf::EnumDescriptor& type) {
  std::vector<Option> options = {{"", ""}};
  for (int i = 1; i < type.value_count(); ++i)
    options.push_back({type.value(i)->name(), WordsOf(*type.value(i))});
  return options;
}

}  // namespace

std::vector<std::string> KnownCategories(const Visit& visit) {
  insight::CountCallsRequest request;
  request.set_parent(visit.parent());
  std::vector<std::string> known;
  auto counts = visit.Ask<insight::CallCounts>(request);
  if (!counts.ok()) return known;
  for (const insight::CallCount& count : counts->by_category()) known.push_back(count.category());
  return known;
}

std::vector<Option> WardChoices(const Visit& visit) {
  using Items =
      const google::protobuf::RepeatedPtrField<routing::Ward>& (routing::ListWardsResponse::*)()
          const;
  return Listed<routing::ListWardsRequest, routing::ListWardsResponse, Items>(
      visit, &routing::ListWardsResponse::wards, /*by_code=*/true);
}

std::vector<Option> CouncilChoices(const Visit& visit) {
  std::vector<Option> options = {{"", ""}};
  routing::ListCouncilsRequest request;
  request.set_page_size(kMostChoices);
  auto response = visit.Ask<routing::ListCouncilsResponse>(request);
  if (!response.ok()) return options;
  for (const routing::Council& council : response->councils())
    options.push_back({council.name(), council.title()});
  return options;
}

std::vector<Option> ChoicesOf(const Field& field, const FieldDescriptor& of, const Visit& visit) {
  switch (field.kind) {
    case Field::Kind::kChoice:
      if (of.enum_type() != nullptr) return ValuesOf(*of.enum_type());
      return {{"true", "Yes"}, {"false", "No"}};
    case Field::Kind::kWard:
      return WardChoices(visit);
    case Field::Kind::kCouncil:
      return CouncilChoices(visit);
    case Field::Kind::kAgency: {
      using Items = const google::protobuf::RepeatedPtrField<routing::Agency>& (
          routing::ListAgenciesResponse::*)() const;
      return Listed<routing::ListAgenciesRequest, routing::ListAgenciesResponse, Items>(
          visit, &routing::ListAgenciesResponse::agencies, /*by_code=*/false);
    }
    case Field::Kind::kTeam: {
      using Items =
          const google::protobuf::RepeatedPtrField<routing::Team>& (routing::ListTeamsResponse::*)()
              const;
      return Listed<routing::ListTeamsRequest, routing::ListTeamsResponse, Items>(
          visit, &routing::ListTeamsResponse::teams, /*by_code=*/false);
    }
    case Field::Kind::kCouncillor: {
      using Items = const google::protobuf::RepeatedPtrField<routing::Councillor>& (
          routing::ListCouncillorsResponse::*)() const;
      return Listed<routing::ListCouncillorsRequest, routing::ListCouncillorsResponse, Items>(
          visit, &routing::ListCouncillorsResponse::councillors, /*by_code=*/false);
    }
    default:
      return {};
  }
}

}  // namespace ccfa::gateway::console
