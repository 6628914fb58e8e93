package com.lpai.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One-use tickets for event streams. */
class StreamTicketTest {
  private static WebFixture web;

  private final LocationId location = web.installed();

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private Answer issue(String token) {
    return web.send(
        "POST",
        "locations/" + location + "/setup/stream-ticket",
        "",
        "Authorization",
        "Bearer " + token);
  }

  private String ticket() {
    return issue(web.tokenFor(location)).json().getString("ticket");
  }

  private Answer open(LocationId location, String ticket, String... headers) {
    return web.send("GET", "probe/" + location + "?ticket=" + ticket, "", headers);
  }

  @Test
  void whoeverMayUseALocationGetsATicketWithTheStreamThatItOpens() {
    Answer answer = issue(web.tokenFor(location));

    assertThat(answer.status()).isEqualTo(201);
    String ticket = answer.json().getString("ticket");
    assertThat(ticket).matches("[\\w-]{43}");
    assertThat(answer.json().getString("stream"))
        .isEqualTo("/api/locations/" + location + "/setup/stream?ticket=" + ticket);
    assertThat(Instant.parse(answer.json().getString("expiresAt")))
        .isEqualTo(web.time.instant().plusSeconds(30));
  }

  @Test
  void aTicketOpensOneStreamAsItsHolderUntilTheirRightEnds() {
    Instant tokenEnds =
        web.time
            .instant()
            .plus(Duration.ofHours(1))
            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    String ticket = ticket();

    Answer first = open(location, ticket);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("frontend until " + tokenEnds.plusSeconds(30));
    Answer second = open(location, ticket);
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.problem()).isEqualTo("unauthorized");
  }

  @Test
  void aTicketIsOfOneLocationAlsoAnOperators() {
    String ticket = issue(web.operator()).json().getString("ticket");

    assertThat(open(web.otherLocation, ticket).status()).isEqualTo(401);
    assertThat(open(location, ticket).status()).isEqualTo(200);
  }

  @Test
  void aTicketOpensNothingButStreams() {
    String ticket = ticket();

    for (String path : List.of("probe/" + location + "/no-stream", "locations/" + location)) {
      assertThat(web.send("GET", path + "?ticket=" + ticket, "").status()).as(path).isEqualTo(401);
      assertThat(web.send("GET", path, "", "Authorization", "Bearer " + ticket).status())
          .as(path)
          .isEqualTo(401);
    }
    assertThat(open(location, ticket).status()).as("and was not used up").isEqualTo(200);
  }

  @Test
  void aTicketMustBeUsedSoon() {
    String ticket = ticket();
    web.time.advance(Duration.ofSeconds(30));

    assertThat(open(location, ticket).status()).isEqualTo(401);
  }

  @Test
  void aTicketIsWorthNoMoreThanTheTokenItWasGivenFor() {
    String token =
        web.issuer.locationToken("frontend", List.of(location), Duration.ofSeconds(5)).value();
    web.time.advance(Duration.ofSeconds(25));
    String ticket = issue(token).json().getString("ticket");
    web.time.advance(Duration.ofSeconds(15));

    assertThat(open(location, ticket).status()).isEqualTo(401);
  }

  @Test
  void aHeaderAloneDecidesAndLeavesTheTicketUnused() {
    String ticket = ticket();

    assertThat(open(location, ticket, "Authorization", "Bearer x").status()).isEqualTo(401);
    assertThat(open(location, ticket, "Authorization", "Bearer " + web.operator()).body())
        .startsWith("operator until ");
    assertThat(open(location, ticket).status()).isEqualTo(200);
  }

  @Test
  void whoeverTakesTicketsWithoutUsingThemMustWait() {
    Caller caller =
        new Caller("frontend", false, false, Set.of(location), web.time.instant().plusSeconds(99));
    for (int i = 0; i < StreamTickets.MOST_OPEN; i++) {
      web.streams.issue(caller, location);
    }

    Answer refused = issue(web.tokenFor(location));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("too-many-tickets");
    assertThat(refused.header("Retry-After")).isEqualTo("30");
    web.time.advance(Duration.ofSeconds(30));
    assertThat(issue(web.tokenFor(location)).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%00", "{}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoTicketIsRefused(String ticket) {
    String encoded = ticket.replace("{", "%7B").replace("}", "%7D");

    assertThat(open(location, encoded).status()).isEqualTo(401);
  }

  @Test
  void aTicketOfTheSetupPageIsNone() {
    String pageTicket = web.issuer.setupTicket(location, Duration.ofHours(1)).value();

    assertThat(open(location, pageTicket).status()).isEqualTo(401);
  }
}
