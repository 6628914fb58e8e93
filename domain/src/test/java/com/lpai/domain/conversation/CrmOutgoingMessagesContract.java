package com.lpai.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link CrmOutgoingMessages} promises. */
public interface CrmOutgoingMessagesContract {
  CrmOutgoingMessages outgoing();

  LocationId location();

  /** One of the location's contacts that no message went to yet. */
  GhlContactId aContact();

  /** By the CRM's clock. */
  Instant now();

  /** Time passes until searches show what was done before. */
  void searchCatchesUp();

  @Test
  default void aMessageThatWasSentIsFoundByItsContactTextAndTime() {
    GhlContactId contact = aContact();
    Instant before = now();

    GhlMessageId sent = done(outgoing().send(location(), sms(contact, "See you at nine")));
    searchCatchesUp();

    List<Message> found =
        done(outgoing().sentTo(location(), contact, false, before.minus(Duration.ofMinutes(1))));
    assertThat(found).extracting(Message::id).containsExactly(sent);
    assertThat(found.getFirst().body()).isEqualTo("See you at nine");
    assertThat(found.getFirst().type()).isEqualTo(MessageChannel.SMS.readAs());
    assertThat(found.getFirst().direction()).isEqualTo("outbound");
    assertThat(done(outgoing().sentTo(location(), aContact(), false, before))).isEmpty();
    assertThat(done(outgoing().sentTo(location(), contact, true, before))).isEmpty();
    assertThat(done(outgoing().sentTo(location(), contact, false, now().plus(Duration.ofHours(1)))))
        .isEmpty();
  }

  @Test
  default void aSecondCallSendsASecondMessage() {
    GhlContactId contact = aContact();
    Instant before = now();

    GhlMessageId one = done(outgoing().send(location(), sms(contact, "Hello")));
    GhlMessageId other = done(outgoing().send(location(), sms(contact, "Hello")));
    searchCatchesUp();

    assertThat(one).isNotEqualTo(other);
    assertThat(done(outgoing().sentTo(location(), contact, false, before))).hasSize(2);
  }

  @Test
  default void aMailIsAmongMails() {
    GhlContactId contact = aContact();
    Instant before = now();
    FieldChanges mail =
        FieldChanges.of(OutgoingMessageField.TYPE.fieldName(), FieldValue.text("Email"))
            .with(OutgoingMessageField.GHL_CONTACT_ID.fieldName(), FieldValue.text(contact.value()))
            .with(OutgoingMessageField.SUBJECT.fieldName(), FieldValue.text("Your quote"))
            .with(OutgoingMessageField.HTML.fieldName(), FieldValue.text("<p>Hi</p>"))
            .with(OutgoingMessageField.EMAIL_TO.fieldName(), FieldValue.text("ann@example.com"))
            .with(
                OutgoingMessageField.EMAIL_CC.fieldName(),
                new FieldValue.Texts(List.of("bob@example.com")));

    GhlMessageId sent = done(outgoing().send(location(), mail));
    searchCatchesUp();

    assertThat(done(outgoing().sentTo(location(), contact, true, before)))
        .extracting(Message::id)
        .containsExactly(sent);
    assertThat(done(outgoing().sentTo(location(), contact, false, before))).isEmpty();
  }

  @Test
  default void aMessageToNobodyIsRefused() {
    assertThat(outgoing().send(location(), sms(new GhlContactId("nobody"), "Hello")))
        .isInstanceOf(CrmResult.Failed.class);
  }

  private static FieldChanges sms(GhlContactId contact, String text) {
    return FieldChanges.of(OutgoingMessageField.TYPE.fieldName(), FieldValue.text("SMS"))
        .with(OutgoingMessageField.GHL_CONTACT_ID.fieldName(), FieldValue.text(contact.value()))
        .with(OutgoingMessageField.MESSAGE.fieldName(), FieldValue.text(text));
  }

  private static <T> T done(CrmResult<T> result) {
    assertThat(result).isInstanceOf(CrmResult.Done.class);
    return ((CrmResult.Done<T>) result).value();
  }
}
