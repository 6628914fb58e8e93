package com.lpai.adapter.ghl.failure;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/**
 * What an exception of an HTTP client says about the request. The client's implementation is the
 * server's business, so its own exceptions are told by their simple name.
 */
public final class Failures {
  private static final Set<String> CONNECT_TIME_OUTS =
      Set.of(
          "ConnectTimeoutException",
          "HttpConnectTimeoutException",
          "ConnectionPoolTimeoutException",
          "ConnectionRequestTimeoutException",
          "HttpHostConnectException");

  private Failures() {}

  /** True when it is certain that the other side has not got the request. */
  public static boolean wasNeverSent(Throwable failure) {
    return causes(failure).anyMatch(Failures::isBeforeSending);
  }

  private static boolean isBeforeSending(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLHandshakeException
        || CONNECT_TIME_OUTS.contains(cause.getClass().getSimpleName())
        || (cause instanceof SocketTimeoutException && saysConnect(cause));
  }

  private static boolean saysConnect(Throwable timeOut) {
    String message = timeOut.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("connect timed out");
  }

  /** What happened, without anything that was sent. */
  public static String inWords(Throwable failure) {
    List<Throwable> causes = causes(failure).toList();
    if (causes.stream().anyMatch(UnknownHostException.class::isInstance)) {
      return "the host name is unknown";
    }
    if (causes.stream().anyMatch(SSLHandshakeException.class::isInstance)) {
      return "no secure connection came about";
    }
    if (wasNeverSent(failure)) {
      return "no connection came about";
    }
    if (causes.stream().anyMatch(InterruptedIOException.class::isInstance)) {
      return "time-out while waiting for the answer";
    }
    return "the connection broke (" + causes.getLast().getClass().getSimpleName() + ")";
  }

  private static Stream<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes.stream();
  }
}
