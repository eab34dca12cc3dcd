#include "absl/strings/str_cat.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Action;
using v1::Problem;

void On(Tables& tables, const v1::ActionProposed& proposed, const Record& record) {
  Update(tables, ParentOf(record.subject()), record, [&](Problem& problem) {
    *problem.add_actions() = proposed.action();
    Remember(
        problem, record,
        ActionWords(absl::StrCat("asked ", proposed.action().agency(), " for"), proposed.action()),
        "");
  });
  tables.clocks.StartAll(proposed.clocks());
}

void On(Tables& tables, const v1::ActionAccepted& accepted, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_ACCEPTED);
    action.set_accepted_by(record.actor());
    Remember(problem, record, ActionWords("accepted", action), "");
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(accepted.clocks());
}

void On(Tables& tables, const v1::ActionReassigned& reassigned, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    v1::ActionHolder& holder = *action.add_holders();
    holder.set_agency(action.agency());
    holder.set_officer(action.officer());
    holder.set_state(action.state());
    holder.set_reason(action.reason().empty() ? reassigned.reason() : action.reason());
    *holder.mutable_until_time() = record.time();
    holder.set_due_date(action.due_date());
    action.set_agency(reassigned.agency());
    action.set_officer(reassigned.officer());
    action.set_due_date(reassigned.due_date());
    action.set_state(v1::ACTION_STATE_PROPOSED);
    action.clear_reason();
    action.clear_accepted_by();
    action.clear_overdue();
    Remember(problem, record,
             ActionWords(absl::StrCat("asked ", reassigned.agency(), " instead of ",
                                      reassigned.from_agency(), " for"),
                         action),
             reassigned.reason());
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(reassigned.clocks());
}

void On(Tables& tables, const v1::ActionDeclined& declined, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_DECLINED);
    action.set_reason(declined.reason());
    Remember(problem, record, ActionWords("declined", action), declined.reason());
  });
  tables.clocks.StopAll(record.subject());
}

void On(Tables& tables, const v1::ActionCompleted& completed, const Record& record) {
  UpdateAction(tables, record, [&](Problem& problem, Action& action) {
    action.set_state(v1::ACTION_STATE_COMPLETED);
    action.set_result(completed.result());
    action.set_extent(completed.extent());
    Remember(problem, record, ActionWords("completed", action), completed.result());
  });
  tables.clocks.StopAll(record.subject());
}

}  // namespace ccfa::sara
