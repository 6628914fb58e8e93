package com.lpai.architecture.campaign;

import static org.awaitility.Awaitility.await;

import com.lpai.architecture.system.FieldByField;
import com.lpai.architecture.system.MortalServers;
import com.lpai.architecture.system.RunningSystem;
import com.lpai.architecture.system.Sandbox;
import com.lpai.dev.wire.Match;
import com.lpai.dev.wire.Then;
import com.lpai.dev.wire.When;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;

/**
 * The program of {@code dev/campaign/setup.sh}: kill -9 of whichever server copies a location, at
 * any of its commands to the database, again and again. Ends with 1 when the copy is not equal to
 * the location in the end, or more was fetched twice than one page for each death.
 */
final class SetupCampaign extends Campaign {
  private static final String UNDISTURBED = "undisturbed";
  private static final String MORTAL = "mortal";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A death comes within so many commands of the one before. */
  private static final int MOST_COMMANDS = 100;

  /**
   * Of a directory's list a whole reading is made again: of custom fields these are three calls.
   */
  private static final int CALLS_OF_A_LIST = 3;

  private static final List<String> PAGED =
      List.of(
          "POST /contacts/search",
          "POST /opportunities/search",
          "GET /calendars/events",
          "GET /conversations/search",
          "GET /conversations/messages/export");

  /** When in the life of a command a server dies of it. */
  private enum Moment {
    BEFORE("before", When::before),
    DURING("during", When::afterForwarding),
    AFTER("after", When::afterReply);

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
    private final Function<When, Then> when;

    Moment(String word, Function<When, Then> when) {
      this.word = word;
      this.when = when;
    }
  }

  private SetupCampaign() {
    super("Setup campaign", "dev/campaign/setup.sh", "kills", 20);
  }

  public static void main(String... arguments) throws IOException {
    new SetupCampaign().runAndExit(arguments);
  }

  @Override
  void breakThings() {
    try (MortalServers servers = MortalServers.start()) {
      run(servers);
    }
  }

  private void run(MortalServers servers) {
    Sandbox sandbox = new Sandbox(servers.system());
    for (String location : List.of(UNDISTURBED, MORTAL)) {
      sandbox.control(
          "/sandbox/locations",
          """
          {"locationId":"%s","contacts":3000,"opportunities":1500,"appointments":400,
           "calendars":6,"conversations":250,"messages":3000,"users":3,"seed":%d}
          """
              .formatted(location, seed()));
    }
    sandbox.installs(UNDISTURBED);
    awaitDone(servers, UNDISTURBED);
    sandbox.installs(MORTAL);
    kill(servers);
    awaitDone(servers, MORTAL);
    compare(servers.system());
    count(sandbox);
  }

  // ---- killing

  private void kill(MortalServers servers) {
    tell(
        "Two servers over one database copy a location of 3000 contacts, 1500 opportunities, 400"
            + " appointments, 250 conversations and 3000 messages. Whichever is at work is killed"
            + " at a command of this copy to the database: before the database has it, while it"
            + " works on it, or when it has replied; the other one takes over, and the dead one"
            + " starts again.");
    tell("");
    tell("| kill | at the command | moment | steps copied | under way |");
    tell("|---|---|---|---|---|");
    Random random = new Random(seed());
    for (int kill = 1; kill <= times(); kill++) {
      int command = random.nextInt(1, MOST_COMMANDS + 1);
      Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
      MortalServers.Death death =
          servers.next(Match.any().containing(MORTAL).nth(command), moment.when);
      await("a death or the end")
          .atMost(PATIENCE)
          .until(() -> death.hasHappened() || isDone(servers.system(), MORTAL));
      if (!death.hasHappened()) {
        death.averted();
        findings().add("only " + (kill - 1) + " kills were possible before the copy was complete");
        return;
      }
      String line =
          "| %d | %d. | %s | %s |"
              .formatted(kill, command, moment.word, progress(servers.system()));
      Pace.say(line);
      tell(line);
      death.goOn();
    }
  }

  private static Document location(RunningSystem system, String id) {
    Document found =
        system.database().getCollection("locations").find(Filters.eq("locationId", id)).first();
    return found == null ? new Document() : found;
  }

  private static boolean isDone(RunningSystem system, String id) {
    Document setup = location(system, id).get("setup", new Document());
    return setup.get("run", 0L) > 0 && !setup.getBoolean("underWay", true);
  }

  private static void awaitDone(MortalServers servers, String id) {
    await(id + " is copied").atMost(PATIENCE).until(() -> isDone(servers.system(), id));
  }

  private static String progress(RunningSystem system) {
    Document results = location(system, MORTAL).get("setupResults", new Document());
    int copied = 0;
    List<String> underWay = new ArrayList<>();
    for (String step : results.keySet()) {
      Document result = results.get(step, new Document());
      String state = result.getString("state").toLowerCase(Locale.ROOT);
      switch (state) {
        case "copied", "done" -> copied++;
        case "running" ->
            underWay.add(step + " " + result.get("counts", new Document()).get("done"));
        default -> {
          // It waits.
        }
      }
    }
    return copied + " | " + (underWay.isEmpty() ? "what changed" : String.join(", ", underWay));
  }

  // ---- comparing

  private void compare(RunningSystem system) {
    tell("");
    tell("## Equal, field by field");
    tell("");
    tell("| kind | records |");
    tell("|---|---|");
    FieldByField.Result copy = FieldByField.compared(system, MORTAL);
    copy.differences().forEach(findings()::add);
    FieldByField.compared(system, UNDISTURBED).differences().forEach(findings()::add);
    new TreeMap<>(copy.compared())
        .forEach((kind, count) -> tell("| %s | %d |".formatted(kind, count)));
    tell("");
  }

  /** By the sandbox's own record of calls, beside those of an undisturbed copy of the same. */
  private void count(Sandbox sandbox) {
    Map<String, Integer> undisturbed = sandbox.countedAppCalls(UNDISTURBED);
    Map<String, Integer> mortal = new TreeMap<>(sandbox.countedAppCalls(MORTAL));
    tell("## Calls to GoHighLevel, by its own record");
    tell("");
    tell("| call | undisturbed | killed | again |");
    tell("|---|---|---|---|");
    int pages = 0;
    int lists = 0;
    for (Map.Entry<String, Integer> call : mortal.entrySet()) {
      int expected = undisturbed.getOrDefault(call.getKey(), 0);
      int again = call.getValue() - expected;
      tell("| `%s` | %d | %d | %d |".formatted(call.getKey(), expected, call.getValue(), again));
      if (PAGED.contains(call.getKey())) {
        pages += Math.max(0, again);
      } else if (call.getKey().startsWith("GET")) {
        lists += Math.max(0, again);
      } else if (call.getKey().contains("customFields") && again != 0) {
        findings().add("custom fields were made " + again + " times more");
      }
    }
    tell("");
    tell(
        "%d pages were fetched again, and %d calls for whole lists, after %d kills."
            .formatted(pages, lists, times()));
    tell("");
    if (pages + (lists + CALLS_OF_A_LIST - 1) / CALLS_OF_A_LIST > times()) {
      findings().add("more than one page a kill was fetched again");
    }
  }
}
