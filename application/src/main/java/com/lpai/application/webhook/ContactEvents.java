package com.lpai.application.webhook;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Push;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Contact events. What an event says is applied only when it can be trusted to be newer than what
 * we know; in every other case the contact is read once, and that decides (spec 6, order).
 */
final class ContactEvents {
  private static final Duration WAIT_FOR_ANSWER = Duration.ofMillis(300);
  private static final Duration CRM_AWAY = Duration.ofSeconds(5);
  private static final Duration SECOND_LOOK = Duration.ofSeconds(30);
  private static final Duration NOT_CONNECTED = Duration.ofMinutes(1);

  private final ContactRepository contacts;
  private final LocationRepository locations;
  private final CrmContacts crm;
  private final Intake<GhlContactId> intake;
  private final EventOrder order;
  private final Instance instance;

  ContactEvents(
      ContactRepository contacts,
      LocationRepository locations,
      CrmContacts crm,
      Intake<GhlContactId> intake,
      EventOrder order,
      Instance instance) {
    this.contacts = contacts;
    this.locations = locations;
    this.crm = crm;
    this.intake = intake;
    this.order = order;
    this.instance = instance;
  }

  Result changed(
      LocationId locationId, CrmRecord<GhlContactId> raw, QueuedWebhook event, EntityReads reads) {
    if (reads.cover(event.receivedAt())) {
      return done("covered by a read");
    }
    CrmRecord<GhlContactId> said = intake.normalised(locationId, raw);
    Optional<Contact> known =
        contacts.findByCrmId(locationId, said.id()).filter(c -> !c.isLinkedElsewhere(said.id()));
    if (known.isEmpty()) {
      return isOurCreateUnderWay(locationId, said)
          ? later(WAIT_FOR_ANSWER, "waits for the answer to our own create")
          : read(locationId, said.id(), event, reads);
    }
    return switch (known.get().presence()) {
      case Presence.DeletedHere deleted -> skipped("it was deleted here");
      case Presence.DeletedInCrm gone -> read(locationId, said.id(), event, reads);
      case Presence.Live live -> changed(locationId, known.get(), said, event, reads);
    };
  }

  private Result changed(
      LocationId locationId,
      Contact known,
      CrmRecord<GhlContactId> said,
      QueuedWebhook event,
      EntityReads reads) {
    boolean echo = known.isEcho(said);
    boolean leavesOut = known.holdsMoreThan(said);
    if (echo && !leavesOut) {
      return done("echo: nothing new");
    }
    if (echo || !order.mayApply(event.envelope().sentAt(), traceOf(locationId, known))) {
      return read(locationId, said.id(), event, reads);
    }
    boolean believed = intake.absorbEvent(locationId, said, event.envelope().sentAt(), order);
    return leavesOut || !believed ? read(locationId, said.id(), event, reads) : done("applied");
  }

  /** A setup reads contacts without noting it on those that had not changed. */
  private CrmTrace traceOf(LocationId locationId, Contact known) {
    return locations
        .find(locationId)
        .map(location -> location.setup().result(SetupStep.CONTACTS))
        .map(step -> known.trace().read(step.finishedAt(), Instant.EPOCH))
        .orElse(known.trace());
  }

  Result deleted(LocationId locationId, GhlContactId id, QueuedWebhook event) {
    return intake.deleted(locationId, id, event.envelope().sentAt())
        ? done("deleted in GoHighLevel")
        : done("nothing to delete");
  }

  private Result read(
      LocationId locationId, GhlContactId id, QueuedWebhook event, EntityReads reads) {
    Instant begun = instance.time().instant();
    return switch (crm.find(locationId, id, CallPriority.FOLLOW_UP)) {
      case CrmResult.Done<CrmRecord<GhlContactId>>(CrmRecord<GhlContactId> raw) -> {
        if (!intake.absorbRead(locationId, intake.normalised(locationId, raw), begun)) {
          yield later(WAIT_FOR_ANSWER, "a push was accepted while it was read; it is read again");
        }
        reads.begun(begun);
        yield done("read from GoHighLevel");
      }
      case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure failure)
          when failure instanceof CrmFailure.NotFound ->
          notFound(locationId, id, event);
      case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure failure) -> readFailed(failure);
    };
  }

  /** The CRM must say twice that it has a contact no longer; its own deletion event may be lost. */
  private Result notFound(LocationId locationId, GhlContactId id, QueuedWebhook event) {
    boolean isLive =
        contacts
            .findByCrmId(locationId, id)
            .filter(Contact::isLive)
            .filter(contact -> contact.crmId().filter(id::equals).isPresent())
            .isPresent();
    if (!isLive) {
      return skipped("GoHighLevel no longer has it");
    }
    if (event.attempts() == 0) {
      Instant again = instance.time().instant().plus(SECOND_LOOK);
      return new Result.Later(again, "GoHighLevel does not find it; it is looked up again", true);
    }
    intake.deleted(locationId, id, event.envelope().sentAt());
    return done("GoHighLevel no longer has it: marked as deleted there");
  }

  private Result readFailed(CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.NotFound notFound -> throw new IllegalStateException("handled above");
      case CrmFailure.Throttled(Duration retryAfter, String message) -> later(retryAfter, message);
      case CrmFailure.Unavailable away -> later(CRM_AWAY, away.message());
      case CrmFailure.OutcomeUnknown unknown -> later(CRM_AWAY, unknown.message());
      case CrmFailure.Unauthorized unauthorized -> later(NOT_CONNECTED, unauthorized.message());
      case CrmFailure.Forbidden forbidden -> dead(forbidden);
      case CrmFailure.AlreadyExists exists -> dead(exists);
      case CrmFailure.RefusedOrDone refused -> dead(refused);
      case CrmFailure.Rejected rejected -> dead(rejected);
    };
  }

  /**
   * A Create event can overtake the answer of our own create. Once the create is in doubt nobody
   * waits any more: matching by e-mail or phone links the two.
   */
  private boolean isOurCreateUnderWay(LocationId locationId, CrmRecord<GhlContactId> said) {
    Instant now = instance.time().instant();
    return contacts.findCreatesInFlight(locationId).stream()
        .filter(contact -> contact.sync().problem().isEmpty())
        .filter(contact -> isCallUnderWay(contact, now))
        .anyMatch(contact -> mayBeSame(contact, said));
  }

  private static boolean isCallUnderWay(Contact contact, Instant now) {
    return contact.sync().push() instanceof Push.InFlight call && call.leaseUntil().isAfter(now);
  }

  private static boolean mayBeSame(Contact ours, CrmRecord<GhlContactId> said) {
    return agree(ours, said, ContactField.EMAIL)
        && agree(ours, said, ContactField.PHONE)
        && agree(ours, said, ContactField.FIRST_NAME)
        && agree(ours, said, ContactField.LAST_NAME);
  }

  /** Equal, or one side says nothing: what we sent may have been changed again here meanwhile. */
  private static boolean agree(Contact ours, CrmRecord<GhlContactId> said, ContactField field) {
    FieldName name = field.fieldName();
    return said.fields()
        .get(name)
        .map(value -> value.equals(sent(ours, name)) || value.equals(ours.fields().get(name)))
        .orElse(true);
  }

  private static FieldValue sent(Contact ours, FieldName name) {
    return ours.sync().push() instanceof Push.InFlight call
        ? call.values().get(name).orElse(FieldValue.cleared())
        : FieldValue.cleared();
  }

  private Result later(Duration wait, String why) {
    return new Result.Later(instance.time().instant().plus(wait), why, false);
  }

  private static Result done(String outcome) {
    return new Result.Finished(WebhookStatus.DONE, outcome);
  }

  private static Result skipped(String reason) {
    return new Result.Finished(WebhookStatus.SKIPPED, reason);
  }

  private static Result dead(CrmFailure failure) {
    return new Result.Finished(WebhookStatus.DEAD, failure.message());
  }
}
