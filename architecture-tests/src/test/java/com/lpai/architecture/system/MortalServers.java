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

  private MortalServers() {
    system = RunningSystem.builder().servers(2).prepare();
    for (ServerInstance server : system.servers()) {
      URI database = URI.create(system.mongoUri());
      WireProxy proxy =
          WireProxy.mongo(new InetSocketAddress(database.getHost(), database.getPort()));
      proxies.add(proxy);
      server.set("MONGODB_URI", proxy.uri() + database.getPath());
    }
    system.startServers();
    sandbox = new Sandbox(system);
  }

  /** Both run, ready for requests. */
  public static MortalServers start() {
    return new MortalServers();
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
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < proxies.size(); i++) {
      ServerInstance server = system.servers().get(i);
      rules.add(moment.apply(proxies.get(i).when(command)).kill(server::process));
    }
    return new Death(rules);
  }

  /** A death that is to happen. */
  public final class Death {
    private final List<Rule> rules;

    private Death(List<Rule> rules) {
      this.rules = List.copyOf(rules);
    }

    public boolean hasHappened() {
      return rules.stream().anyMatch(rule -> rule.times() > 0);
    }

    /** Nobody dies of it any more. */
    public void averted() {
      rules.forEach(Rule::remove);
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
      averted();
      for (int i = 0; i < rules.size(); i++) {
        if (rules.get(i).times() > 0) {
          ServerInstance dead = system.servers().get(i);
          dead.awaitEnd();
          dead.launch();
        } else {
          system.servers().get(i).awaitReady();
        }
      }
      sandbox.turnsClock(LEASE);
    }
  }

  /** Waits until both servers run. */
  public void awaitBoth() {
    system.servers().forEach(ServerInstance::awaitReady);
  }

  @Override
  public void close() {
    system.close();
    proxies.forEach(WireProxy::close);
  }
}
