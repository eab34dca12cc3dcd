#include "services/scrutiny/domain/depersonal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"

namespace ccfa::scrutiny {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// F50
TEST(IdentifyingIn, FindsWhatIdentifiesPeopleAndSaysWhere) {
  const struct {
    const char* text;
    const char* found;
  } kTexts[] = {
      {"left at L18 8JQ twice", "a postcode in full at character 9"},
      {"sw1a1aa", "a postcode in full at character 1"},
      {"é: M1 1AE", "a postcode in full at character 4"},
      {"write to j.smith@example.org.", "an e-mail address at character 17"},
      {"ring 0151 233 3000 after six", "a phone number at character 6"},
      {"ring +44 (0)7700 900-123", "a phone number at character 6"},
      {"07700900123", "a phone number at character 1"},
      {"seen by Mrs Okafor", "a title with a name at character 9"},
      {"Surname: Ash", "a field that names somebody at character 1"},
      {"{\"name\": \"Ash\"}", "a field that names somebody at character 3"},
      {"date of birth: 1980-01-01", "a field that names somebody at character 9"},
  };
  for (const auto& each : kTexts) {
    EXPECT_THAT(IdentifyingIn(each.text), ElementsAre(each.found)) << each.text;
  }
}

// F50
TEST(IdentifyingIn, LeavesWhatIdentifiesNobody) {
  for (const char* text :
       {"", "41 incidents in L18 between May and July", "2026-05-01 to 2026-06-30", "01-02-2026 03",
        "ward name: Riverton North", "reference 000123456", "10:00 to 11:30", "the mr", "a @ b",
        "section 5 of the act", "E05000001", "at 30% of 1,234,567", "user@host"}) {
    EXPECT_THAT(IdentifyingIn(text), IsEmpty()) << text;
  }
}

std::string DigitsOf(int count) {
  std::string digits;
  for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  return digits;
}

char Of(const std::string& letters) {
  return *rc::gen::elementOf(letters);
}

// F50
RC_GTEST_PROP(IdentifyingIn, FindsAnyPostcodeBetweenAnyWords, ()) {
  std::string outward(1, Of("ABCDEFGHLMNPRSTW"));
  if (*rc::gen::arbitrary<bool>()) outward += Of("ABCDEHKLMNOPRSTUVWXY");
  outward += DigitsOf(*rc::gen::inRange(1, 3));
  std::string inward = DigitsOf(1) + Of("ABDEFGHJLNPQRSTUWXYZ") + Of("ABDEFGHJLNPQRSTUWXYZ");
  std::string before = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab. \n")));
  std::string after = *rc::gen::container<std::string>(rc::gen::elementOf(std::string(".,; \n")));
  std::string between(*rc::gen::inRange(0, 3), ' ');
  RC_ASSERT(
      !IdentifyingIn(absl::StrCat(before, ",", outward, between, inward, ".", after)).empty());
}

// F50
RC_GTEST_PROP(IdentifyingIn, NeverRepeatsWhatItFound, ()) {
  std::string number = "07" + DigitsOf(9);
  for (const std::string& found : IdentifyingIn(absl::StrCat("ring ", number))) {
    RC_ASSERT(found.find(number) == std::string::npos);
  }
}

// F50
RC_GTEST_PROP(IdentifyingIn, TakesAnyBytes, (const std::string& bytes)) {
  RC_ASSERT(IdentifyingIn(bytes).size() <= 5u);
}

}  // namespace
}  // namespace ccfa::scrutiny
