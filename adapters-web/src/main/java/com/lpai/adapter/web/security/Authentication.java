package com.lpai.adapter.web.security;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import jakarta.ws.rs.core.Cookie;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds out who calls: by a bearer token, else by the console's cookie. */
public final class Authentication {
  /** What a form of another site cannot send along. */
  static final String CONSOLE_HEADER = "X-LPAI-Console";

  private static final String BEARER = "bearer ";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final TokenVerifier verifier;
  private final SessionCookie cookie;

  public Authentication(TokenVerifier verifier, WebSettings settings) {
    this.verifier = verifier;
    this.cookie = new SessionCookie(settings);
  }

  /**
   * The caller.
   *
   * @param authorization the header; empty when absent. When present it alone decides
   * @param consoleHeader the header {@link #CONSOLE_HEADER}; empty when absent
   * @throws ProblemException 401 without a valid proof, 403 when a cookie comes without the header
   */
  Caller caller(
      String method, String authorization, Map<String, Cookie> cookies, String consoleHeader) {
    if (!authorization.isEmpty()) {
      return settled(verifier.api(bearer(authorization)));
    }
    Cookie session = cookies.get(cookie.name());
    if (session == null) {
      throw new ProblemException(
          Problem.unauthorized("Send a token: Authorization: Bearer …, or sign in."));
    }
    Caller caller = settled(verifier.session(session.getValue()));
    if (!SAFE.contains(method) && !consoleHeader.equals("1")) {
      throw new ProblemException(
          Problem.forbidden("A change by cookie needs the header " + CONSOLE_HEADER + ": 1."));
    }
    return caller;
  }

  private static String bearer(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw new ProblemException(
          Problem.unauthorized("Only bearer tokens are accepted: Authorization: Bearer …"));
    }
    return authorization.substring(BEARER.length()).strip();
  }

  private static Caller settled(TokenVerifier.Verdict verdict) {
    return switch (verdict) {
      case TokenVerifier.Verdict.Valid valid -> valid.caller();
      case TokenVerifier.Verdict.Refused(String reason) ->
          throw new ProblemException(Problem.unauthorized(reason));
      case TokenVerifier.Verdict.Undecided undecided ->
          throw new ProblemException(
              Problem.of(
                      503,
                      "issuer-unavailable",
                      "The token cannot be checked now",
                      "The keys of its issuer cannot be read. Try again in a few seconds.")
                  .after(Duration.ofSeconds(5)));
    };
  }
}
