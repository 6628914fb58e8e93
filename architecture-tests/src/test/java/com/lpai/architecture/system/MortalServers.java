package com.lpai.architecture.system;

import static org.awaitility.Awaitility.await;

import com.lpai.dev.wire.Match;
import com.lpai.dev.wire.Rule;
import com.lpai.dev.wire.Then;
import com.lpai.dev.wire.When;
import com.lpai.dev.wire.WireProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Two servers over one database, each behind a wire proxy of its own, that die (SIGKILL) at a
 * chosen command to the database. When one has died, the other goes on.
 */
public final class MortalServers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** A little longer than the hold on a setup, which a dead server leaves behind. */
  private static final String LEASE = "PT91S";

  private final RunningSystem system;
  private final Sandbox sandbox;
  private final List<WireProxy> proxies = new ArrayList<>();

  private MortalServers(Map<String, String> settings) {
    system = RunningSystem.builder().servers(2).settings(settings).prepare();
    for (ServerInstance server : system.servers()) {
      URI database = URI.create(system.mongoUri());
      WireProxy proxy =
          WireProxy.mongo(new InetSocketAddress(database.getHost(), database.getPort()));
      proxies.add(proxy);
      server.set("MONGODB_URI", proxy.uri() + database.getPath());
    }
    sandbox = new Sandbox(system);
  }

  /** Both run, ready for requests. */
  public static MortalServers start() {
    MortalServers servers = prepare(Map.of());
    servers.system().startServers();
    return servers;
  }

  /**
   * Database, sandbox and proxies run, the servers are yet to be started.
   *
   * @param settings of both servers (environment variables)
   */
  public static MortalServers prepare(Map<String, String> settings) {
    return new MortalServers(settings);
  }

  public RunningSystem system() {
    return system;
  }

  /** Calls as the operator, to a server that answers. */
  public HttpCalls operator() {
    return system.servers().stream()
        .filter(server -> server.time().isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No server answers"))
        .operator();
  }

  /** This happens once, at the first command that fits, whichever server gives it. */
  void atCommand(Match command, Runnable happening) {
    proxies.forEach(
        proxy -> proxy.when(command.first(1)).before().run(new Once(happening)::happens));
  }

  private static final class Once {
    private final Runnable happening;
    private boolean happened;

    private Once(Runnable happening) {
      this.happening = happening;
    }

    private synchronized void happens() {
      if (!happened) {
        happened = true;
        happening.run();
      }
    }
  }

  /**
   * Whichever server gives this command next dies of it.
   *
   * @param moment before the command, after it, or between
   */
  public Death next(Match command, Function<When, Then> moment) {
    return new Death(
        system.servers().stream().map(server -> doom(server, command, moment)).toList());
  }

  /** This server dies when it gives this command next. */
  public Death next(ServerInstance server, Match command, Function<When, Then> moment) {
    return new Death(List.of(doom(server, command, moment)));
  }

  private Doom doom(ServerInstance server, Match command, Function<When, Then> moment) {
    return new Doom(server, moment.apply(proxyOf(server).when(command)).kill(server::process));
  }

  /**
   * In the midst of this command of this server something happens, once; the server waits for it.
   *
   * @param moment before the command, after it, or between
   */
  public Rule interrupt(
      ServerInstance server, Match command, Function<When, Then> moment, Runnable happening) {
    return moment.apply(proxyOf(server).when(command)).run(happening);
  }

  private WireProxy proxyOf(ServerInstance server) {
    return proxies.get(system.servers().indexOf(server));
  }

  /** What kills one server. */
  private record Doom(ServerInstance server, Rule rule) {
    boolean hasHappened() {
      return rule.times() > 0;
    }
  }

  /** A death that is to happen. */
  public final class Death {
    private final List<Doom> dooms;

    private Death(List<Doom> dooms) {
      this.dooms = List.copyOf(dooms);
    }

    public boolean hasHappened() {
      return dooms.stream().anyMatch(Doom::hasHappened);
    }

    /** Nobody dies of it any more. */
    public void averted() {
      dooms.forEach(doom -> doom.rule().remove());
    }

    /**
     * Waits until somebody died. The dead server begins to start again; until it has, the other one
     * is alone, and finds that the hold of the dead one has run out.
     */
    public void awaitAndGoOn() {
      await("a server died").atMost(PATIENCE).until(this::hasHappened);
      goOn();
    }

    /** The same when it has happened. */
    public void goOn() {
      startAgain();
      sandbox.turnsClock(LEASE);
    }

    /** The dead server begins to start again, and no time passes. */
    public void startAgain() {
      averted();
      for (Doom doom : dooms) {
        if (doom.hasHappened()) {
          doom.server().awaitEnd();
          doom.server().launch();
        } else {
          doom.server().awaitReady();
        }
      }
    }
  }

  /** Waits until both servers run. */
  public void awaitBoth() {
    system.servers().forEach(ServerInstance::awaitReady);
  }

  /** Whoever does not run is started, whatever ended it; waits until both run. */
  public void startTheDead() {
    for (ServerInstance server : system.servers()) {
      if (!server.isRunning()) {
        server.launch();
      }
    }
    awaitBoth();
  }

  @Override
  public void close() {
    system.close();
    proxies.forEach(WireProxy::close);
  }
}
