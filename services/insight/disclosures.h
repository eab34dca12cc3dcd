#pragma once

#include "ccfa/insight/v1/disclosure.pb.h"
#include "services/insight/fold.h"

namespace ccfa::insight {

/// What the events about callers mean for the stories and the list of openings (F13, F58).
void FoldPersonal(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record);

/// One page of a council's openings, the oldest first.
absl::Status ListDisclosures(const Tables& tables, const v1::ListDisclosuresRequest& request,
                             v1::ListDisclosuresResponse& reply);

/// Whether it is known who called, in words.
std::string CallerWords(const intake::v1::Caller& caller);

}  // namespace ccfa::insight
