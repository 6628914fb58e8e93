package com.lpai.adapter.mongo.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSearchTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final ContactRepository contacts = DATABASE.adapter().contacts();
  private final LocationId location = TenantFixture.anyLocation();

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*", "^a$", "a|b", "\\d", "\\Q", "\\E.", "[a-z]", "(?i)", "a{2}", "+1415", "$", "#", "-",
        "\0", "a\0b", "%2E", "ä😀", "a b"
      })
  void whatAPersonTypesIsTakenLiterally(String typed) {
    Contact named = saved(typed + " more");
    saved("other");
    saved("aa");

    Page<Contact> found =
        contacts.list(location, new ContactQuery(50, "", typed, "", "", "", Set.of()));

    assertThat(found.items()).containsExactly(named);
  }

  private Contact saved(String firstName) {
    Contact contact =
        aContact().withId(contacts.nextId()).in(location).withName(firstName, "Lee").build();
    contacts.save(location, contact);
    return contact.atVersion(1);
  }
}
