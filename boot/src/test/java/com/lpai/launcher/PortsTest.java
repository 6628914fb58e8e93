package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  @Test
  void theUsualPortsAreUsedWhenNothingIsSet() {
    Ports ports = Ports.read(Map.of(), StartMode.EVALUATION);

    assertThat(new int[] {ports.http(), ports.sandbox(), ports.database()})
        .containsExactly(9080, 9090, 27117);
  }

  @Test
  void evaluationListensOnThisMachineOnly() {
    assertThat(Ports.read(Map.of(), StartMode.EVALUATION).httpHost()).isEqualTo("127.0.0.1");
    assertThat(Ports.read(Map.of(), StartMode.SERVER_ONLY).httpHost()).isEqualTo("*");
  }

  @Test
  void theServerIsAskedAtTheAddressItListensOn() {
    Ports ports =
        Ports.read(
            Map.of("LPAI_HTTP_HOST", "192.0.2.7", "LPAI_HTTP_PORT", "8080"), StartMode.SERVER_ONLY);

    assertThat(ports.serverUrl()).isEqualTo("http://192.0.2.7:8080");
    assertThat(Ports.read(Map.of(), StartMode.SERVER_ONLY).serverUrl())
        .isEqualTo("http://127.0.0.1:9080");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "80a", " 80", "999999999999"})
  void whatIsNoPortIsRefusedWithTheNameOfItsSetting(String value) {
    assertThatThrownBy(() -> Ports.read(Map.of("LPAI_DB_PORT", value), StartMode.EVALUATION))
        .isInstanceOf(StartRefused.class)
        .hasMessage("LPAI_DB_PORT must be a port between 1 and 65535; it is \"" + value + "\".");
  }

  @Test
  void twoProcessesOnOnePortAreRefused() {
    assertThatThrownBy(() -> Ports.read(Map.of("LPAI_SANDBOX_PORT", "9080"), StartMode.EVALUATION))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("LPAI_HTTP_PORT and LPAI_SANDBOX_PORT are both 9080.");
  }

  @Test
  void portsThatAreNotUsedAreNotLookedAt() {
    assertThatCode(() -> Ports.read(Map.of("LPAI_DB_PORT", "x"), StartMode.SERVER_ONLY))
        .doesNotThrowAnyException();
  }

  @Test
  void aTakenPortIsRefusedNamingThePortAndItsSetting() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Ports ports = Ports.read(Map.of("LPAI_HTTP_PORT", port), StartMode.SERVER_ONLY);

      assertThatThrownBy(ports::refuseTaken)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("Port " + port + " ")
          .hasMessageContaining("LPAI_HTTP_PORT=");
    }
  }

  @Test
  void aFreePortIsAccepted() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Ports ports = Ports.read(Map.of("LPAI_HTTP_PORT", String.valueOf(port)), StartMode.SERVER_ONLY);

    assertThatCode(ports::refuseTaken).doesNotThrowAnyException();
  }
}
