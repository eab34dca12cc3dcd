# The three kinds of target the project is made of. Sources are listed, never globbed.

add_library(ccfa_warnings INTERFACE)
target_compile_options(ccfa_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
  -Wimplicit-fallthrough -Wswitch -Werror)
target_include_directories(ccfa_warnings INTERFACE ${PROJECT_SOURCE_DIR})

# One precompiled header of the heavy includes, shared by every target below.
set(CCFA_PCH_HEADERS <memory> <optional> <string> <string_view> <utility> <vector>
    <absl/status/statusor.h> <absl/strings/str_cat.h> <absl/time/time.h>
    <google/protobuf/message.h> <grpcpp/grpcpp.h>)

add_library(ccfa_pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cc)
target_link_libraries(ccfa_pch PRIVATE ccfa_warnings gRPC::grpc++ protobuf::libprotobuf absl::statusor)
target_precompile_headers(ccfa_pch PRIVATE ${CCFA_PCH_HEADERS})

function(ccfa_configure target)
  target_link_libraries(${target} PRIVATE ccfa_warnings gRPC::grpc++ protobuf::libprotobuf absl::statusor)
  target_precompile_headers(${target} REUSE_FROM ccfa_pch)
endfunction()

# ccfa_library(common_core SOURCES a.cc DEPS ccfa::x): a static library, alias ccfa::common_core. The presets for
# release and the sanitizers compile its files together, eight at a time: no two of them give one name to different
# things, but for those with SKIP_UNITY_BUILD_INCLUSION.
function(ccfa_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(ccfa::${name} ALIAS ${name})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  ccfa_configure(${name})
endfunction()

# ccfa_binary(ccfa-all SOURCES main.cc DEPS ccfa::x): an executable in bin/.
function(ccfa_binary name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  ccfa_configure(${name})
endfunction()

# Targets that build the tests of one label and no more: what tools/test runs of a preset.
foreach(label IN ITEMS unit scenario threads integration)
  add_custom_target(tests_${label})
endforeach()

# What is shipped and measured allocates with jemalloc; the sanitizers bring allocators of their own.
function(ccfa_use_jemalloc target)
  target_link_libraries(${target} PRIVATE $<$<CONFIG:Release>:PkgConfig::Jemalloc>)
endfunction()

# ccfa_test(common_core_test SOURCES a_test.cc DEPS ccfa::x [LABELS unit threads]): run by ctest. Its files are
# compiled together: what tests include costs more to read than the tests themselves.
function(ccfa_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  ccfa_binary(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} GTest::gmock_main)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600)
  foreach(label IN LISTS ARG_LABELS)
    if(TARGET tests_${label})
      add_dependencies(tests_${label} ${name})
    endif()
  endforeach()
endfunction()
