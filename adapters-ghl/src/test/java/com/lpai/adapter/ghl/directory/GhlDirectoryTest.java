package com.lpai.adapter.ghl.directory;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomField.Model;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.NewCustomField;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.tenant.CompanyId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GhlDirectoryTest {

  /** The rule on duplicates is read, not guessed (trap 76). */
  @Test
  void aLocationTellsItsNameCountryZoneAndDuplicateRule() {
    try (SandboxFixture fixture =
        SandboxFixture.start(
            config -> config, it -> it.withName("Ärzte & Co").allowingDuplicates())) {
      LocationDetails details =
          done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));

      assertThat(details.name()).isEqualTo("Ärzte & Co");
      assertThat(details.country()).isEqualTo("US");
      assertThat(details.timezone()).isNotEqualTo(ZoneId.of("UTC"));
      assertThat(details.allowsDuplicateContacts()).isTrue();
    }
  }

  @Test
  void pipelinesAreThoseOfTheLocation() {
    try (SandboxFixture fixture = SandboxFixture.start()) {
      List<Pipeline> pipelines =
          done(fixture.adapter.pipelines().list(LOCATION, CallPriority.USER));

      assertThat(pipelines)
          .extracting(Pipeline::crmId)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(ids(fixture, Kind.PIPELINES));
      assertThat(pipelines)
          .allSatisfy(
              pipeline ->
                  assertThat(pipeline.stages())
                      .isNotEmpty()
                      .extracting(Pipeline.Stage::position)
                      .isSorted());
    }
  }

  private static List<String> ids(SandboxFixture fixture, Kind kind) {
    return fixture.records(kind).stream().map(record -> record.getString("id")).toList();
  }

  @Test
  void calendarsAndCustomValuesAreThoseOfTheLocation() {
    try (SandboxFixture fixture =
        SandboxFixture.start(
            config -> config, it -> it.with(Kind.CALENDARS, 60).with(Kind.CUSTOM_VALUES, 40))) {
      List<Calendar> calendars =
          done(fixture.adapter.calendars().list(LOCATION, CallPriority.USER));
      List<CustomValue> values =
          done(fixture.adapter.customValues().list(LOCATION, CallPriority.USER));

      assertThat(calendars)
          .extracting(Calendar::crmId)
          .hasSize(60)
          .containsExactlyInAnyOrderElementsOf(ids(fixture, Kind.CALENDARS));
      assertThat(calendars)
          .allSatisfy(calendar -> assertThat(calendar.slotDuration()).isPositive());
      assertThat(values)
          .extracting(CustomValue::crmId)
          .hasSize(40)
          .containsExactlyInAnyOrderElementsOf(ids(fixture, Kind.CUSTOM_VALUES));
      assertThat(values)
          .allSatisfy(value -> assertThat(value.fieldKey()).contains("custom_values."));
    }
  }

  /** Trap 71: found by model and key; one whose key was taken has another one. */
  @Test
  void aCustomFieldIsCreatedOnceAndFoundByItsKey() {
    try (SandboxFixture fixture = SandboxFixture.start()) {
      CrmCustomFields fields = fixture.adapter.customFields();
      NewCustomField signedDate = new NewCustomField(Model.OPPORTUNITY, "Signed Date", "DATE", 2);

      CustomField first = done(fields.create(LOCATION, signedDate, CallPriority.BACKFILL));
      CustomField second = done(fields.create(LOCATION, signedDate, CallPriority.BACKFILL));
      List<CustomField> all = done(fields.list(LOCATION, Model.OPPORTUNITY, CallPriority.USER));

      assertThat(first.fieldKey()).isEqualTo("opportunity.signed_date");
      assertThat(first.dataType()).isEqualTo("DATE");
      assertThat(second.fieldKey()).isNotEqualTo(first.fieldKey());
      assertThat(all).contains(first, second);
      assertThat(all).extracting(CustomField::model).containsOnly(Model.OPPORTUNITY);
      assertThat(done(fields.list(LOCATION, Model.CONTACT, CallPriority.USER)))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(all);
    }
  }

  @Test
  void usersAreReadPageByPageWithoutThoseWhoWereDeleted() {
    try (SandboxFixture fixture = SandboxFixture.start()) {
      fixture.behave("{\"deletedUsersAreFound\":true}");
      List<User> all = new ArrayList<>();
      String cursor = "";
      do {
        CrmPage<User> page =
            done(
                fixture
                    .adapter
                    .users()
                    .page(LOCATION, new CompanyId(COMPANY), cursor, 1, CallPriority.USER));
        assertThat(page.total()).as("the deleted one is counted").isEqualTo(4);
        all.addAll(page.items());
        cursor = page.nextCursor();
      } while (!cursor.isEmpty());

      assertThat(all).hasSize(3);
      assertThat(all).extracting(User::id).doesNotHaveDuplicates().isNotEmpty();
      assertThat(all).allSatisfy(user -> assertThat(user.name()).isNotBlank());
      assertThat(all).allSatisfy(user -> assertThat(user.email()).contains("@"));
      assertThat(all).extracting(User::role).containsAnyOf("admin", "user");
    }
  }

  @Test
  void whatALocationDoesNotTellIsAssumed() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"location":{"id":"x","name":7,"country":"Germany","timezone":"Mars/Olympus",
                 "settings":"none"}}
                """);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      LocationDetails details = done(adapter.locations().details(LOCATION, CallPriority.USER));

      assertThat(details).isEqualTo(LocationDetails.assumed(LOCATION.value()));
    }
  }

  @Test
  void usersThatCannotBeReadAreLeftOut() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"users":[null,7,{"name":"no id"},{"id":"has blank"},{"id":"gone","deleted":true},
                 {"id":"u1","firstName":"Jo","lastName":"Li","email":" Jo@X.com ","role":"user"}]}
                """);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmPage<User> page =
          done(adapter.users().page(LOCATION, new CompanyId(COMPANY), "25", 25, CallPriority.USER));

      assertThat(page.items()).extracting(User::name).containsExactly("Jo Li");
      assertThat(page.items()).extracting(User::email).containsExactly("jo@x.com");
      assertThat(page.nextCursor()).as("all that were listed count").isEqualTo("31");
    }
  }
}
