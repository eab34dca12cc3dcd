#include "common/telemetry/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace ccfa::telemetry {
namespace {

// The one logger. Its sink holds another, because a logger's own list of sinks is not to be
// changed while threads log.
struct Output {
  Output() { SendToStderr(); }

  void SendToStderr() { SendTo(std::make_shared<spdlog::sinks::stderr_sink_mt>()); }
  void SendTo(std::shared_ptr<spdlog::sinks::sink> sink) {
    sink->set_pattern("%v");
    sinks->set_sinks({std::move(sink)});
  }

  const std::shared_ptr<spdlog::sinks::dist_sink_mt> sinks =
      std::make_shared<spdlog::sinks::dist_sink_mt>();
  spdlog::logger logger{"ccfa", sinks};
};

// Never destroyed: a thread may still log while the process ends.
Output& TheOutput() {
  static Output& output = *new Output;
  return output;
}

spdlog::level::level_enum SpdlogLevel(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string_view LevelName(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

std::string Line(Level level, std::string_view event, std::initializer_list<Field> fields) {
  nlohmann::ordered_json line = {
      {"time", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone())},
      {"level", LevelName(level)},
      {"event", event},
  };
  for (const Field& field : fields) {
    std::visit([&](auto value) { line.emplace(field.name, value); }, field.value);
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void Log(Level level, std::string_view event, std::initializer_list<Field> fields) {
  spdlog::logger& logger = TheOutput().logger;
  if (logger.should_log(SpdlogLevel(level))) {
    logger.log(SpdlogLevel(level), Line(level, event, fields));
  }
}

void SetLevel(Level level) {
  TheOutput().logger.set_level(SpdlogLevel(level));
}

ScopedLogCapture::ScopedLogCapture(std::ostream& out) {
  TheOutput().SendTo(std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
}

ScopedLogCapture::~ScopedLogCapture() {
  TheOutput().SendToStderr();
}

}  // namespace ccfa::telemetry
