# Everything the project links against, found once. What each is for: ARCHITECTURE.md.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(GEOS CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(rapidcheck CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(Sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(Jemalloc REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(PangoCairo REQUIRED IMPORTED_TARGET pangocairo cairo-pdf)
pkg_check_modules(RdKafka REQUIRED IMPORTED_TARGET rdkafka++ rdkafka)

# google/rpc/*.proto: from the package `googleapis-common-protos`, unpacked by tools/install.
set(CCFA_GOOGLEAPIS ${PROJECT_SOURCE_DIR}/build/googleapis CACHE PATH
    "Folder that holds google/rpc/error_details.proto")
if(NOT EXISTS ${CCFA_GOOGLEAPIS}/google/rpc/error_details.proto)
  message(FATAL_ERROR "google/rpc/error_details.proto is not in ${CCFA_GOOGLEAPIS}: "
                      "run tools/install, which unpacks it there.")
endif()
