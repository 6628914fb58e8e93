package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;

/** The shapes in which GoHighLevel shows a contact: they differ from place to place. */
final class ContactViews {
  private static final List<String> WEBHOOK_FIELDS =
      List.of(
          "id",
          "address1",
          "city",
          "state",
          "companyName",
          "country",
          "source",
          "dateAdded",
          "dateOfBirth",
          "dnd",
          "email",
          "name",
          "firstName",
          "lastName",
          "phone",
          "postalCode",
          "tags",
          "website",
          "assignedTo",
          "customFields");
  private static final List<String> SEARCH_FIELDS =
      List.of(
          "id",
          "locationId",
          "email",
          "phone",
          "timezone",
          "companyName",
          "dnd",
          "dndSettings",
          "type",
          "source",
          "assignedTo",
          "city",
          "state",
          "country",
          "postalCode",
          "website",
          "tags",
          "dateOfBirth",
          "dateAdded",
          "dateUpdated",
          "customFields",
          "businessId");

  private ContactViews() {}

  /** {@code GetContectByIdSchema}. */
  static JsonObject detail(JsonObject contact) {
    JsonObjectBuilder view = JsonText.object(contact);
    // It can be written; no schema shows it.
    view.remove("inboundDndSettings");
    JsonText.text(contact, "email").ifPresent(email -> view.add("emailLowerCase", email));
    JsonText.text(contact, "firstName").ifPresent(it -> view.add("firstNameLowerCase", lower(it)));
    JsonText.text(contact, "lastName").ifPresent(it -> view.add("lastNameLowerCase", lower(it)));
    JsonText.text(contact, "name").ifPresent(it -> view.add("fullNameLowerCase", lower(it)));
    return view.build();
  }

  /** {@code CreateContactSchema}. */
  static JsonObject created(JsonObject contact) {
    return JsonText.object(detail(contact))
        .remove("name")
        .remove("timezone")
        .add("deleted", false)
        .add("bounceEmail", false)
        .add("unsubscribeEmail", false)
        .build();
  }

  /** An item of a search answer: {@code address}, and names perhaps in lower case only. */
  static JsonObject searchItem(
      JsonObject contact, JsonArray searchAfter, boolean lowerCaseNamesOnly) {
    JsonObjectBuilder view = JsonText.object();
    copy(contact, SEARCH_FIELDS, view);
    JsonText.text(contact, "address1").ifPresent(address -> view.add("address", address));
    JsonText.text(contact, "firstName").ifPresent(it -> view.add("firstNameLowerCase", lower(it)));
    JsonText.text(contact, "lastName").ifPresent(it -> view.add("lastNameLowerCase", lower(it)));
    if (!lowerCaseNamesOnly) {
      JsonText.text(contact, "firstName").ifPresent(it -> view.add("firstName", it));
      JsonText.text(contact, "lastName").ifPresent(it -> view.add("lastName", it));
    }
    return view.add("additionalEmails", JsonText.array()).add("searchAfter", searchAfter).build();
  }

  /** The fields of a contact webhook beyond the envelope: no {@code dateUpdated}. */
  static JsonObject webhook(JsonObject contact) {
    JsonObjectBuilder view = JsonText.object();
    copy(contact, WEBHOOK_FIELDS, view);
    JsonText.text(contact, "dateOfBirth")
        .ifPresent(day -> view.add("dateOfBirth", day + "T00:00:00.000Z"));
    return view.add("attachments", JsonText.array()).build();
  }

  /** The same with {@code dndSettings}. */
  static JsonObject dndWebhook(JsonObject contact) {
    JsonObjectBuilder view = JsonText.object(webhook(contact));
    copy(contact, List.of("dndSettings"), view);
    return view.build();
  }

  private static void copy(JsonObject contact, List<String> fields, JsonObjectBuilder view) {
    for (String field : fields) {
      JsonValue value = contact.get(field);
      if (value != null) {
        view.add(field, value);
      }
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
