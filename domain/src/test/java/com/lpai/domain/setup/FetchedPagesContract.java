package com.lpai.domain.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.crm.PageText;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link FetchedPages} promises. Each test has locations of its own. */
public interface FetchedPagesContract {
  PagePlace FIRST = new PagePlace(1, Checkpoint.Pass.COPY, "", Instant.EPOCH);
  PagePlace SECOND = FIRST.at("[1718100000123,\"a.b/$c\"]");

  /** The subject; other tests' locations may be in it. */
  FetchedPages pages();

  @Test
  default void whereNothingWasKeptNothingIsFound() {
    assertThat(pages().find(TenantFixture.anyLocation(), SetupStep.CONTACTS, FIRST)).isEmpty();
  }

  @Test
  default void aPageComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    FetchedPage page = page(SECOND, START, "{\"contacts\":[{\"name\":\"Zoë 🎉\"}]}");

    assertThat(pages().keep(location, SetupStep.CONTACTS, page)).isTrue();

    assertThat(pages().find(location, SetupStep.CONTACTS, SECOND)).contains(page);
  }

  @Test
  default void anEmptyPageAndOneOfAMegabyteOfNoiseComeBackToo() {
    LocationId location = TenantFixture.anyLocation();
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    FetchedPage large = new FetchedPage(FIRST, START, PageText.of(noise));
    FetchedPage empty = page(FIRST, START, "");

    assertThat(pages().keep(location, SetupStep.CONTACTS, large)).isTrue();
    assertThat(pages().keep(location, SetupStep.OPPORTUNITIES, empty)).isTrue();

    assertThat(pages().find(location, SetupStep.CONTACTS, FIRST)).contains(large);
    assertThat(pages().find(location, SetupStep.OPPORTUNITIES, FIRST)).contains(empty);
  }

  @Test
  default void thePageOfAnotherPlaceIsNotFound() {
    LocationId location = TenantFixture.anyLocation();
    keep(location, page(SECOND, START, "second"));

    for (PagePlace other :
        List.of(
            FIRST,
            new PagePlace(2, SECOND.pass(), SECOND.cursor(), SECOND.since()),
            new PagePlace(1, Checkpoint.Pass.CHANGES, SECOND.cursor(), SECOND.since()),
            new PagePlace(1, SECOND.pass(), SECOND.cursor(), START))) {
      assertThat(pages().find(location, SetupStep.CONTACTS, other)).isEmpty();
    }
    assertThat(pages().find(location, SetupStep.OPPORTUNITIES, SECOND)).isEmpty();
  }

  @Test
  default void aPageTakesThePlaceOfTheOneBefore() {
    LocationId location = TenantFixture.anyLocation();
    FetchedPage second = page(SECOND, START, "read in the same moment");
    keep(location, page(FIRST, START, "first"));

    keep(location, second);

    assertThat(pages().find(location, SetupStep.CONTACTS, FIRST)).isEmpty();
    assertThat(pages().find(location, SetupStep.CONTACTS, SECOND)).contains(second);
  }

  @Test
  default void aWorkerThatWasOvertakenTakesNoPageFromItsSuccessor() {
    LocationId location = TenantFixture.anyLocation();
    FetchedPage successors = page(SECOND, START.plusMillis(1), "of the successor");
    keep(location, successors);

    assertThat(pages().keep(location, SetupStep.CONTACTS, page(FIRST, START, "late"))).isFalse();

    assertThat(pages().find(location, SetupStep.CONTACTS, SECOND)).contains(successors);
  }

  @Test
  default void ofSixteenAtOnceTheLatestOfThoseThatWereKeptIsThere() {
    LocationId location = TenantFixture.anyLocation();

    List<Boolean> kept =
        ManyThreads.atOnce(
            16,
            number ->
                pages()
                    .keep(
                        location,
                        SetupStep.CONTACTS,
                        page(FIRST, START.plusMillis(number), "page " + number)));

    assertThat(kept).contains(true);
    FetchedPage found = pages().find(location, SetupStep.CONTACTS, FIRST).orElseThrow();
    long millis = found.readAt().toEpochMilli() - START.toEpochMilli();
    assertThat(found.text()).isEqualTo(text("page " + millis));
    assertThat(kept.lastIndexOf(true)).isEqualTo((int) millis);
  }

  @Test
  default void whatIsRemovedIsGoneAndNothingElse() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    FetchedPage page = page(FIRST, START, "first");
    keep(mine, page);
    keep(other, page);
    assertThat(pages().keep(mine, SetupStep.OPPORTUNITIES, page)).isTrue();

    pages().remove(mine, SetupStep.CONTACTS);
    pages().remove(mine, SetupStep.CONTACTS);

    assertThat(pages().find(mine, SetupStep.CONTACTS, FIRST)).isEmpty();
    assertThat(pages().find(mine, SetupStep.OPPORTUNITIES, FIRST)).contains(page);
    assertThat(pages().find(other, SetupStep.CONTACTS, FIRST)).contains(page);
  }

  @Test
  default void noLocationSeesOrChangesAnothersPages() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    FetchedPage page = page(FIRST, START, "mine");
    keep(mine, page);

    assertThat(pages().find(other, SetupStep.CONTACTS, FIRST)).isEmpty();
    keep(other, page(FIRST, START.plusMillis(1), "the other's"));
    assertThat(pages().find(mine, SetupStep.CONTACTS, FIRST)).contains(page);
  }

  private void keep(LocationId location, FetchedPage page) {
    assertThat(pages().keep(location, SetupStep.CONTACTS, page)).isTrue();
  }

  private static FetchedPage page(PagePlace place, Instant readAt, String text) {
    return new FetchedPage(place, readAt, text(text));
  }

  private static PageText text(String text) {
    return PageText.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
