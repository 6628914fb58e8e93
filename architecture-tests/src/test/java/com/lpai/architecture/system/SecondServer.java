package com.lpai.architecture.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for Arquillian: the one we ship, without its application and with a connector for
 * Arquillian, in front of a database and a sandbox of its own. It must stand before Arquillian's
 * own extension, whose arquillian.xml asks for the system properties set here.
 */
final class SecondServer implements BeforeAllCallback, AfterAllCallback {
  static final String CONTAINER = "liberty";

  private static final String[] NONE = {};

  // Arquillian looks for the server among all processes of the machine by this name.
  private static final String NAME = "lpai" + UUID.randomUUID().toString().replace("-", "");

  private static Optional<RunningSystem> running = Optional.empty();

  static RunningSystem system() {
    return running.orElseThrow();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    RunningSystem system = RunningSystem.withoutServer();
    running = Optional.of(system);
    Path userDirectory = system.dataDirectory().resolve("liberty");
    try {
      create(userDirectory.resolve("servers").resolve(NAME), system);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    System.setProperty("lpai.arquillian.wlp", Build.liberty().toString());
    System.setProperty("lpai.arquillian.usr", userDirectory.toString());
    System.setProperty("lpai.arquillian.server", NAME);
    System.setProperty("lpai.arquillian.port", String.valueOf(system.serverUri().getPort()));
  }

  private static void create(Path server, RunningSystem system) throws IOException {
    Files.createDirectories(server);
    Path shipped = Build.liberty().resolve("usr/servers/lpai");
    Files.copy(shipped.resolve("jvm.options"), server.resolve("jvm.options"));
    Files.writeString(
        server.resolve("server.xml"),
        forArquillian(Files.readString(shipped.resolve("server.xml"))));
    Files.write(server.resolve("server.env"), environment(system));
  }

  private static List<String> environment(RunningSystem system) {
    Map<String, String> variables = new TreeMap<>(system.serverSettings());
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("LPAI_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  private static String forArquillian(String shipped) {
    String withConnector =
        replaced(
            shipped, "</featureManager>", "<feature>localConnector-1.0</feature></featureManager>");
    String withDropins =
        replaced(
            withConnector,
            "<applicationMonitor [^>]*/>",
            "<applicationMonitor updateTrigger=\"polled\" dropinsEnabled=\"true\"/>");
    return replaced(withDropins, "<webApplication [^>]*/>", "");
  }

  private static String replaced(String text, String part, String by) {
    String result = text.replaceAll(part, by);
    if (result.equals(text)) {
      throw new IllegalStateException("The shipped server.xml has no " + part);
    }
    return result;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // Arquillian forgets a server whose start failed halfway.
    ProcessHandle.allProcesses()
        .filter(process -> Arrays.asList(process.info().arguments().orElse(NONE)).contains(NAME))
        .forEach(ProcessHandle::destroyForcibly);
    running.ifPresent(RunningSystem::close);
  }
}
