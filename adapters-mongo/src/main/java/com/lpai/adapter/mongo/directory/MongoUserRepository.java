package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import com.lpai.domain.directory.UserRepository;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** Users in the collection {@code users}, unique by location and CRM id. */
public final class MongoUserRepository implements UserRepository {
  private final TenantCollection users;

  public MongoUserRepository(TenantCollection users) {
    this.users = users;
  }

  @Override
  public int saveAll(LocationId locationId, List<User> given) {
    Map<GhlUserId, User> changed = new LinkedHashMap<>();
    given.forEach(user -> changed.put(user.id(), user));
    changed.values().removeAll(stored(locationId, changed.keySet()));
    int written = changed.size();
    while (!changed.isEmpty()) {
      changed.keySet().retainAll(refused(locationId, List.copyOf(changed.values())));
    }
    return written;
  }

  private Set<User> stored(LocationId locationId, Set<GhlUserId> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    List<String> values = ids.stream().map(GhlUserId::value).toList();
    return Set.copyOf(
        users
            .find(
                locationId,
                Filters.in(UserDocuments.GHL_USER_ID, values),
                Find.sortedBy(Sorts.ascending(UserDocuments.GHL_USER_ID)))
            .stream()
            .map(UserDocuments::toDomain)
            .toList());
  }

  /** Stores the users; answers those that another instance stored first, to be stored again. */
  private List<GhlUserId> refused(LocationId locationId, List<User> changed) {
    List<TenantWrite> writes =
        changed.stream()
            .<TenantWrite>map(
                user ->
                    new TenantWrite.Upsert(
                        Filters.eq(UserDocuments.GHL_USER_ID, user.id().value()),
                        UserDocuments.toUpdate(user)))
            .toList();
    return users.bulk(locationId, writes).refused().keySet().stream()
        .map(position -> changed.get(position).id())
        .toList();
  }

  @Override
  public List<User> list(LocationId locationId) {
    return users
        .find(
            locationId,
            new Document(),
            Find.sortedBy(Sorts.ascending(UserDocuments.NAME, UserDocuments.GHL_USER_ID)))
        .stream()
        .map(UserDocuments::toDomain)
        .toList();
  }
}
