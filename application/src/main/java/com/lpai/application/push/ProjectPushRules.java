package com.lpai.application.push;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectCustomField;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.project.ProjectStatus;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How projects are told: after their contact; the status, with the reason of a loss, by a call of
 * its own; and fields of ours that are custom fields there under the CRM's ids of them.
 */
final class ProjectPushRules implements PushRules<ProjectId, GhlOpportunityId, Project> {
  private static final Words WORDS =
      new Words(
          "project",
          "title",
          "no contact, pipeline and title",
          "Change that one, or choose another pipeline.");

  private static final FieldName STATUS = ProjectField.STATUS.fieldName();
  private static final FieldName LOST_REASON = ProjectField.LOST_REASON_ID.fieldName();

  private final CrmOpportunities crm;
  private final LocationRepository locations;
  private final ContactFirst contactFirst;

  ProjectPushRules(CrmOpportunities crm, LocationRepository locations, ContactFirst contactFirst) {
    this.crm = crm;
    this.locations = locations;
    this.contactFirst = contactFirst;
  }

  @Override
  public Words words() {
    return WORDS;
  }

  @Override
  public String scope() {
    return "opportunities.write";
  }

  @Override
  public GhlOpportunityId crmId(String value) {
    return new GhlOpportunityId(value);
  }

  @Override
  public Project completed(Project project) {
    return contactFirst.completed(project);
  }

  @Override
  public boolean mayGoOn(Project project) {
    return contactFirst.isThere(project);
  }

  @Override
  public Outgoing<GhlOpportunityId> create(Project project, FieldChanges values) {
    LocationId locationId = project.locationId();
    return contactFirst
        .<GhlOpportunityId>obstacle(project, WORDS.noun())
        .orElseGet(
            () -> {
              Map<String, GhlCustomFieldId> customFields = customFields(locationId);
              Set<FieldName> homeless = homeless(customFields);
              FieldChanges sent =
                  values.only(name -> !name.equals(LOST_REASON) && !homeless.contains(name));
              return new Outgoing.Call<>(
                  sent,
                  () ->
                      ContactFirst.explained(
                          crm.create(
                              locationId, ProjectNormalizer.inCrmsFields(sent, customFields)),
                          WORDS.noun(),
                          ContactFirst.CHOOSE_ANOTHER));
            });
  }

  /** Nothing that was not changed is said again (traps 61, 62). */
  @Override
  public Outgoing<GhlOpportunityId> update(
      Project project, GhlOpportunityId crmId, FieldChanges values) {
    LocationId locationId = project.locationId();
    Map<String, GhlCustomFieldId> customFields = customFields(locationId);
    Set<FieldName> homeless = homeless(customFields);
    FieldChanges plain = values.only(name -> !isOfStatus(name) && !homeless.contains(name));
    if (!plain.isEmpty()) {
      return new Outgoing.Call<>(
          plain,
          () -> crm.update(locationId, crmId, ProjectNormalizer.inCrmsFields(plain, customFields)));
    }
    FieldChanges ofStatus = values.only(ProjectPushRules::isOfStatus);
    if (!ofStatus.isEmpty()) {
      FieldChanges said = said(project, ofStatus);
      return new Outgoing.Call<>(ofStatus, () -> crm.setStatus(locationId, crmId, said));
    }
    return new Outgoing.Refused<>(
        "GoHighLevel has no custom field for %s. Repeat the step customFields of the setup, which"
                .formatted(values.values().keySet())
            + " makes it, and try again.");
  }

  /** The reason goes by itself with the loss that it was given for. */
  private static FieldChanges said(Project project, FieldChanges ofStatus) {
    Fields fields = project.fields();
    boolean isLost = fields.text(STATUS).equals(ProjectStatus.LOST.word());
    return ofStatus
        .with(STATUS, fields.get(STATUS))
        .only(name -> isLost || !name.equals(LOST_REASON));
  }

  private static boolean isOfStatus(FieldName name) {
    return name.equals(STATUS) || name.equals(LOST_REASON);
  }

  private Map<String, GhlCustomFieldId> customFields(LocationId locationId) {
    return locations.find(locationId).map(Location::customFields).orElse(Map.of());
  }

  /** Fields of ours for which the CRM has no custom field. */
  private static Set<FieldName> homeless(Map<String, GhlCustomFieldId> customFields) {
    return Arrays.stream(ProjectCustomField.values())
        .filter(custom -> !customFields.containsKey(custom.key()))
        .map(custom -> custom.field().fieldName())
        .collect(Collectors.toSet());
  }

  @Override
  public Outgoing<GhlOpportunityId> regroup(
      Project project, GhlOpportunityId crmId, FieldChanges names) {
    throw new IllegalStateException("nobody changes followers here: " + names);
  }

  @Override
  public CrmResult<GhlOpportunityId> delete(LocationId locationId, GhlOpportunityId crmId) {
    return crm.delete(locationId, crmId);
  }

  @Override
  public CrmResult<CrmRecord<GhlOpportunityId>> find(
      LocationId locationId, GhlOpportunityId crmId) {
    return crm.find(locationId, crmId, CallPriority.USER);
  }

  @Override
  public Optional<Supplier<CrmResult<List<CrmRecord<GhlOpportunityId>>>>> lookUp(
      LocationId locationId, FieldChanges sent, Instant since) {
    Fields created = Fields.NONE.apply(sent);
    String contact = created.text(ProjectField.GHL_CONTACT_ID.fieldName());
    String pipeline = created.text(ProjectField.PIPELINE_ID.fieldName());
    String title = created.text(ProjectField.TITLE.fieldName());
    if (contact.isEmpty() || pipeline.isEmpty() || title.isEmpty()) {
      return Optional.empty();
    }
    CrmOpportunities.Sought sought =
        new CrmOpportunities.Sought(
            new GhlContactId(contact), new GhlPipelineId(pipeline), title, since.minus(CLOCK_SKEW));
    return Optional.of(() -> crm.lookUp(locationId, sought));
  }

  /**
   * A contact's second deal in a pipeline is refused whatever it is about: only one that is called
   * the same, and was made since, can be what an earlier attempt of ours made.
   */
  @Override
  public CrmResult<Boolean> isTheSame(
      LocationId locationId, GhlOpportunityId crmId, FieldChanges sent, Instant since) {
    String title = Fields.NONE.apply(sent).text(ProjectField.TITLE.fieldName());
    return find(locationId, crmId)
        .map(
            found ->
                Fields.NONE
                        .apply(found.fields())
                        .text(ProjectField.TITLE.fieldName())
                        .strip()
                        .equals(title)
                    && !found.addedAt().isBefore(since.minus(CLOCK_SKEW)));
  }

  @Override
  public boolean lookUpShowsAll() {
    return true;
  }
}
