#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace ccfa::gateway {

/// The fields from a message to one within it: "ward.name", or "details.place.postcode" in either
/// of protobuf's spellings. Empty where there is none, or a repeated one stands on the way.
std::vector<const google::protobuf::FieldDescriptor*> FindField(
    const google::protobuf::Descriptor& type, absl::string_view path);

/// Sets a field from text, as a path or a query gives it, or adds to a repeated one. Enums go by
/// name; times, durations and field masks as in JSON. INVALID_ARGUMENT naming the field: there is
/// none, it is no single value, or the text is none of its values.
absl::Status SetField(google::protobuf::Message& message, absl::string_view path,
                      const std::string& text);

/// Protobuf's JSON. INVALID_ARGUMENT saying where it is none, or names a field there is not.
absl::Status FromJson(const std::string& json, google::protobuf::Message& message);
std::string ToJson(const google::protobuf::Message& message);

}  // namespace ccfa::gateway
