package com.lpai.dev.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class WireProxyProcessTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WireProxyProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void followsTheRulesOfItsCommandLineAndItsInput() throws Exception {
    try (EmbeddedMongo mongo = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory())) {
      Process process =
          start(
              "--mongo",
              "127.0.0.1:" + mongo.port(),
              "--rule",
              "name=insert target=things nth=2 at=replied cut",
              "--parent-pid",
              String.valueOf(ProcessHandle.current().pid()));
      try (BufferedReader output = output(process);
          Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
        String uri = output.readLine().substring("READY ".length());
        try (MongoClient client =
            MongoClients.create(uri + "/?retryWrites=false&retryReads=false")) {
          var things = client.getDatabase("test").getCollection("things");
          things.insertOne(new Document("_id", 1));
          assertThatThrownBy(() -> things.insertOne(new Document("_id", 2)))
              .isInstanceOf(MongoException.class);

          input.write("name=delete delay=1\nnonsense\nname=aggregate first=1 cut\n");
          input.flush();
          assertThat(output.readLine()).isEqualTo("OK name=delete delay=1");
          assertThat(output.readLine()).contains("\"nonsense\" is no part of a rule");
          assertThat(output.readLine()).isEqualTo("OK name=aggregate first=1 cut");
          assertThatThrownBy(
                  () -> client.getDatabase("test").getCollection("things").countDocuments())
              .isInstanceOf(MongoException.class);

          assertThat(things.countDocuments()).isEqualTo(2);
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void badArgumentEndsItWithOneLine() throws Exception {
    Process process = start("--mongo", "nowhere");

    assertThat(output(process).readLine()).startsWith("--mongo needs HOST:PORT. Usage: ");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
  }

  @Test
  void badRulesSayWhatIsWrong() {
    try (WireProxy proxy = WireProxy.http(new InetSocketAddress(LOOPBACK, 1))) {
      for (String text :
          List.of("name=x", "at=never cut", "delay=long", "nth=0 cut", "throttle=0", "kill=x")) {
        assertThatThrownBy(() -> RuleText.apply(text, proxy))
            .as(text)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void takenPortIsNamed() {
    try (WireProxy proxy = WireProxy.http(new InetSocketAddress(LOOPBACK, 1))) {
      InetSocketAddress target = proxy.address();
      int port = proxy.address().getPort();

      assertThatThrownBy(() -> WireProxy.mongo(target, port).close())
          .hasMessageStartingWith("Port " + port + " of 127.0.0.1 cannot be used");
    }
  }
}
