#include "services/routing/domain/postcode.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace ccfa::routing {
namespace {

/// 'A' for a letter, '9' for a digit: "RV12AB" as "AA99AA".
std::string FormOf(absl::string_view plain) {
  std::string form;
  for (char c : plain) form += absl::ascii_isdigit(static_cast<unsigned char>(c)) ? '9' : 'A';
  return form;
}

constexpr absl::string_view kForms[] = {"A99AA",   "A999AA", "AA99AA",
                                        "AA999AA", "A9A9AA", "AA9A9AA"};
constexpr size_t kLongest = 12;

}  // namespace

std::string PlainPostcode(absl::string_view postcode) {
  if (postcode.size() > kLongest) return "";
  std::string plain;
  for (char c : postcode) {
    if (c == ' ') continue;
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c))) return "";
    plain += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  std::string form = FormOf(plain);
  for (absl::string_view known : kForms) {
    if (form == known) return plain;
  }
  return "";
}

std::optional<intake::v1::Point> PointOf(const Tables& tables, absl::string_view council,
                                         absl::string_view postcode) {
  std::string plain = PlainPostcode(postcode);
  if (plain.empty()) return std::nullopt;
  if (auto own = tables.postcodes.Get(absl::StrCat(plain, "/", council))) return own->point();
  std::optional<intake::v1::Point> point;
  tables.postcodes.Scan(absl::StrCat(plain, "/"), "",
                        [&](absl::string_view, const v1::PostcodePoint& other) {
                          point = other.point();
                          return false;
                        });
  return point;
}

}  // namespace ccfa::routing
