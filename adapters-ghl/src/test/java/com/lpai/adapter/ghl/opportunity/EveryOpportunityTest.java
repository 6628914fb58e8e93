package com.lpai.adapter.ghl.opportunity;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.record.FieldReads;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More opportunities than page numbers reach, in the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOpportunityTest {
  private static final int COUNT = 10_050;

  private SandboxFixture fixture;
  private CrmOpportunities opportunities;

  @BeforeAll
  void start() {
    fixture =
        SandboxFixture.startLarge(
            it -> it.withContacts(COUNT / 2, 7).with(Kind.OPPORTUNITIES, COUNT));
    opportunities = fixture.adapter.opportunities();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void forget() {
    fixture.sandbox.clearFaults();
    fixture.sandbox.clearCalls();
  }

  /** Trap 46. */
  @Test
  void pagesReachEveryOpportunityInOrderAsItIs() {
    List<JsonObject> there = fixture.records(Kind.OPPORTUNITIES);
    Map<String, FieldChanges> expected = new TreeMap<>();
    there.forEach(it -> expected.put(it.getString("id"), expected(it)));

    List<CrmRecord<GhlOpportunityId>> read = new ArrayList<>();
    String cursor = "";
    do {
      CrmPage<CrmRecord<GhlOpportunityId>> page = page(cursor, 500, Instant.EPOCH);
      read.addAll(page.items());
      assertThat(page.total()).isEqualTo(COUNT);
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    Map<String, String> addedAt = new TreeMap<>();
    there.forEach(it -> addedAt.put(it.getString("id"), it.getString("createdAt")));
    assertThat(read.stream().map(it -> addedAt.get(it.id().value()))).isSorted();
    Map<String, FieldChanges> actual = new TreeMap<>();
    read.forEach(it -> actual.put(it.id().value(), it.fields()));
    assertThat(read).hasSize(COUNT);
    assertThat(actual).hasSize(COUNT).isEqualTo(expected);
  }

  private static FieldChanges expected(JsonObject there) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (ProjectField field : ProjectField.values()) {
      if (!field.crmKey().isEmpty()) {
        values.put(
            field.fieldName(),
            expected(there.getOrDefault(field.crmKey(), JsonValue.NULL), field.type()));
      }
    }
    for (JsonObject item : there.getJsonArray("customFields").getValuesAs(JsonObject.class)) {
      values.put(
          FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, item.getString("id")),
          FieldReads.any(item.get("fieldValue")));
    }
    for (JsonString user : there.getJsonArray("followers").getValuesAs(JsonString.class)) {
      values.put(
          FieldName.element(ProjectField.FOLLOWERS, user.getString()), new FieldValue.Flag(true));
    }
    return FieldChanges.of(values);
  }

  private static FieldValue expected(JsonValue value, FieldType type) {
    return switch (value) {
      case JsonNumber number -> new FieldValue.Amount(number.bigDecimalValue());
      case JsonString text when type == FieldType.MOMENT ->
          new FieldValue.Moment(Instant.parse(text.getString()));
      case JsonString text -> FieldValue.text(text.getString());
      default -> FieldValue.cleared();
    };
  }

  /** Whatever GoHighLevel calls them, cursors and custom values are the same (trap 72; #87). */
  @ParameterizedTest
  @CsvSource({
    "sort, fieldValue",
    "sort, typed",
    "searchAfter, typed",
    "searchAfter, both",
  })
  void everySpellingSaysTheSame(String cursorName, String fieldForm) {
    List<CrmRecord<GhlOpportunityId>> plain = page("", 40, Instant.EPOCH).items();
    fixture.behave(
        "{\"opportunityCursor\":\"%s\",\"opportunityFieldForm\":\"%s\"}"
            .formatted(cursorName, fieldForm));
    try {
      CrmPage<CrmRecord<GhlOpportunityId>> first = page("", 20, Instant.EPOCH);
      List<CrmRecord<GhlOpportunityId>> both = new ArrayList<>(first.items());
      both.addAll(page(first.nextCursor(), 20, Instant.EPOCH).items());

      assertThat(both).isEqualTo(plain);
      assertThat(find(plain.getLast().id())).isEqualTo(plain.getLast());
    } finally {
      fixture.behave("{\"opportunityCursor\":\"sort\",\"opportunityFieldForm\":\"fieldValue\"}");
    }
  }

  /** What changes while pages are read comes at the end of the changes (trap 48). */
  @Test
  void onlyWhatChangedSinceThenIsRead() {
    GhlOpportunityId id = page("", 1, Instant.EPOCH).items().getFirst().id();
    Instant before = fixture.sandbox.clock().instant();

    fixture.asPerson("PUT", "/opportunities/" + id, "{\"name\":\"Renamed\"}");
    CrmPage<CrmRecord<GhlOpportunityId>> changed = page("", 100, before);

    assertThat(changed.items()).extracting(CrmRecord::id).containsExactly(id);
    assertThat(changed.items().getFirst().fields().get(ProjectField.TITLE.fieldName()))
        .contains(FieldValue.text("Renamed"));
    assertThat(changed.items().getFirst().changedAt()).isAfterOrEqualTo(before);
    fixture.asPerson("PUT", "/opportunities/" + id, "{\"name\":\"Renamed again\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 400})
  void aMissingOpportunityIsNotFound(int status) {
    fixture.behave("{\"notFoundStatus\":" + status + "}");

    assertThat(
            failure(
                opportunities.find(
                    LOCATION, new GhlOpportunityId("nowhere"), CallPriority.FOLLOW_UP)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }

  @Test
  void aServerThatIsDownForAMomentIsUnavailable() {
    fixture.sandbox.putFaults(
        """
        [{"kind":"status","status":503,"times":1,"match":{"path":"/opportunities/search"}}]
        """);

    assertThat(failure(opportunities.page(LOCATION, "", 10, Instant.EPOCH, CallPriority.BACKFILL)))
        .isInstanceOf(CrmFailure.Unavailable.class);
    assertThat(fixture.calls()).as("nobody repeats it but the caller").hasSize(1);
  }

  private CrmPage<CrmRecord<GhlOpportunityId>> page(String cursor, int size, Instant changedSince) {
    return done(opportunities.page(LOCATION, cursor, size, changedSince, CallPriority.USER));
  }

  private CrmRecord<GhlOpportunityId> find(GhlOpportunityId id) {
    return done(opportunities.find(LOCATION, id, CallPriority.FOLLOW_UP));
  }
}
