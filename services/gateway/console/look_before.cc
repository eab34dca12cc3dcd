#include "services/gateway/console/look_before.h"

#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "services/gateway/console/call_lists.h"
#include "services/gateway/console/command_page.h"

namespace ccfa::gateway::console {

namespace insight = ccfa::insight::v1;
namespace intake = ccfa::intake::v1;

std::optional<Page> LookBefore(const Command& command, const Visit& visit, const Posted& posted,
                               const google::protobuf::Message& request) {
  const auto* log = dynamic_cast<const intake::LogCallRequest*>(&request);
  if (log == nullptr || !posted.Get(kLooked).empty()) return std::nullopt;
  insight::LookForDuplicatesRequest look;
  look.set_parent(log->parent());
  *look.mutable_details() = log->details();
  // Where it cannot be looked for, it can be logged all the same.
  auto found = visit.Ask<insight::LookForDuplicatesResponse>(look);
  if (!found.ok() || found->duplicates().empty()) return std::nullopt;
  Page page = CommandPage(command, visit, posted);
  page.title = "Has it been called about already?";
  Form& form = std::get<Form>(page.blocks.back());
  form.hidden.emplace_back(kLooked, "yes");
  form.button = "Log it as a new call";
  page.blocks.insert(
      page.blocks.begin(),
      // A form that is sent twice finds what the first of it logged: then yours is among them.
      {Notice{
           "Look first: these open calls are near, and about the same kind of thing. Yours may be "
           "among them."},
       AlikeTable(found->duplicates()),
       Paragraph{"If it is one of them, open that one and count somebody else it affects: so it "
                 "stays one matter. If it is none of them, log it as a new call."}});
  return page;
}

}  // namespace ccfa::gateway::console
