package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final byte[] MESSAGE = {1};

  private final List<Integer> asked = new ArrayList<>();
  private final KeyRing ring = new KeyRing(List.of(key(0), key(1), key(2)));

  /** A key that accepts signatures of one byte, its own number. */
  private SignatureCheck key(int number) {
    return (message, signature) -> {
      asked.add(number);
      return signature[0] == number;
    };
  }

  private boolean accepts(int signedBy) {
    asked.clear();
    return ring.accepts(MESSAGE, new byte[] {(byte) signedBy});
  }

  @Test
  void theKeyThatAcceptedLastIsAskedFirst() {
    assertThat(accepts(1)).isTrue();
    assertThat(asked).containsExactly(0, 1);

    assertThat(accepts(1)).isTrue();
    assertThat(asked).containsExactly(1);
  }

  @Test
  void allOthersAreAskedToo() {
    accepts(2);

    assertThat(accepts(0)).isTrue();
    assertThat(accepts(7)).isFalse();
    assertThat(asked).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void withoutKeysNothingIsAccepted() {
    assertThat(new KeyRing(List.of()).accepts(MESSAGE, MESSAGE)).isFalse();
  }
}
