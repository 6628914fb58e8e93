package com.lpai.dev.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A proxy on 127.0.0.1 before one server. It passes everything on, writes down what passed, and
 * follows the rules that {@link #when} makes.
 *
 * <p>It tells commands apart, not clients: give each process whose commands are to be counted a
 * proxy of its own.
 */
public final class WireProxy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WireProxy.class.getName());
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 200;

  private final WireProtocol protocol;
  private final InetSocketAddress target;
  private final Rules rules = new Rules();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<Connection> connections = new HashSet<>();
  private ServerSocket listener;
  private boolean closed;

  private WireProxy(WireProtocol protocol, InetSocketAddress target, int port) {
    this.protocol = protocol;
    this.target = target;
    this.listener = listen(port);
    accept(listener);
  }

  /** Before a MongoDB server, on a free port. */
  public static WireProxy mongo(InetSocketAddress target) {
    return mongo(target, 0);
  }

  /**
   * Before a MongoDB server: a single one, since members of a replica set tell drivers their own
   * addresses ({@code directConnection=true} helps).
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port cannot be used
   */
  public static WireProxy mongo(InetSocketAddress target, int port) {
    return new WireProxy(new MongoProtocol(), target, port);
  }

  /** Before a server of HTTP/1.1, on a free port. */
  public static WireProxy http(InetSocketAddress target) {
    return http(target, 0);
  }

  /**
   * Before a server of HTTP/1.1 without TLS.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port cannot be used
   */
  public static WireProxy http(InetSocketAddress target, int port) {
    return new WireProxy(new HttpProtocol(), target, port);
  }

  /** Where clients connect to; the same for the proxy's whole life. */
  public synchronized InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** The same as text: {@code mongodb://127.0.0.1:PORT} or {@code http://127.0.0.1:PORT}. */
  public String uri() {
    return protocol.scheme() + "://127.0.0.1:" + address().getPort();
  }

  /** Begins a rule. Rules are followed in the order in which they were made. */
  public When when(Match match) {
    return new When(match, rules);
  }

  /** No rules any more; what is held up at this moment goes on as it would have. */
  public void removeRules() {
    rules.removeAll();
  }

  /** The commands received so far on all connections, in their order. */
  public List<Command> seen() {
    return rules.seen();
  }

  /** Begins {@link #seen} anew; rules go on counting. */
  public void forgetSeen() {
    rules.forgetSeen();
  }

  /** Closes all connections and refuses new ones until {@link #comeBack}. */
  public synchronized void goAway() {
    closeQuietly(listener);
    connections.forEach(Connection::close);
  }

  /** Accepts connections again, on the same port. */
  public synchronized void comeBack() {
    if (!closed && listener.isClosed()) {
      listener = listen(address().getPort());
      accept(listener);
    }
  }

  void goAwayFor(Duration time) {
    goAway();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Thread.sleep(time);
                comeBack();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException failure) {
                failed(failure);
              }
            });
  }

  Rules rules() {
    return rules;
  }

  void failed(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "A command was not passed on", failure);
    failures.add(failure);
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(LOOPBACK));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Port " + port + " of 127.0.0.1 cannot be used: " + failure.getMessage(), failure);
    }
  }

  private void accept(ServerSocket accepting) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!accepting.isClosed()) {
                try {
                  serve(accepting.accept());
                } catch (IOException failure) {
                  if (!accepting.isClosed()) {
                    LOG.log(System.Logger.Level.WARNING, "A client was not accepted", failure);
                  }
                }
              }
            });
  }

  private synchronized void serve(Socket client) throws IOException {
    Connection connection = new Connection(client, target, protocol, this);
    if (listener.isClosed()) {
      connection.close();
      return;
    }
    client.setTcpNoDelay(true);
    connections.add(connection);
    Thread.ofVirtual()
        .start(
            () -> {
              connection.run();
              ended(connection);
            });
  }

  private synchronized void ended(Connection connection) {
    connections.remove(connection);
  }

  /**
   * Closes all connections for good.
   *
   * @throws IllegalStateException if something that a rule ran has thrown
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      goAway();
    }
    Throwable failure = failures.poll();
    if (failure != null) {
      throw new IllegalStateException("The wire proxy, or what a rule ran, failed", failure);
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.DEBUG, "Closing failed: {0}", failure.getMessage());
    }
  }
}
