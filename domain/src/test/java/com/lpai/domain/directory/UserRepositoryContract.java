package com.lpai.domain.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What every {@link UserRepository} promises. Each test has locations of its own. */
public interface UserRepositoryContract {
  /** The subject; other tests' locations may be in it. */
  UserRepository users();

  @Test
  default void anUnknownLocationHasNoUsers() {
    assertThat(users().list(TenantFixture.anyLocation())).isEmpty();
    assertThat(users().saveAll(TenantFixture.anyLocation(), List.of())).isZero();
  }

  @Test
  default void usersAreListedByNameThenId() {
    LocationId location = TenantFixture.anyLocation();
    User zed = user("1", "Zed");
    User annLater = user("3", "Ann");
    User ann = user("2", "Ann");
    User nameless = new User(new GhlUserId("4"), "", "", "");

    int written = users().saveAll(location, List.of(zed, annLater, ann, nameless));

    assertThat(written).isEqualTo(4);
    assertThat(users().list(location)).containsExactly(nameless, ann, annLater, zed);
  }

  @Test
  default void onlyUsersThatDifferAreWritten() {
    LocationId location = TenantFixture.anyLocation();
    User same = user("1", "Ann");
    users().saveAll(location, List.of(same, user("2", "Bob")));
    User renamed = user("2", "Rob");
    User added = user("3", "Cid");

    int written = users().saveAll(location, List.of(same, renamed, added));

    assertThat(written).isEqualTo(2);
    assertThat(users().list(location)).containsExactly(same, added, renamed);
    assertThat(users().saveAll(location, List.of(same, renamed, added))).isZero();
  }

  @Test
  default void usersThatAreNotMentionedStay() {
    LocationId location = TenantFixture.anyLocation();
    User first = user("1", "Ann");
    User second = user("2", "Bob");
    users().saveAll(location, List.of(first));

    users().saveAll(location, List.of(second));

    assertThat(users().list(location)).containsExactly(first, second);
  }

  @Test
  default void sixteenCopiesOfOnePageStoreEachUserOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<User> page = List.of(user("1", "Ann"), user("2", "Bob"), user("3", "Cid"));

    List<Integer> written = ManyThreads.atOnce(16, number -> users().saveAll(location, page));

    assertThat(written.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(3);
    assertThat(users().list(location)).containsExactlyElementsOf(page);
  }

  @Test
  default void noLocationSeesOrChangesAnothersUsers() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    User ann = user("1", "Ann");
    users().saveAll(mine, List.of(ann));

    int written = users().saveAll(other, List.of(user("1", "Eve")));

    assertThat(written).isEqualTo(1);
    assertThat(users().list(mine)).containsExactly(ann);
    assertThat(users().list(other)).containsExactly(user("1", "Eve"));
  }

  private static User user(String id, String name) {
    return new User(new GhlUserId(id), name, name.toLowerCase(Locale.ROOT) + "@a.example", "admin");
  }
}
