package com.lpai.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.project.CrmOpportunities.Sought;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CrmOpportunities} promises of writes and of looking up. */
public interface CrmOpportunitiesContract {
  CrmOpportunities opportunities();

  LocationId location();

  /** A contact that the CRM has and that has no opportunity yet; another one each time. */
  GhlContactId aContact();

  /** A pipeline that the CRM has. */
  GhlPipelineId pipeline();

  /** The CRM's time. */
  Instant now();

  /** What was written can be found from now on. */
  void searchCatchesUp();

  private static FieldChanges set(ProjectField field, String text) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(text));
  }

  private static FieldChanges worth(int amount) {
    return FieldChanges.of(
        ProjectField.MONETARY_VALUE.fieldName(), new FieldValue.Amount(BigDecimal.valueOf(amount)));
  }

  private FieldChanges deal(GhlContactId contact, String title) {
    return set(ProjectField.TITLE, title)
        .with(set(ProjectField.STATUS, "open"))
        .with(set(ProjectField.PIPELINE_ID, pipeline().value()))
        .with(set(ProjectField.GHL_CONTACT_ID, contact.value()))
        .with(worth(1200));
  }

  private GhlOpportunityId created(GhlContactId contact, String title) {
    return done(opportunities().create(location(), deal(contact, title)));
  }

  private static <T> T done(CrmResult<T> result) {
    assertThat(result).isInstanceOf(CrmResult.Done.class);
    return ((CrmResult.Done<T>) result).value();
  }

  private CrmResult<CrmRecord<GhlOpportunityId>> found(GhlOpportunityId id) {
    return opportunities().find(location(), id, CallPriority.USER);
  }

  private Fields fields(GhlOpportunityId id) {
    return Fields.NONE.apply(done(found(id)).fields());
  }

  @Test
  default void whatWasCreatedIsReadAsItWasSent() {
    GhlContactId contact = aContact();
    GhlOpportunityId id = created(contact, "Boiler");

    assertThat(fields(id).values()).containsAllEntriesOf(deal(contact, "Boiler").values());
  }

  @Test
  default void aReadTellsWhenItWasMade() {
    Instant before = now().truncatedTo(ChronoUnit.SECONDS);
    GhlOpportunityId id = created(aContact(), "Boiler");

    assertThat(done(found(id)).addedAt()).isBetween(before, now());
  }

  /** Trap 61. */
  @Test
  default void anUpdateChangesWhatItSaysAndNothingElse() {
    GhlOpportunityId id = created(aContact(), "Boiler");

    assertThat(done(opportunities().update(location(), id, set(ProjectField.TITLE, "Bath"))))
        .isEqualTo(id);

    assertThat(fields(id).text(ProjectField.TITLE.fieldName())).isEqualTo("Bath");
    assertThat(fields(id).get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(new FieldValue.Amount(BigDecimal.valueOf(1200)));
    assertThat(fields(id).text(ProjectField.STATUS.fieldName())).isEqualTo("open");
  }

  @Test
  default void aStatusIsSetWithTheReasonOfALoss() {
    GhlOpportunityId id = created(aContact(), "Boiler");
    FieldChanges lost =
        set(ProjectField.STATUS, "lost").with(set(ProjectField.LOST_REASON_ID, "reason1"));

    done(opportunities().setStatus(location(), id, lost));

    assertThat(fields(id).values()).containsAllEntriesOf(lost.values());
    assertThat(fields(id).text(ProjectField.TITLE.fieldName())).isEqualTo("Boiler");
  }

  @Test
  default void whatWasDeletedIsNotFound() {
    GhlOpportunityId id = created(aContact(), "Boiler");

    done(opportunities().delete(location(), id));

    assertThat(failure(found(id))).isInstanceOf(CrmFailure.NotFound.class);
    assertThat(failure(opportunities().update(location(), id, worth(1))))
        .isInstanceOf(CrmFailure.NotFound.class);
    assertThat(failure(opportunities().delete(location(), id)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }

  private static CrmFailure failure(CrmResult<?> result) {
    assertThat(result).isInstanceOf(CrmResult.Failed.class);
    return ((CrmResult.Failed<?>) result).failure();
  }

  @Test
  default void aLookUpFindsByContactPipelineTitleAndTime() {
    GhlContactId contact = aContact();
    Instant before = now();
    GhlOpportunityId id = created(contact, "Boiler");
    created(aContact(), "Boiler");
    searchCatchesUp();

    assertThat(lookedUp(new Sought(contact, pipeline(), "Boiler", before))).containsExactly(id);
    assertThat(lookedUp(new Sought(contact, pipeline(), "Bath", before))).isEmpty();
    assertThat(lookedUp(new Sought(aContact(), pipeline(), "Boiler", before))).isEmpty();
    assertThat(lookedUp(new Sought(contact, new GhlPipelineId("other"), "Boiler", before)))
        .isEmpty();
    assertThat(
            lookedUp(new Sought(contact, pipeline(), "Boiler", now().plus(Duration.ofMinutes(1)))))
        .isEmpty();
  }

  private List<GhlOpportunityId> lookedUp(Sought sought) {
    return done(opportunities().lookUp(location(), sought)).stream().map(CrmRecord::id).toList();
  }
}
