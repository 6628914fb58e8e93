package com.lpai.architecture.system;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives in a server's heap: what its old generation holds right after a whole collection. */
final class LiveHeap {
  private static final int MIB_IN_KIB = 1_024;
  private static final Pattern OLD_GENERATION =
      Pattern.compile("Tenured\\s+total\\s+\\d+K,\\s+used\\s+(\\d+)K");

  private LiveHeap() {}

  /** Lets the server collect, and looks. */
  static double mebibytes(long pid) {
    jcmd(pid, "GC.run");
    Matcher old = OLD_GENERATION.matcher(jcmd(pid, "GC.heap_info"));
    if (!old.find()) {
      throw new IllegalStateException("The server does not use the serial collector");
    }
    return Double.parseDouble(old.group(1)) / MIB_IN_KIB;
  }

  /** The most it may have, in MiB. */
  static String allowed(long pid) {
    Matcher most = Pattern.compile("-XX:MaxHeapSize=(\\d+)").matcher(jcmd(pid, "VM.flags"));
    return most.find() ? String.valueOf(Long.parseLong(most.group(1)) >> 20) : "?";
  }

  private static String jcmd(long pid, String command) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Commands.output(List.of(jcmd, String.valueOf(pid), command), Path.of("."));
  }
}
