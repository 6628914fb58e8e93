package com.lpai.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the processes listen. */
final class Ports {
  private static final String HTTP = "LPAI_HTTP_PORT";
  private static final String SANDBOX = "LPAI_SANDBOX_PORT";
  private static final String DATABASE = "LPAI_DB_PORT";

  private final String httpHost;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private Ports(String httpHost) {
    this.httpHost = httpHost;
  }

  /**
   * Reads the settings.
   *
   * @throws StartRefused if a value is no port, or two processes would share one
   */
  static Ports read(Map<String, String> environment, StartMode mode) {
    String everywhere = mode == StartMode.EVALUATION ? "127.0.0.1" : "*";
    String host = environment.getOrDefault("LPAI_HTTP_HOST", "");
    Ports result = new Ports(host.isEmpty() ? everywhere : host);
    result.add(environment, HTTP, 9080);
    if (mode == StartMode.EVALUATION) {
      result.add(environment, SANDBOX, 9090);
      result.add(environment, DATABASE, 27117);
    }
    return result;
  }

  private void add(Map<String, String> environment, String setting, int standard) {
    String text = environment.getOrDefault(setting, "");
    int port = text.isEmpty() ? standard : parse(setting, text);
    ports.forEach(
        (other, taken) -> {
          if (taken == port) {
            throw new StartRefused(
                other + " and " + setting + " are both " + port + ". Each needs a port of its own.");
          }
        });
    ports.put(setting, port);
  }

  private static int parse(String setting, String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
      throw new StartRefused(
          setting + " must be a port between 1 and 65535; it is \"" + text + "\".");
    }
    return Integer.parseInt(text);
  }

  /**
   * Looks whether all ports are free at this moment.
   *
   * @throws StartRefused if one is taken, naming the port and its setting
   */
  void refuseTaken() {
    ports.forEach(
        (setting, port) -> {
          for (String host : setting.equals(HTTP) ? List.of(httpHost) : List.of("127.0.0.1")) {
            refuseTaken(setting, host, port);
          }
        });
  }

  private static void refuseTaken(String setting, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections that have just ended must not look like a program that listens.
      socket.setReuseAddress(true);
      socket.bind(
          host.equals("*")
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException taken) {
      throw new StartRefused(
          String.format(
              "Port %d cannot be opened on %s (%s). Stop the program that uses it, or choose another"
                  + " port: %s=%d",
              port, host, taken.getMessage(), setting, port == 65_535 ? 65_534 : port + 1),
          taken);
    }
  }

  int http() {
    return port(HTTP);
  }

  int sandbox() {
    return port(SANDBOX);
  }

  int database() {
    return port(DATABASE);
  }

  private int port(String setting) {
    Integer port = ports.get(setting);
    if (port == null) {
      throw new IllegalStateException(setting + " is not used in this mode");
    }
    return port;
  }

  String httpHost() {
    return httpHost;
  }

  /** The address by which a process of this machine reaches the server. */
  String serverUrl() {
    boolean everywhere = List.of("*", "0.0.0.0", "::", "localhost").contains(httpHost);
    return "http://" + (everywhere ? "127.0.0.1" : httpHost) + ":" + http();
  }
}
