package com.lpai.architecture.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real browser: Chromium as the machine has it (LPAI_CHROMIUM names another). */
class ConsoleIT {
  private static final double WITHIN_MILLIS = 30_000;

  /** The pauses between attempts grow while a renewal fails. */
  private static final double BACK_OFF_MILLIS = 150_000;

  private static final Duration SOON = Duration.ofSeconds(45);

  private static RunningSystem system;
  private static Sandbox sandbox;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() {
    Optional<Path> chromium = chromium();
    if (chromium.isEmpty()) {
      String why = "No Chromium found: install it, or set LPAI_CHROMIUM to its program.";
      if ("true".equals(System.getenv("CI"))) {
        fail(why);
      }
      abort(why);
    }
    system = RunningSystem.shared();
    sandbox = new Sandbox(system);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    .setArgs(List.of("--no-sandbox")));
    PlaywrightAssertions.setDefaultAssertionTimeout(WITHIN_MILLIS);
  }

  private static Optional<Path> chromium() {
    return Stream.of(
            System.getenv().getOrDefault("LPAI_CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() {
    context = browser.newContext();
    page = watched(context.newPage());
  }

  /** Every error of a script, of the Content Security Policy or of a call is a complaint. */
  private Page watched(Page opened) {
    opened.onConsoleMessage(
        message -> {
          boolean isTrouble = message.type().equals("error") || message.type().equals("warning");
          if (isTrouble && isOurs(message.location())) {
            complaints.add(message.text());
          }
        });
    opened.onPageError(complaints::add);
    opened.onResponse(
        response -> {
          if (response.status() >= 400 && isOurs(response.url())) {
            complaints.add("status of " + response.status() + " from " + response.url());
          }
        });
    return opened;
  }

  /** The sandbox's own pages are not what is tested here. */
  private static boolean isOurs(String address) {
    return !address.contains(":" + system.sandboxUri().getPort() + "/");
  }

  /** The address that people and GoHighLevel know, so that a session outlives an installation. */
  private static String console() {
    return "http://localhost:" + system.serverUri().getPort();
  }

  /** What this test brings about on purpose, by a part of the complaint. */
  private void expect(String part) {
    expected.add(part);
  }

  @AfterEach
  void nothingElseIsWrong() {
    sandbox.noFaults();
    context.close();
    assertThat(complaints)
        .filteredOn(complaint -> expected.stream().noneMatch(complaint::contains))
        .isEmpty();
  }

  private void signIn() {
    page.navigate(console());
    page.getByLabel("Password").fill(system.operatorPassword());
    page.locator("#sign-in-form button").click();
    assertThat(page.locator("#live")).hasText("live");
  }

  private Locator row(String name) {
    return page.locator(".row").filter(new Locator.FilterOptions().setHasText(name));
  }

  private Locator alert(String name) {
    return page.locator("#alerts .alert").filter(new Locator.FilterOptions().setHasText(name));
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private Locator tab(String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
  }

  /** Grants everything on GoHighLevel's consent page, for one location. */
  private void consentsFor(String location) {
    page.locator("input[value='" + location + "']").check();
    page.locator("button[value=allow]").click();
  }

  private static String anyLocation() {
    return "console-" + UUID.randomUUID();
  }

  /** As {@link Sandbox} calls it. */
  private static String nameOf(String location) {
    return "Location " + location;
  }

  /** A location that has the app and is copied. */
  private static String installed(int contacts) {
    String location = anyLocation();
    sandbox.hasLocation(location, contacts);
    sandbox.installs(location);
    await("the copy is over")
        .atMost(SOON)
        .until(
            () ->
                system
                    .operator()
                    .get("/api/locations/" + location + "/setup")
                    .json()
                    .getString("state")
                    .equals("done"));
    return location;
  }

  /** Makes the server use the location's token. */
  private static void copiesAgain(String location) {
    HttpCalls.Answer answer =
        system
            .operator()
            .post(
                "/api/locations/setup-location",
                Json.createObjectBuilder().add("locationId", location).build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  // ---- locations

  @Test
  void aLocationAppearsAndFillsWhileOneLooks() {
    String location = anyLocation();
    sandbox.hasLocation(location, 120);
    signIn();

    sandbox.installs(location);

    Locator row = row(nameOf(location));
    assertThat(row.locator(".pill")).hasText("Connected");
    assertThat(row).containsText("120 contacts in sync");
    assertThat(row).containsText("Copied");
    assertThat(row).hasAttribute("data-health", "healthy");
    assertThat(row.locator("time")).hasAttribute("title", Pattern.compile("\\d"));
  }

  @Test
  void aLinkToALocationThatIsNotHereLeadsToTheOthersAndSaysWhy() {
    expect("status of 404");
    signIn();

    page.navigate(console() + "/#/locations/nobody");

    assertThat(page.locator("#done")).hasText("There is no such location here (any more).");
    assertThat(page.locator("#overview")).isVisible();
    assertThat(page.locator("#location")).isHidden();
  }

  @Test
  void locationsAreFoundByNameAndByHealth() {
    String healthy = installed(1);
    String gone = installed(1);
    sandbox.uninstalls("/" + gone + "?", true);
    signIn();
    assertThat(row(nameOf(gone)).locator(".pill")).hasText("Uninstalled");

    page.locator("#filters input[name=text]").fill(healthy.substring(0, 20).toUpperCase(ROOT));
    assertThat(row(nameOf(healthy))).isVisible();
    assertThat(row(nameOf(gone))).isHidden();

    page.locator("#filters input[name=text]").fill("");
    page.locator(".chips label")
        .filter(new Locator.FilterOptions().setHasText("Not installed"))
        .click();
    assertThat(row(nameOf(gone))).isVisible();
    assertThat(row(nameOf(healthy))).isHidden();

    page.locator("#filters input[name=text]").fill("nobody is called so");
    button("Show all locations").click();
    assertThat(row(nameOf(healthy))).isVisible();
    assertThat(row(nameOf(gone))).isVisible();
  }

  @Test
  void anUninstalledLocationIsNoAlertAndSaysHowToGoOn() {
    String location = installed(2);
    sandbox.uninstalls("/" + location + "?", true);
    signIn();
    assertThat(row(nameOf(location)).locator(".pill")).hasText("Uninstalled");
    assertThat(alert(nameOf(location))).hasCount(0);

    link(nameOf(location)).click();

    Locator note = page.locator("#location-alerts .alert");
    assertThat(note).containsText("The app was uninstalled in GoHighLevel.");
    assertThat(note.locator("a.button"))
        .hasAttribute("href", Pattern.compile("/api/oauth/install$"));
    assertThat(page.locator("#sync-counts")).containsText("2");
  }

  @Test
  void aLocationIsErasedOnlyWhenItsIdIsTyped() {
    String location = installed(3);
    signIn();
    link(nameOf(location)).click();
    tab("Connection").click();
    page.getByText("Erase this location…").click();
    Locator confirm = page.locator("#erase input");

    confirm.fill("something else");
    assertThat(button("Erase for good")).isDisabled();
    confirm.fill(location);
    button("Erase for good").click();

    assertThat(page.locator("#done")).containsText(nameOf(location) + " is erased:");
    assertThat(row(nameOf(location))).hasCount(0);
    assertThat(page.locator("#overview")).isVisible();
  }

  // ---- copies, step by step

  private static void copyOf(String location, String... faults) {
    sandbox.hasLocation(location, 300);
    sandbox.faults(("[" + String.join(",", faults) + "]").replace("$LOCATION", location));
  }

  private static final String SLOW_CONTACTS =
      """
      {"kind":"latency","latencyMs":1500,"match":{"path":"/contacts/search","locationId":"$LOCATION"}}
      """;
  private static final String NO_PIPELINES =
      """
      {"kind":"status","status":403,"body":{"message":"no pipelines for you"},
       "match":{"path":"/opportunities/pipelines","locationId":"$LOCATION"}}
      """;

  private static final String PIPELINES_AWAY =
      """
      {"kind":"status","status":503,"match":{"path":"/opportunities/pipelines","locationId":"$LOCATION"}}
      """;

  private Locator step(String name) {
    return page.locator("#steps li:has(.step-name:text-is('" + name + "'))");
  }

  @Test
  void aCopyIsFollowedStepByStepUntilItIsOver() {
    String location = anyLocation();
    copyOf(location, SLOW_CONTACTS);
    signIn();
    sandbox.installs(location);
    link(nameOf(location)).click();

    assertThat(page.locator("#steps li")).hasCount(11);
    assertThat(page.locator("#setup-state")).hasText("Step 7 of 11: contacts");
    assertThat(step("Contacts"))
        .containsText(Pattern.compile("\\d+ of 300 · \\d+(\\.\\d)? a second"));
    assertThat(step("Contacts").locator("progress")).hasAttribute("max", "300");
    assertThat(step("Projects")).containsText("waiting");
    assertThat(button("Copy what changed")).isDisabled();

    assertThat(page.locator("#setup-state")).containsText("Copied");
    assertThat(page.locator("#steps .step.done")).hasCount(11);
    assertThat(page.locator("#totals")).containsText("300");
    for (String kind : List.of("Projects", "Messages", "Calendars", "Users", "Pipelines")) {
      assertThat(page.locator("#totals")).containsText(kind);
    }
  }

  @Test
  void aStepThatFailedSaysWhyAndIsTriedAgainByKeyboard() {
    String location = anyLocation();
    copyOf(location, NO_PIPELINES);
    sandbox.installs(location);
    signIn();
    link(nameOf(location)).click();
    assertThat(page.locator("#setup-state")).hasText("Not copied: pipelines");
    assertThat(step("Pipelines")).containsText("no pipelines for you");
    assertThat(step("Projects")).containsText("It needs pipelines");

    sandbox.noFaults();
    button("Try again: Pipelines").focus();
    page.keyboard().press("Enter");

    assertThat(page.locator("#setup-state")).containsText("Copied");
    assertThat(step("Pipelines")).isFocused();
    assertThat(page.locator("#steps .step.done")).hasCount(11);
    assertThat(button("Try again: Pipelines")).hasCount(0);
  }

  @Test
  void aStepThatIsTriedAgainByItselfSaysWhenAndNeedNotBeWaitedFor() {
    String location = anyLocation();
    copyOf(location, PIPELINES_AWAY);
    sandbox.installs(location);
    signIn();
    link(nameOf(location)).click();

    assertThat(page.locator("#setup-state")).hasText("Tried again by itself: pipelines");
    assertThat(step("Pipelines")).containsText("retrying");
    assertThat(step("Pipelines")).containsText("It is tried again by itself at ");
    assertThat(step("Projects")).containsText("waiting");
    assertThat(button("Copy what changed")).isEnabled();
    await("so many failures that the next attempt is far enough away to be hastened")
        .atMost(SOON)
        .until(() -> hasFailed("pipelines", 5, location));

    sandbox.noFaults();
    button("Try now: Pipelines").click();

    assertThat(page.locator("#setup-state"))
        .containsText(
            "Copied", new LocatorAssertions.ContainsTextOptions().setTimeout(BACK_OFF_MILLIS));
    assertThat(page.locator("#steps .step.done")).hasCount(11);
    assertThat(button("Try now")).hasCount(0);
  }

  private static boolean hasFailed(String step, int times, String location) {
    return system
        .operator()
        .get("/api/locations/" + location + "/setup")
        .json()
        .getJsonArray("steps")
        .getValuesAs(JsonObject.class)
        .stream()
        .anyMatch(
            each -> each.getString("step").equals(step) && each.getInt("attempts", 0) >= times);
  }

  @Test
  void whatChangedSinceTheLastCopyIsCopiedByAButton() {
    String location = installed(3);
    signIn();
    link(nameOf(location)).click();

    button("Copy what changed").click();

    await("another copy is over, of changes only")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(system.operator().get("/api/locations/" + location + "/setup").body())
                    .contains("\"run\":2,\"state\":\"done\",\"fullSync\":false"));
    assertThat(button("Copy what changed")).isEnabled();
  }

  // ---- agencies

  @Test
  void anAgencyInstallsOnceForAllItsLocations() {
    String company = "agency-" + UUID.randomUUID();
    List<String> locations = sandbox.hasCompany(company, 3);
    signIn();

    page.locator("#install").click();
    page.getByText("Install for a whole agency").click();
    consentsFor("company:" + company);
    assertThat(page.locator("#headline")).hasText("Your agency is connected");
    assertThat(page.locator("#steps")).containsText("3 of 3");
    assertThat(page.locator("#message")).containsText("Every location that has the app");
    link("Open the console").click();

    Locator agency =
        page.locator("#companies > li").filter(new Locator.FilterOptions().setHasText(company));
    assertThat(agency).containsText("3 of 3 locations connected");
    assertThat(agency.locator(".pill")).hasText("Connected");
    agency.getByText("Show its locations").click();
    assertThat(page.locator(".row:visible")).hasCount(3);
    for (String location : locations) {
      assertThat(row(location).locator(".pill")).hasText("Connected");
    }
    agency.getByText("Look for locations").click();
    assertThat(agency).containsText("Looked for locations");
  }

  // ---- alerts: each appears and ends by itself while one looks

  @Test
  void refusedTokensLeadToTheInstallationThatEndsTheAlert() {
    String location = installed(1);
    signIn();
    assertThat(alert(nameOf(location))).hasCount(0);

    sandbox.control("/sandbox/tokens/revoke", "{\"locationId\":\"" + location + "\"}");
    copiesAgain(location);

    Locator alert = alert(nameOf(location));
    assertThat(alert).containsText("Connect again");
    assertThat(alert).containsText("Install the app again, and choose this location there.");
    assertThat(page.locator("#news")).containsText(nameOf(location));
    assertThat(row(nameOf(location))).hasAttribute("data-health", "attention");
    alert.locator("a.button").click();
    consentsFor(location);
    assertThat(page.locator("#headline")).hasText(nameOf(location) + " is connected");
    link("Open the console").click();
    assertThat(row(nameOf(location)).locator(".pill")).hasText("Connected");
    assertThat(alert(nameOf(location))).hasCount(0);
  }

  @Test
  void aMissingScopeIsNamedUntilItIsGranted() {
    String location = anyLocation();
    sandbox.hasLocation(location, 1);
    sandbox.control(
        "/sandbox/installs",
        """
        {"locationId":"%s","scopes":["contacts.readonly","contacts.write","locations.readonly"]}
        """
            .formatted(location));
    signIn();
    assertThat(alert(nameOf(location)))
        .containsText(Pattern.compile("Not granted: .*calendars\\.readonly.*users\\.readonly\\."));

    alert(nameOf(location)).locator(".subject a").click();

    assertThat(tab("Connection")).hasAttribute("aria-selected", "true");
    assertThat(scope("users.readonly")).hasText("not granted");
    assertThat(scope("contacts.write")).hasText("granted");
    sandbox.installs(location);
    assertThat(scope("users.readonly")).hasText("granted");
    assertThat(page.locator("#location-alerts .alert")).hasCount(0);
    link("All locations").click();
    assertThat(alert(nameOf(location))).hasCount(0);
  }

  private Locator scope(String name) {
    return page.locator("#scopes li")
        .filter(new Locator.FilterOptions().setHasText(name))
        .locator(".pill");
  }

  @Test
  void aSuspendedLocationIsToldWithItsReason() {
    String location = installed(1);
    sandbox.control("/sandbox/locations/" + location + "/suspend", "{}");
    sandbox.control("/sandbox/tokens/expire", "{\"locationId\":\"" + location + "\"}");
    copiesAgain(location);
    signIn();

    assertThat(alert(nameOf(location))).containsText("GoHighLevel says that it is not active.");
    link(nameOf(location)).first().click();
    page.getByText("What exactly happened").click();
    assertThat(page.locator("#location-alerts")).containsText("Location is not active");
    assertThat(page.locator("#location-pill")).hasText("Suspended");

    sandbox.control("/sandbox/locations/" + location + "/resume", "{}");
    sandbox.installs(location);
    assertThat(page.locator("#location-pill")).hasText("Connected");
    assertThat(page.locator("#location-alerts .alert")).hasCount(0);
  }

  @Test
  void whatBothSidesChangedIsDecidedWithOneClick() {
    String location = installed(1);
    asksAboutTheCity(location);
    changedOnBothSides(location, "Berlin", "Paris");
    signIn();
    assertThat(row(nameOf(location))).hasAttribute("data-health", "attention");

    assertThat(alert(nameOf(location))).containsText("One record waits for a decision");
    alert(nameOf(location)).getByRole(AriaRole.LINK).click();

    Locator conflict = page.locator("#conflicts > li");
    assertThat(conflict).hasCount(1);
    assertThat(conflict.locator(".side.won")).containsText("Berlin");
    assertThat(conflict.locator(".side").last()).containsText("Paris");
    assertAreSideBySide(conflict.locator(".side").first(), conflict.locator(".side").last());
    page.setViewportSize(360, 740);
    assertFits();
    conflict.getByText("Take theirs").focus();
    page.keyboard().press("Enter");

    assertThat(page.locator("#conflicts-note")).hasText("There is no such conflict.");
    assertThat(page.locator("#location-alerts .alert")).hasCount(0);
    assertThat(contact(location).getString("city")).isEqualTo("Paris");
    page.locator("#conflict-filters select").selectOption("resolved");
    assertThat(conflict).containsText("Settled by");
  }

  @Test
  void whoWroteWhatIsHereIsToldBesideAConflictForWhoeverAsks() {
    String location = installed(1);
    asksAboutTheCity(location);
    changedOnBothSides(location, "Berlin", "Paris");
    String path = "/api/locations/" + location + "/contacts/" + contact(location).getString("id");
    JsonObject city =
        system
            .operator()
            .get(path + "/provenance")
            .json()
            .getJsonObject("fields")
            .getJsonObject("city");
    assertThat(city.getString("origin")).isEqualTo("user");
    signIn();
    link(nameOf(location)).first().click();
    tab("Conflicts").click();
    Locator conflict = page.locator("#conflicts > li");

    conflict.getByText("Who wrote what is here?").click();

    assertThat(conflict)
        .containsText("What is here was written by " + city.getString("subject") + ", ");
    assertThat(conflict.locator("p time").last()).hasAttribute("datetime", city.getString("at"));
  }

  @Test
  void whoDecidesIsSaidFieldByField() {
    String location = installed(1);
    expect("status of 400");
    signIn();
    link(nameOf(location)).click();
    tab("Conflicts").click();
    assertThat(page.locator("#rules tr")).hasCount(4);

    page.getByPlaceholder("A field, email for example").fill("emial");
    button("Add").click();
    assertThat(page.locator("#rules-error")).containsText("There is no such field");
    page.getByPlaceholder("A field, email for example").fill("email");
    page.locator("#rule-add select[name=rule]").selectOption("ask");
    button("Add").click();
    assertThat(page.locator("#rules tr")).hasCount(5);
    page.getByLabel("Who decides: Projects").selectOption("theirs");
    page.reload();

    assertThat(page.getByLabel("Who decides: Contacts, email")).hasValue("ask");
    assertThat(page.getByLabel("Who decides: Projects")).hasValue("theirs");
    page.getByLabel("Who decides: Contacts, email").selectOption("");
    assertThat(page.locator("#rules tr")).hasCount(4);
  }

  private static void asksAboutTheCity(String location) {
    HttpCalls.Answer answer =
        system
            .operator()
            .put(
                "/api/operations/locations/" + location + "/conflict-policy",
                Json.createObjectBuilder()
                    .add(
                        "contacts",
                        Json.createObjectBuilder()
                            .add("fields", Json.createObjectBuilder().add("city", "ask")))
                    .build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** GoHighLevel refuses ours until somebody has changed it there. */
  private static void changedOnBothSides(String location, String here, String there) {
    String id = contact(location).getString("ghlContactId");
    changeIsRefused(location, here);
    sandbox
        .asUserOf(location)
        .put("/contacts/" + id, Json.createObjectBuilder().add("city", there).build());
    await("theirs has come").atMost(SOON).until(() -> state(location).equals("blocked"));
  }

  private static void changeIsRefused(String location, String city) {
    JsonObject contact = contact(location);
    sandbox.faults(
        """
        [{"kind":"status","status":400,"body":{"message":"no such city"},
          "match":{"method":"PUT","path":"/contacts/%s"}}]
        """
            .formatted(contact.getString("ghlContactId")));
    system
        .operator()
        .patch(
            "/api/locations/" + location + "/contacts/" + contact.getString("id"),
            Json.createObjectBuilder().add("city", city).build());
    await("ours is refused").atMost(SOON).until(() -> state(location).equals("failed"));
    sandbox.noFaults();
  }

  private static String state(String location) {
    return contact(location).getJsonObject("sync").getString("state");
  }

  private static JsonObject contact(String location) {
    return system
        .operator()
        .get("/api/locations/" + location + "/contacts")
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  @Test
  void messagesThatWereNotSentAreToldUntilEachIsSentAnewOrDiscarded() {
    String location = installed(1);
    messageIsRefused(location, "See you at nine");
    messageIsRefused(location, "See you at ten");
    sandbox.noFaults();
    signIn();
    Locator alert =
        alert(nameOf(location))
            .filter(new Locator.FilterOptions().setHasText("Messages were not sent"));
    assertThat(alert).containsText("2 messages were not sent, or nobody knows whether they were.");

    alert.getByRole(AriaRole.LINK).click();
    assertThat(page.locator("#failed-count")).hasText("2");
    assertThat(page.locator("#unsent li")).hasCount(2);
    Locator first = page.locator("#unsent li").first();
    assertThat(first).containsText("SMS to ");
    assertThat(first).containsText("See you at nine");
    assertThat(first).containsText("no number to send to");
    first.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send anew")).click();

    assertThat(page.locator("#unsent li")).hasCount(1);
    assertThat(page.locator("#unsent li").first()).containsText("See you at ten");
    page.locator("#unsent").getByText("Discard").click();
    assertThat(page.locator("#ask")).containsText("Discard?");
    assertThat(page.locator("#ask")).containsText("removed from here for good: “See you at ten”");
    page.locator("#ask").getByText("Keep").click();
    assertThat(page.locator("#ask")).isHidden();
    assertThat(outgoing(location)).hasSize(2);

    Request discarding =
        page.waitForRequest(
            request -> request.method().equals("DELETE"),
            () -> {
              page.locator("#unsent").getByText("Discard").click();
              page.locator("#ask-yes").click();
            });
    assertThat(discarding.headerValue("If-Match")).isNotBlank();
    assertThat(page.locator("#attention-note")).hasText("Nothing needs attention.");
    assertThat(page.locator("#unsent-part")).isHidden();
    assertThat(page.locator("#failed-count")).isHidden();
    assertThat(page.locator("#location-alerts .alert")).hasCount(0);
    await("the first one was sent")
        .atMost(SOON)
        .until(
            () ->
                outgoing(location).stream()
                    .map(message -> message.getJsonObject("sync").getString("state"))
                    .toList()
                    .equals(List.of("synced")));
  }

  @Test
  void whatIsRefusedIsSaidInTheServersWordsAndNamesAreAskedForOnce() {
    String location = installed(1);
    messageIsRefused(location, "See you at nine");
    sandbox.noFaults();
    String contact = "/contacts/" + contact(location).getString("id");
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().endsWith(contact)) {
            asked.add(request.url());
          }
        });
    page.route(
        "**/outgoing-messages/*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(409)
                    .setContentType("application/problem+json")
                    .setBody("{\"status\":409,\"detail\":\"It is being sent.\"}")));
    expect("409");
    signIn();
    page.navigate(console() + "/#/locations/" + location + "/failed");

    page.locator("#unsent").getByText("Discard").click();
    page.locator("#ask-yes").click();

    assertThat(page.locator("#unsent li .error")).hasText("It is being sent.");
    assertThat(page.locator("#unsent").getByText("Discard")).isEnabled();
    tab("Contacts").click();
    page.locator("#unsent li").evaluateAll("(items) => items.forEach((item) => item.remove())");
    tab("Needs attention").click();
    assertThat(page.locator("#unsent li")).containsText("SMS to ");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aListThatDoesNotComeHidesNoOther() {
    String location = installed(1);
    changeIsRefused(location, "Rome");
    page.route(
        "**/outgoing-messages?*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{\"status\":503,\"detail\":\"The database is away.\"}")));
    expect("503");
    signIn();
    page.navigate(console() + "/#/locations/" + location + "/failed");

    assertThat(page.locator("#failed li")).containsText("no such city");
    assertThat(page.locator("#unsent-part")).containsText("The database is away.");
    assertThat(page.locator("#attention-note")).isEmpty();
  }

  @Test
  void projectsAndAppointmentsThatWereRefusedAreListedAndTriedAgain() {
    String location = installed(1);
    sandbox.faults(
        """
        [{"kind":"status","status":400,"body":{"message":"no such deal"},
          "match":{"method":"POST","path":"/opportunities/","locationId":"%1$s"}},
         {"kind":"status","status":400,"body":{"message":"no such slot"},
          "match":{"method":"POST","path":"/calendars/events/appointments","locationId":"%1$s"}}]
        """
            .formatted(location));
    String contact = contact(location).getString("id");
    made(
        location,
        "projects",
        Json.createObjectBuilder()
            .add("contactId", contact)
            .add("title", "New boiler")
            .add("pipelineId", listed(location, "pipelines").getFirst().getString("id")));
    String calendar =
        listed(location, "calendars").stream()
            .filter(it -> !it.getJsonArray("teamMembers").isEmpty())
            .findFirst()
            .orElseThrow()
            .getString("id");
    made(
        location,
        "appointments",
        Json.createObjectBuilder()
            .add("contactId", contact)
            .add("calendarId", calendar)
            .add("title", "Visit")
            .add("start", "2027-03-07T03:00:00Z"));
    await("both are refused")
        .atMost(SOON)
        .until(
            () ->
                listed(location, "projects?syncState=failed").size() == 1
                    && listed(location, "appointments?syncState=failed").size() == 1);
    sandbox.noFaults();
    signIn();
    page.navigate(console() + "/#/locations/" + location);
    assertThat(page.locator("#failed-count")).hasText("2");

    tab("Needs attention").click();

    Locator project = page.locator("#failed-projects li");
    assertThat(project).containsText("New boiler");
    assertThat(project).containsText("no such deal");
    Locator appointment = page.locator("#failed-appointments li");
    assertThat(appointment).containsText("Visit");
    assertThat(appointment).containsText("no such slot");
    project.getByText("Try again").click();
    assertThat(page.locator("#failed-projects-part")).isHidden();
    appointment.getByText("Try again").click();
    assertThat(page.locator("#attention-note")).hasText("Nothing needs attention.");
  }

  private static void made(String location, String kind, JsonObjectBuilder record) {
    HttpCalls.Answer made =
        system.operator().post("/api/locations/" + location + "/" + kind, record.build());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private static List<JsonObject> listed(String location, String kind) {
    return system
        .operator()
        .get("/api/locations/" + location + "/" + kind)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private static void messageIsRefused(String location, String text) {
    sandbox.faults(
        """
        [{"kind":"status","status":400,"body":{"message":"no number to send to"},
          "match":{"method":"POST","path":"/conversations/messages","locationId":"%s"}}]
        """
            .formatted(location));
    HttpCalls.Answer made =
        system
            .operator()
            .post(
                "/api/locations/" + location + "/outgoing-messages",
                Json.createObjectBuilder()
                    .add("contactId", contact(location).getString("id"))
                    .add("type", "SMS")
                    .add("message", text)
                    .build());
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    await("it is refused")
        .atMost(SOON)
        .until(
            () ->
                outgoing(location).stream()
                    .allMatch(
                        message ->
                            message.getJsonObject("sync").getString("state").equals("failed")));
  }

  private static List<JsonObject> outgoing(String location) {
    return listed(location, "outgoing-messages");
  }

  @Test
  void deadWebhooksAreToldUntilEachIsTriedAgainOrDiscarded() {
    String location = installed(1);
    webhookDies(location);
    webhookDies(location);
    signIn();
    assertThat(row(nameOf(location))).hasAttribute("data-health", "attention");

    assertThat(alert(nameOf(location))).containsText("2 webhooks could not be applied.");
    alert(nameOf(location)).getByRole(AriaRole.LINK).click();

    assertThat(page.locator("#location-alerts")).containsText("2 webhooks could not be applied.");
    assertThat(page.locator("#kept li")).hasCount(2);
    Locator first = page.locator("#kept li").first();
    assertThat(first).containsText("ContactUpdate");
    assertThat(first.locator(".pill")).hasText("dead");
    assertThat(first).containsText("no contacts for you");
    assertThat(page.locator("#webhooks tr").first().locator("[data-label='Failed attempts']"))
        .hasText("1");
    assertAreSideBySide(first.getByText("Try again"), first.getByText("Discard"));

    first.getByText("Try again").click();
    assertThat(page.locator("#kept li")).hasCount(1);
    assertThat(page.locator("#location-alerts")).containsText("One webhook could not be applied.");
    page.locator("#kept li").getByText("Discard").click();
    assertThat(page.locator("#ask")).containsText("What GoHighLevel told by this ContactUpdate");
    page.keyboard().press("Escape");
    assertThat(page.locator("#ask")).isHidden();
    assertThat(dead()).isPositive();
    page.locator("#kept li").getByText("Discard").click();
    page.locator("#ask-yes").click();
    assertThat(page.locator("#kept-part")).isHidden();
    Locator updates =
        page.locator("#webhooks tr")
            .filter(new Locator.FilterOptions().setHasText("ContactUpdate"));
    assertThat(updates).hasCount(1);
    assertThat(updates.locator(".pill")).hasText("done");
    assertThat(page.locator("#location-alerts .alert")).hasCount(0);
  }

  /** An old event has its contact read, which GoHighLevel refuses. */
  private static void webhookDies(String location) {
    String contact =
        system
            .operator()
            .get("/api/locations/" + location + "/contacts")
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("ghlContactId");
    long before = dead();
    sandbox.faults(
        """
        [{"kind":"status","status":403,"body":{"message":"no contacts for you"},
          "match":{"method":"GET","path":"/contacts/%s"}}]
        """
            .formatted(contact));
    sandbox.sendsWebhook(
        "ContactUpdate",
        Json.createObjectBuilder()
            .add("locationId", location)
            .add("id", contact)
            .add("timestamp", "2025-01-01T00:00:00.000Z")
            .add("webhookId", UUID.randomUUID().toString())
            .build(),
        "good");
    await("it is dead").atMost(SOON).until(() -> dead() > before);
    sandbox.noFaults();
  }

  private static long dead() {
    return system
        .operator()
        .get("/api/operations/overview")
        .json()
        .getJsonObject("queue")
        .getInt("dead", 0);
  }

  private static void assertAreSideBySide(Locator left, Locator right) {
    double end = left.boundingBox().x + left.boundingBox().width;
    assertThat(right.boundingBox().x - end).isBetween(0.0, 24.0);
    assertThat(right.boundingBox().y).isEqualTo(left.boundingBox().y);
  }

  @Test
  void aTokenThatCannotBeRenewedIsToldUntilItIs() {
    String location = installed(1);
    signIn();
    sandbox.faults(
        """
        [{"kind":"status","status":503,"match":{"path":"/oauth/token","locationId":"%s"}}]
        """
            .formatted(location));
    sandbox.control("/sandbox/tokens/expire", "{\"locationId\":\"" + location + "\"}");
    copiesAgain(location);

    assertThat(alert(nameOf(location))).containsText("Token cannot be renewed");
    sandbox.noFaults();
    assertThat(alert(nameOf(location)))
        .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(BACK_OFF_MILLIS));
    assertThat(row(nameOf(location)).locator(".pill")).hasText("Connected");
  }

  @Test
  void aKeyFromBeforeOAuthAsksForTheInstallation() {
    String location = anyLocation();
    sandbox.hasLocation(location, 1);
    HttpCalls.Answer taken =
        system
            .operator()
            .post(
                "/api/operations/locations/" + location + "/api-key",
                Json.createObjectBuilder().add("apiKey", "a key of the old API").build());
    assertThat(taken.json().getString("state")).isEqualTo("needsInstall");
    signIn();

    assertThat(alert(location)).containsText("Needs installation");
    assertThat(alert(location).locator("a.button")).hasText("Install the app");
    sandbox.installs(location);
    assertThat(alert(location)).hasCount(0);
    assertThat(row(location).locator(".pill")).hasText("Connected");
  }

  // ---- the pages of an installation

  @Test
  void theConsentPageLeadsToAPageWithTheProgress() {
    String location = anyLocation();
    sandbox.hasLocation(location, 5);
    signIn();

    page.locator("#install").click();
    consentsFor(location);

    assertThat(page.locator("#message")).containsText("complete");
    assertThat(page.locator("#headline")).containsText(location);
    assertThat(page.locator("#steps li")).hasCount(11);
    assertThat(page.url()).doesNotContain("code=", "state=");
  }

  @Test
  void thePageFollowsTheCopyAndTriesAFailedStepAgainWithoutAnybodySignedIn() {
    String location = anyLocation();
    copyOf(location, SLOW_CONTACTS, NO_PIPELINES);
    page.navigate(console() + "/api/oauth/install");
    consentsFor(location);

    assertThat(page.locator("#place")).hasText("Step 7 of 11: contacts");
    assertThat(page.locator("#headline")).hasText(nameOf(location) + " is connected");
    assertThat(step("Contacts")).containsText("of 300");
    assertThat(step("Pipelines")).containsText("no pipelines for you");
    assertThat(button("Try again")).hasCount(0);
    assertThat(page.locator("#message")).containsText("A part of the first copy has failed.");
    assertThat(page.locator("#totals")).containsText("300");
    page.setViewportSize(360, 740);
    assertFits();

    sandbox.noFaults();
    button("Try again: Pipelines").click();

    assertThat(page.locator("#message")).containsText("The first copy is complete.");
    assertThat(page.locator("#steps .step.done")).hasCount(11);
  }

  @Test
  void anInstallationThatFailsEndsInAPageWithTheWayOn() {
    String callback = console() + "/api/oauth/callback";
    expect("status of 403");
    expect("status of 400");
    expect("status of 502");

    page.navigate(callback + "?error=access_denied");
    assertThat(page.locator("h1")).hasText("The installation was cancelled");
    assertThat(link("Start the installation")).isVisible();

    page.navigate(callback + "?code=used");
    assertThat(page.locator("h1"))
        .hasText("The installation was finished before, or took too long");
    assertThat(link("Start the installation")).isVisible();

    sandbox.faults("[{\"kind\":\"status\",\"status\":503,\"match\":{\"path\":\"/oauth/token\"}}]");
    page.navigate(callback + "?code=any");
    assertThat(page.locator("h1")).hasText("GoHighLevel does not answer at the moment");
    assertThat(link("Start the installation")).isVisible();
  }

  // ---- contacts

  @Test
  void contactsAreSearchedAndShownAsTextWhateverTheyHold() {
    String location = installed(2);
    String evil = "<img src=x onerror=alert(1)>";
    signIn();
    system
        .operator()
        .post(
            "/api/locations/" + location + "/contacts",
            Json.createObjectBuilder()
                .add("firstName", evil)
                .add("tags", Json.createArrayBuilder().add("<b>tag</b>"))
                .build());

    link(nameOf(location)).click();
    tab("Contacts").click();
    page.locator("#contact-filters input").fill("<img");

    assertThat(page.locator("#contacts tr")).hasCount(1);
    assertThat(page.locator("#contacts th")).hasText(evil);
    assertThat(page.locator("#contacts img")).hasCount(0);
    assertThat(page.locator("#contacts .tag")).hasText("<b>tag</b>");
    assertThat(page.locator("#contacts .pill")).hasText("synced");
  }

  // ---- drift

  @Test
  void whatDiffersIsNamedRepairedAndThenProvenEqual() {
    String location = installed(3);
    system
        .database()
        .getCollection("contacts")
        .updateOne(Filters.eq("locationId", location), Updates.set("city", "<b>nowhere</b>"));
    signIn();
    link(nameOf(location)).click();
    tab("Drift").click();
    assertThat(page.locator("#drift-state")).hasText("Nothing was proven yet.");

    button("Compare everything now").click();

    assertThat(page.locator("#drift-state")).containsText("1 difference");
    Locator difference = page.locator("#drift li");
    assertThat(difference).containsText("altered otherwise");
    assertThat(difference).containsText("Fields: city");
    assertThat(difference).not().containsText("nowhere");
    assertThat(page.locator("#drift-plan")).containsText("up to 1 call");
    page.setViewportSize(360, 740);
    assertFits();
    button("Values").click();
    assertThat(difference).containsText("<b>nowhere</b>");
    assertThat(difference).containsText("What is here was written by a copy");

    button("Repair all").click();
    assertThat(difference.locator(".pill").last()).hasText("repaired");
    button("Compare everything now").click();

    assertThat(page.locator("#drift-state")).containsText("Equal, proven");
    assertThat(page.locator("#drift li")).hasCount(0);
  }

  // ---- signing in, rules of the browser, ways of using it

  @Test
  void theSessionIsKeptFromScriptsAndOtherSites() {
    signIn();

    Cookie session = context.cookies().getFirst();

    assertThat(session.httpOnly).isTrue();
    assertThat(session.sameSite).isEqualTo(SameSiteAttribute.STRICT);
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
  }

  @Test
  void aWrongPasswordIsToldAndSigningOutEndsTheView() {
    expect("status of 401");
    page.navigate(console());
    page.getByLabel("Name").fill("nobody-" + UUID.randomUUID());
    page.getByLabel("Password").fill("wrong");
    page.locator("#sign-in-form button").click();
    assertThat(page.locator("#sign-in-error")).hasText("Name or password is wrong.");

    page.getByLabel("Name").fill("operator");
    page.getByLabel("Password").fill(system.operatorPassword());
    page.locator("#sign-in-form button").click();
    assertThat(page.locator("#live")).hasText("live");
    page.locator("#sign-out").click();

    assertThat(page.locator("#sign-in")).isVisible();
    assertThat(page.locator("#console")).isHidden();
  }

  @Test
  void scriptsThatAreNotOursDoNotRun() {
    expect("Content Security Policy");
    signIn();

    Object ran =
        page.evaluate(
            "() => { const script = document.createElement('script');"
                + " script.textContent = 'window.injected = true';"
                + " document.body.append(script); return window.injected === true; }");

    assertThat(ran).isEqualTo(false);
    assertThat(complaints).anyMatch(complaint -> complaint.contains("Content Security Policy"));
  }

  @Test
  void itFitsAPhoneAndWorksByKeyboard() {
    String location = installed(3);
    signIn();
    page.setViewportSize(360, 740);
    assertThat(page.locator("#keys-state")).containsText("master key");
    assertFits();

    link(nameOf(location)).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#location-title")).isFocused();
    tab("Sync").focus();
    page.keyboard().press("ArrowRight");

    assertThat(tab("Contacts")).isFocused();
    assertThat(page.locator("#contacts tr")).hasCount(3);
    assertFits();
    page.goBack();
    assertThat(link(nameOf(location))).isVisible();
    assertThat(page.locator("#location")).isHidden();
  }

  private void assertFits() {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }
}
