package com.lpai.domain.conversation;

import static com.lpai.domain.conversation.OutgoingMessageFixture.anOutgoingMessage;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.AboutContactRepositoryContract;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link OutgoingMessageRepository} promises. Each test has locations of its own. */
public interface OutgoingMessageRepositoryContract
    extends AboutContactRepositoryContract<OutgoingMessageId, GhlMessageId, OutgoingMessage> {
  ContactId ANN = new ContactId("507f1f77bcf86cd799439011");
  ContactId BOB = new ContactId("507f1f77bcf86cd799439012");

  /** The repository under test; other tests' locations may be in it. */
  OutgoingMessageRepository messages();

  @Override
  default OutgoingMessageRepository records() {
    return messages();
  }

  @Override
  default OutgoingMessageFixture aRecord() {
    return anOutgoingMessage();
  }

  @Override
  default GhlMessageId anyCrmId() {
    return OutgoingMessageFixture.anyGhlMessageId();
  }

  @Override
  default OutgoingMessageId unknownId() {
    return new OutgoingMessageId("no-such-id");
  }

  @Override
  default FieldName textField() {
    return OutgoingMessageField.MESSAGE.fieldName();
  }

  @Test
  default void aMessageComesBackAsItWas() {
    OutgoingMessage message =
        in(TenantFixture.anyLocation())
            .about(ANN)
            .with(OutgoingMessageField.TYPE, "Email")
            .with(OutgoingMessageField.HTML, "<p>Hi</p>")
            .with(
                OutgoingMessageField.EMAIL_CC.fieldName(),
                new FieldValue.Texts(List.of("a@example.com", "b@example.com")))
            .with(OutgoingMessageField.GHL_CONTACT_ID, "ghl-contact")
            .build();

    OutgoingMessage stored = saved(message);

    assertThat(messages().find(message.locationId(), message.id())).contains(stored);
  }

  @Test
  default void messagesAreListedByWhomTheyGoToAndByTheirState() {
    LocationId location = TenantFixture.anyLocation();
    OutgoingMessage first = saved(in(location).about(ANN).pendingSince(START).build());
    OutgoingMessage second = saved(in(location).about(ANN).build());
    OutgoingMessage other = saved(in(location).about(BOB).build());
    saved(in(location).about(ANN).deletedHere(START).build());

    assertThat(all(location, "", Set.of())).containsExactly(first, second, other);
    assertThat(all(location, ANN.value(), Set.of())).containsExactly(first, second);
    assertThat(all(location, "", Set.of(SyncPhase.PENDING))).containsExactly(first);
    assertThat(all(location, BOB.value(), Set.of(SyncPhase.PENDING))).isEmpty();
    assertThat(all(TenantFixture.anyLocation(), "", Set.of())).isEmpty();
  }

  private List<OutgoingMessage> all(LocationId location, String contact, Set<SyncPhase> phases) {
    List<OutgoingMessage> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<OutgoingMessage> page =
          messages().list(location, new OutgoingMessageQuery(1, cursor, contact, phases));
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return shown;
  }

  @Test
  default void whatWaitsForAContactIsFound() {
    LocationId location = TenantFixture.anyLocation();
    SyncState blocked = SyncState.SYNCED.blocked(START, "It waits.");
    OutgoingMessage waiting = saved(in(location).about(ANN).withSync(blocked).build());
    saved(in(location).about(ANN).pendingSince(START).build());
    saved(in(location).about(BOB).withSync(blocked).build());
    saved(in(location).about(ANN).withSync(blocked).deletedHere(START).build());
    saved(in(TenantFixture.anyLocation()).about(ANN).withSync(blocked).build());

    assertThat(messages().findBlockedAbout(location, ANN)).containsExactly(waiting);
  }

  private OutgoingMessageFixture in(LocationId location) {
    return anOutgoingMessage().withId(messages().nextId()).in(location);
  }

  private OutgoingMessage saved(OutgoingMessage message) {
    assertThat(messages().save(message.locationId(), message))
        .isEqualTo(new SaveOutcome.Saved<>(message.atVersion(1)));
    return message.atVersion(1);
  }
}
