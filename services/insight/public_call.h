#pragma once

#include "ccfa/config/v1/config.pb.h"
#include "ccfa/insight/v1/public_call.pb.h"
#include "ccfa/insight/v1/tables.pb.h"
#include "common/calendar/calendar.h"

namespace ccfa::insight {

/// What anybody may know of a call (F22, F79). Whatever is shown here is known of all calls, so it
/// follows from how far the call has come and from two months, and never from what it is about.
/// `rules` are the council's, the same for all its calls.
v1::PublicCall PublicCallOf(const v1::StoryRow& row, const config::v1::CouncilConfig& rules,
                            const calendar::Calendar& calendar);

}  // namespace ccfa::insight
