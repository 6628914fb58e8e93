package com.lpai.domain.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DirectoryRepository} promises. Each test has locations of its own.
 *
 * @param <E> the kind of entry
 */
public interface DirectoryRepositoryContract<E extends DirectoryEntry> {
  /** The subject; other tests' locations may be in it. */
  DirectoryRepository<E> entries();

  /** An entry with this id and name and a value in every other part. */
  E entry(String id, String name);

  /** The entry with nothing in any part that may be empty. */
  E bareEntry(String id, String name);

  @Test
  default void anUnknownLocationHasNone() {
    assertThat(entries().list(TenantFixture.anyLocation())).isEmpty();
    assertThat(entries().count(TenantFixture.anyLocation())).isZero();
    assertThat(entries().replaceAll(TenantFixture.anyLocation(), List.of())).isZero();
  }

  @Test
  default void entriesAreListedByNameThenId() {
    LocationId location = TenantFixture.anyLocation();
    E zed = entry("1", "Zed");
    E annLater = entry("3", "Ann");
    E ann = entry("2", "Ann");
    E nameless = bareEntry("4", "");

    int written = entries().replaceAll(location, List.of(zed, annLater, ann, nameless));

    assertThat(written).isEqualTo(4);
    assertThat(entries().list(location)).containsExactly(nameless, ann, annLater, zed);
    assertThat(entries().count(location)).isEqualTo(4);
  }

  /** In the guide each reading looked like a change, and so did another order (trap 58). */
  @Test
  default void onlyEntriesThatDifferAreWritten() {
    LocationId location = TenantFixture.anyLocation();
    E same = entry("1", "Ann");
    entries().replaceAll(location, List.of(same, entry("2", "Bob"), entry("4", "Dan")));
    E renamed = entry("2", "Rob");
    E added = entry("3", "Cid");
    E emptied = bareEntry("4", "Dan");

    int written = entries().replaceAll(location, List.of(same, renamed, added, emptied));

    assertThat(written).isEqualTo(3);
    assertThat(entries().list(location)).containsExactly(same, added, emptied, renamed);
    assertThat(entries().replaceAll(location, List.of(emptied, added, renamed, same))).isZero();
  }

  @Test
  default void whatIsGoneIsRemoved() {
    LocationId location = TenantFixture.anyLocation();
    E stays = entry("1", "Ann");
    entries().replaceAll(location, List.of(stays, entry("2", "Bob"), entry("3", "Cid")));

    assertThat(entries().replaceAll(location, List.of(stays))).isEqualTo(2);

    assertThat(entries().list(location)).containsExactly(stays);
    assertThat(entries().count(location)).isEqualTo(1);
  }

  @Test
  default void ofTwoWithOneIdTheLastCounts() {
    LocationId location = TenantFixture.anyLocation();

    int written = entries().replaceAll(location, List.of(entry("1", "Ann"), entry("1", "Anna")));

    assertThat(written).isEqualTo(1);
    assertThat(entries().list(location)).containsExactly(entry("1", "Anna"));
  }

  @Test
  default void sixteenCopiesOfOneListStoreEachEntryOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<E> all = List.of(entry("1", "Ann"), entry("2", "Bob"), entry("3", "Cid"));

    ManyThreads.atOnce(16, number -> entries().replaceAll(location, all));

    assertThat(entries().list(location)).containsExactlyElementsOf(all);
  }

  @Test
  default void noLocationSeesOrChangesAnothers() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    entries().replaceAll(mine, List.of(entry("1", "Ann"), entry("2", "Bob")));

    assertThat(entries().replaceAll(other, List.of(entry("1", "Eve")))).isEqualTo(1);

    assertThat(entries().list(mine)).containsExactly(entry("1", "Ann"), entry("2", "Bob"));
    assertThat(entries().list(other)).containsExactly(entry("1", "Eve"));
  }
}
