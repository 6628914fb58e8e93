package com.lpai.architecture.system;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Delivers webhooks that were signed before, from a process of its own, over connections that stay
 * open; prints one line of JSON with what was answered and how fast.
 *
 * <pre>WebhookLoad PORT CONNECTIONS EVENTS_FILE COUNT RATE</pre>
 *
 * With a rate of 0 each connection sends its next event when the one before is answered; else
 * events are sent at that rate, and an answer's time counts from when the event was due.
 */
public final class WebhookLoad {
  private static final String PATH = "/api/webhooks/ghl/native";
  private static final double NANOS = 1e9;
  private static final double NANOS_IN_MILLI = 1e6;
  private static final Duration HEAD_START = Duration.ofMillis(50);

  private final int port;
  private final List<byte[]> requests;
  private final int rate;
  private final long[] latencies;
  private final int[] statuses;
  private final AtomicInteger next = new AtomicInteger();
  private final long begun = System.nanoTime() + HEAD_START.toNanos();

  private WebhookLoad(int port, List<byte[]> requests, int rate) {
    this.port = port;
    this.requests = requests;
    this.rate = rate;
    latencies = new long[requests.size()];
    statuses = new int[requests.size()];
  }

  /** One event as it is delivered. */
  record Signed(String body, String ed25519, String rsa) {}

  /** Sends, and prints. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<byte[]> requests =
        read(Path.of(args[2])).stream()
            .limit(Integer.parseInt(args[3]))
            .map(WebhookLoad::request)
            .toList();
    WebhookLoad load = new WebhookLoad(port, requests, Integer.parseInt(args[4]));
    List<Thread> connections = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      connections.add(Thread.ofPlatform().start(load::deliver));
    }
    for (Thread connection : connections) {
      connection.join();
    }
    System.out.println(load.result());
  }

  /**
   * Sends from a process of its own, and waits for its end.
   *
   * @return what it printed
   */
  static JsonObject send(int port, int connections, Path events, int count, int rate) {
    List<String> command =
        List.of(
            Build.java(),
            // No collection falls into a run: its pause would be measured as the receiver's.
            "-Xms1g",
            "-Xmn768m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            WebhookLoad.class.getName(),
            String.valueOf(port),
            String.valueOf(connections),
            events.toString(),
            String.valueOf(count),
            String.valueOf(rate));
    return Sandbox.parsed(Commands.output(command, Path.of(".")));
  }

  private static List<Signed> read(Path file) throws IOException {
    List<Signed> events = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (in.available() > 0) {
        events.add(
            new Signed(
                new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8),
                in.readUTF(),
                in.readUTF()));
      }
    }
    return events;
  }

  private static byte[] request(Signed event) {
    byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
    List<String> head =
        List.of(
            "POST " + PATH + " HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "X-GHL-Signature: " + event.ed25519(),
            "X-WH-Signature: " + event.rsa(),
            "Content-Length: " + body.length,
            "",
            "");
    byte[] ascii = String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(ascii, ascii.length + body.length);
    System.arraycopy(body, 0, all, ascii.length, body.length);
    return all;
  }

  /** One connection until nothing is left; opened again when the receiver has closed it. */
  private void deliver() {
    int event = next.getAndIncrement();
    while (event < requests.size()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        boolean open = true;
        while (open && event < requests.size()) {
          long due = awaitTurn(event);
          socket.getOutputStream().write(requests.get(event));
          open = readAnswer(in, event);
          latencies[event] = System.nanoTime() - due;
          event = next.getAndIncrement();
        }
      } catch (IOException broken) {
        statuses[event] = -1;
        event = next.getAndIncrement();
      }
    }
  }

  private long awaitTurn(int event) {
    if (rate == 0) {
      return System.nanoTime();
    }
    long due = begun + Math.round(event * NANOS / rate);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
    return due;
  }

  /** Reads an answer whole; false when the connection ends with it. */
  private boolean readAnswer(InputStream in, int event) throws IOException {
    String statusLine = line(in);
    statuses[event] = Integer.parseInt(statusLine.split(" ", -1)[1]);
    int length = 0;
    boolean open = true;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).trim());
      }
      open &= !lower.equals("connection: close");
    }
    in.skipNBytes(length);
    return open;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private String result() {
    double seconds = (System.nanoTime() - begun) / NANOS;
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    TreeMap<Integer, Integer> answers = new TreeMap<>();
    for (int status : statuses) {
      answers.merge(status, 1, Integer::sum);
    }
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.3f,\"acknowledged\":%d,\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"slowest\":%.2f,\"answers\":\"%s\"}",
        seconds,
        answers.getOrDefault(200, 0),
        millis(sorted, 0.5),
        millis(sorted, 0.95),
        millis(sorted, 0.99),
        millis(sorted, 1),
        answers);
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
        / NANOS_IN_MILLI;
  }
}
