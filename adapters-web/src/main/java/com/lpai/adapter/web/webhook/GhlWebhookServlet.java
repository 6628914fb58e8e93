package com.lpai.adapter.web.webhook;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.LimitedBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptWebhookUseCase.Outcome;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.IngestCounters.Refusal;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.webhook.QueueFullException;
import com.lpai.domain.webhook.RawBody;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where GoHighLevel delivers its events. A servlet, not a JAX-RS resource: the signature is over
 * the bytes as they came, whatever their content type says, and JAX-RS refuses types that it cannot
 * parse. What cannot be stored now is answered 429, which GoHighLevel has always repeated (spec 7).
 */
@WebServlet(urlPatterns = GhlWebhookServlet.PATH, loadOnStartup = 1)
public class GhlWebhookServlet extends HttpServlet {
  static final String PATH = "/api/webhooks/ghl/native";
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(GhlWebhookServlet.class.getName());
  private static final int LIMIT = 1 << 20;
  private static final Duration COME_BACK = Duration.ofSeconds(30);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final transient AcceptWebhookUseCase accepting;
  private final transient Draining draining;
  private final transient Places places;
  private final transient IngestCounters counters;
  private final AtomicLong told = new AtomicLong(System.nanoTime() - TELL_EVERY.toNanos());

  @Inject
  public GhlWebhookServlet(
      AcceptWebhookUseCase accepting, Draining draining, Places places, IngestCounters counters) {
    this.accepting = accepting;
    this.draining = draining;
    this.places = places;
    this.counters = counters;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (draining.hasBegun()) {
      refuse(response, Refusal.STOPPING, later("The server is about to stop."));
      return;
    }
    long announced = request.getContentLengthLong();
    if (announced > LIMIT) {
      refuse(response, Refusal.TOO_LARGE, Problem.tooLarge(LIMIT));
      return;
    }
    long size = announced < 0 ? LIMIT : announced;
    if (!places.enter(size)) {
      tell("too many came at once");
      refuse(response, Refusal.FULL, later("Too many events came at once."));
      return;
    }
    try {
      take(request, response);
    } finally {
      places.leave(size);
    }
  }

  private void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<byte[]> body;
    try {
      body = LimitedBody.read(request.getInputStream(), LIMIT);
    } catch (IOException broken) {
      refuse(response, Problem.malformed("The body ended too early."));
      return;
    }
    if (body.isEmpty()) {
      refuse(response, Refusal.TOO_LARGE, Problem.tooLarge(LIMIT));
      return;
    }
    answer(response, RawBody.owning(body.get()), request);
  }

  private void answer(HttpServletResponse response, RawBody body, HttpServletRequest request)
      throws IOException {
    Outcome outcome;
    try {
      outcome =
          accepting.accept(
              body, header(request, "X-GHL-Signature"), header(request, "X-WH-Signature"));
    } catch (QueueFullException full) {
      tell("too many came at once");
      refuse(response, Refusal.FULL, later("Too many events came at once."));
      return;
    } catch (StorageUnavailableException away) {
      tell("it could not be stored: " + away.getMessage());
      refuse(response, Refusal.STORAGE, later("The event could not be stored."));
      return;
    } catch (RuntimeException | Error unexpected) {
      // A fault of ours must not lose an event: it is sent again.
      LOG.log(System.Logger.Level.ERROR, "A webhook was answered 429 after a fault", unexpected);
      refuse(response, Refusal.FAULT, later("The event could not be taken in."));
      return;
    }
    switch (outcome) {
      case Outcome.Stored(boolean duplicate) ->
          write(response, 200, "application/json", duplicate ? success("duplicate") : success());
      case Outcome.OtherApp other ->
          write(
              response,
              200,
              "application/json",
              JSON.createObjectBuilder(success()).add("ignored", "other app").build());
      case Outcome.Erased erased ->
          write(
              response,
              200,
              "application/json",
              JSON.createObjectBuilder(success()).add("ignored", "erased location").build());
      case Outcome.Unverified(String reason) -> refuse(response, Problem.unauthorized(reason));
      case Outcome.Unproven unproven ->
          refuse(
              response,
              Refusal.WRONG_SIGNATURE,
              later("The signature fits no key that is known here yet."));
      case Outcome.NotAnEvent(String reason) ->
          refuse(response, Problem.of(400, "not-an-event", "This is no event", reason));
    }
  }

  /** Now and then: an outage refuses thousands, which are counted. */
  private void tell(String why) {
    long now = System.nanoTime();
    long before = told.get();
    if (now - before >= TELL_EVERY.toNanos() && told.compareAndSet(before, now)) {
      LOG.log(System.Logger.Level.WARNING, "Webhooks are answered 429, {0}", why);
    }
  }

  private static JsonObject success() {
    return JSON.createObjectBuilder().add("success", true).build();
  }

  private static JsonObject success(String flag) {
    return JSON.createObjectBuilder(success()).add(flag, true).build();
  }

  /** Not all at the same moment again. */
  private static Problem later(String why) {
    long jitter = ThreadLocalRandom.current().nextLong(COME_BACK.toSeconds() + 1);
    return Problem.of(429, "try-again", "Try again", why + " Send it again.")
        .after(COME_BACK.plusSeconds(jitter));
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private void refuse(HttpServletResponse response, Refusal why, Problem problem)
      throws IOException {
    counters.refused(why);
    refuse(response, problem);
  }

  private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
    if (!problem.retryAfter().isZero()) {
      response.setHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
    }
    write(response, problem.status(), Problem.MEDIA_TYPE, problem.json());
  }

  private static void write(HttpServletResponse response, int status, String type, JsonObject body)
      throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
