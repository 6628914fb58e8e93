package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private DataDirectory data;
  private Children children;

  @BeforeEach
  void open() {
    data = DataDirectory.open(folder.resolve("data"));
    children = new Children(data);
  }

  @AfterEach
  void stop() {
    children.stop();
  }

  @Test
  void aChildIsReadyWhenItsLogSaysSo() {
    ChildProcess child = shell("database", "echo starting; echo READY somewhere; exec sleep 60");

    children.awaitReadyLine(child, PATIENCE);

    assertThat(child.isAlive()).isTrue();
    assertThat(data.file("run/database.pid")).hasContent(String.valueOf(child.pid()));
  }

  @Test
  void aChildThatEndsBeforeItIsReadyIsShownWithItsLastLines() {
    ChildProcess child = shell("database", "echo the disk is full; exit 7");

    assertThatThrownBy(() -> children.awaitReadyLine(child, PATIENCE))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The database ended before it was ready (exit code 7).")
        .hasMessageContaining("the disk is full");
  }

  @Test
  void aChildThatDoesNotGetReadyIsGivenUp() {
    ChildProcess child = shell("sandbox", "echo thinking; exec sleep 60");

    assertThatThrownBy(() -> children.awaitReadyLine(child, Duration.ofMillis(300)))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The sandbox is not ready after ");
  }

  @Test
  void aServerWhosePortIsTakenIsToldAtOnceThoughItLives() {
    ChildProcess child =
        shell("server", "echo 'CWWKO0221E: TCP/IP port 1 is in use.'; exec sleep 60");

    assertThatThrownBy(() -> children.awaitHealth(child, "http://127.0.0.1:1", PATIENCE))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The server cannot listen at http://127.0.0.1:1:")
        .hasMessageContaining("LPAI_HTTP_PORT");
  }

  @Test
  void theFirstChildThatEndsIsNamed() {
    shell("database", "exec sleep 60");
    shell("sandbox", "exit 3");

    assertThatThrownBy(children::superviseUntilOneEnds)
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The sandbox ended unexpectedly (exit code 3).");
  }

  @Test
  void afterTheStopNothingRunsAndNothingStarts() {
    ChildProcess child = shell("database", "exec sleep 60");

    children.stop();

    assertThat(child.isAlive()).isFalse();
    assertThat(data.file("run/database.pid")).doesNotExist();
    assertThatThrownBy(() -> shell("sandbox", "exec sleep 60")).isInstanceOf(StartRefused.class);
  }

  @Test
  void theLogOfTheStartBeforeIsKept() {
    shell("database", "echo READY first; exec sleep 60");
    children.stop();
    children = new Children(data);

    ChildProcess second = shell("database", "echo READY second; exec sleep 60");
    children.awaitReadyLine(second, PATIENCE);

    assertThat(data.file("logs/database.log")).hasContent("READY second");
    assertThat(data.file("logs/database.log.previous")).exists();
  }

  private ChildProcess shell(String name, String script) {
    return children.start(name, List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"));
  }
}
