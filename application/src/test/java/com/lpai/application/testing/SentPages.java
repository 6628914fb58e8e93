package com.lpai.application.testing;

import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that a CRM in memory sent; the text of each is its number. */
final class SentPages<T> {
  private int large;
  private final Map<PageText, CrmPage<T>> pages = new ConcurrentHashMap<>();

  /**
   * Sends a page.
   *
   * @param size what was asked for
   */
  SentPage<T> send(CrmPage<T> page, int size) {
    if (size > 1) {
      large++;
    }
    String number = String.valueOf(pages.size() + 1);
    PageText text = PageText.of(number.getBytes(StandardCharsets.UTF_8));
    pages.put(text, page);
    return new SentPage<>(text, page);
  }

  /** How many pages were sent; who asks for one record asks how many there are. */
  int count() {
    return large;
  }

  Optional<CrmPage<T>> read(PageText text) {
    return Optional.ofNullable(pages.get(text));
  }
}
