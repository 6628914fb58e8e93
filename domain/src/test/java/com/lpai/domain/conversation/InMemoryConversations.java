package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations in memory. */
public final class InMemoryConversations implements ConversationRepository {
  private final Map<LocationId, Map<GhlConversationId, Conversation>> byLocation = new HashMap<>();

  @Override
  public synchronized int saveAll(LocationId locationId, List<Conversation> conversations) {
    Map<GhlConversationId, Conversation> stored =
        byLocation.computeIfAbsent(locationId, absent -> new HashMap<>());
    Map<GhlConversationId, Conversation> before = Map.copyOf(stored);
    conversations.forEach(
        told -> {
          Conversation known = before.get(told.id());
          stored.put(told.id(), known == null ? told : known.renewed(told));
        });
    return (int)
        stored.values().stream()
            .filter(conversation -> !conversation.equals(before.get(conversation.id())))
            .count();
  }

  @Override
  public synchronized Optional<Conversation> find(LocationId locationId, GhlConversationId id) {
    return Optional.ofNullable(byLocation.getOrDefault(locationId, Map.of()).get(id));
  }

  @Override
  public synchronized Map<GhlConversationId, Conversation> findAll(
      LocationId locationId, Collection<GhlConversationId> ids) {
    Map<GhlConversationId, Conversation> found = new HashMap<>();
    ids.forEach(id -> find(locationId, id).ifPresent(known -> found.put(id, known)));
    return found;
  }

  @Override
  public synchronized List<Conversation> between(
      LocationId locationId, Instant from, Instant to, int limit) {
    return byLocation.getOrDefault(locationId, Map.of()).values().stream()
        .filter(conversation -> !conversation.listedAt().isBefore(from))
        .filter(conversation -> conversation.listedAt().isBefore(to))
        .sorted(
            Comparator.comparing(Conversation::listedAt)
                .thenComparing(conversation -> conversation.id().value()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void remove(LocationId locationId, GhlConversationId id) {
    byLocation.getOrDefault(locationId, new HashMap<>()).remove(id);
  }

  @Override
  public synchronized long count(LocationId locationId) {
    return byLocation.getOrDefault(locationId, Map.of()).size();
  }

  @Override
  public synchronized Page<Conversation> list(LocationId locationId, int limit, String cursor) {
    List<Conversation> all =
        byLocation.getOrDefault(locationId, Map.of()).values().stream()
            .sorted(
                Comparator.comparing(Conversation::listedAt)
                    .thenComparing(conversation -> conversation.id().value())
                    .reversed())
            .toList();
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(all.size(), from + limit);
    return new Page<>(all.subList(from, to), to == all.size() ? "" : String.valueOf(to));
  }
}
