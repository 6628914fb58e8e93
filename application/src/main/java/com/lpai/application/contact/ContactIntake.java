package com.lpai.application.contact;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContact;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.contact.Presence;
import com.lpai.domain.contact.SaveOutcome;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes in contacts as the CRM told them, whatever brought them: matching, one merge rule, no
 * duplicate on our side (spec 5, 6). Shared by setup and webhooks.
 */
public final class ContactIntake {
  private final ContactRepository contacts;
  private final LocationRepository locations;
  private final ContactNormalizer normalizer;
  private final WorkSignals signals;
  private final Instance instance;

  ContactIntake(
      ContactRepository contacts,
      LocationRepository locations,
      ContactNormalizer normalizer,
      WorkSignals signals,
      Instance instance) {
    this.contacts = contacts;
    this.locations = locations;
    this.normalizer = normalizer;
    this.signals = signals;
    this.instance = instance;
  }

  /** The same word of the CRM in normal form, with which everything else here works. */
  public CrmContact normalised(LocationId locationId, CrmContact said) {
    return normalised(said, country(locationId));
  }

  private CrmContact normalised(CrmContact said, String country) {
    return new CrmContact(
        said.id(),
        normalizer.normalise(said.fields(), country),
        said.completeGroups(),
        said.changedAt());
  }

  private String country(LocationId locationId) {
    return locations
        .find(locationId)
        .map(location -> location.details().country())
        .orElse(LocationDetails.assumed("").country());
  }

  /**
   * What a page left open.
   *
   * @param doubtful contacts that must be read one by one: the page told them without their names,
   *     or a push of ours was accepted while it was read
   */
  public record PageOutcome(int written, List<GhlContactId> doubtful) {
    public PageOutcome {
      doubtful = List.copyOf(doubtful);
    }
  }

  /**
   * Takes in one page of a read.
   *
   * @param page not yet normalised
   * @param readAt when the read was begun
   */
  public PageOutcome absorbPage(LocationId locationId, List<CrmContact> page, Instant readAt) {
    String country = country(locationId);
    List<CrmContact> said = new ArrayList<>();
    Set<GhlContactId> seen = new HashSet<>();
    for (CrmContact contact : page) {
      if (seen.add(contact.id())) {
        said.add(normalised(contact, country));
      }
    }
    Map<GhlContactId, Contact> known = new HashMap<>(contacts.findByCrmIds(locationId, seen));
    known.entrySet().removeIf(entry -> entry.getValue().isLinkedElsewhere(entry.getKey()));
    Matches matches = matches(locationId, said, known);
    List<CrmContact> changedBy = new ArrayList<>();
    List<GhlContactId> doubtful = new ArrayList<>();
    List<Contact> changed = new ArrayList<>();
    for (CrmContact contact : said) {
      Optional<Contact> present =
          Optional.ofNullable(known.get(contact.id())).or(() -> matches.take(contact));
      Contact before = present.orElseGet(() -> fresh(locationId, contact));
      Contact after = afterRead(before, contact, readAt);
      if (isStale(before, readAt) || isWithoutName(after, contact)) {
        doubtful.add(contact.id());
      }
      if (!after.equals(before)) {
        changed.add(after);
        changedBy.add(contact);
      }
    }
    int written = 0;
    List<SaveOutcome> outcomes = contacts.saveAll(locationId, changed);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof SaveOutcome.Saved(Contact saved)) {
        written++;
        signalIfPending(saved);
      } else {
        written++;
        if (!absorbRead(locationId, changedBy.get(i), readAt)) {
          doubtful.add(changedBy.get(i).id());
        }
      }
    }
    return new PageOutcome(written, doubtful);
  }

  /** The CRM's search may tell names in lower case only (ghl-facts.md 3.1), which are no names. */
  private static boolean isWithoutName(Contact contact, CrmContact said) {
    return !said.fields().mentions(ContactField.FIRST_NAME.fieldName())
        && contact.fullName().isEmpty();
  }

  /** A read that began before a push was accepted may not have seen what was pushed. */
  private static boolean isStale(Contact contact, Instant readAt) {
    return contact.trace().lastPushAt().isAfter(readAt);
  }

  /**
   * Takes in one contact that was just read.
   *
   * @param said normalised
   * @return false when a push of ours was accepted meanwhile: it must be read again
   */
  public boolean absorbRead(LocationId locationId, CrmContact said, Instant readAt) {
    boolean[] fresh = {true};
    change(
        locationId,
        said,
        contact -> {
          fresh[0] = !isStale(contact, readAt);
          Contact after = afterRead(contact, said, readAt);
          return fresh[0] && after.equals(contact) && contact.version() > 0
              ? contact.withTrace(contact.trace().read(readAt, said.changedAt()))
              : after;
        });
    return fresh[0];
  }

  /**
   * Takes in the values of one event, when they may be believed as they are.
   *
   * @param said normalised
   * @return false when a push or a read came first: the contact must be read
   */
  public boolean absorbEvent(
      LocationId locationId, CrmContact said, Instant eventAt, EventOrder order) {
    boolean[] believed = {true};
    change(
        locationId,
        said,
        contact -> {
          believed[0] = order.mayApply(eventAt, contact.trace());
          return believed[0] ? merged(contact, said, contact.trace().heard(eventAt)) : contact;
        });
    return believed[0];
  }

  /** Marks a contact as deleted in the CRM; false when there is none, or it was already. */
  public boolean deleted(LocationId locationId, GhlContactId id, Instant eventAt) {
    while (true) {
      Optional<Contact> known = contacts.findByCrmId(locationId, id);
      if (known.isEmpty() || known.get().crmId().filter(id::equals).isEmpty()) {
        return false;
      }
      Contact before = known.get();
      Contact after = before.deletedInCrm(before.trace().heard(eventAt), instance.time().instant());
      if (contacts.save(locationId, after) instanceof SaveOutcome.Saved) {
        return true;
      }
    }
  }

  private Contact afterRead(Contact contact, CrmContact said, Instant readAt) {
    if (contact.presence() instanceof Presence.DeletedHere || isStale(contact, readAt)) {
      return contact;
    }
    Contact present = contact.revived(instance.time().instant());
    return merged(present, said, present.trace().read(readAt, said.changedAt()));
  }

  private Contact merged(Contact contact, CrmContact said, CrmTrace trace) {
    if (contact.presence() instanceof Presence.DeletedHere) {
      return contact;
    }
    Instant now = instance.time().instant();
    boolean adopts = contact.crmId().isEmpty() && contact.version() > 0;
    Contact linked = adopts ? contact.adopted(said.id(), now) : contact;
    return linked.merged(said, trace, ConflictPolicy.OURS, now);
  }

  private Contact fresh(LocationId locationId, CrmContact said) {
    return Contact.foundInCrm(contacts.nextId(), locationId, said.id(), instance.time().instant());
  }

  /** Finds, changes and stores until nobody interferes. */
  private void change(LocationId locationId, CrmContact said, UnaryOperator<Contact> change) {
    while (true) {
      Map<GhlContactId, Contact> known = new HashMap<>();
      contacts
          .findByCrmId(locationId, said.id())
          .filter(contact -> !contact.isLinkedElsewhere(said.id()))
          .ifPresent(contact -> known.put(said.id(), contact));
      Contact before =
          Optional.ofNullable(known.get(said.id()))
              .or(() -> matches(locationId, List.of(said), known).take(said))
              .orElseGet(() -> fresh(locationId, said));
      Contact after = change.apply(before);
      if (after.equals(before)) {
        return;
      }
      if (contacts.save(locationId, after) instanceof SaveOutcome.Saved(Contact saved)) {
        signalIfPending(saved);
        return;
      }
    }
  }

  private void signalIfPending(Contact contact) {
    if (contact.sync().phase() == SyncPhase.PENDING) {
      signals.contactChanged(contact.locationId(), contact.id());
    }
  }

  // ---- matching contacts that are not linked yet

  private Matches matches(
      LocationId locationId, List<CrmContact> said, Map<GhlContactId, Contact> known) {
    Set<String> emails = new HashSet<>();
    Set<String> phones = new HashSet<>();
    for (CrmContact contact : said) {
      if (!known.containsKey(contact.id())) {
        addIfPresent(emails, Matches.email(contact));
        addIfPresent(phones, Matches.phone(contact));
      }
    }
    return emails.isEmpty() && phones.isEmpty()
        ? new Matches(List.of())
        : new Matches(contacts.findUnlinked(locationId, emails, phones));
  }

  private static void addIfPresent(Set<String> values, String value) {
    if (!value.isEmpty()) {
      values.add(value);
    }
  }
}
