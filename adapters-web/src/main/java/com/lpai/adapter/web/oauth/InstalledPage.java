package com.lpai.adapter.web.oauth;

import com.lpai.domain.connection.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The page after an installation, which shows the setup's progress. Its script takes the code out
 * of the browser's address and history, and keeps the ticket behind the #, where no server and no
 * log sees it.
 */
final class InstalledPage {
  private static final String FILE = "/META-INF/resources/installed.html";
  private static final String PLACE = "data-ticket=\"\"";

  private InstalledPage() {}

  /** The page with a ticket; tokens are letters, digits, dots, dashes and underscores. */
  static String with(Secret ticket) {
    return read().replace(PLACE, "data-ticket=\"" + ticket.value() + "\"");
  }

  private static String read() {
    try (InputStream file = InstalledPage.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
