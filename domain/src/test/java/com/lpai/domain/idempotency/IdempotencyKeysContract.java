package com.lpai.domain.idempotency;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link IdempotencyKeys} promises. */
public interface IdempotencyKeysContract {
  Instant END = START.plusSeconds(86_400);

  /** The subject; other tests' keys may be in it. */
  IdempotencyKeys keys();

  @Test
  default void aKeyThatWasNeverUsedMeansNothing() {
    assertThat(keys().find(TenantFixture.anyLocation(), anyKey(), START)).isEmpty();
  }

  @Test
  default void whatAKeyIsUsedForStays() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();
    KeptRequest first = request("body-1", "id-1");

    assertThat(keys().keep(location, key, first, START)).isEqualTo(first);
    assertThat(keys().keep(location, key, request("body-2", "id-2"), START)).isEqualTo(first);
    assertThat(keys().find(location, key, START)).contains(first);
  }

  @Test
  default void ofSixteenAtOnceAllGetWhatOneOfThemWanted() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();

    List<KeptRequest> answers =
        ManyThreads.atOnce(
            16, number -> keys().keep(location, key, request("body", "id-" + number), START));

    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(keys().find(location, key, START)).contains(answers.get(0));
  }

  @Test
  default void eachCallerAddressAndLocationHasKeysOfItsOwn() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();
    keys().keep(location, key, request("body", "id"), START);

    assertThat(keys().find(TenantFixture.anyLocation(), key, START)).isEmpty();
    assertThat(keys().find(location, new IdempotencyKey("other", key.path(), key.value()), START))
        .isEmpty();
    assertThat(
            keys().find(location, new IdempotencyKey(key.subject(), "other", key.value()), START))
        .isEmpty();
    assertThat(keys().find(location, new IdempotencyKey(key.subject(), key.path(), "other"), START))
        .isEmpty();
  }

  @Test
  default void partsOfAKeyAreNotMixedUp() {
    LocationId location = TenantFixture.anyLocation();
    String own = UUID.randomUUID().toString();
    keys().keep(location, new IdempotencyKey(own + "a", "b", "c"), request("x", "id"), START);

    assertThat(keys().find(location, new IdempotencyKey(own, "ab", "c"), START)).isEmpty();
    assertThat(keys().find(location, new IdempotencyKey(own + "a", "bc", "c"), START)).isEmpty();
  }

  @Test
  default void aKeyMeansNothingAfterItsTime() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();
    keys().keep(location, key, request("body-1", "id-1"), START);
    KeptRequest later = new KeptRequest("body-2", "id-2", false, END.plusSeconds(9));

    assertThat(keys().find(location, key, END.minusMillis(1))).isPresent();
    assertThat(keys().find(location, key, END)).isEmpty();
    assertThat(keys().keep(location, key, later, END)).isEqualTo(later);
    assertThat(keys().find(location, key, END)).contains(later);
  }

  @Test
  default void ofSixteenThatFindAKeyWhoseTimeIsOverAllGetWhatOneOfThemWanted() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();
    keys().keep(location, key, request("old", "old"), START);

    List<KeptRequest> answers =
        ManyThreads.atOnce(
            16,
            number ->
                keys()
                    .keep(
                        location,
                        key,
                        new KeptRequest("body", "id-" + number, false, END.plusSeconds(9)),
                        END));

    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(answers.get(0).fingerprint()).isEqualTo("body");
  }

  @Test
  default void whatWasMadeIsNoted() {
    LocationId location = TenantFixture.anyLocation();
    IdempotencyKey key = anyKey();
    keys().keep(location, key, request("body", "id"), START);

    keys().made(location, key, "another id");
    assertThat(keys().find(location, key, START)).contains(request("body", "id"));

    keys().made(location, key, "id");
    keys().made(location, key, "id");
    assertThat(keys().find(location, key, START))
        .contains(new KeptRequest("body", "id", true, END));
  }

  private static KeptRequest request(String fingerprint, String id) {
    return new KeptRequest(fingerprint, id, false, END);
  }

  private static IdempotencyKey anyKey() {
    return new IdempotencyKey("frontend", "contacts", "key." + UUID.randomUUID());
  }
}
