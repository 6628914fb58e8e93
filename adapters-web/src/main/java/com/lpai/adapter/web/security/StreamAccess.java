package com.lpai.adapter.web.security;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.LocationId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives one-use tickets for the event streams of a location, and takes them back. A ticket grants
 * that stream and nothing else, for as long as the right lasts by which it was given.
 */
public final class StreamAccess {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final int BYTES = 32;

  /** What is no ticket for sure is not looked up. */
  private static final Pattern TICKET = Pattern.compile("[\\w-]{43}");

  private final StreamTickets tickets;
  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();

  public StreamAccess(StreamTickets tickets, InstantSource time) {
    this.tickets = tickets;
    this.time = time;
  }

  /** A ticket that was given. */
  public record Issued(Secret ticket, Instant expiresAt) {}

  /**
   * A ticket for this caller, who may use the location.
   *
   * @throws ProblemException when too many were given for it that nobody has used yet
   */
  public Issued issue(Caller caller, LocationId location) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    Secret ticket = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    Instant now = time.instant();
    Instant expiresAt = now.plus(LIFE);
    StreamGrant grant = new StreamGrant(caller.name(), caller.until(), expiresAt);
    if (!tickets.issue(location, ticket.value(), grant, now)) {
      throw new ProblemException(
          Problem.of(
                  429,
                  "too-many-tickets",
                  "Too many tickets wait to be used",
                  "Use those that were given for this location, or let them expire.")
              .after(LIFE));
    }
    return new Issued(ticket, expiresAt);
  }

  /** Who came with this ticket; empty when it is none, was used, or has expired. */
  Optional<Caller> redeem(LocationId location, String ticket) {
    if (!TICKET.matcher(ticket).matches()) {
      return Optional.empty();
    }
    Optional<StreamGrant> grant = tickets.redeem(location, ticket, time.instant());
    return grant
        .filter(granted -> time.instant().isBefore(granted.rightUntil()))
        .map(
            granted ->
                new Caller(granted.holder(), false, false, Set.of(location), granted.rightUntil()));
  }
}
