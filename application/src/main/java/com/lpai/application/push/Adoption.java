package com.lpai.application.push;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Links a record to what the CRM turns out to have already.
 *
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
@FunctionalInterface
interface Adoption<G, R> {

  /** The record linked to that one; the failure when it must be read first and cannot be now. */
  CrmResult<R> adopted(R record, G crmId);

  /**
   * For records that persons may change there: what it holds is merged in. Otherwise an update
   * would write over what they set since, and nobody would know.
   */
  static <I, G, R extends Mirrored<I, G, R>> Adoption<G, R> merging(
      PushRules<I, G, R> rules, Intake<G> intake, InstantSource time) {
    return (record, crmId) -> {
      Instant now = time.instant();
      LocationId locationId = record.locationId();
      if (!record.isLive()) {
        return CrmResult.done(record.adopted(crmId, now));
      }
      return rules
          .find(locationId, crmId)
          .map(found -> intake.normalised(locationId, found))
          .map(
              said ->
                  record
                      .adopted(crmId, now)
                      .merged(
                          said,
                          record.trace().read(now, said.changedAt()),
                          intake.policy(locationId),
                          Origin.PUSH_ANSWER,
                          now));
    };
  }

  /** For records that nobody changes there. */
  static <I, G, R extends Mirrored<I, G, R>> Adoption<G, R> unread(InstantSource time) {
    return (record, crmId) -> CrmResult.done(record.adopted(crmId, time.instant()));
  }
}
