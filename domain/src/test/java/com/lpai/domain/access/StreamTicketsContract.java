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
    tickets().issue(location, ticket, GRANT);

    assertThat(tickets().redeem(location, ticket, START)).contains(GRANT);
    assertThat(tickets().redeem(location, ticket, START)).isEmpty();
  }

  @Test
  default void aTicketWorksUntilJustBeforeItsExpiry() {
    LocationId location = TenantFixture.anyLocation();
    String early = anyTicket();
    String late = anyTicket();
    tickets().issue(location, early, GRANT);
    tickets().issue(location, late, GRANT);

    assertThat(tickets().redeem(location, early, EXPIRY.minusMillis(1))).isPresent();
    assertThat(tickets().redeem(location, late, EXPIRY)).isEmpty();
  }

  @Test
  default void aTicketWorksForItsLocationOnly() {
    LocationId location = TenantFixture.anyLocation();
    String ticket = anyTicket();
    tickets().issue(location, ticket, GRANT);

    assertThat(tickets().redeem(TenantFixture.anyLocation(), ticket, START)).isEmpty();
    assertThat(tickets().redeem(location, ticket, START)).isPresent();
  }

  @Test
  default void eachTicketIsOnItsOwn() {
    LocationId location = TenantFixture.anyLocation();
    StreamGrant shorter = new StreamGrant("console", START.plusSeconds(60), EXPIRY.minusSeconds(1));
    String one = anyTicket();
    String other = anyTicket();
    tickets().issue(location, one, GRANT);
    tickets().issue(location, other, shorter);

    assertThat(tickets().redeem(location, other, START)).contains(shorter);
    assertThat(tickets().redeem(location, one, START)).contains(GRANT);
  }

  @Test
  default void ofSixteenCallersExactlyOneRedeemsATicket() {
    LocationId location = TenantFixture.anyLocation();
    String ticket = anyTicket();
    tickets().issue(location, ticket, GRANT);

    List<Optional<StreamGrant>> answers =
        ManyThreads.atOnce(16, number -> tickets().redeem(location, ticket, START));

    assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  private static String anyTicket() {
    return "ticket." + UUID.randomUUID();
  }
}
