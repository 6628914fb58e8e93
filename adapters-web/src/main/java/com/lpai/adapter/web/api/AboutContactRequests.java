package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** Reads of a body whom a record is about: {@code contactId} is our id of the contact. */
final class AboutContactRequests {
  private static final String CONTACT_ID = "contactId";

  private AboutContactRequests() {}

  /** Whom the body names; unresolved when it says nothing of it. */
  static ContactReference contact(JsonObject body) {
    JsonValue given = body.get(CONTACT_ID);
    if (given == null) {
      return ContactReference.none();
    }
    try {
      if (given instanceof JsonString text) {
        return new ContactReference.Resolved(new ContactId(text.getString()));
      }
    } catch (IllegalArgumentException noIdAtAll) {
      // Told below: it is nobody's.
    }
    throw new ProblemException(
        Problem.invalid(
            List.of(
                new FieldProblem(
                    CONTACT_ID, "The id of one of the location's contacts, please."))));
  }

  /** The rest of the body. */
  static JsonObject fields(JsonObject body) {
    return JSON.createObjectBuilder(body).remove(CONTACT_ID).build();
  }
}
