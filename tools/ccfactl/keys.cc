#include "common/proof/signing.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/print.h"

namespace ccfa::ctl {

void AddKeys(CLI::App& app, Session& session) {
  CLI::App* group =
      app.add_subcommand("keys", "A council's key, with which it signs what it publishes")
          ->require_subcommand(1);
  CLI::App* command = group->add_subcommand(
      "new",
      "Make one: the secret half into FILE, which only you may read, the public one into "
      "FILE.pub, which the council publishes");
  auto path = std::make_shared<std::string>();
  command->add_option("FILE", *path, "Where it is kept; never written over")->required();
  command->callback([&session, path] {
    const proof::SigningKey key = proof::SigningKey::Make();
    session.outcome = key.Write(*path);
    if (!session.outcome.ok()) return;
    Table table({"secret", "public", "public_key"});
    table.AddRow({*path, *path + ".pub", key.public_key()});
    session.json ? table.PrintJson(std::cout) : table.Print(std::cout);
  });
}

}  // namespace ccfa::ctl
