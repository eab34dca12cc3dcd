#pragma once

#include <string>
#include <vector>

#include "common/core/clock.h"
#include "common/http/message.h"
#include "services/gateway/console/command_page.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::console {

/// The pages for people in a browser: made here, whole without a script, of what the services
/// answer to whoever is signed in. It decides nothing and keeps nothing; a session is the token in
/// its cookie. Thread-safe.
class Console {
 public:
  /// `upstream` and `time` outlive it. `tls`: the cookies are for TLS alone.
  Console(Upstream& upstream, const TimeSource& time, bool tls)
      : upstream_(upstream), time_(time), tls_(tls) {}

  http::Response Answer(const http::Request& request);

 private:
  http::Response Get(const http::Request& request, const Visitor& visitor);
  http::Response Post(const http::Request& request, const Visitor& visitor);
  http::Response Command(const http::Request& request, const Visitor& visitor, const Posted& posted,
                         bool is_posted);
  http::Response SignInForm(const http::Request& request, const Visitor& visitor,
                            const std::string& to, const std::string& name,
                            const absl::Status& refusal);
  http::Response SignIn(const http::Request& request, const Visitor& visitor, const Posted& posted);
  http::Response SignOut(const Visitor& visitor);
  http::Response WardAreas(const Visitor& visitor, const std::string& council);

  Upstream& upstream_;
  const TimeSource& time_;
  const bool tls_;
};

}  // namespace ccfa::gateway::console
