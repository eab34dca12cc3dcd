#pragma once

#include <string>

#include "services/gateway/routes.h"

namespace ccfa::gateway {

/// The OpenAPI 3.1 document of what is asked over HTTP: made of the rules and of the protos, with
/// their comments. The same for ever; made once.
const std::string& OpenApi(const Routes& routes);

}  // namespace ccfa::gateway
