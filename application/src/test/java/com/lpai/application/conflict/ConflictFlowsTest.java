package com.lpai.application.conflict;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.application.conflict.ConflictsUseCase.RulesOutcome;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.Conflict.Side;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Provenance.Stamp;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** From the change on both sides to the choice of a person, and to GoHighLevel. */
class ConflictFlowsTest {
  private static final FieldName CITY = ContactField.CITY.fieldName();
  private static final FieldName EMAIL = ContactField.EMAIL.fieldName();
  private static final Origin MO = new Origin.User("mo");
  private static final ConflictQuery ALL = new ConflictQuery("", Set.of());
  private static final ConflictQuery OPEN = new ConflictQuery("", Set.of(ConflictQuery.State.OPEN));

  private final TestSystem system = new TestSystem();
  private final ConflictsUseCase conflicts =
      ConflictUseCases.of(
          system.contacts,
          system.projects,
          system.appointments,
          system.locations,
          WorkSignals.SILENT,
          system.instance);
  private final GhlContactId there = system.crm.has(LOCATION, city("Rome").with(email("a@x.com")));

  private ConflictFlowsTest() {
    system.install();
    system.settle();
  }

  /** In the guide theirs overwrote ours without a word (trap 88). */
  @Test
  void byDefaultOursIsToldAndBothAreKept() {
    bothChangeTheCity();
    hear();
    system.settle();

    assertThat(cityThere()).isEqualTo(FieldValue.text("Berlin"));
    KnownConflict conflict = only(ALL);
    assertThat(conflict.conflict().theirs()).isEqualTo(FieldValue.text("Paris"));
    assertThat(conflict.conflict().status()).isEqualTo(Conflict.Status.DECIDED);
    assertThat(conflict.isChoosable()).isTrue();
  }

  @Test
  void theOtherOneIsOneChoiceAwayAndIsToldToo() {
    bothChangeTheCity();
    hear();
    system.settle();

    conflicts.choose(LOCATION, only(ALL).id(), Side.THEIRS, MO);
    system.settle();

    assertThat(city()).isEqualTo(FieldValue.text("Paris"));
    assertThat(cityThere()).isEqualTo(FieldValue.text("Paris"));
    assertThat(system.only().provenance().of(CITY)).isEqualTo(new Stamp(MO, system.time.instant()));
    assertThat(only(ALL).conflict().status())
        .isEqualTo(new Conflict.Status.Resolved(MO, system.time.instant()));
  }

  @Test
  void thePolicyHoldsForEvents() {
    decide(ConflictRule.THEIRS);
    bothChangeTheCity();

    hear();

    assertThat(city()).isEqualTo(FieldValue.text("Paris"));
    assertThat(system.only().provenance().of(CITY).by()).isEqualTo(Origin.WEBHOOK);
  }

  @Test
  void thePolicyHoldsForPages() {
    decide(ConflictRule.THEIRS);
    bothChangeTheCity();
    system.time.advance(Duration.ofMinutes(5));

    system.setup.request(LOCATION, true);
    system.setups.run(LOCATION);

    assertThat(city()).isEqualTo(FieldValue.text("Paris"));
    assertThat(system.only().provenance().of(CITY).by()).isEqualTo(Origin.SETUP);
  }

  @Test
  void thePolicyHoldsForSingleReads() {
    decide(ConflictRule.THEIRS);
    bothChangeTheCity();

    system.intake.absorbRead(LOCATION, said(city("Paris")), system.time.instant(), MO);

    assertThat(city()).isEqualTo(FieldValue.text("Paris"));
  }

  @Test
  void theNewestIsByTheTimeOfTheEventWhereItTellsNoOther() {
    decide(ConflictRule.NEWEST);
    bothChangeTheCity();
    system.time.advance(Duration.ofMinutes(11));

    hear();

    assertThat(city()).isEqualTo(FieldValue.text("Paris"));
  }

  @Test
  void theNewestIsOursWhereTheClocksMayBeWrong() {
    decide(ConflictRule.NEWEST);
    bothChangeTheCity();
    system.time.advance(Duration.ofMinutes(9));

    hear();

    assertThat(city()).isEqualTo(FieldValue.text("Berlin"));
  }

  /** When it was copied says nothing of when it was cleared. */
  @Test
  void anOlderValueDoesNotWinOverOurClearingOfACustomField() {
    FieldName roof = FieldName.element(ContactField.CUSTOM_FIELDS, "roof");
    edit(FieldChanges.of(roof, FieldValue.text("tiles")));
    system.settle();
    decide(ConflictRule.NEWEST);
    Instant theirs = system.time.advance(Duration.ofHours(1));
    system.time.advance(Duration.ofHours(1));
    edit(FieldChanges.of(roof, FieldValue.cleared()));

    system.intake.absorbRead(
        LOCATION,
        said(FieldChanges.of(roof, FieldValue.text("slate"))).changed(theirs),
        system.time.instant(),
        MO);

    assertThat(system.only().fields().get(roof).isCleared()).isTrue();
  }

  @Test
  void whatAPersonIsAskedAboutIsNotToldAndTheRestIs() {
    decide(ConflictRule.ASK);
    bothChangeTheCity();
    edit(email("b@x.com"));

    hear();
    system.settle();

    assertThat(city()).isEqualTo(FieldValue.text("Berlin"));
    assertThat(cityThere()).isEqualTo(FieldValue.text("Paris"));
    assertThat(there().get(EMAIL)).isEqualTo(FieldValue.text("b@x.com"));
    assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(system.only().sync().problem()).contains("Waits for a decision").contains("city");
  }

  @Test
  void daysLaterItIsStillAskedAndStillNotTold() {
    decide(ConflictRule.ASK);
    bothChangeTheCity();
    hear();
    system.settle();

    system.time.advance(Duration.ofDays(3));
    system.editing.retry(LOCATION, system.only().id());
    system.settle();
    system.setup.request(LOCATION, true);
    system.settle();

    assertThat(cityThere()).isEqualTo(FieldValue.text("Paris"));
    assertThat(only(OPEN).conflict().ours()).isEqualTo(FieldValue.text("Berlin"));
  }

  @Test
  void onceDecidedItIsTold() {
    decide(ConflictRule.ASK);
    bothChangeTheCity();
    hear();
    system.settle();

    conflicts.choose(LOCATION, only(OPEN).id(), Side.OURS, MO);
    system.settle();

    assertThat(cityThere()).isEqualTo(FieldValue.text("Berlin"));
    assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
  }

  @Test
  void aSecondClickChangesNothing() {
    bothChangeTheCity();
    hear();
    String id = only(ALL).id();
    conflicts.choose(LOCATION, id, Side.THEIRS, MO);
    Contact chosen = system.only();

    assertThat(conflicts.choose(LOCATION, id, Side.THEIRS, MO))
        .isInstanceOf(ConflictOutcome.Chosen.class);
    assertThat(system.only()).isEqualTo(chosen);
  }

  @Test
  void aChoiceThatComesTooLateTellsWhatIsThereNow() {
    bothChangeTheCity();
    hear();
    String id = only(ALL).id();
    edit(city("Oslo"));

    ConflictOutcome outcome = conflicts.choose(LOCATION, id, Side.THEIRS, MO);

    assertThat(outcome).isInstanceOf(ConflictOutcome.Superseded.class);
    assertThat(((ConflictOutcome.Superseded) outcome).latest().present())
        .isEqualTo(FieldValue.text("Oslo"));
    assertThat(city()).isEqualTo(FieldValue.text("Oslo"));
  }

  @Test
  void conflictsOfAnotherLocationOrOfNoneAreUnknown() {
    bothChangeTheCity();
    hear();
    String id = only(ALL).id();

    for (String none : List.of("", "contacts", "contacts.x.1-ZW1haWw", id + "x", "users" + id)) {
      assertThat(conflicts.choose(LOCATION, none, Side.OURS, MO))
          .isEqualTo(new ConflictOutcome.Unknown());
    }
    assertThat(conflicts.choose(new LocationId("loc2"), id, Side.THEIRS, MO))
        .isEqualTo(new ConflictOutcome.Unknown());
    assertThat(city()).isEqualTo(FieldValue.text("Berlin"));
  }

  @Test
  void allOfAFieldAreSettledAtOnce() {
    decide(ConflictRule.ASK);
    List<Contact> asked = manyAsked(450);

    int chosen = 0;
    int batches = 0;
    String cursor = "";
    ConflictQuery ofCity = new ConflictQuery("city", Set.of(ConflictQuery.State.OPEN));
    do {
      ConflictsUseCase.Batch batch =
          conflicts.chooseAll(LOCATION, MirrorKind.CONTACTS, ofCity, Side.THEIRS, cursor, MO);
      chosen += batch.chosen();
      cursor = batch.nextCursor();
      batches++;
    } while (!cursor.isEmpty());

    assertThat(chosen).isEqualTo(asked.size());
    assertThat(batches).isEqualTo(3);
    assertThat(conflicts.list(LOCATION, Set.of(), ofCity, "", 10).items()).isEmpty();
  }

  @Test
  void theListComesInPagesOfWhicheverLength() {
    decide(ConflictRule.ASK);
    manyAsked(7);

    for (int limit = 1; limit <= 8; limit++) {
      Set<String> ids = new TreeSet<>();
      List<KnownConflict> all = new ArrayList<>();
      String cursor = "";
      do {
        Page<KnownConflict> page = conflicts.list(LOCATION, Set.of(), OPEN, cursor, limit);
        assertThat(page.items().size()).isLessThanOrEqualTo(limit);
        all.addAll(page.items());
        cursor = page.nextCursor();
      } while (!cursor.isEmpty());
      all.forEach(conflict -> ids.add(conflict.id()));
      assertThat(ids).hasSize(14);
      assertThat(all).hasSize(14);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conflicts.list(LOCATION, Set.of(), OPEN, "nonsense", 10));
    assertThat(conflicts.list(LOCATION, Set.of(MirrorKind.PROJECTS), ALL, "", 10).items())
        .isEmpty();
  }

  @Test
  void rulesForWhatDoesNotExistAreRefusedWithWhatDoes() {
    RulesOutcome outcome =
        conflicts.setRules(
            LOCATION,
            rules(
                Map.of(
                    "emial", ConflictRule.ASK,
                    "companyName", ConflictRule.ASK,
                    "tags", ConflictRule.ASK,
                    "customFields/size", ConflictRule.ASK,
                    "nothing/size", ConflictRule.ASK)));

    assertThat(outcome).isInstanceOf(RulesOutcome.Refused.class);
    assertThat(((RulesOutcome.Refused) outcome).problems())
        .extracting(problem -> problem.field())
        .containsExactly(
            "contacts.fields.companyName", "contacts.fields.emial", "contacts.fields.nothing/size");
    assertThat(((RulesOutcome.Refused) outcome).problems().getFirst().message())
        .contains("email")
        .contains("dndSettings");
    assertThat(conflicts.rules(LOCATION)).contains(ConflictRules.OURS);
  }

  @Test
  void rulesOfAnUnknownLocationAreNobodys() {
    assertThat(conflicts.rules(new LocationId("loc2"))).isEmpty();
    assertThat(conflicts.setRules(new LocationId("loc2"), ConflictRules.OURS))
        .isEqualTo(new RulesOutcome.NotFound());
  }

  @Test
  void aCopyKnowsWhoWroteWhat() {
    assertThat(system.only().provenance().of(CITY).by()).isEqualTo(Origin.SETUP);
    Stamp copied = system.only().provenance().of(EMAIL);

    edit(city("Berlin"));

    assertThat(system.only().provenance().of(CITY))
        .isEqualTo(new Stamp(MirrorFixture.SOMEBODY, system.time.instant()));
    assertThat(system.only().provenance().of(EMAIL)).isEqualTo(copied);
    system.settle();
    assertThat(system.only().provenance().of(CITY).by()).isEqualTo(MirrorFixture.SOMEBODY);
  }

  // ---- words for the tests above

  private List<Contact> manyAsked(int count) {
    List<Contact> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Conflict city = open(CITY);
      asked.add(
          ContactFixture.linkedContact()
              .withId(system.contacts.nextId())
              .in(LOCATION)
              .with(CITY, FieldValue.text("Berlin"))
              .with(EMAIL, FieldValue.text("Berlin"))
              .withConflict(city)
              .withConflict(open(EMAIL))
              .build());
    }
    system.contacts.saveAll(LOCATION, asked);
    return asked;
  }

  private Conflict open(FieldName field) {
    return new Conflict(
        field,
        2,
        FieldValue.text("Rome"),
        FieldValue.text("Berlin"),
        FieldValue.text("Paris"),
        Side.OURS,
        system.time.instant(),
        Conflict.Status.OPEN);
  }

  private void decide(ConflictRule rule) {
    assertThat(conflicts.setRules(LOCATION, rules(Map.of("city", rule))))
        .isInstanceOf(RulesOutcome.Stored.class);
  }

  private static ConflictRules rules(Map<String, ConflictRule> fields) {
    return new ConflictRules(
        ConflictRule.OURS, Map.of(), Map.of(MirrorKind.CONTACTS, new TreeMap<>(fields)));
  }

  private void bothChangeTheCity() {
    system.time.advance(Duration.ofHours(1));
    edit(city("Berlin"));
    system.crm.edits(LOCATION, there, CITY, FieldValue.text("Paris"));
  }

  private void hear() {
    Duration sinceTen =
        Duration.between(Instant.parse("2026-11-22T10:00:00Z"), system.time.instant());
    system.receive(
        system.webhooks.about("w1", "ContactUpdate", said(city("Paris")), sinceTen.toSeconds()));
    system.drainWebhooks();
  }

  private CrmRecord<GhlContactId> said(FieldChanges values) {
    return new CrmRecord<>(there, values, Set.of(), Instant.EPOCH);
  }

  private void edit(FieldChanges changes) {
    system.editing.edit(
        LOCATION, system.only().id(), changes, OptionalLong.empty(), MirrorFixture.SOMEBODY);
  }

  private KnownConflict only(ConflictQuery query) {
    List<KnownConflict> all = conflicts.list(LOCATION, Set.of(), query, "", 10).items();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private FieldValue city() {
    return system.only().fields().get(CITY);
  }

  private Fields there() {
    return Objects.requireNonNull(system.crm.contactsOf(LOCATION).get(there));
  }

  private FieldValue cityThere() {
    return there().get(CITY);
  }

  private static FieldChanges city(String value) {
    return FieldChanges.of(CITY, FieldValue.text(value));
  }

  private static FieldChanges email(String value) {
    return FieldChanges.of(EMAIL, FieldValue.text(value));
  }
}
