package com.lpai.domain.conversation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mails that one message of type e-mail stands for. The CRM gives out the text of each under
 * its own id, one call for each (ghl-facts.md 3.6).
 *
 * @param subject empty while the CRM did not tell it
 * @param mailIds the oldest known first
 */
public record EmailThread(String subject, List<GhlEmailMessageId> mailIds) {
  /** What a message of another type has. */
  public static final EmailThread NONE = new EmailThread("", List.of());

  public EmailThread {
    mailIds = List.copyOf(mailIds);
  }

  /** The same thread after the CRM told of it anew: it grows, and no mail leaves it. */
  EmailThread renewed(EmailThread told) {
    Set<GhlEmailMessageId> all = new LinkedHashSet<>(mailIds);
    all.addAll(told.mailIds);
    return new EmailThread(Told.orElse(subject, told.subject), List.copyOf(all));
  }

  /** The number of mails only: a subject is personal data. */
  @Override
  public String toString() {
    return "EmailThread[" + mailIds.size() + " mails]";
  }
}
