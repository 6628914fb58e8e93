package com.lpai.architecture.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real browser: Chromium as the machine has it (LPAI_CHROMIUM names another). */
class ConsoleIT {
  private static final double WITHIN_MILLIS = 30_000;

  private static RunningSystem system;
  private static Sandbox sandbox;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
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
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    context.close();
  }

  private void signIn() {
    page.navigate(system.serverUri().toString());
    page.getByLabel("Password").fill(system.operatorPassword());
    page.locator("#sign-in-form button").click();
    assertThat(page.locator("#live")).hasText("live");
  }

  private Locator card(String name) {
    return page.locator(".location").filter(new Locator.FilterOptions().setHasText(name));
  }

  private static Locator count(Locator card, String name) {
    return card.locator(".counts div")
        .filter(new Locator.FilterOptions().setHasText(name))
        .locator("dd");
  }

  private static String anyLocation() {
    return "console-" + UUID.randomUUID();
  }

  @Test
  void aLocationAppearsAndFillsWhileOneLooks() {
    String location = anyLocation();
    sandbox.hasLocation(location, 120);
    signIn();

    sandbox.installs(location);

    Locator card = card(location);
    assertThat(card.locator(".pill")).hasText("Connected");
    assertThat(count(card, "Contacts"))
        .hasText("120", new LocatorAssertions.HasTextOptions().setTimeout(WITHIN_MILLIS));
    assertThat(card.locator(".setup summary")).containsText("Copied");
    assertThat(complaints).isEmpty();
  }

  @Test
  void contactsAreSearchedAndShownAsTextWhateverTheyHold() {
    String location = anyLocation();
    String evil = "<img src=x onerror=alert(1)>";
    sandbox.hasLocation(location, 2);
    sandbox.installs(location);
    signIn();
    system
        .operator()
        .post(
            "/api/locations/" + location + "/contacts",
            Json.createObjectBuilder()
                .add("firstName", evil)
                .add("tags", Json.createArrayBuilder().add("<b>tag</b>"))
                .build());

    card(location).locator("h3 button").click();
    page.locator("#contact-filters input").fill("<img");

    assertThat(page.locator("#contacts tr")).hasCount(1);
    assertThat(page.locator("#contacts th")).hasText(evil);
    assertThat(page.locator("#contacts img")).hasCount(0);
    assertThat(page.locator("#contacts .tag")).hasText("<b>tag</b>");
    assertThat(page.locator("#contacts .pill"))
        .hasText("synced", new LocatorAssertions.HasTextOptions().setTimeout(WITHIN_MILLIS));
    assertThat(complaints).isEmpty();
  }

  @Test
  void theConsentPageLeadsToAPageWithTheProgress() {
    String location = anyLocation();
    sandbox.hasLocation(location, 5);
    signIn();

    page.locator("#install").click();
    page.locator("input[value='" + location + "']").check();
    page.locator("button[value=allow]").click();

    assertThat(page.locator("#message"))
        .containsText(
            "complete", new LocatorAssertions.ContainsTextOptions().setTimeout(WITHIN_MILLIS));
    assertThat(page.locator("#headline")).containsText(location);
    assertThat(page.locator("#steps li")).hasCount(3);
    assertThat(page.url()).doesNotContain("code=", "state=");
  }

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
    page.navigate(system.serverUri().toString());
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
    String location = anyLocation();
    sandbox.hasLocation(location, 3);
    sandbox.installs(location);
    signIn();
    page.setViewportSize(360, 740);

    card(location).locator("h3 button").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#contacts tr")).hasCount(3);
    page.locator("#tab-contacts").focus();
    page.keyboard().press("ArrowRight");

    assertThat(page.locator("#tab-failed")).isFocused();
    assertThat(page.locator("#panel-failed")).isVisible();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }
}
