#include "common/engine/acts.h"

#include <future>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/engine/books.h"

namespace ccfa::engine {

Acts::Acts(const std::vector<Engine*>& engines) {
  std::map<std::string, std::vector<Engine*>> parts;
  for (Engine* engine : engines) parts[engine->topic()].push_back(engine);
  for (auto& [topic, all] : parts) by_topic_.emplace(topic, Engines(std::move(all)));
}

absl::StatusOr<Engine*> Acts::Find(absl::string_view council, absl::string_view topic) const {
  absl::Status why = NotNow("NOT_RECORDED",
                            "this has to be written down before it is done, and no journal of the "
                            "council is written by this process");
  for (const auto& [name, engines] : by_topic_) {
    if (!topic.empty() && name != topic) continue;
    Engine& engine = engines.Of(council);
    absl::Status health = engine.Health();
    if (health.ok()) return &engine;
    // A topic's owner can do itself what it writes down there. With any topic it is done here, and
    // who owns one elsewhere is no help.
    if (!topic.empty() || OwnerOf(health).empty()) why = std::move(health);
  }
  return why;
}

absl::Status Acts::Record(const Actor& who, const record::v1::ActRecorded& act,
                          absl::string_view topic) const {
  Command command;
  command.what = "RecordAct";
  command.council = std::string(CouncilOf(act.name()));
  command.actor = who;
  command.subject = act.name();
  absl::StatusOr<Engine*> engine = Find(command.council, topic);
  if (!engine.ok()) return engine.status();
  command.decide = [rules = &(*engine)->rules(), council = command.council, &act](
                       state::Rows& rows, const Context&) -> absl::StatusOr<Draft> {
    const bool is_export = act.act() == record::v1::ACT_JOURNAL_EXPORTED;
    if (is_export && Books(rows).ChainHead(council).empty()) return Draft();
    return rules->Acted(act);
  };
  std::promise<absl::Status> outcome;
  command.done = [&outcome](absl::StatusOr<Receipt> receipt) {
    outcome.set_value(receipt.status());
  };
  (*engine)->Submit(std::move(command));
  return outcome.get_future().get();
}

}  // namespace ccfa::engine
