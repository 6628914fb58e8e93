package com.lpai.domain.project;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.project.ProjectFixture.anyGhlOpportunityId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.AboutContactRepositoryContract;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ProjectRepository} promises. Each test has locations of its own. */
public interface ProjectRepositoryContract
    extends AboutContactRepositoryContract<ProjectId, GhlOpportunityId, Project> {
  /** The repository under test; other tests' locations may be in it. */
  ProjectRepository projects();

  @Override
  default ProjectRepository records() {
    return projects();
  }

  @Override
  default ProjectFixture aRecord() {
    return aProject();
  }

  @Override
  default GhlOpportunityId anyCrmId() {
    return anyGhlOpportunityId();
  }

  @Override
  default ProjectId unknownId() {
    return new ProjectId("no-such-id");
  }

  @Override
  default FieldName textField() {
    return ProjectField.TITLE.fieldName();
  }

  @Test
  default void aProjectComesBackAsItWas() {
    Project project =
        in(TenantFixture.anyLocation())
            .linkedTo(anyGhlOpportunityId())
            .about(new ContactId("507f1f77bcf86cd799439011"))
            .with(ProjectField.TITLE, "Kitchen")
            .with(ProjectField.STATUS, "on hold")
            .with(ProjectField.GHL_CONTACT_ID, "ghl-contact")
            .with(
                ProjectField.MONETARY_VALUE.fieldName(),
                new FieldValue.Amount(new BigDecimal("12345.67")))
            .with(
                ProjectField.SIGNED_DATE.fieldName(), new FieldValue.Day(LocalDate.of(2026, 2, 28)))
            .with(ProjectField.LAST_STAGE_CHANGE_AT.fieldName(), new FieldValue.Moment(START))
            .with(FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "cf.1"), FieldValue.text("oak"))
            .with(FieldName.element(ProjectField.FOLLOWERS, "user-1"), new FieldValue.Flag(true))
            .build();

    Project stored = saved(project);

    assertThat(projects().find(project.locationId(), project.id())).contains(stored);
    assertThat(stored.flagged()).containsExactly(ProjectField.STATUS.fieldName());
  }

  @Test
  default void filtersNarrowTheList() {
    LocationId location = TenantFixture.anyLocation();
    ContactId ann = new ContactId("507f1f77bcf86cd799439011");
    Project kitchen =
        saved(
            in(location)
                .about(ann)
                .with(ProjectField.TITLE, "Kitchen")
                .with(ProjectField.STATUS, "open")
                .with(ProjectField.PIPELINE_ID, "p1")
                .with(ProjectField.PIPELINE_STAGE_ID, "s1"));
    Project roof =
        saved(
            in(location)
                .with(ProjectField.TITLE, "Roof")
                .with(ProjectField.QUOTE_NUMBER, "K-17")
                .with(ProjectField.STATUS, "won")
                .with(ProjectField.PIPELINE_ID, "p1")
                .with(ProjectField.PIPELINE_STAGE_ID, "s2")
                .pendingSince(START));

    assertThat(listed(location, "k", "", "", "", "")).containsExactlyInAnyOrder(kitchen, roof);
    assertThat(listed(location, "KIT", "", "", "", "")).containsExactly(kitchen);
    assertThat(listed(location, "", "won", "", "", "")).containsExactly(roof);
    assertThat(listed(location, "", "", "p1", "", "")).containsExactlyInAnyOrder(kitchen, roof);
    assertThat(listed(location, "", "", "p1", "s1", "")).containsExactly(kitchen);
    assertThat(listed(location, "", "", "", "", ann.value())).containsExactly(kitchen);
    assertThat(listed(location, "", "open", "p1", "s2", "")).isEmpty();
    assertThat(
            projects()
                .list(
                    location,
                    new ProjectQuery(10, "", "", "", "", "", "", Set.of(SyncPhase.PENDING)))
                .items())
        .containsExactly(roof);
    assertThat(listed(TenantFixture.anyLocation(), "k", "", "", "", "")).isEmpty();
  }

  @Test
  default void aListHasPagesAndLeavesTombstonesOut() {
    LocationId location = TenantFixture.anyLocation();
    Project first = saved(in(location));
    saved(in(location).deletedInCrm(START));
    Project second = saved(in(location));

    Page<Project> page = projects().list(location, ProjectQuery.all(1, ""));
    Page<Project> rest = projects().list(location, ProjectQuery.all(1, page.nextCursor()));

    assertThat(page.items()).containsExactly(first);
    assertThat(rest.items()).containsExactly(second);
    assertThat(rest.isLast()).isTrue();
  }

  private Iterable<Project> listed(
      LocationId location, String search, String status, String pipeline, String stage, String by) {
    return projects()
        .list(location, new ProjectQuery(10, "", search, status, pipeline, stage, by, Set.of()))
        .items();
  }

  @Test
  default void whatWaitsForAContactIsFound() {
    LocationId location = TenantFixture.anyLocation();
    ContactId ann = new ContactId("507f1f77bcf86cd799439011");
    SyncState blocked = SyncState.SYNCED.blocked(START, "It waits.");
    Project waiting = saved(in(location).about(ann).withSync(blocked));
    saved(in(location).about(ann).pendingSince(START));
    saved(in(location).about(new ContactId("507f1f77bcf86cd799439012")).withSync(blocked));
    saved(in(location).withSync(blocked));
    saved(in(location).about(ann).withSync(blocked).deletedHere(START));
    saved(in(TenantFixture.anyLocation()).about(ann).withSync(blocked));

    assertThat(projects().findBlockedAbout(location, ann)).containsExactly(waiting);
  }

  private ProjectFixture in(LocationId location) {
    return aProject().withId(projects().nextId()).in(location);
  }

  private Project saved(ProjectFixture fixture) {
    return saved(fixture.build());
  }

  private Project saved(Project project) {
    assertThat(projects().save(project.locationId(), project))
        .isEqualTo(new SaveOutcome.Saved<>(project.atVersion(1)));
    return project.atVersion(1);
  }
}
