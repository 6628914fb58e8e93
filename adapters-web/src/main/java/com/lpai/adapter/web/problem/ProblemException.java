package com.lpai.adapter.web.problem;

import jakarta.ws.rs.core.Response;
import java.util.Objects;

/**
 * Ends a request with a problem. Reading a request can fail in every line of it, and all that is
 * left then is the answer: {@link ProblemMapper} gives it.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.kind());
    this.problem = problem;
  }

  public Problem problem() {
    return Objects.requireNonNull(problem);
  }

  /** A response with a problem. */
  public static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.json().toString());
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", "Bearer");
    }
    if (!problem.retryAfter().isZero()) {
      response.header("Retry-After", problem.retryAfter().toSeconds());
    }
    return response.build();
  }
}
