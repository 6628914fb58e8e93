package com.lpai.adapter.web.problem;

import com.lpai.domain.sync.StorageUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;

/** The one place where an exception becomes an answer; nothing of our inside gets out. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable failure) {
    return switch (failure) {
      case ProblemException ours -> ProblemException.response(ours.problem());
      case WebApplicationException theirs -> ofContainer(theirs.getResponse());
      case StorageUnavailableException away -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "A request was refused with 503: the database cannot be reached: {0}",
            away.getMessage());
        yield ProblemException.response(Problem.storageUnavailable());
      }
      default -> unexpected(failure);
    };
  }

  private static Response ofContainer(Response response) {
    int status = response.getStatus();
    if (status < 400) {
      return response;
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(ProblemException.response(problem(status)));
    String allowed = response.getHeaderString(HttpHeaders.ALLOW);
    if (allowed != null) {
      answer.header(HttpHeaders.ALLOW, allowed);
    }
    return answer.build();
  }

  /** What a status means here. */
  static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.notFound("There is nothing at this address.");
      case 405 ->
          Problem.of(
              405,
              "method-not-allowed",
              "Method not allowed",
              "The header Allow lists the methods of this address.");
      case 406 ->
          Problem.of(406, "not-acceptable", "Not acceptable", "This address answers JSON only.");
      case 415 ->
          Problem.of(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "Send application/json (PATCH: application/merge-patch+json).");
      default ->
          status < 500
              ? Problem.of(status, "bad-request", "Bad request", "The request was not understood.")
              : incident();
    };
  }

  private static Response unexpected(Throwable failure) {
    String incident = UUID.randomUUID().toString();
    LOG.log(System.Logger.Level.ERROR, "Incident " + incident + ": a request failed", failure);
    return ProblemException.response(
        Problem.of(
            500,
            "internal-error",
            "Something went wrong here",
            "It is our fault and it is logged as incident " + incident + "."));
  }

  private static Problem incident() {
    return Problem.of(
        500, "internal-error", "Something went wrong here", "It is our fault. Try again later.");
  }
}
