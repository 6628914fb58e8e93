package com.lpai.architecture.model;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.architecture.system.HttpCalls;
import com.lpai.architecture.system.MortalServers;
import com.lpai.architecture.system.RunningSystem;
import com.lpai.architecture.system.Sandbox;
import com.lpai.architecture.system.ServerInstance;
import com.lpai.architecture.system.WebhookStorm;
import com.lpai.dev.sandbox.GhlSandbox;
import com.lpai.dev.sandbox.SandboxConfig;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of the model on real processes: two servers, the database, the sandbox. A seed has the
 * same steps here as in {@link TwoWaySyncTest}, its persons do the same, and the same {@link
 * Verdict} judges what both sides show in the end.
 *
 * <p>What the model does to a process of its own is done to a server from outside:
 *
 * <ul>
 *   <li>Persons here use the REST API of a server, persons there GoHighLevel's API.
 *   <li>The servers push when they will; what they tell waits on the {@link Road} to GoHighLevel
 *       until a step lets it through, or for a moment. Calls go wrong there.
 *   <li>The sandbox hands its webhooks to the {@link Carrier}, who brings them as the steps say.
 *   <li>A server dies (SIGKILL) at one of its commands about the location to the database; the
 *       other one goes on, and the dead one starts again.
 *   <li>What happens meanwhile happens while such a command of a server is held, through the other
 *       server.
 *   <li>Time passes by turning the clock that all follow.
 * </ul>
 *
 * <p>Threads run as they like: another replay of a seed is another run.
 */
public final class ModelReplay implements AutoCloseable {
  private static final int MASTER_KEY_BYTES = 96;

  final RunningSystem system;
  final MortalServers servers;
  final Sandbox sandbox;
  final HttpCalls control;
  final Road road = new Road();
  final Carrier carrier = new Carrier();
  final MongoAdapter mongo;
  private final Map<ServerInstance, HttpCalls> operators = new ConcurrentHashMap<>();

  /**
   * How a replay ended.
   *
   * @param deaths how often a server was killed
   * @param edits how many fields persons set, on both sides
   * @param conflicts how many the records name
   * @param replacedUnseen edits there that an update of ours replaced before it could know them
   * @param faults what does not hold, a line each
   * @param story what happened, a line each
   */
  public record Outcome(
      int steps,
      int deaths,
      int interruptions,
      int edits,
      int records,
      int conflicts,
      int replacedUnseen,
      List<String> faults,
      List<String> story) {
    public Outcome {
      faults = List.copyOf(faults);
      story = List.copyOf(story);
    }
  }

  private ModelReplay() {
    servers = MortalServers.prepare(Map.of("GHL_BASE_URL", road.uri().toString()));
    system = servers.system();
    sandbox = new Sandbox(system);
    control = system.sandbox();
    road.leadsTo(system.sandboxUri());
    system.startServers();
    MasterKey unused = new MasterKey.Local(new byte[MASTER_KEY_BYTES]);
    mongo = MongoAdapter.open(MongoSettings.of(system.mongoUri(), unused));
  }

  /** Everything runs, ready for the first seed. */
  public static ModelReplay start() {
    return new ModelReplay();
  }

  /** Replays a seed in a location of its own. */
  public Outcome replay(long seed) {
    behaveAs(Math.floorMod(seed, 1000));
    Replay replay = new Replay(this, seed);
    try {
      return replay.run();
    } finally {
      replay.end();
    }
  }

  /** What GoHighLevel does not document is as the seed of a sandbox decides it. */
  private void behaveAs(long seed) {
    JsonObjectBuilder wanted;
    try (GhlSandbox model =
        GhlSandbox.inProcess(SandboxConfig.standard().withSeed(seed), body -> {})) {
      wanted = Json.createObjectBuilder(model.control("GET", "/sandbox/settings", ""));
    }
    JsonObject all =
        wanted
            .add("uniqueBy", "email,phone")
            .add("rateBurst", 1_000_000)
            .add("rateDaily", 1_000_000_000)
            .add("webhookUrls", Json.createArrayBuilder().add(carrier.uri().toString()))
            .build();
    sandbox.behaves(all.toString());
  }

  /** Calls to a server as the operator. */
  HttpCalls operator(ServerInstance server) {
    return operators.computeIfAbsent(server, ServerInstance::operator);
  }

  /** Tokens may be others after a start, and end when the clock is turned. */
  void forgetOperators() {
    operators.clear();
  }

  /** Lets real time pass. */
  static void pause(Duration time) {
    WebhookStorm.pause(time);
  }

  @Override
  public void close() {
    mongo.close();
    servers.close();
    road.close();
    carrier.close();
  }
}
