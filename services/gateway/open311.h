#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/core/clock.h"
#include "common/http/message.h"
#include "services/gateway/open311_asking.h"
#include "services/gateway/open311_document.h"
#include "services/gateway/open311_form.h"
#include "services/gateway/open311_key.h"

namespace ccfa::gateway {

/// Open311 GeoReport v2, with the updates of FixMyStreet's extension: a council's categories are
/// services, its calls requests. It asks what anybody could ask by REST, and the services judge.
/// Thread-safe; blocks.
class Open311 {
 public:
  /// All outlive it. `scheme`: "https", or "http" on loopback without TLS.
  Open311(Upstream& upstream, const TimeSource& time, std::string scheme)
      : upstream_(upstream), time_(time), scheme_(std::move(scheme)), keys_(upstream, time) {}

  static bool IsAt(absl::string_view path);

  /// `admitted`: why the gateway refuses it, in this interface's own form too.
  http::Response Answer(const http::Request& request, const absl::Status& admitted);

 private:
  /// What an answer says, and what its XML's outermost element is called.
  struct Said {
    const char* root;
    open311::Document document;
  };
  struct Asked {
    std::string method;
    /// Behind the version: {"requests", "2026-000001"}.
    std::vector<std::string> path;
    std::string host, idempotency_key;
    open311::Form form;
  };

  absl::StatusOr<Said> Dispatch(const http::Request& request, std::vector<std::string> path);
  absl::StatusOr<Said> Find(const Asked& asked, open311::Asking& services);

  Said Discovery(const Asked& asked) const;
  absl::StatusOr<Said> Services(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> Requests(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> Report(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> OneRequest(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> Token(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> Updates(const Asked& asked, open311::Asking& services) const;
  absl::StatusOr<Said> Update(const Asked& asked, open311::Asking& services) const;

  Upstream& upstream_;
  const TimeSource& time_;
  const std::string scheme_;
  open311::Keys keys_;
};

}  // namespace ccfa::gateway
