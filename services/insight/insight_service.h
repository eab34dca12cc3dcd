#pragma once

#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "common/calendar/calendar.h"
#include "common/core/clock.h"
#include "common/engine/partitions.h"
#include "common/engine/projector.h"
#include "services/insight/published_quarters.h"

namespace ccfa::insight {

/// gRPC in, gRPC out. Every answer waits until the events that stand in the journals when the
/// question comes have been folded. What it is given outlives it.
class InsightService final : public v1::InsightService::CallbackService {
 public:
  InsightService(engine::Projectors projectors, const TimeSource& time,
                 const calendar::Calendar& calendar)
      : projectors_(std::move(projectors)), time_(time), calendar_(calendar) {}

  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;

  Reactor* GetCallStory(Context*, const v1::GetCallStoryRequest*, v1::CallStory*) override;
  Reactor* ListCalls(Context*, const v1::ListCallsRequest*, v1::ListCallsResponse*) override;
  grpc::ServerWriteReactor<v1::CallStory>* ExportCalls(Context*,
                                                       const v1::ExportCallsRequest*) override;
  Reactor* GetHistory(Context*, const v1::GetHistoryRequest*, v1::GetHistoryResponse*) override;
  Reactor* ListEvents(Context*, const v1::ListEventsRequest*, v1::ListEventsResponse*) override;
  Reactor* CountCalls(Context*, const v1::CountCallsRequest*, v1::CallCounts*) override;
  Reactor* GetReferralPack(Context*, const v1::GetReferralPackRequest*, v1::ReferralPack*) override;
  Reactor* ListDisclosures(Context*, const v1::ListDisclosuresRequest*,
                           v1::ListDisclosuresResponse*) override;
  Reactor* ListAudit(Context*, const v1::ListAuditRequest*, v1::ListAuditResponse*) override;
  Reactor* SuggestDuplicates(Context*, const v1::SuggestDuplicatesRequest*,
                             v1::SuggestDuplicatesResponse*) override;
  Reactor* LookForDuplicates(Context*, const v1::LookForDuplicatesRequest*,
                             v1::LookForDuplicatesResponse*) override;
  Reactor* FindRepeatPlaces(Context*, const v1::FindRepeatPlacesRequest*,
                            v1::FindRepeatPlacesResponse*) override;
  Reactor* CompareBeforeAfter(Context*, const v1::CompareBeforeAfterRequest*,
                              v1::BeforeAfter*) override;
  Reactor* GetPublishedQuarter(Context*, const v1::GetPublishedQuarterRequest*,
                               v1::PublishedQuarter*) override;
  Reactor* ListPublishedCalls(Context*, const v1::ListPublishedCallsRequest*,
                              v1::ListPublishedCallsResponse*) override;
  Reactor* GetPublicCall(Context*, const v1::GetPublicCallRequest*, v1::PublicCall*) override;

 private:
  const engine::Projectors projectors_;
  const TimeSource& time_;
  const calendar::Calendar& calendar_;
  PublishedQuarters published_;
};

}  // namespace ccfa::insight
