package com.lpai.adapter.web.security;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.connection.Secret;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Signing in to the console, and out of it. */
@Path("session")
@Produces("application/json")
@Open("signing in needs a password; looking and signing out need nothing")
@Dependent
public class SessionResource {
  private static final int LONGEST = 1_000;

  private final OperatorSignIn signIn;
  private final TokenVerifier verifier;
  private final WebSettings settings;

  @Inject
  public SessionResource(OperatorSignIn signIn, TokenVerifier verifier, WebSettings settings) {
    this.signIn = signIn;
    this.verifier = verifier;
    this.settings = settings;
  }

  /** Who is signed in, and where the console's links lead; the same 200 for nobody. */
  @GET
  public Response look(@Context HttpHeaders headers) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("evaluation", settings.evaluation())
            .add("sandboxUrl", settings.sandboxUrl())
            .add("installUrl", settings.address("/api/oauth/install").toString());
    Cookie cookie = headers.getCookies().get(new SessionCookie(settings).name());
    if (cookie != null
        && verifier.session(cookie.getValue()) instanceof TokenVerifier.Verdict.Valid valid) {
      json.add("signedIn", true)
          .add("user", valid.caller().name())
          .add("expiresAt", valid.expiresAt().toString());
    } else {
      json.add("signedIn", false);
    }
    return Response.ok(json.build().toString()).build();
  }

  @POST
  @Consumes("application/json")
  public Response signIn(InputStream body, @Context HttpServletRequest request) {
    JsonObject json = JsonBody.read(body, Set.of("user", "password"));
    String user = text(json, "user");
    String password = text(json, "password");
    return switch (signIn.signIn(user, password, request.getRemoteAddr())) {
      case OperatorSignIn.Outcome.SignedIn(Secret session) ->
          Response.ok(JSON.createObjectBuilder().add("user", user).build().toString())
              .cookie(new SessionCookie(settings).holding(session))
              .build();
      case OperatorSignIn.Outcome.Refused refused ->
          throw new ProblemException(Problem.unauthorized("Name or password is wrong."));
      case OperatorSignIn.Outcome.Wait(Duration time) -> throw new ProblemException(tooMany(time));
    };
  }

  private static Problem tooMany(Duration time) {
    Duration wait = time.plusSeconds(1).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    return Problem.of(
            429,
            "too-many-attempts",
            "Too many attempts",
            "Try again in " + wait.toSeconds() + " seconds.")
        .after(wait);
  }

  private static String text(JsonObject json, String name) {
    if (json.get(name) instanceof JsonString text
        && !text.getString().isEmpty()
        && text.getString().length() <= LONGEST) {
      return text.getString();
    }
    throw new ProblemException(
        Problem.invalid(List.of(new FieldProblem(name, "A text is expected here."))));
  }

  @DELETE
  public Response signOut() {
    return Response.noContent().cookie(new SessionCookie(settings).gone()).build();
  }
}
