#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calendar/calendar.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "google/protobuf/util/field_mask_util.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/policy.h"
#include "services/routing/domain/register.h"

namespace ccfa::routing {
namespace {

using google::protobuf::util::FieldMaskUtil;

void SetDefaults(const Policy& policy, v1::Team& team) {
  if (team.priorities_at_once() == 0) team.set_priorities_at_once(policy.least_priorities());
}

absl::Status CheckConstitution(const Tables& tables, const v1::Team& team) {
  const auto policy = PolicyOf(tables, CouncilOf(team.name()));
  if (team.priorities_at_once() < policy->least_priorities() ||
      team.priorities_at_once() > policy->most_priorities()) {
    return InvalidField(
        "team.priorities_at_once",
        absl::StrCat("expected ", policy->least_priorities(), " to ", policy->most_priorities(),
                     ", got ", team.priorities_at_once()));
  }
  if (team.quorum() < 0 || team.meets_every_weeks() < 0) {
    return InvalidField(team.quorum() < 0 ? "team.quorum" : "team.meets_every_weeks",
                        "must not be negative");
  }
  if (!team.chair().empty() && !tables.councillors.Contains(team.chair())) {
    return InvalidField("team.chair",
                        absl::StrCat("is no registered councillor: \"", team.chair(), "\""));
  }
  if (team.constitution().adopted().empty()) return absl::OkStatus();
  absl::Status adopted = calendar::ParseDate(team.constitution().adopted()).status();
  return adopted.ok() ? adopted : InvalidField("team.constitution.adopted", adopted.message());
}

absl::Status CheckMembers(const Tables& tables, const v1::Team& team) {
  if (team.members_size() > kMostMembers)
    return InvalidField("team.members", absl::StrCat("at most ", kMostMembers));
  for (int i = 0; i < team.members_size(); ++i) {
    const v1::Member& member = team.members(i);
    std::string field = absl::StrCat("team.members[", i, "]");
    if (!tables.agencies.Contains(member.agency()) ||
        CouncilOf(member.agency()) != CouncilOf(team.name())) {
      return InvalidField(field + ".agency",
                          absl::StrCat("is no agency of the council: \"", member.agency(), "\""));
    }
    if (member.term_ends().empty()) continue;
    absl::Status date = calendar::ParseDate(member.term_ends()).status();
    if (!date.ok()) return InvalidField(field + ".term_ends", date.message());
  }
  return absl::OkStatus();
}

absl::Status CheckWards(const Tables& tables, const v1::Team& team) {
  if (team.wards().empty()) return InvalidField("team.wards", "is required: at least one ward");
  for (int i = 0; i < team.wards_size(); ++i) {
    std::string field = absl::StrCat("team.wards[", i, "]");
    auto ward = tables.wards.Get(
        absl::StrCat("councils/", CouncilOf(team.name()), "/wards/", team.wards(i)));
    if (!ward || !ward->retired().empty())
      return InvalidField(field, absl::StrCat("the council has no ward ", team.wards(i)));
    if (!ward->team().empty() && ward->team() != team.name()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, "WARD_COVERED",
                    absl::StrCat(team.wards(i), " is covered by ", ward->team()), field);
    }
  }
  return absl::OkStatus();
}

/// The fields of a team that a change may name.
constexpr absl::string_view kChangeable[] = {
    "title",       "wards", "chair", "members", "quorum", "meets_every_weeks", "priorities_at_once",
    "constitution"};

/// Which fields the request changes: those it names, or those that it sets.
absl::StatusOr<google::protobuf::FieldMask> MaskOf(const v1::ChangeTeamRequest& request) {
  google::protobuf::FieldMask mask = request.update_mask();
  if (mask.paths().empty()) {
    for (absl::string_view field : kChangeable) {
      const auto* descriptor = v1::Team::descriptor()->FindFieldByName(std::string(field));
      const auto* reflection = request.team().GetReflection();
      bool is_set = descriptor->is_repeated()
                        ? reflection->FieldSize(request.team(), descriptor) > 0
                        : reflection->HasField(request.team(), descriptor);
      if (is_set) mask.add_paths(std::string(field));
    }
  }
  for (const std::string& path : mask.paths()) {
    if (!absl::c_linear_search(kChangeable, path)) {
      return InvalidField("update_mask",
                          absl::StrCat("expected some of ", absl::StrJoin(kChangeable, ", "),
                                       "; got \"", path, "\""));
    }
  }
  return mask;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CreateTeamRequest& request,
                             const Context&) {
  v1::Team team = request.team();
  absl::Status status = CheckName("team.name", team.name(), "councils/*/teams/*");
  status.Update(CheckTitle("team.title", team.title()));
  if (status.ok()) status = CheckCouncil(tables, "team.name", team.name());
  if (!status.ok()) return status;
  if (tables.teams.Contains(team.name())) {
    return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                  absl::StrCat(team.name(), " exists already"), "team.name");
  }
  SetDefaults(*PolicyOf(tables, CouncilOf(team.name())), team);
  status = CheckConstitution(tables, team);
  status.Update(CheckMembers(tables, team));
  status.Update(CheckWards(tables, team));
  if (!status.ok()) return status;
  team.clear_etag();
  team.clear_load();
  Event event;
  event.mutable_team_created()->set_name(team.name());
  *event.mutable_team_created()->mutable_team() = std::move(team);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ChangeTeamRequest& request,
                             const Context&) {
  absl::Status status = CheckName("team.name", request.team().name(), "councils/*/teams/*");
  if (!status.ok()) return status;
  auto known = tables.teams.Get(request.team().name());
  if (!known) return NotFound("team.name", request.team().name());
  if (!request.team().etag().empty() && request.team().etag() != known->etag()) {
    return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                  absl::StrCat(known->name(), " has changed since; read it again"), "team.etag");
  }
  absl::StatusOr<google::protobuf::FieldMask> mask = MaskOf(request);
  if (!mask.ok()) return mask.status();
  v1::Team team = *known;
  FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  replace.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(request.team(), *mask, replace, &team);
  SetDefaults(*PolicyOf(tables, CouncilOf(team.name())), team);
  status = CheckTitle("team.title", team.title());
  status.Update(CheckConstitution(tables, team));
  status.Update(CheckMembers(tables, team));
  status.Update(CheckWards(tables, team));
  if (!status.ok()) return status;
  team.clear_etag();
  Event event;
  if (Same(known, team)) return event;
  event.mutable_team_changed()->set_name(team.name());
  *event.mutable_team_changed()->mutable_team() = std::move(team);
  return event;
}

}  // namespace ccfa::routing
