package com.lpai.dev.wire;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The proxy as a program of its own; see {@link #USAGE}. Lines on standard input direct it. */
public final class WireProxyProcess {
  private static final String USAGE =
      "Usage: java -jar wire-proxy.jar --mongo|--http HOST:PORT [--port N] [--rule TEXT]..."
          + " [--parent-pid PID]. A rule: "
          + RuleText.FORM;
  private static final int EXIT_BAD_ARGUMENT = 2;
  private static final int EXIT_NOT_STARTED = 1;

  /** The command line. */
  private static final class Options {
    private String protocol = "";
    private InetSocketAddress target = new InetSocketAddress(0);
    private int port;
    private final List<String> ruleTexts = new ArrayList<>();

    static Options of(String[] arguments) {
      Options options = new Options();
      for (int i = 0; i < arguments.length; i += 2) {
        if (i + 1 == arguments.length) {
          throw new IllegalArgumentException(arguments[i] + " needs a value.");
        }
        options.set(arguments[i], arguments[i + 1]);
      }
      if (options.protocol.isEmpty()) {
        throw new IllegalArgumentException("--mongo or --http is missing.");
      }
      return options;
    }

    private void set(String option, String value) {
      switch (option) {
        case "--mongo", "--http" -> {
          protocol = option;
          int colon = value.lastIndexOf(':');
          if (colon < 1) {
            throw new IllegalArgumentException(option + " needs HOST:PORT.");
          }
          target =
              new InetSocketAddress(
                  value.substring(0, colon), number(option, value.substring(colon + 1)));
        }
        case "--port" -> port = number(option, value);
        case "--rule" -> ruleTexts.add(value);
        case "--parent-pid" -> exitWith(number(option, value));
        default -> throw new IllegalArgumentException("Unknown option " + option + ".");
      }
    }

    private static int number(String option, String value) {
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException mistake) {
        throw new IllegalArgumentException(option + " needs a number, not " + value, mistake);
      }
    }
  }

  private WireProxyProcess() {}

  /** Prints READY and the address once connections are accepted. */
  @SuppressWarnings("SystemOut") // what it prints is for the process or person that started it
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.of(arguments);
      WireProxy proxy =
          options.protocol.equals("--mongo")
              ? WireProxy.mongo(options.target, options.port)
              : WireProxy.http(options.target, options.port);
      options.ruleTexts.forEach(text -> RuleText.apply(text, proxy));
      System.out.println("READY " + proxy.uri());
      obeyInput(proxy);
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException mistake) {
      fail(mistake.getMessage() + " " + USAGE, EXIT_BAD_ARGUMENT);
    } catch (UncheckedIOException failure) {
      fail(String.valueOf(failure.getMessage()), EXIT_NOT_STARTED);
    }
  }

  @SuppressWarnings("SystemOut") // answers to the lines that were typed
  private static void obeyInput(WireProxy proxy) {
    new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
        .lines()
        .forEach(
            line -> {
              try {
                obey(line.strip(), proxy);
              } catch (IllegalArgumentException mistake) {
                System.err.println(mistake.getMessage());
              }
            });
  }

  @SuppressWarnings("SystemOut") // answers to the lines that were typed
  private static void obey(String line, WireProxy proxy) {
    switch (line) {
      case "" -> {
        return;
      }
      case "seen" -> proxy.seen().forEach(System.out::println);
      case "forget" -> proxy.forgetSeen();
      case "clear" -> proxy.removeRules();
      case "away" -> proxy.goAway();
      case "back" -> proxy.comeBack();
      default -> RuleText.apply(line, proxy);
    }
    System.out.println("OK " + line);
  }

  /** A child must not outlive what started it, however that one ended. */
  private static void exitWith(long pid) {
    ProcessHandle parent =
        ProcessHandle.of(pid)
            .orElseThrow(
                () -> new IllegalArgumentException("--parent-pid " + pid + " is no process."));
    Thread exit = new Thread(() -> System.exit(0), "parent-gone");
    var unused = parent.onExit().thenRun(exit::start);
  }

  @SuppressWarnings("SystemOut") // a person reads it where the process was started
  private static void fail(String message, int exitCode) {
    System.err.println(message);
    System.exit(exitCode);
  }
}
