package com.lpai.architecture.model;

import com.lpai.dev.sandbox.GhlSandbox;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.sun.net.httpserver.Headers;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * The way from our REST client to a sandbox in the same process: what would go to {@link #BASE} is
 * handed to it and its answer taken, without a socket. An answer that does not come is the
 * exception that a socket would throw, at once.
 */
public final class InProcessGhl implements RestClientListener, ClientRequestFilter {
  static final URI BASE = URI.create("http://ghl.in-process");

  private static final AtomicReference<GhlSandbox> CURRENT = new AtomicReference<>();

  private static final AtomicReference<Trouble> TROUBLE = new AtomicReference<>(Trouble.NONE);

  /** The next calls of ours go wrong so; those of persons never do. */
  private record Trouble(String faults, int calls) {
    static final Trouble NONE = new Trouble("[]", 0);
  }

  private static final AtomicReference<Function<Request, Answer>> ANSWERS =
      new AtomicReference<>(request -> new Answer.Silence(Duration.ZERO));

  /**
   * Calls lead to this sandbox from now on, and all is well.
   *
   * @param answers gives its answers, and may look at the calls
   */
  static void leadTo(GhlSandbox sandbox, Function<Request, Answer> answers) {
    CURRENT.set(sandbox);
    ANSWERS.set(answers);
    TROUBLE.set(Trouble.NONE);
  }

  /**
   * The next calls go wrong.
   *
   * @param faults as the sandbox takes them
   */
  static void trouble(String faults, int calls) {
    TROUBLE.set(new Trouble(faults, calls));
  }

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
    builder.register(this);
  }

  @Override
  public void filter(ClientRequestContext call) throws IOException {
    if (!call.getUri().getHost().equals(BASE.getHost())) {
      return;
    }
    switch (answer(request(call))) {
      case Answer.Reply reply -> call.abortWith(response(reply));
      case Answer.Silence(Duration hold) when hold.isZero() ->
          throw new SocketException("Unexpected end of file from server");
      case Answer.Silence silence -> throw new SocketTimeoutException("Read timed out");
    }
  }

  private static Answer answer(Request request) {
    GhlSandbox sandbox = CURRENT.get();
    Trouble trouble = TROUBLE.get();
    if (trouble.calls() == 0) {
      return ANSWERS.get().apply(request);
    }
    TROUBLE.set(new Trouble(trouble.faults(), trouble.calls() - 1));
    sandbox.putFaults(trouble.faults());
    try {
      return ANSWERS.get().apply(request);
    } finally {
      sandbox.clearFaults();
    }
  }

  private static Request request(ClientRequestContext call) {
    Headers headers = new Headers();
    call.getStringHeaders().forEach(headers::put);
    URI uri = call.getUri();
    String query = Optional.ofNullable(uri.getRawQuery()).map(it -> "?" + it).orElse("");
    Request bare = Request.of(call.getMethod(), uri.getRawPath() + query, "");
    byte[] body =
        call.hasEntity()
            ? ((String) call.getEntity()).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    return new Request(bare.method(), bare.path(), bare.query(), headers, body);
  }

  private static Response response(Answer.Reply reply) {
    Response.ResponseBuilder answer = Response.status(reply.status());
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      answer.header(header.getKey(), header.getValue());
    }
    return reply.body().length == 0
        ? answer.build()
        : answer.entity(new ByteArrayInputStream(reply.body())).build();
  }
}
