package com.lpai.application.webhook;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.webhook.TryWebhooksUseCase.Read;
import com.lpai.application.webhook.TryWebhooksUseCase.Read.What;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes what would be read from the CRM, and has no way to read it. */
final class ReadsNotMade {
  private static final CrmFailure NOT_ASKED =
      new CrmFailure.Unavailable("would be read from GoHighLevel");

  private final Set<Read> noted = new LinkedHashSet<>();

  EventReads reads() {
    return new EventReads(
        (location, priority) -> noted(What.LOCATION, location.value()),
        (location, stillOurs) -> {
          note(What.USERS, "");
          return new DirectoryReading.Outcome.Failed(NOT_ASKED);
        },
        (location, id) -> noted(What.CONTACT, id.value()),
        (location, id) -> noted(What.OPPORTUNITY, id.value()),
        (location, id) -> noted(What.APPOINTMENT, id.value()),
        (location, id) -> noted(What.CONVERSATION, id.value()));
  }

  /** Contacts that other records name would be read, too. */
  Map<GhlContactId, CrmFailure> bring(LocationId location, Set<GhlContactId> ids) {
    ids.stream().map(GhlContactId::value).sorted().forEach(id -> note(What.CONTACT, id));
    return Map.of();
  }

  private <T> CrmResult<T> noted(What what, String id) {
    note(what, id);
    return CrmResult.failed(NOT_ASKED);
  }

  private void note(What what, String id) {
    noted.add(new Read(what, id));
  }

  List<Read> noted() {
    return List.copyOf(noted);
  }
}
