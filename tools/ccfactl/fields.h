#pragma once

#include <CLI/CLI.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace ccfa::ctl {

/// Makes a command's options from the fields of its request: a nested message's fields become
/// options of their own, an enum takes its values in lower case (`--source phone`), a repeated
/// message takes its fields separated by bars (`--tried "Highways|2026-05-01|no answer"`). `name`
/// and `call` stand first, without an option, and so does a `parent` that is no council; a council
/// is `--council CODE`. The request outlives the command.
void BindFields(CLI::App& command, google::protobuf::Message& request,
                const std::set<std::string>& leave_out = {});

/// Takes out the nested messages that no option filled: absent, not empty.
void Prune(google::protobuf::Message& message);

/// "SOURCE_PHONE" as "phone", and back. NOT_FOUND names the values there are.
std::string EnumWord(const google::protobuf::EnumValueDescriptor& value);
absl::StatusOr<int> EnumNumber(const google::protobuf::EnumDescriptor& type,
                               const std::string& word);

}  // namespace ccfa::ctl
