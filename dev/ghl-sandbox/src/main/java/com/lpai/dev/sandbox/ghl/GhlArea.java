package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Request;
import java.util.List;
import java.util.function.Function;

/** One area of GoHighLevel's API: contacts, users and so on. */
interface GhlArea {

  /** What stands behind a route. */
  sealed interface Endpoint {
    String method();

    String template();
  }

  /** An endpoint that needs no token. */
  record Open(String method, String template, Function<Request, Reply> operation)
      implements Endpoint {}

  /**
   * An endpoint behind the gate.
   *
   * @param scope the token must have
   * @param version the one value of the {@code Version} header that it takes
   */
  record Gated(
      String method,
      String template,
      String scope,
      String version,
      Access access,
      Function<Call, Reply> operation)
      implements Endpoint {}

  /** Whose token an endpoint takes, as {@code security} of GoHighLevel's files says it. */
  enum Access {
    /** A location's token, a private one too. */
    LOCATION,
    /** Any token. */
    ANY,
    /** A company's token that came by OAuth. */
    COMPANY
  }

  List<Endpoint> endpoints();
}
