package com.lpai.domain.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DefaultsRepository} promises. Each test has locations of its own. */
public interface DefaultsRepositoryContract {
  Terms TERMS = new Terms("Terms", "We are nice.", "1");
  Template REMINDER = new Template(Template.Kind.SMS, "Reminder", "", "See you at {{time}}");
  Template LETTER = new Template(Template.Kind.EMAIL, "Reminder", "Your visit", "See you");
  Library LABOUR =
      new Library(
          "Labour", List.of(new Library.Item("Carpenter", "hour", new BigDecimal("79.90"))));

  /** The subject; other tests' locations may be in it. */
  DefaultsRepository defaults();

  @Test
  default void aLocationHasNothingAtFirst() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(defaults().find(location)).isEqualTo(Defaults.NONE);
    assertThat(defaults().putWhereAbsent(location, Defaults.NONE)).isZero();
  }

  @Test
  default void whatIsPutComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(defaults().putWhereAbsent(location, all())).isEqualTo(4);

    assertThat(defaults().find(location)).isEqualTo(all());
  }

  @Test
  default void whatIsThereIsNeverChanged() {
    LocationId location = TenantFixture.anyLocation();
    defaults().putWhereAbsent(location, all());
    Library tiles = new Library("Tiles", List.of());
    Defaults others =
        new Defaults(
            List.of(new Terms("Others", "…", "2")),
            List.of(new Template(Template.Kind.SMS, "Reminder", "", "another")),
            List.of(new Library("Labour", List.of()), tiles));

    assertThat(defaults().putWhereAbsent(location, others)).isEqualTo(1);

    assertThat(defaults().find(location))
        .isEqualTo(new Defaults(List.of(TERMS), List.of(LETTER, REMINDER), List.of(LABOUR, tiles)));
    assertThat(defaults().putWhereAbsent(location, others)).isZero();
  }

  @Test
  default void sixteenAtOncePutEachThingOnce() {
    LocationId location = TenantFixture.anyLocation();

    List<Integer> stored =
        ManyThreads.atOnce(16, number -> defaults().putWhereAbsent(location, all()));

    assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
    assertThat(defaults().find(location)).isEqualTo(all());
  }

  @Test
  default void noLocationSeesAnothers() {
    defaults().putWhereAbsent(TenantFixture.anyLocation(), all());

    assertThat(defaults().find(TenantFixture.anyLocation())).isEqualTo(Defaults.NONE);
  }

  private static Defaults all() {
    return new Defaults(List.of(TERMS), List.of(LETTER, REMINDER), List.of(LABOUR));
  }
}
