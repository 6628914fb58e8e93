package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ServerIT {
  @Test
  void theSharedServerIsReady() {
    HttpCalls.Answer answer = RunningSystem.shared().server().get("/health/ready");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("UP");
  }

  @Test
  void aKilledServerIsReadyAgainAfterItsStart() {
    try (RunningSystem system = RunningSystem.start()) {
      system.killServer();
      assertThatThrownBy(() -> system.server().get("/health/ready"))
          .isInstanceOf(UncheckedIOException.class);

      system.startServer();

      assertThat(system.server().get("/health/ready").status()).isEqualTo(200);
    }
  }
}
