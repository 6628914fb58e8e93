package com.lpai.domain.project;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.Origin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProjectTest {
  private static final GhlOpportunityId CRM_ID = new GhlOpportunityId("opp-1");
  private static final ContactId ANN = new ContactId("ann");
  private static final Map<String, GhlCustomFieldId> MAPPING =
      Map.of(
          "project_title", new GhlCustomFieldId("cf-title"),
          "quote_number", new GhlCustomFieldId("cf-quote"),
          "signed_date", new GhlCustomFieldId("cf-signed"));

  private final ProjectNormalizer normalizer = new ProjectNormalizer();

  @Nested
  class ItsContact {
    private final Project aboutAnn =
        aProject()
            .linkedTo(CRM_ID)
            .about(ANN)
            .with(ProjectField.GHL_CONTACT_ID, "ghl-ann")
            .atVersion(1)
            .build();

    @Test
    void staysWhileTheCrmNamesTheSameOne() {
      Project after = merged(aboutAnn, text(ProjectField.TITLE, "Roof"));

      assertThat(after.contact()).isEqualTo(new ContactReference.Resolved(ANN));
      assertThat(after.ghlContactId()).contains(new GhlContactId("ghl-ann"));
    }

    @Test
    void isToBeFoundAnewOnceTheCrmNamesAnother() {
      Project after = merged(aboutAnn, text(ProjectField.GHL_CONTACT_ID, "ghl-bob"));

      assertThat(after.contact()).isEqualTo(ContactReference.none());
      assertThat(after.about(new ContactId("bob"))).isNotEqualTo(after);
    }

    @Test
    void isNotKnownFromWhatCannotBeAnId() {
      for (String odd : List.of("ghl ann", " ", "x".repeat(129))) {
        Project after = merged(aboutAnn, text(ProjectField.GHL_CONTACT_ID, odd));

        assertThat(after.ghlContactId()).isEmpty();
      }
    }

    @Test
    void staysWhenTheCrmNamesItForTheFirstTime() {
      Project ours =
          Project.createdHere(
              new ProjectId("1"),
              aboutAnn.locationId(),
              new ContactReference.Resolved(ANN),
              text(ProjectField.TITLE, "Roof"),
              MirrorFixture.SOMEBODY,
              START);

      Project after = merged(ours, text(ProjectField.GHL_CONTACT_ID, "ghl-ann"));

      assertThat(after.contact().contactId()).contains(ANN);
    }
  }

  @Nested
  class ItsCustomFields {
    @Test
    void haveNamesOfOursAndTypesOfTheirs() {
      FieldChanges said =
          custom("cf-title", FieldValue.text(" Kitchen "))
              .with(custom("cf-quote", new FieldValue.Amount(new BigDecimal("1700"))))
              .with(custom("cf-signed", FieldValue.text("2026-02-28T00:00:00.000Z")))
              .with(custom("cf-other", FieldValue.text("oak")));

      FieldChanges normal = normalizer.normalise(complete(said), MAPPING).fields();

      assertThat(normal)
          .isEqualTo(
              text(ProjectField.PROJECT_TITLE, "Kitchen")
                  .with(text(ProjectField.QUOTE_NUMBER, "1700"))
                  .with(ProjectField.SIGNED_DATE.fieldName(), day("2026-02-28"))
                  .with(custom("cf-other", FieldValue.text("oak"))));
    }

    @Test
    void thatAreADayAreReadInEverySpelling() {
      assertThat(signed(FieldValue.text("2026-02-28"))).isEqualTo(day("2026-02-28"));
      assertThat(signed(new FieldValue.Amount(BigDecimal.valueOf(1772236800000L))))
          .isEqualTo(day("2026-02-28"));
      assertThat(signed(FieldValue.text("next spring"))).isEqualTo(FieldValue.text("next spring"));
      assertThat(signed(FieldValue.text("2026-13-45"))).isEqualTo(FieldValue.text("2026-13-45"));
    }

    @Test
    void thatAFullListLeavesOutAreCleared() {
      FieldChanges normal = normalizer.normalise(complete(FieldChanges.NONE), MAPPING).fields();

      assertThat(normal.get(ProjectField.QUOTE_NUMBER.fieldName())).contains(FieldValue.cleared());
      assertThat(normal.get(ProjectField.SIGNED_DATE.fieldName())).contains(FieldValue.cleared());
    }

    @Test
    void thatAnEventDoesNotListAreNotMentioned() {
      CrmRecord<GhlOpportunityId> event =
          new CrmRecord<>(CRM_ID, text(ProjectField.TITLE, "Roof"), Set.of(), START);

      assertThat(normalizer.normalise(event, MAPPING).fields())
          .isEqualTo(text(ProjectField.TITLE, "Roof"));
    }

    @Test
    void movePlaceOnceTheirMappingIsKnown() {
      FieldChanges said = custom("cf-quote", FieldValue.text("K-17"));
      Project before = merged(linked(), normalizer.normalise(complete(said), Map.of()));

      Project after = merged(before, normalizer.normalise(complete(said), MAPPING));

      assertThat(before.fields().get(element("cf-quote"))).isEqualTo(FieldValue.text("K-17"));
      assertThat(after.fields().get(element("cf-quote"))).isEqualTo(FieldValue.cleared());
      assertThat(after.fields().text(ProjectField.QUOTE_NUMBER.fieldName())).isEqualTo("K-17");
    }

    private FieldValue signed(FieldValue value) {
      return normalizer
          .normalise(complete(custom("cf-signed", value)), MAPPING)
          .fields()
          .values()
          .get(ProjectField.SIGNED_DATE.fieldName());
    }
  }

  @Test
  void statusesAreInLowerCaseAndUnknownOnesKeptAndFlagged() {
    Project known = merged(linked(), normal(text(ProjectField.STATUS, " Won ")));
    Project unknown = merged(linked(), normal(text(ProjectField.STATUS, "On Hold")));

    assertThat(known.fields().text(ProjectField.STATUS.fieldName())).isEqualTo("won");
    assertThat(known.flagged()).isEmpty();
    assertThat(unknown.fields().text(ProjectField.STATUS.fieldName())).isEqualTo("On Hold");
    assertThat(unknown.flagged()).containsExactly(ProjectField.STATUS.fieldName());
  }

  @Test
  void onlyTheFieldThatWasEditedIsToBeSent() {
    Project edited =
        linked().edited(text(ProjectField.TITLE, "Roof"), MirrorFixture.SOMEBODY, START);

    assertThat(edited.nextPush())
        .isEqualTo(new NextPush.Update<>(CRM_ID, text(ProjectField.TITLE, "Roof")));
  }

  @Test
  void whatTheCrmTakesNoMoreIsNotSentByAnUpdate() {
    Project edited =
        linked()
            .edited(text(ProjectField.GHL_CONTACT_ID, "ghl-bob"), MirrorFixture.SOMEBODY, START);

    assertThat(edited.nextPush()).isEqualTo(new NextPush.Nothing<>());
  }

  @Test
  void followersAreToldByName() {
    FieldChanges follower =
        FieldChanges.of(
            FieldName.element(ProjectField.FOLLOWERS, "user-1"), new FieldValue.Flag(true));

    assertThat(linked().edited(follower, MirrorFixture.SOMEBODY, START).nextPush())
        .isEqualTo(new NextPush.Regroup<>(CRM_ID, follower));
  }

  private static Project linked() {
    return aProject().linkedTo(CRM_ID).atVersion(1).build();
  }

  private FieldChanges normal(FieldChanges said) {
    return normalizer.normalise(new CrmRecord<>(CRM_ID, said, Set.of(), START), MAPPING).fields();
  }

  private static Project merged(Project project, FieldChanges said) {
    return merged(project, new CrmRecord<>(CRM_ID, said, Set.of(), START));
  }

  private static Project merged(Project project, CrmRecord<GhlOpportunityId> said) {
    return project.merged(said, CrmTrace.NONE, ConflictPolicy.OURS, Origin.WEBHOOK, START);
  }

  private static CrmRecord<GhlOpportunityId> complete(FieldChanges said) {
    return new CrmRecord<>(CRM_ID, said, Set.of(ProjectField.CRM_CUSTOM_FIELDS), START);
  }

  private static FieldChanges text(MirroredField field, String value) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(value));
  }

  private static FieldName element(String id) {
    return FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, id);
  }

  private static FieldChanges custom(String id, FieldValue value) {
    return FieldChanges.of(element(id), value);
  }

  private static FieldValue day(String day) {
    return new FieldValue.Day(LocalDate.parse(day));
  }
}
