package com.lpai.domain.access;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link StreamTickets} promises. */
public interface StreamTicketsContract {
  Instant EXPIRY = START.plusSeconds(30);
  StreamGrant GRANT = new StreamGrant("frontend", START.plusSeconds(3_600), EXPIRY);

  /** The subject; other tests' tickets may be in it. */
  StreamTickets tickets();

  @Test
  default void aTicketThatWasNeverIssuedGrantsNothing() {
    assertThat(tickets().redeem(TenantFixture.anyLocation(), anyTicket(), START)).isEmpty();
  }

  @Test
  default void aTicketWorksOnce() {
    LocationId location = TenantFixture.anyLocation();
    String ticket = anyTicket();
    issue(location, ticket);

    assertThat(tickets().redeem(location, ticket, START)).contains(GRANT);
    assertThat(tickets().redeem(location, ticket, START)).isEmpty();
  }

  @Test
  default void aTicketWorksUntilJustBeforeItsExpiry() {
    LocationId location = TenantFixture.anyLocation();
    String early = anyTicket();
    String late = anyTicket();
    issue(location, early);
    issue(location, late);

    assertThat(tickets().redeem(location, early, EXPIRY.minusMillis(1))).isPresent();
    assertThat(tickets().redeem(location, late, EXPIRY)).isEmpty();
  }

  @Test
  default void aTicketWorksForItsLocationOnly() {
    LocationId location = TenantFixture.anyLocation();
    String ticket = anyTicket();
    issue(location, ticket);

    assertThat(tickets().redeem(TenantFixture.anyLocation(), ticket, START)).isEmpty();
    assertThat(tickets().redeem(location, ticket, START)).isPresent();
  }

  @Test
  default void eachTicketIsOnItsOwn() {
    LocationId location = TenantFixture.anyLocation();
    StreamGrant shorter = new StreamGrant("console", START.plusSeconds(60), EXPIRY.minusSeconds(1));
    String one = anyTicket();
    String other = anyTicket();
    issue(location, one);
    tickets().issue(location, other, shorter, START);

    assertThat(tickets().redeem(location, other, START)).contains(shorter);
    assertThat(tickets().redeem(location, one, START)).contains(GRANT);
  }

  @Test
  default void ofSixteenCallersExactlyOneRedeemsATicket() {
    LocationId location = TenantFixture.anyLocation();
    String ticket = anyTicket();
    issue(location, ticket);

    List<Optional<StreamGrant>> answers =
        ManyThreads.atOnce(16, number -> tickets().redeem(location, ticket, START));

    assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  default void aLocationHasABoundOfOpenTicketsAndLeavesOthersTheirs() {
    LocationId location = TenantFixture.anyLocation();
    String first = anyTicket();
    issue(location, first);
    for (int i = 1; i < StreamTickets.MOST_OPEN; i++) {
      issue(location, anyTicket());
    }
    String refused = anyTicket();

    assertThat(tickets().issue(location, refused, GRANT, START)).isFalse();
    assertThat(tickets().redeem(location, refused, START)).isEmpty();
    issue(TenantFixture.anyLocation(), anyTicket());

    assertThat(tickets().redeem(location, first, START)).isPresent();
    issue(location, anyTicket());
    assertThat(tickets().issue(location, refused, GRANT, START)).isFalse();
  }

  @Test
  default void expiredTicketsTakeNoRoom() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < StreamTickets.MOST_OPEN; i++) {
      issue(location, anyTicket());
    }
    StreamGrant later = new StreamGrant("frontend", EXPIRY.plusSeconds(9), EXPIRY.plusSeconds(9));

    assertThat(tickets().issue(location, anyTicket(), later, EXPIRY.minusMillis(1))).isFalse();
    assertThat(tickets().issue(location, anyTicket(), later, EXPIRY)).isTrue();
  }

  private void issue(LocationId location, String ticket) {
    assertThat(tickets().issue(location, ticket, GRANT, START)).isTrue();
  }

  private static String anyTicket() {
    return "ticket." + UUID.randomUUID();
  }
}
