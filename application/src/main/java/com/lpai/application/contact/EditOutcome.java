package com.lpai.application.contact;

import com.lpai.domain.contact.Contact;
import java.util.List;

/** What became of a request to change a contact. */
public sealed interface EditOutcome {
  /** It is stored here; the CRM is told in the background. */
  record Stored(Contact contact) implements EditOutcome {}

  /** The location has no such contact. */
  record NotFound() implements EditOutcome {}

  /** Somebody changed it since the version that the caller saw. */
  record ChangedMeanwhile(Contact present) implements EditOutcome {}

  /** Values that are not accepted; nothing was stored. */
  record Refused(List<FieldProblem> problems) implements EditOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
