package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built war, deployed by Arquillian to a server that is not ours, walks the main job. */
@ExtendWith({SecondServer.class, ArquillianExtension.class})
@RunAsClient
class DeployedWarIT {
  private static final String WAR = "lpai";
  private static final String LOCATION = "deployed";
  private static final Duration SOON = Duration.ofSeconds(30);

  @ArquillianResource private ContainerController containers;
  @ArquillianResource private Deployer deployer;

  @Deployment(name = WAR, managed = false, testable = false)
  @TargetsContainer(SecondServer.CONTAINER)
  public static WebArchive builtWar() {
    return ShrinkWrap.create(ExplodedImporter.class, WAR + ".war")
        .importDirectory(Build.explodedWar().toFile())
        .as(WebArchive.class)
        .addAsWebInfResource(
            new StringAsset("<web-ext><context-root uri=\"/\"/></web-ext>"), "ibm-web-ext.xml");
  }

  @AfterEach
  void stop() {
    containers.stop(SecondServer.CONTAINER);
  }

  @Test
  void installMirrorWebhookWriteThroughAndRestart() {
    RunningSystem system = SecondServer.system();
    Sandbox sandbox = new Sandbox(system);
    containers.start(SecondServer.CONTAINER);
    deployer.deploy(WAR);
    awaitReady(system);

    sandbox.hasLocation(LOCATION, 50);
    sandbox.installs(LOCATION);
    awaitTotal(system, 50);
    changedInTheCrm(system, sandbox, "Reykjavik");
    changedByRest(system, sandbox, "Lisbon");

    containers.stop(SecondServer.CONTAINER);
    containers.start(SecondServer.CONTAINER);
    awaitReady(system);

    awaitTotal(system, 50);
    changedByRest(system, sandbox, "Berlin");
    sandbox.asUserOf(LOCATION).post("/contacts/", newContact());
    awaitTotal(system, 51);
  }

  private static JsonObject newContact() {
    return Json.createObjectBuilder()
        .add("locationId", LOCATION)
        .add("firstName", "Ada")
        .add("email", "ada.lovelace@example.com")
        .build();
  }

  private static void changedInTheCrm(RunningSystem system, Sandbox sandbox, String city) {
    JsonObject contact = firstContact(system);

    sandbox.asUserOf(LOCATION).put("/contacts/" + contact.getString("ghlContactId"), ofCity(city));

    await("the webhook's change is in our answers")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(firstContact(system).getString("city", "")).isEqualTo(city));
  }

  private static void changedByRest(RunningSystem system, Sandbox sandbox, String city) {
    JsonObject contact = firstContact(system);

    HttpCalls.Answer answer =
        system.operator().patch(contacts() + "/" + contact.getString("id"), ofCity(city));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    await("the change is in the CRM")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        sandbox
                            .contact(LOCATION, contact.getString("ghlContactId"))
                            .getString("city", ""))
                    .isEqualTo(city));
  }

  private static void awaitReady(RunningSystem system) {
    await("the server is ready")
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> system.server().get("/health/ready").status() == 200);
  }

  private static void awaitTotal(RunningSystem system, int total) {
    await(total + " contacts are here, all synced")
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonObject contacts =
                  system
                      .operator()
                      .get("/api/locations/" + LOCATION + "/sync-health")
                      .json()
                      .getJsonObject("contacts");
              assertThat(contacts.getInt("total")).isEqualTo(total);
              assertThat(contacts.getInt("synced")).isEqualTo(total);
            });
  }

  private static JsonObject firstContact(RunningSystem system) {
    return system
        .operator()
        .get(contacts() + "?limit=1")
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private static String contacts() {
    return "/api/locations/" + LOCATION + "/contacts";
  }

  private static JsonObject ofCity(String city) {
    return Json.createObjectBuilder().add("city", city).build();
  }
}
