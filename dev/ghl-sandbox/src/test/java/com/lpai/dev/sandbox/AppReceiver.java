package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.http.JsonText;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The app's side: takes webhooks and the OAuth callback, and remembers them. */
final class AppReceiver implements AutoCloseable {

  @SuppressWarnings("ArrayRecordComponent")
  record Webhook(Headers headers, byte[] body) {
    JsonObject json() {
      return JsonText.parse(body).orElseThrow().asJsonObject();
    }

    String type() {
      return json().getString("type");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
  private final List<String> callbacks = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private volatile int webhookStatus = 200;

  AppReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/webhook", this::webhook);
    server.createContext("/callback", this::callback);
    server.start();
  }

  URI webhookUrl() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/webhook");
  }

  URI redirectUri() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/callback");
  }

  void answerWebhooksWith(int status) {
    webhookStatus = status;
  }

  List<Webhook> webhooks() {
    return webhooks;
  }

  List<String> types() {
    return webhooks.stream().map(Webhook::type).toList();
  }

  /** The query strings that the callback got. */
  List<String> callbacks() {
    return callbacks;
  }

  /** What came, in order: webhook or callback. */
  List<String> log() {
    return log;
  }

  void forget() {
    log.clear();
    webhooks.clear();
    callbacks.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void webhook(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      log.add("webhook");
      webhooks.add(new Webhook(exchange.getRequestHeaders(), body));
      exchange.sendResponseHeaders(webhookStatus, -1);
    }
  }

  private void callback(HttpExchange exchange) throws IOException {
    try (exchange) {
      log.add("callback");
      callbacks.add(exchange.getRequestURI().getRawQuery());
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
