package com.lpai.dev.mongo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens on 127.0.0.1 only, one thread per client. */
final class WireServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WireServer.class.getName());
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final Engine engine;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private WireServer(ServerSocket listener, Engine engine) {
    this.listener = listener;
    this.engine = engine;
  }

  static WireServer start(int port, Engine engine) {
    WireServer server = new WireServer(bind(port), engine);
    Thread.ofPlatform().name("mongo-accept").start(server::accept);
    return server;
  }

  private static ServerSocket bind(int port) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
      return listener;
    } catch (IOException e) {
      throw new StartFailedException(
          "Port "
              + port
              + " on 127.0.0.1 cannot be used: "
              + e.getMessage()
              + ". Stop the program that holds it, or choose another port.",
          e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "A client was not accepted: {0}", e.getMessage());
        }
      }
    }
  }

  private void serve(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    clients.add(client);
    WireConnection connection = new WireConnection(client, engine);
    Thread.ofPlatform()
        .name("mongo-client-" + client.getPort())
        .daemon(true)
        .start(
            () -> {
              connection.run();
              clients.remove(client);
            });
  }

  /** Stops listening and cuts off every client. */
  @Override
  public void close() {
    closeQuietly(listener);
    clients.forEach(WireServer::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "Closing a socket failed: {0}", e.getMessage());
    }
  }
}
