package com.lpai.adapter.web.webhook;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.LimitedBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptWebhookUseCase.Outcome;
import com.lpai.domain.sync.StorageUnavailableException;
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

  private final transient AcceptWebhookUseCase accepting;
  private final transient Draining draining;

  @Inject
  public GhlWebhookServlet(AcceptWebhookUseCase accepting, Draining draining) {
    this.accepting = accepting;
    this.draining = draining;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (draining.hasBegun()) {
      refuse(response, later("The server is about to stop."));
      return;
    }
    if (request.getContentLengthLong() > LIMIT) {
      refuse(response, Problem.tooLarge(LIMIT));
      return;
    }
    Optional<byte[]> body;
    try {
      body = LimitedBody.read(request.getInputStream(), LIMIT);
    } catch (IOException broken) {
      refuse(response, Problem.malformed("The body ended too early."));
      return;
    }
    if (body.isEmpty()) {
      refuse(response, Problem.tooLarge(LIMIT));
      return;
    }
    answer(response, RawBody.of(body.get()), request);
  }

  private void answer(HttpServletResponse response, RawBody body, HttpServletRequest request)
      throws IOException {
    Outcome outcome;
    try {
      outcome =
          accepting.accept(
              body, header(request, "X-GHL-Signature"), header(request, "X-WH-Signature"));
    } catch (StorageUnavailableException away) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A webhook was answered 429, it could not be stored: {0}",
          away.getMessage());
      refuse(response, later("The event could not be stored."));
      return;
    } catch (RuntimeException unexpected) {
      // A fault of ours must not lose an event: it is sent again.
      LOG.log(System.Logger.Level.ERROR, "A webhook was answered 429 after a fault", unexpected);
      refuse(response, later("The event could not be taken in."));
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
      case Outcome.NotAnEvent(String reason) ->
          refuse(response, Problem.of(400, "not-an-event", "This is no event", reason));
    }
  }

  private static JsonObject success() {
    return JSON.createObjectBuilder().add("success", true).build();
  }

  private static JsonObject success(String flag) {
    return JSON.createObjectBuilder(success()).add(flag, true).build();
  }

  private static Problem later(String why) {
    return Problem.of(429, "try-again", "Try again", why + " Send it again.").after(COME_BACK);
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
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
