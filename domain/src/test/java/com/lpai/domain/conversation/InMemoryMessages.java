package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages in memory. */
public final class InMemoryMessages implements MessageRepository {
  private final Map<LocationId, Map<GhlMessageId, Message>> byLocation = new HashMap<>();

  @Override
  public synchronized int saveAll(LocationId locationId, List<Message> messages) {
    Map<GhlMessageId, Message> stored =
        byLocation.computeIfAbsent(locationId, absent -> new HashMap<>());
    Map<GhlMessageId, Message> told = new LinkedHashMap<>();
    messages.forEach(message -> told.put(message.id(), message));
    int written = 0;
    for (Message message : told.values()) {
      Message before = stored.get(message.id());
      Message after = before == null ? message : before.renewed(message);
      if (!after.equals(stored.put(message.id(), after))) {
        written++;
      }
    }
    return written;
  }

  @Override
  public synchronized Map<GhlMessageId, Message> findAll(
      LocationId locationId, Collection<GhlMessageId> ids) {
    Map<GhlMessageId, Message> found = new HashMap<>(byLocation.getOrDefault(locationId, Map.of()));
    found.keySet().retainAll(Set.copyOf(ids));
    return found;
  }

  @Override
  public synchronized void removeAll(LocationId locationId, GhlConversationId conversation) {
    byLocation
        .getOrDefault(locationId, new HashMap<>())
        .values()
        .removeIf(message -> message.conversationId().equals(conversation));
  }

  @Override
  public synchronized long count(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Map.of()).size();
  }

  @Override
  public synchronized Page<Message> list(
      LocationId locationId, GhlConversationId conversation, int limit, String cursor) {
    List<Message> all =
        byLocation.getOrDefault(locationId, Map.of()).values().stream()
            .filter(message -> message.conversationId().equals(conversation))
            .sorted(
                Comparator.comparing(Message::addedAt)
                    .thenComparing(message -> message.id().value())
                    .reversed())
            .toList();
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(all.size(), from + limit);
    return new Page<>(all.subList(from, to), to == all.size() ? "" : String.valueOf(to));
  }
}
