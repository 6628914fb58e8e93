package com.lpai.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawBodyTest {
  @Test
  void bytesAreKeptAndCopied() {
    byte[] given = {1, 2, 3};
    RawBody body = RawBody.of(given);

    given[0] = 9;
    body.bytes()[1] = 9;

    assertThat(body.bytes()).containsExactly(1, 2, 3);
    assertThat(body.size()).isEqualTo(3);
    assertThat(body).isEqualTo(RawBody.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(body);
  }

  @Test
  void bytesThatAreTakenOverAndLentAreNotCopied() {
    byte[] given = {1, 2, 3};

    byte[] lent = RawBody.owning(given).read(bytes -> bytes);

    assertThat(lent).isSameAs(given);
  }

  @Test
  void theBodyIsNotPrinted() {
    RawBody body = RawBody.of("{\"email\":\"jane@example.com\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(body).hasToString("RawBody[28 bytes]");
  }
}
