package com.lpai.application.contact;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.testing.InMemoryCrm;
import com.lpai.application.testing.TestSystem;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadMissingContactsTest {
  private final TestSystem system = TestSystem.installed();
  private final MissingContacts missing =
      ContactUseCases.bringing(system.crm, system.intake, system.instance);

  @Test
  void aContactThatTheCrmHasNotGotIsAskedForOnceInAWhile() {
    for (int event = 0; event < 3; event++) {
      assertThat(missing.bring(LOCATION, ids("gone"))).isEmpty();
    }
    assertThat(system.crm.calls("find")).hasSize(1);

    system.time.advance(Duration.ofMinutes(5));
    missing.bring(LOCATION, ids("gone"));

    assertThat(system.crm.calls("find")).hasSize(2);
  }

  @Test
  void aContactThatTheCrmDoesNotAnswerForHoldsNoOtherUp() {
    CrmFailure fails = new CrmFailure.Unavailable("500");
    crmHas("c2", "c3");
    system.crm.nextCall(new InMemoryCrm.Fault.Refuse(fails));

    assertThat(missing.bring(LOCATION, ids("c1", "c2", "c3")))
        .isEqualTo(Map.of(new GhlContactId("c1"), fails));
    assertThat(stored("c2", "c3")).hasSize(2);
  }

  @Test
  void whatIsOfTheWholeLocationStopsTheRest() {
    crmHas("c2");
    for (CrmFailure ofAll :
        List.of(
            new CrmFailure.Throttled(Duration.ofSeconds(7), "no permit"),
            new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.INVALID_TOKEN, "401"))) {
      int before = system.crm.calls("find").size();
      system.crm.nextCall(new InMemoryCrm.Fault.Refuse(ofAll));

      assertThat(missing.bring(LOCATION, ids("c1", "c2")).values()).containsExactly(ofAll, ofAll);
      assertThat(system.crm.calls("find")).hasSize(before + 1);
    }
  }

  /** A turn must end before its claim does, however slowly each fails. */
  @Test
  void ofASlowCrmOnlySomeAreAskedFor() {
    system.crm.breaks("find", new CrmFailure.Unavailable("no answer within 10 s"));
    system.crm.during("find", () -> system.time.advance(Duration.ofSeconds(10)));

    assertThat(missing.bring(LOCATION, ids("c1", "c2", "c3"))).hasSize(3);

    assertThat(system.crm.calls("find")).hasSize(1);
  }

  private void crmHas(String... ids) {
    FieldChanges ann = FieldChanges.of(ContactField.FIRST_NAME.fieldName(), FieldValue.text("Ann"));
    ids(ids).forEach(id -> system.crm.hasAgain(LOCATION, id, ann));
  }

  private Set<GhlContactId> stored(String... ids) {
    return system.contacts.findIdsByCrmIds(LOCATION, ids(ids)).keySet();
  }

  /** In this order. */
  private static Set<GhlContactId> ids(String... ids) {
    Set<GhlContactId> all = new LinkedHashSet<>();
    Arrays.stream(ids).map(GhlContactId::new).forEach(all::add);
    return all;
  }
}
