package com.lpai.application.edit;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.IdempotencyUseCases;
import com.lpai.application.idempotency.Once;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.InMemoryIdempotencyKeys;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Trap 75: a create that is repeated with the same key makes one record. */
class RepeatedCreatesTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("frontend", "contacts", "key-1");

  private final TestSystem system = TestSystem.installed();
  private final InMemoryIdempotencyKeys keys = new InMemoryIdempotencyKeys();
  private final IdempotencyUseCase requests =
      IdempotencyUseCases.of(keys, new Instance("test", system.time, () -> "token", () -> 0.5));

  private Once request() {
    return request(KEY);
  }

  private Once request(IdempotencyKey key) {
    return requests.once(LOCATION, key, "body");
  }

  private EditOutcome<Contact> creates(Once once) {
    return system.editing.create(
        LOCATION, once, named("Ann", "ann@example.com"), MirrorFixture.SOMEBODY);
  }

  private static Contact stored(EditOutcome<Contact> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Stored.class);
    return ((EditOutcome.Stored<Contact>) outcome).record();
  }

  private long here() {
    Page<Contact> page = system.contacts.list(LOCATION, ContactQuery.all(10, ""));
    return page.items().size();
  }

  /** The process ends at one of its steps. */
  private record DiesAt(String step, Once once) implements Once {
    static final class Death extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public Known known() {
      return once.known();
    }

    @Override
    public Known claim(Supplier<String> newId) {
      Known claimed = once.claim(newId);
      if (step.equals("claimed")) {
        throw new Death();
      }
      return claimed;
    }

    @Override
    public void made(String id) {
      throw new Death();
    }
  }

  private void dies(String step) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> creates(new DiesAt(step, request())))
        .isInstanceOf(DiesAt.Death.class);
  }

  @Test
  void aRepetitionFinishesWhatACrashBeforeTheRecordLeft() {
    dies("claimed");
    assertThat(here()).isZero();

    Contact made = stored(creates(request()));
    Contact again = stored(creates(request()));

    assertThat(again).isEqualTo(made);
    assertThat(here()).isEqualTo(1);
  }

  @Test
  void aRepetitionFindsWhatACrashAfterTheRecordLeft() {
    dies("stored");
    assertThat(here()).isEqualTo(1);

    stored(creates(request()));

    assertThat(here()).isEqualTo(1);
  }

  @Test
  void whatWasMadeAndDeletedIsNotMadeAgain() {
    Contact made = stored(creates(request()));
    system.editing.delete(LOCATION, made.id(), OptionalLong.empty());

    assertThat(creates(request())).isInstanceOf(EditOutcome.MadeAndDeleted.class);
    assertThat(here()).isZero();
  }

  @Test
  void anotherBodyIsRefused() {
    creates(request());

    assertThat(creates(requests.once(LOCATION, KEY, "another body")))
        .isInstanceOf(EditOutcome.KeyUsedOtherwise.class);
    assertThat(here()).isEqualTo(1);
  }

  @Test
  void anotherBodyThatComesBetweenALookAndAClaimIsRefused() {
    Once late = requests.once(LOCATION, KEY, "another body");
    Once overtaken =
        new Once() {
          @Override
          public Known known() {
            Known before = late.known();
            creates(request());
            return before;
          }

          @Override
          public Known claim(Supplier<String> newId) {
            return late.claim(newId);
          }

          @Override
          public void made(String id) {
            late.made(id);
          }
        };

    assertThat(creates(overtaken)).isInstanceOf(EditOutcome.KeyUsedOtherwise.class);
    assertThat(here()).isEqualTo(1);
  }

  @Test
  void aKeyIsOfOneLocationAndForTwoDays() {
    LocationId other = new LocationId("anotherLocation");
    Contact made = stored(creates(request()));

    assertThat(requests.once(other, KEY, "body").known()).isInstanceOf(Once.Known.Nothing.class);
    Instant before = system.time.instant();
    system.time.advance(Duration.ofDays(2).minusMillis(1));
    assertThat(request().known()).isEqualTo(new Once.Known.MakesThis(made.id().value(), true));
    system.time.advance(Duration.ofMillis(1));
    assertThat(request().known()).as("since " + before).isInstanceOf(Once.Known.Nothing.class);
  }
}
