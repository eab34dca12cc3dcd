#include "services/gateway/open311_document.h"

#include <pugixml.hpp>

#include "absl/strings/str_replace.h"
#include "common/core/utf8.h"

namespace ccfa::gateway::open311 {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

class ToString final : public pugi::xml_writer {
 public:
  explicit ToString(std::string& to) : to_(to) {}
  void write(const void* data, size_t size) override {
    to_.append(static_cast<const char*>(data), size);
  }

 private:
  std::string& to_;
};

/// What an entry of a list is called.
const char* EntryOf(absl::string_view list) {
  constexpr std::pair<absl::string_view, const char*> kEntries[] = {
      {"services", "service"},
      {"attributes", "attribute"},
      {"values", "value"},
      {"service_requests", "request"},
      {"service_request_updates", "request_update"},
      {"endpoints", "endpoint"},
      {"formats", "format"},
      {"errors", "error"}};
  for (const auto& [name, entry] : kEntries) {
    if (name == list) return entry;
  }
  return "entry";
}

std::string Carried(absl::string_view text) {
  std::string carried;
  for (char c : ToUtf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') {
      carried += kReplacement;
    } else {
      carried += c;
    }
  }
  // U+FFFE and U+FFFF are no characters of XML either.
  return absl::StrReplaceAll(carried, {{"\r\n", "\n"},
                                       {"\r", "\n"},
                                       {"\xEF\xBF\xBE", kReplacement},
                                       {"\xEF\xBF\xBF", kReplacement}});
}

void Write(pugi::xml_node node, absl::string_view name, const Document& document) {
  if (document.is_array()) {
    for (const Document& entry : document) {
      const char* called = EntryOf(name);
      Write(node.append_child(called), called, entry);
    }
  } else if (document.is_object()) {
    for (const auto& [field, value] : document.items())
      Write(node.append_child(field.c_str()), field, value);
  } else if (document.is_string()) {
    node.text().set(Carried(document.get_ref<const std::string&>()).c_str());
  } else if (!document.is_null()) {
    node.text().set(document.dump().c_str());
  }
}

}  // namespace

std::string ToXml(absl::string_view root, const Document& document) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "utf-8";
  Write(xml.append_child(std::string(root).c_str()), root, document);
  std::string text;
  ToString writer(text);
  // Unindented: white space around a text would be part of it.
  xml.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
  return text;
}

http::Response ToResponse(Format format, absl::string_view root, const Document& document,
                          int status) {
  const bool is_xml = format == Format::kXml;
  http::Response response;
  response.status = status;
  response.headers.Add("Content-Type",
                       is_xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8");
  response.headers.Add("Cache-Control", "no-store");
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.body = is_xml ? ToXml(root, document)
                         : document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  response.body += "\n";
  return response;
}

std::string ToW3c(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

Document TextOrNull(absl::string_view text) {
  return text.empty() ? Document() : Document(std::string(text));
}

}  // namespace ccfa::gateway::open311
