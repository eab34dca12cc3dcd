#pragma once

#include <string>

#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/core/proto_time.h"
#include "services/insight/counts.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// What each service's events mean for the stories. A function writes its own part of a story only,
/// so that the order in which topics are read changes nothing.
void FoldIntake(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record);
void FoldRouting(Tables& tables, const routing::v1::Event& event, const record::v1::Record& record);
void FoldSara(Tables& tables, const sara::v1::Event& event, const record::v1::Record& record);
void FoldScrutiny(Tables& tables, const scrutiny::v1::Event& event,
                  const record::v1::Record& record);

/// Changes a call's row; its time is the latest of any event about it.
template <class Change>
void UpdateStory(Tables& tables, const std::string& call, const record::v1::Record& record,
                 Change change) {
  tables.stories.Update(call, [&](v1::StoryRow& row) {
    const std::optional<v1::CountRow> before = CountOf(row);
    row.set_name(call);
    change(row);
    CountAgain(tables, call, before, CountOf(row));
    if (FromProto(row.update_time()) < FromProto(record.time())) {
      *row.mutable_update_time() = record.time();
    }
  });
}

/// `from` led to `to`: the history of the first includes the second's.
void Link(Tables& tables, const std::string& from, const std::string& to);

}  // namespace ccfa::insight
