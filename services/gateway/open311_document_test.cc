#include "services/gateway/open311_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <pugixml.hpp>

#include "absl/strings/str_replace.h"
#include "common/core/utf8.h"

namespace ccfa::gateway::open311 {
namespace {

const Document& Services() {
  static const Document services = Document::array(
      {{{"service_code", "noise"}, {"metadata", true}, {"lat", 52.5}, {"notice", nullptr}}});
  return services;
}

// F75
TEST(Document, SaysTheSameAsXmlAndAsJson) {
  const http::Response xml = ToResponse(Format::kXml, "services", Services());
  EXPECT_EQ(xml.headers.Get("Content-Type"), "text/xml; charset=utf-8");
  EXPECT_EQ(xml.body,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            "<services><service><service_code>noise</service_code><metadata>true</metadata>"
            "<lat>52.5</lat><notice/></service></services>\n");
  const http::Response json = ToResponse(Format::kJson, "services", Services(), 404);
  EXPECT_EQ(json.status, 404);
  EXPECT_EQ(json.headers.Get("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(json.body,
            "[{\"service_code\":\"noise\",\"metadata\":true,\"lat\":52.5,\"notice\":null}]\n");
}

TEST(Document, CallsTheEntriesOfListsByTheListsName) {
  const Document definition = {
      {"attributes", Document::array({{{"values", Document::array({{{"key", "1"}}})}}})}};
  EXPECT_THAT(ToXml("service_definition", definition),
              ::testing::HasSubstr("<attributes><attribute><values><value><key>1</key></value>"
                                   "</values></attribute></attributes>"));
  EXPECT_THAT(ToXml("service_requests", Document::array()),
              ::testing::HasSubstr("<service_requests/>"));
}

TEST(Document, SaysWhatXmlCannotCarryByASign) {
  EXPECT_THAT(ToXml("errors", Document{{"description", std::string("a\0b\x1b \xEF\xBF\xBF", 8)}}),
              ::testing::HasSubstr("<description>a\xEF\xBF\xBD"
                                   "b\xEF\xBF\xBD \xEF\xBF\xBD<"));
}

TEST(ToW3c, IsInUtc) {
  EXPECT_EQ(ToW3c(absl::FromUnixSeconds(1'790'000'000)), "2026-09-21T14:13:20Z");
}

/// A text as it can come back.
std::string AsCarried(const std::string& text) {
  const std::string sign = "\xEF\xBF\xBD";
  std::string carried = absl::StrReplaceAll(
      ToUtf8(text), {{"\r\n", "\n"}, {"\r", "\n"}, {"\xEF\xBF\xBE", sign}, {"\xEF\xBF\xBF", sign}});
  std::string out;
  for (unsigned char c : carried) {
    if (c < 0x20 && c != '\n' && c != '\t') {
      out += sign;
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

RC_GTEST_PROP(DocumentLaws, WhateverTextGoesInTheXmlParsesAndGivesItBack,
              (const std::string& bytes, const std::string& markup)) {
  // Much of what hostile text is made of, between anything at all.
  const std::string text = bytes + "]]><a b='c'>&amp;<!--" + markup + "-->\"";
  const std::string xml = ToXml("errors", Document::array({{{"description", text}}}));
  RC_ASSERT(std::none_of(xml.begin(), xml.end(),
                         [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\t'; }));
  pugi::xml_document parsed;
  RC_ASSERT(parsed.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata,
                               pugi::encoding_utf8));
  const std::string back = parsed.child("errors").child("error").child("description").text().get();
  RC_ASSERT(back == AsCarried(text));
}

}  // namespace
}  // namespace ccfa::gateway::open311
