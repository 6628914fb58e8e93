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
  void aKilledServerIsReadyAgainAfterItsStartAndLeavesOthersAlone() {
    try (RunningSystem system = RunningSystem.builder().servers(2).start()) {
      system.server(1).kill();
      assertThatThrownBy(() -> system.server(1).calls().get("/health/ready"))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(system.server(2).operator().get("/api/locations").status()).isEqualTo(200);

      system.server(1).start();

      assertThat(system.server(1).calls().get("/health/ready").status()).isEqualTo(200);
      assertThat(
              system
                  .server(2)
                  .calls()
                  .withBearer(system.server(1).evaluationToken())
                  .get("/api/locations")
                  .status())
          .as("each takes the other's tokens")
          .isEqualTo(200);
    }
  }
}
