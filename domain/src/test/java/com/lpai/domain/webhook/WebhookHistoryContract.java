package com.lpai.domain.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static com.lpai.domain.webhook.WebhookFixture.anEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.WebhookHistory.Kept;
import com.lpai.domain.webhook.WebhookQueue.Acceptance;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookHistory} promises, beside the {@link WebhookQueue} that it is of. */
public interface WebhookHistoryContract {
  WebhookRetention RETENTION = WebhookRetention.STANDARD;
  Instant END = START.plusSeconds(2);

  WebhookQueue queue();

  /** The subject. */
  WebhookHistory history();

  // ---- the log

  @Test
  default void anEventThatIsOverHasOneLineWithItsTimes() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = accept(location, "c1");
    settle(location, new Result.Later(START, Reason.FAULT, "unreadable"));
    settle(location, new Result.Finished(WebhookStatus.DONE, "applied"));

    WebhookLogLine line = only(history().log(location, WebhookLogQuery.all(10, "")));

    assertThat(line.webhookId()).isEqualTo(event.envelope().webhookId());
    assertThat(line.eventId()).isEqualTo(queue().recent(location, 1).getFirst().id());
    assertThat(line.type()).isEqualTo("ContactUpdate");
    assertThat(line.entityKey()).isEqualTo("contact/c1");
    assertThat(line.status()).isEqualTo(WebhookStatus.DONE);
    assertThat(line.outcome()).isEqualTo("applied");
    assertThat(line.attempts()).isEqualTo(1);
    assertThat(List.of(line.receivedAt(), line.queuedAt())).containsOnly(START);
    assertThat(line.startedAt()).isEqualTo(START.plusSeconds(1));
    assertThat(line.doneAt()).isEqualTo(END);
  }

  @Test
  default void whatOfALostClaimSomebodyElseSettledHasOneLine() {
    LocationId location = TenantFixture.anyLocation();
    accept(location, "c1");
    Claim lost = claim(location, START);
    Claim held = claim(location, START.plusSeconds(30));
    Result done = new Result.Finished(WebhookStatus.DONE, "applied");
    assertThat(queue().settleAll(held, settled(held, done), START.plusSeconds(31))).isTrue();

    queue().settleAll(lost, settled(lost, done), START.plusSeconds(32));

    assertThat(only(history().log(location, WebhookLogQuery.all(10, ""))).doneAt())
        .isEqualTo(START.plusSeconds(31));
  }

  @Test
  default void theLogComesInPagesTheLatestFirst() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.addFirst(accept(location, "c" + i).envelope().webhookId());
      settle(location, new Result.Finished(WebhookStatus.DONE, "applied"));
    }

    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      Page<WebhookLogLine> page = history().log(location, WebhookLogQuery.all(2, cursor));
      page.items().forEach(line -> read.add(line.webhookId()));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(read).isEqualTo(sent);
    assertThat(history().log(TenantFixture.anyLocation(), WebhookLogQuery.all(2, "")).items())
        .isEmpty();
  }

  @Test
  default void aCursorThatNoPageGaveIsRefused() {
    WebhookLogQuery query = WebhookLogQuery.all(1, "not-ours");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> history().log(TenantFixture.anyLocation(), query));
  }

  @Test
  default void theLogIsFilteredByTypeStateAndTime() {
    LocationId location = TenantFixture.anyLocation();
    for (WebhookStatus status : List.of(WebhookStatus.DONE, WebhookStatus.DEAD)) {
      accept(location, "c1");
      settle(location, new Result.Finished(status, "over"));
    }

    assertThat(lines(location, "", Set.of(WebhookStatus.DEAD), START)).hasSize(1);
    assertThat(lines(location, "", Set.of(WebhookStatus.DEAD, WebhookStatus.DONE), START))
        .hasSize(2);
    assertThat(lines(location, "ContactUpdate", Set.of(), START)).hasSize(2);
    assertThat(lines(location, "Other", Set.of(), START)).isEmpty();
    assertThat(lines(location, "", Set.of(), END)).hasSize(2);
    assertThat(lines(location, "", Set.of(), END.plusMillis(1))).isEmpty();
  }

  // ---- what is kept for a decision

  @Test
  default void keptEventsAreFoundByStateReasonTypeAndTime() {
    LocationId location = TenantFixture.anyLocation();
    accept(location, "c1");
    settle(location, new Result.Later(START, Reason.NOT_INSTALLED, "waits"));
    settle(location, new Result.Finished(WebhookStatus.DEAD, "given up", Reason.NOT_INSTALLED));
    accept(location, "c2");
    settle(location, new Result.Finished(WebhookStatus.DEAD, "broken"));
    accept(location, "c3");
    settle(location, new Result.Finished(WebhookStatus.DONE, "applied"));
    quarantine(location, "c4");
    accept(location, "c5");

    assertThat(kept(location, KeptEvents.in(WebhookStatus.DEAD))).containsExactly("c2", "c1");
    assertThat(kept(location, KeptEvents.in(WebhookStatus.QUARANTINED))).containsExactly("c4");
    assertThat(kept(location, KeptEvents.in(WebhookStatus.QUARANTINED, WebhookStatus.DEAD)))
        .containsExactly("c4", "c2", "c1");
    assertThat(kept(location, dead("", Optional.of(Reason.FAULT), START))).containsExactly("c2");
    assertThat(kept(location, dead("", Optional.of(Reason.NOT_INSTALLED), START)))
        .containsExactly("c1");
    assertThat(kept(location, dead("Other", Optional.empty(), START))).isEmpty();
    assertThat(kept(location, dead("", Optional.empty(), START.plusMillis(1)))).isEmpty();
    assertThat(kept(TenantFixture.anyLocation(), KeptEvents.in(WebhookStatus.DEAD))).isEmpty();
    assertThat(history().kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "").items())
        .extracting(Kept::reason)
        .containsExactly(Optional.of(Reason.FAULT), Optional.of(Reason.NOT_INSTALLED));
    assertThat(history().kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "").items())
        .extracting(kept -> kept.event().body())
        .containsOnly(RawBody.NONE);
  }

  @Test
  default void aDeadEventHasTheReasonOfItsDeathAndAllItsAttempts() {
    LocationId location = TenantFixture.anyLocation();
    accept(location, "c1");
    settle(location, new Result.Later(START, Reason.CRM_AWAY, "away"));
    settle(location, new Result.Later(START, Reason.FAULT, "bad"));
    settle(location, new Result.Later(START, Reason.READ_AGAIN, "bad"));
    settle(location, new Result.Finished(WebhookStatus.DEAD, "worse"));

    Kept kept =
        history().kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "").items().getFirst();

    assertThat(kept.reason()).contains(Reason.FAULT);
    assertThat(kept.event().outcome()).isEqualTo("worse");
    assertThat(kept.event().attempts()).isEqualTo(2);
    assertThat(only(history().log(location, WebhookLogQuery.all(10, ""))).attempts()).isEqualTo(2);
  }

  @Test
  default void keptEventsComeInPages() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 3; i++) {
      quarantine(location, "c" + i);
    }

    Page<Kept> first = history().kept(location, KeptEvents.in(WebhookStatus.QUARANTINED), 2, "");
    Page<Kept> second =
        history().kept(location, KeptEvents.in(WebhookStatus.QUARANTINED), 2, first.nextCursor());

    assertThat(first.items()).hasSize(2);
    assertThat(only(second).event().envelope().entityKey()).isEqualTo("contact/c0");
    assertThat(second.isLast()).isTrue();
  }

  @Test
  default void onlyWhatIsOverAndNotAppliedIsKept() {
    assertThatIllegalArgumentException().isThrownBy(() -> KeptEvents.in(WebhookStatus.DONE));
    assertThatIllegalArgumentException().isThrownBy(KeptEvents::in);
  }

  @Test
  default void trap29DeadEventsAreReplayedByFilterInTheOrderOfTheirAcceptance() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(accept(location, "c1").envelope().webhookId());
    }
    settle(location, new Result.Finished(WebhookStatus.DEAD, "broken"));

    int first = history().replay(location, KeptEvents.in(WebhookStatus.DEAD), END, 3);
    int rest = history().replay(location, KeptEvents.in(WebhookStatus.DEAD), END, 3);

    assertThat(List.of(first, rest)).containsExactly(3, 2);
    assertThat(claim(location, END).events())
        .allMatch(event -> event.attempts() == 0 && event.outcome().isEmpty())
        .extracting(event -> event.envelope().webhookId())
        .isEqualTo(sent);
    assertThat(history().replay(location, KeptEvents.in(WebhookStatus.DEAD), END, 3)).isZero();
  }

  @Test
  default void keptEventsAreDiscardedAndNothingElse() {
    LocationId location = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    for (String contact : List.of("c1", "c2", "c3")) {
      quarantine(location, contact);
    }
    quarantine(other, "c1");
    accept(location, "c4");
    String open = queue().recent(location, 1).getFirst().id();
    String last = queue().recent(location, 2).getLast().id();
    KeptEvents all = KeptEvents.in(WebhookStatus.QUARANTINED);

    assertThat(history().discard(location, open)).isFalse();
    assertThat(history().discard(other, last)).isFalse();
    assertThat(history().discard(location, last)).isTrue();
    assertThat(history().discard(location, last)).isFalse();
    assertThat(history().discard(location, all, 1)).isEqualTo(1);
    assertThat(kept(location, all)).containsExactly("c2");
    assertThat(history().discard(location, all, 10)).isEqualTo(1);
    assertThat(queue().recent(location, 10)).extracting(QueuedWebhook::id).containsExactly(open);
    assertThat(kept(other, all)).containsExactly("c1");
  }

  @Test
  default void anEventIsFoundInItsLocationOnly() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture accepted = accept(location, "c1");
    QueuedWebhook event = queue().recent(location, 1).getFirst();

    assertThat(history().find(location, event.id())).contains(event.withBody(accepted.body()));
    assertThat(history().find(TenantFixture.anyLocation(), event.id())).isEmpty();
  }

  // ---- how long it is kept

  @Test
  default void trap33AnAppliedEventLosesItsBodyAndThenItsId() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = accept(location, "c1");
    settle(location, new Result.Finished(WebhookStatus.DONE, "applied"));

    sweep(END.plus(RETENTION.bodies()).minusMillis(1));
    String id = queue().recent(location, 1).getFirst().id();
    assertThat(history().find(location, id)).map(QueuedWebhook::body).contains(event.body());

    sweep(END.plus(RETENTION.bodies()));
    QueuedWebhook emptied = history().find(location, id).orElseThrow();
    assertThat(emptied.status()).isEqualTo(WebhookStatus.EMPTIED);
    assertThat(emptied.body().size()).isZero();
    assertThat(emptied.outcome()).isEqualTo("applied");
    assertThat(again(event)).isEqualTo(Acceptance.DUPLICATE);

    sweep(END.plus(RETENTION.ids()).minusMillis(1));
    assertThat(again(event)).isEqualTo(Acceptance.DUPLICATE);

    sweep(END.plus(RETENTION.ids()));
    assertThat(queue().recent(location, 1)).isEmpty();
    assertThat(history().log(location, WebhookLogQuery.all(1, "")).items()).isEmpty();
  }

  @Test
  default void trap33NothingThatIsOpenOrKeptForADecisionIsSwept() {
    LocationId location = TenantFixture.anyLocation();
    accept(location, "c1");
    settle(location, new Result.Finished(WebhookStatus.DEAD, "broken"));
    accept(location, "c2");
    settle(location, new Result.Finished(WebhookStatus.SKIPPED, "unhandled type"));
    accept(location, "c3");
    settle(location, new Result.Later(START.plus(Duration.ofDays(900)), Reason.CRM_AWAY, "away"));
    quarantine(location, "c4");
    accept(location, "c5");

    sweep(END.plus(RETENTION.skipped()).minusMillis(1));
    List<WebhookStatus> before = states(location);
    sweep(END.plus(Duration.ofDays(400)));

    assertThat(before).contains(WebhookStatus.SKIPPED);
    assertThat(states(location))
        .containsExactly(
            WebhookStatus.PENDING,
            WebhookStatus.QUARANTINED,
            WebhookStatus.WAITING,
            WebhookStatus.DEAD);
  }

  @Test
  default void aSweepRemovesNoMoreThanItIsToldAndSaysThatThereIsMore() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 3; i++) {
      accept(location, "c" + i);
    }
    Instant later = END.plusSeconds(10);
    for (Claim claim : claims(location, START)) {
      Result done = new Result.Finished(WebhookStatus.DONE, "applied");
      assertThat(queue().settleAll(claim, settled(claim, done), later)).isTrue();
    }
    Instant now = later.plus(RETENTION.bodies());
    // What other tests left.
    sweep(now.minusMillis(1));

    boolean more = history().sweep(RETENTION, now, 2);

    assertThat(more).isTrue();
    assertThat(states(location).stream().filter(WebhookStatus.EMPTIED::equals)).hasSize(2);
    assertThat(history().sweep(RETENTION, now, 2)).isFalse();
    assertThat(states(location)).containsOnly(WebhookStatus.EMPTIED);
  }

  // ---- words for the tests above

  private WebhookFixture accept(LocationId location, String contact) {
    WebhookFixture event = anEvent(location, contact);
    queue().accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
    return event;
  }

  private Acceptance again(WebhookFixture event) {
    return queue().accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
  }

  private void quarantine(LocationId location, String contact) {
    WebhookFixture event = anEvent(location, contact);
    queue().accept(event.envelope(), event.body(), WebhookStatus.QUARANTINED, START);
  }

  private Claim claim(LocationId location, Instant now) {
    return claims(location, now).getFirst();
  }

  private List<Claim> claims(LocationId location, Instant now) {
    return queue().claim(now, now.plusSeconds(30), 10_000, Set.of()).stream()
        .filter(claim -> claim.locationId().equals(location))
        .toList();
  }

  private void settle(LocationId location, Result result) {
    Claim claim = claim(location, START);
    assertThat(queue().settleAll(claim, settled(claim, result), END)).isTrue();
  }

  private static List<Settled> settled(Claim claim, Result result) {
    return claim.events().stream()
        .map(event -> new Settled(event, result, START.plusSeconds(1)))
        .toList();
  }

  private List<WebhookLogLine> lines(
      LocationId location, String type, Set<WebhookStatus> statuses, Instant from) {
    return history()
        .log(location, new WebhookLogQuery(10, "", type, statuses, from, END.plusSeconds(1)))
        .items();
  }

  private static KeptEvents dead(String type, Optional<Reason> reason, Instant from) {
    return new KeptEvents(Set.of(WebhookStatus.DEAD), type, reason, from, START.plusSeconds(1));
  }

  private List<String> kept(LocationId location, KeptEvents which) {
    return history().kept(location, which, 10, "").items().stream()
        .map(kept -> kept.event().envelope().entityKey().substring("contact/".length()))
        .toList();
  }

  private List<WebhookStatus> states(LocationId location) {
    return queue().recent(location, 10).stream().map(QueuedWebhook::status).toList();
  }

  /** All that is to be swept, in pages. */
  private void sweep(Instant now) {
    while (history().sweep(RETENTION, now, 1_000)) {
      // more of it
    }
  }

  private static <T> T only(Page<T> page) {
    assertThat(page.items()).hasSize(1);
    return page.items().getFirst();
  }
}
