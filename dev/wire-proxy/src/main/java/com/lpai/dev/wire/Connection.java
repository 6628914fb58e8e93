package com.lpai.dev.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One client's connection and its continuation to the far side: a command, its reply, the next. */
final class Connection implements Runnable, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  /** What becomes of a command after a stage. */
  private enum Fate {
    GOES_ON,
    IS_CUT,
    IS_DROPPED
  }

  private final Socket client;
  private final Socket server = new Socket();
  private final InetSocketAddress target;
  private final WireProtocol protocol;
  private final Rules rules;
  private final WireProxy proxy;

  Connection(Socket client, InetSocketAddress target, WireProtocol protocol, WireProxy proxy) {
    this.client = client;
    this.target = target;
    this.protocol = protocol;
    this.proxy = proxy;
    this.rules = proxy.rules();
  }

  @Override
  public void run() {
    try {
      relay();
    } catch (UnreadableMessageException unreadable) {
      LOG.log(System.Logger.Level.WARNING, "A connection was cut: {0}", unreadable.getMessage());
    } catch (IOException ended) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended: {0}", ended.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      proxy.failed(failure);
    } finally {
      // After the rest: who notices the end of a connection finds everything written down.
      close();
    }
  }

  private void relay() throws IOException, InterruptedException {
    server.setTcpNoDelay(true);
    server.connect(target, (int) CONNECT_WITHIN.toMillis());
    InputStream fromClient = new BufferedInputStream(client.getInputStream());
    InputStream fromServer = new BufferedInputStream(server.getInputStream());
    boolean goesOn = true;
    while (goesOn) {
      Optional<Message> message = protocol.readCommand(fromClient);
      goesOn = message.isPresent() && pass(message.get(), fromClient, fromServer);
    }
  }

  /** False when the connection is over. */
  private boolean pass(Message message, InputStream fromClient, InputStream fromServer)
      throws IOException, InterruptedException {
    List<Rule> about = rules.receive(message);
    Fate fate = apply(about, Stage.RECEIVED);
    if (fate == Fate.GOES_ON) {
      message.writeTo(paced(server, about, Stage.RECEIVED));
      fate = apply(about, Stage.FORWARDED);
    }
    if (fate == Fate.GOES_ON && message.isAnswered()) {
      if (about.stream().noneMatch(rule -> rule.stage() == Stage.REPLIED)) {
        return protocol.copyReply(
            message.command(), fromServer, new BufferedOutputStream(client.getOutputStream()));
      }
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      boolean goesOn = protocol.copyReply(message.command(), fromServer, reply);
      fate = apply(about, Stage.REPLIED);
      if (fate == Fate.GOES_ON) {
        reply.writeTo(paced(client, about, Stage.REPLIED));
        return goesOn;
      }
    }
    if (fate == Fate.IS_DROPPED) {
      fromClient.transferTo(OutputStream.nullOutputStream());
    }
    return fate == Fate.GOES_ON;
  }

  private Fate apply(List<Rule> about, Stage stage) throws InterruptedException {
    Fate fate = Fate.GOES_ON;
    for (Rule rule : about) {
      if (rule.stage() == stage && fate == Fate.GOES_ON) {
        fate = apply(rule.effect());
        rule.hasHappened();
      }
    }
    return fate;
  }

  private Fate apply(Effect effect) throws InterruptedException {
    switch (effect) {
      case Effect.Cut cut -> {
        return Fate.IS_CUT;
      }
      case Effect.Drop drop -> {
        return Fate.IS_DROPPED;
      }
      case Effect.Delay delay -> Thread.sleep(delay.time());
      case Effect.Throttle throttle -> {
        return Fate.GOES_ON;
      }
      case Effect.Run run -> run.action().run();
      case Effect.Kill kill -> {
        kill(kill.victim().process());
        return Fate.IS_CUT;
      }
      case Effect.GoAway away -> {
        proxy.goAwayFor(away.time());
        return Fate.IS_CUT;
      }
    }
    return Fate.GOES_ON;
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().orTimeout(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** The way out, at the speed that a rule asks for. */
  private static OutputStream paced(Socket socket, List<Rule> about, Stage stage)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    for (Rule rule : about) {
      if (rule.stage() == stage && rule.effect() instanceof Effect.Throttle(int bytesPerSecond)) {
        out = new PacedOutput(out, bytesPerSecond);
      }
    }
    return out;
  }

  /** Ends both connections; {@link #run} then returns. */
  @Override
  public void close() {
    closeQuietly(client);
    closeQuietly(server);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      LOG.log(System.Logger.Level.DEBUG, "Closing a connection failed: {0}", ended.getMessage());
    }
  }
}
