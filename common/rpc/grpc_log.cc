#include "common/rpc/grpc_log.h"

#include <grpc/support/log.h>

#include "common/telemetry/log.h"

namespace ccfa::rpc {

void LogGrpc() {
  gpr_set_log_function([](gpr_log_func_args* line) {
    telemetry::Log(telemetry::Level::kWarning, "grpc", {{"what", line->message}});
  });
}

void SilenceGrpc() {
  gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace ccfa::rpc
