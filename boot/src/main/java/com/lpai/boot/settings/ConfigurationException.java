package com.lpai.boot.settings;

import java.util.List;

/** The settings are missing, contradictory or wrong; the message names each and what to do. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(List<String> problems) {
    super(
        "this configuration is not complete or not right:"
            + System.lineSeparator()
            + String.join(System.lineSeparator(), problems.stream().map(p -> "  - " + p).toList())
            + System.lineSeparator()
            + "  docs/configuration.md lists every setting.");
  }
}
