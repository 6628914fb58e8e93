package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.architecture.system.HttpCalls.Answer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked for twice happens once: by two servers, and by an answer that never comes. */
class RepeatedRequestsIT {
  private static final String LOCATION = "repeated";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static RunningSystem system;
  private static Sandbox sandbox;
  private static HttpCalls operator;

  @BeforeAll
  static void start() {
    system = RunningSystem.builder().servers(2).start();
    sandbox = new Sandbox(system);
    operator = system.operator();
    sandbox.hasLocation(LOCATION, 1);
    sandbox.installs(LOCATION);
    await("the setup is over")
        .atMost(Duration.ofMinutes(2))
        .until(() -> operator.get(ours("setup")).json().getString("state", "").equals("done"));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static String ours(String rest) {
    return "/api/locations/" + LOCATION + "/" + rest;
  }

  private static List<JsonObject> listed(String rest) {
    return operator.get(ours(rest)).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void oneKeyMakesOneContactWhateverServerIsAsked() throws Exception {
    JsonObject body = Sandbox.parsed("{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"}");

    List<Callable<Answer>> requests =
        IntStream.range(0, 8)
            .<Callable<Answer>>mapToObj(number -> () -> createdBy(number % 2 + 1, body))
            .toList();
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
      for (Future<Answer> answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(answers.stream().map(answer -> answer.json().getString("id")).distinct()).hasSize(1);
    assertThat(listed("contacts?email=ada@example.com")).hasSize(1);
    await("it is told once")
        .atMost(SOON)
        .until(() -> listed("contacts?email=ada@example.com&syncState=synced").size() == 1);
    assertThat(sandbox.appCalls(LOCATION, "POST", "/contacts/")).hasSize(1);
  }

  private static Answer createdBy(int server, JsonObject body) {
    return system
        .server(server)
        .operator()
        .with("Idempotency-Key", "\"one of eight\"")
        .post(ours("contacts"), body);
  }

  @Test
  void aMessageWhoseAnswerNeverComesIsThereOnce() {
    String contact = listed("contacts?limit=1").getFirst().getString("id");
    sandbox.faults(
        """
        [{"kind":"timeoutAfterEffect","holdMs":200,"times":1,
          "match":{"method":"POST","path":"/conversations/messages","locationId":"repeated"}}]
        """);

    Answer made =
        operator.post(
            ours("outgoing-messages"),
            Sandbox.parsed(
                "{\"contactId\":\"%s\",\"type\":\"SMS\",\"message\":\"See you at nine\"}"
                    .formatted(contact)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String path = ours("outgoing-messages/" + made.json().getString("id"));
    await("it is looked for")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(operator.get(path).json().getJsonObject("sync").getString("error", ""))
                    .contains("no answer"));
    // A search of the sandbox lags by up to half a minute, and is waited for.
    sandbox.turnsClock("PT36S");

    await("it is found")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(operator.get(path).json().getJsonObject("sync").getString("state"))
                    .isEqualTo("synced"));
    String messageId = operator.get(path).json().getString("ghlMessageId");
    assertThat(sandbox.appCalls(LOCATION, "POST", "/conversations/messages")).hasSize(1);
    await("the event told of the same one")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        listed("conversations").stream()
                            .flatMap(
                                talk ->
                                    listed("conversations/" + talk.getString("id") + "/messages")
                                        .stream())
                            .filter(
                                message -> message.getString("body", "").equals("See you at nine"))
                            .map(message -> message.getString("id")))
                    .containsExactly(messageId));
  }
}
