#pragma once

#include <string>

#include "services/gateway/console/page.h"
#include "services/gateway/console/visitor.h"

namespace ccfa::gateway::console {

/// A page as HTML, in the frame that all of them share. Whatever a template is given is escaped for
/// the place where it stands, by the template's own rule. `tiles` and `attribution` are the
/// pictures under its maps.
std::string Render(const Page& page, const Visitor& visitor, const std::string& council,
                   const std::string& tiles = "", const std::string& attribution = "");

}  // namespace ccfa::gateway::console
