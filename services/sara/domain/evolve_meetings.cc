#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/sara/domain/on.h"

namespace ccfa::sara {
namespace {

template <class Change>
void UpdateMeeting(Tables& tables, const Record& record, Change change) {
  tables.meetings.Update(record.subject(), [&](v1::TeamMeeting& meeting) {
    meeting.set_name(record.subject());
    change(meeting);
    meeting.set_etag(absl::StrCat(record.seq()));
  });
}

}  // namespace

void On(Tables& tables, const v1::TeamMeetingScheduled&, const Record& record) {
  UpdateMeeting(tables, record,
                [](v1::TeamMeeting& meeting) { meeting.set_state(v1::MEETING_STATE_SCHEDULED); });
}

void On(Tables& tables, const v1::AttendanceRecorded& recorded, const Record& record) {
  UpdateMeeting(tables, record, [&](v1::TeamMeeting& meeting) {
    *meeting.mutable_present() = recorded.present();
    meeting.set_members_present(recorded.members_present());
    meeting.set_quorum(recorded.quorum());
    *meeting.mutable_missing() = recorded.missing();
  });
}

void On(Tables& tables, const v1::DecisionRecorded& recorded, const Record& record) {
  UpdateMeeting(tables, record,
                [&](v1::TeamMeeting& meeting) { *meeting.add_decisions() = recorded.decision(); });
}

void On(Tables& tables, const v1::TeamMeetingClosed& closed, const Record& record) {
  UpdateMeeting(tables, record, [&](v1::TeamMeeting& meeting) {
    meeting.set_state(v1::MEETING_STATE_CLOSED);
    *meeting.mutable_action_log() = closed.action_log();
  });
  tables.teams.Update(ParentOf(record.subject()), [&](v1::TeamRow& row) {
    row.clear_carried();
    for (const v1::LogItem& item : closed.action_log()) {
      if (item.done()) continue;
      *row.add_carried() = item;
      row.mutable_carried(row.carried_size() - 1)->set_number(row.carried_size());
    }
  });
}

}  // namespace ccfa::sara
