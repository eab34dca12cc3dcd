#include "services/insight/projections.h"

#include "absl/strings/str_cat.h"
#include "common/engine/event.h"
#include "services/insight/audit.h"
#include "services/insight/feed.h"
#include "services/insight/fold.h"
#include "services/insight/history.h"
#include "services/insight/pack.h"

namespace ccfa::insight {
namespace {

template <class Event, class Fold>
absl::Status ProjectAs(state::Rows& rows, absl::string_view topic, const record::v1::Record& record,
                       Fold fold) {
  Event event;
  if (!event.ParseFromString(record.data()))
    return absl::DataLossError("the event cannot be decoded");
  const google::protobuf::Message* inner = engine::InnerEvent(event);
  if (inner == nullptr) {
    return absl::UnimplementedError(absl::StrCat("this build does not know ", record.type()));
  }
  Tables tables(rows);
  NoteFeed(tables, topic, record);
  NoteAudit(tables, NoteHistory(tables, topic, record, *inner), record, *inner);
  fold(tables, event, record);
  return absl::OkStatus();
}

}  // namespace

absl::Status Projections::Project(state::Rows& rows, absl::string_view topic,
                                  const record::v1::Record& record) {
  if (topic == "ccfa.intake.v1")
    return ProjectAs<intake::v1::Event>(rows, topic, record, FoldIntake);
  if (topic == "ccfa.routing.v1")
    return ProjectAs<routing::v1::Event>(rows, topic, record, FoldRouting);
  if (topic == "ccfa.sara.v1") {
    return ProjectAs<sara::v1::Event>(rows, topic, record,
                                      [](Tables& tables, const auto& event, const auto& from) {
                                        FoldSara(tables, event, from);
                                        NotePack(tables, event, from);
                                      });
  }
  return ProjectAs<scrutiny::v1::Event>(rows, topic, record,
                                        [](Tables& tables, const auto& event, const auto& from) {
                                          FoldScrutiny(tables, event, from);
                                          NotePack(tables, event, from);
                                        });
}

}  // namespace ccfa::insight
