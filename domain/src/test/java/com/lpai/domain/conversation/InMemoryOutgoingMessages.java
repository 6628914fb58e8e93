package com.lpai.domain.conversation;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.InMemoryRecords;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Messages that are sent from here, in memory. */
public final class InMemoryOutgoingMessages
    extends InMemoryRecords<OutgoingMessageId, GhlMessageId, OutgoingMessage>
    implements OutgoingMessageRepository {
  public InMemoryOutgoingMessages() {
    super(OutgoingMessageId::new);
  }

  @Override
  public synchronized Page<OutgoingMessage> list(
      LocationId locationId, OutgoingMessageQuery query) {
    List<OutgoingMessage> found =
        of(locationId)
            .filter(Mirrored::isLive)
            .filter(message -> isWanted(message, query))
            .sorted(Comparator.comparing(message -> message.id().value()))
            .filter(message -> message.id().value().compareTo(query.cursor()) > 0)
            .limit(query.limit() + 1L)
            .toList();
    if (found.size() <= query.limit()) {
      return new Page<>(found, "");
    }
    List<OutgoingMessage> page = found.subList(0, query.limit());
    return new Page<>(page, page.getLast().id().value());
  }

  private static boolean isWanted(OutgoingMessage message, OutgoingMessageQuery query) {
    return (query.phases().isEmpty() || query.phases().contains(message.sync().phase()))
        && (query.contactId().isEmpty() || isTo(message, new ContactId(query.contactId())));
  }

  private static boolean isTo(OutgoingMessage message, ContactId contact) {
    return message.contact().contactId().equals(Optional.of(contact));
  }

  @Override
  public synchronized List<OutgoingMessage> findWithoutContact(
      LocationId locationId, Collection<GhlContactId> named) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(message -> message.contact().contactId().isEmpty())
        .filter(message -> message.ghlContactId().filter(named::contains).isPresent())
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public synchronized List<OutgoingMessage> findAbout(LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(message -> isTo(message, contact))
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public synchronized List<OutgoingMessage> findBlockedAbout(
      LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(message -> message.sync().phase() == SyncPhase.BLOCKED)
        .filter(message -> isTo(message, contact))
        .toList();
  }
}
