package com.lpai.domain.project;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.project.ProjectFixture.anyGhlOpportunityId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.project.ProjectParts.Added;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorRepository.Removal;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ProjectParts} promises. Each test has locations of its own. */
public interface ProjectPartsContract {
  ProjectRepository projects();

  /** The subject; of the projects above. */
  ProjectParts parts();

  /** Puts a field into the project's document, as a frontend does that writes there itself. */
  void othersPut(Project project, String field, Object value);

  @ParameterizedTest
  @EnumSource
  default void entriesComeBackInTheOrderInWhichTheyWereAdded(ProjectPart part) {
    Project project = saved();
    PartEntry first = entry(project, part, "first");
    PartEntry second = entry(project, part, "second");

    assertThat(listed(project, part)).isEmpty();
    assertThat(add(project, part, first)).isEqualTo(Added.STORED);
    assertThat(add(project, part, second)).isEqualTo(Added.STORED);

    assertThat(listed(project, part)).containsExactly(first, second);
    assertThat(Stream.of(ProjectPart.values()).filter(other -> other != part))
        .allSatisfy(other -> assertThat(listed(project, other)).isEmpty());
  }

  @Test
  default void everyKindOfValueComesBackAsItWas() {
    Project project = saved();
    PartEntry milestone =
        PartEntry.made(
            parts().nextId(project.locationId()),
            text("title", "2026-11-20")
                .with(FieldName.of("dueOn"), new FieldValue.Day(LocalDate.of(2026, 11, 20)))
                .with(FieldName.of("status"), FieldValue.text("done"))
                .with(FieldName.of("completedAt"), new FieldValue.Moment(START)),
            "ann",
            START);
    PartEntry document =
        PartEntry.made(
            parts().nextId(project.locationId()),
            text("name", "$where.is.it")
                .with(FieldName.of("size"), new FieldValue.Amount(BigDecimal.valueOf(1_234_567))),
            "ann",
            START);

    add(project, ProjectPart.MILESTONES, milestone);
    add(project, ProjectPart.DOCUMENTS, document);

    assertThat(listed(project, ProjectPart.MILESTONES)).containsExactly(milestone);
    assertThat(listed(project, ProjectPart.DOCUMENTS)).containsExactly(document);
  }

  @Test
  default void anEntryIsAddedOnce() {
    Project project = saved();
    PartEntry entry = entry(project, ProjectPart.PHOTOS, "once");

    List<Added> answers = ManyThreads.atOnce(8, number -> add(project, ProjectPart.PHOTOS, entry));

    assertThat(answers).containsOnlyOnce(Added.STORED).contains(Added.THERE_ALREADY);
    assertThat(listed(project, ProjectPart.PHOTOS)).containsExactly(entry);
  }

  @Test
  default void whatSeveralAddAtOnceIsAllThere() {
    Project project = saved();

    ManyThreads.atOnce(
        8, number -> add(project, ProjectPart.TIMELINE, entry(project, "entry " + number)));

    assertThat(listed(project, ProjectPart.TIMELINE)).hasSize(8);
  }

  @Test
  default void aPartHasABound() {
    Project project = saved();
    for (int i = 0; i < ProjectPart.MILESTONES.most(); i++) {
      assertThat(add(project, ProjectPart.MILESTONES, entry(project, "m" + i)))
          .isEqualTo(Added.STORED);
    }

    assertThat(add(project, ProjectPart.MILESTONES, entry(project, "one more")))
        .isEqualTo(Added.FULL);
    assertThat(listed(project, ProjectPart.MILESTONES)).hasSize(ProjectPart.MILESTONES.most());
    assertThat(add(project, ProjectPart.PHOTOS, entry(project, "another part")))
        .isEqualTo(Added.STORED);
  }

  @Test
  default void anEntryIsReplacedInItsPlaceAtItsVersionOnly() {
    Project project = saved();
    List<PartEntry> entries = new ArrayList<>();
    for (String title : List.of("a", "b", "c")) {
      entries.add(entry(project, title));
      add(project, ProjectPart.MILESTONES, entries.getLast());
    }
    PartEntry changed = entries.get(1).edited(text("title", "B"), START.plusSeconds(1));

    assertThat(replace(project, 2, changed)).isFalse();
    assertThat(replace(project, 1, changed)).isTrue();
    assertThat(replace(project, 1, changed)).isFalse();

    assertThat(listed(project, ProjectPart.MILESTONES))
        .containsExactly(entries.get(0), changed, entries.get(2));
  }

  @Test
  default void anEntryIsRemovedAtItsVersionOnly() {
    Project project = saved();
    PartEntry kept = entry(project, "kept");
    PartEntry gone = entry(project, "gone");
    add(project, ProjectPart.MILESTONES, kept);
    add(project, ProjectPart.MILESTONES, gone);

    assertThat(remove(project, gone.id(), 2)).isFalse();
    assertThat(remove(project, gone.id(), 1)).isTrue();
    assertThat(remove(project, gone.id(), 1)).isFalse();

    assertThat(listed(project, ProjectPart.MILESTONES)).containsExactly(kept);
  }

  @Test
  default void anotherLocationOrAProjectThatIsGoneHasNoParts() {
    Project project = saved();
    PartEntry entry = entry(project, "entry");
    add(project, ProjectPart.MILESTONES, entry);
    LocationId other = TenantFixture.anyLocation();

    assertThat(parts().list(other, project.id(), ProjectPart.MILESTONES)).isEmpty();
    assertThat(parts().add(other, project.id(), ProjectPart.MILESTONES, entry))
        .isEqualTo(Added.NO_PROJECT);
    assertThat(parts().replace(other, project.id(), ProjectPart.MILESTONES, 1, entry)).isFalse();
    assertThat(parts().remove(other, project.id(), ProjectPart.MILESTONES, entry.id(), 1))
        .isFalse();
    assertThat(parts().list(project.locationId(), new ProjectId("none"), ProjectPart.MILESTONES))
        .isEmpty();

    save(project.deletedInCrm(CrmTrace.NONE, START));
    assertThat(parts().list(project.locationId(), project.id(), ProjectPart.MILESTONES)).isEmpty();
    assertThat(add(project, ProjectPart.MILESTONES, entry(project, "late")))
        .isEqualTo(Added.NO_PROJECT);
  }

  @Test
  default void nothingThatHappensToTheProjectTouchesThem() {
    Project project = saved();
    Map<ProjectPart, PartEntry> entries = new EnumMap<>(ProjectPart.class);
    for (ProjectPart part : ProjectPart.values()) {
      PartEntry entry = entry(project, part, "entry");
      entries.put(part, entry);
      add(project, part, entry);
    }

    Project reread = projects().find(project.locationId(), project.id()).orElseThrow();
    Project edited = save(reread.edited(text("title", "Bath"), MirrorFixture.SOMEBODY, START));
    Project linked = save(edited.adopted(anyGhlOpportunityId(), START));
    Project gone = save(linked.deletedInCrm(CrmTrace.NONE, START));
    Project back = save(gone.revived(START));

    assertThat(Stream.of(ProjectPart.values()))
        .allSatisfy(part -> assertThat(listed(back, part)).containsExactly(entries.get(part)));
    assertThat(projects().find(back.locationId(), back.id())).contains(back);
  }

  @ParameterizedTest
  @EnumSource
  default void aCopyThatHasAnEntryIsNotRemovedForAnother(ProjectPart part) {
    Project project = saved();
    PartEntry entry = entry(project, part, "entry");
    add(project, part, entry);

    assertThat(removedCopy(project)).isEqualTo(Removal.NEEDED);
    assertThat(listed(project, part)).containsExactly(entry);

    Project changed = save(project.edited(text("title", "Bath"), MirrorFixture.SOMEBODY, START));
    assertThat(removedCopy(project)).isEqualTo(Removal.CHANGED);

    assertThat(parts().remove(project.locationId(), project.id(), part, entry.id(), 1)).isTrue();
    assertThat(removedCopy(changed)).isEqualTo(Removal.REMOVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"customFields", "milestones", "favouriteOfAnn"})
  default void aCopyToWhichOthersGaveSomethingIsNotRemovedForAnother(String field) {
    for (Object something :
        List.of(Map.of("color", "oak"), Map.of("0", "oak"), List.of(Map.of()), "oak", false)) {
      Project project = saved();
      othersPut(project, field, something);

      assertThat(removedCopy(project)).as("with %s", something).isEqualTo(Removal.NEEDED);
      assertThat(projects().find(project.locationId(), project.id())).contains(project);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"customFields", "milestones", "favouriteOfAnn"})
  default void whatOthersLeftEmptyKeepsNoCopy(String field) {
    for (Object nothing : List.of(Map.of(), List.of())) {
      Project project = saved();
      othersPut(project, field, nothing);

      assertThat(removedCopy(project)).as("with %s", nothing).isEqualTo(Removal.REMOVED);
    }
  }

  @Test
  default void ofACopyThatIsRemovedWhileEntriesAreAddedNoneIsLost() {
    for (int round = 0; round < 20; round++) {
      Project project = saved();
      List<PartEntry> added = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        added.add(entry(project, ProjectPart.TIMELINE, "entry " + i));
      }

      List<Object> answers =
          ManyThreads.atOnce(
              4,
              number ->
                  number == 0
                      ? removedCopy(project)
                      : add(project, ProjectPart.TIMELINE, added.get(number - 1)));

      assertThat(Set.copyOf(answers))
          .isIn(Set.of(Removal.REMOVED, Added.NO_PROJECT), Set.of(Removal.NEEDED, Added.STORED));
    }
  }

  @Test
  default void whatAPersonDeletesGoesWithItsParts() {
    Project project = saved();
    add(project, ProjectPart.PHOTOS, entry(project, ProjectPart.PHOTOS, "entry"));

    assertThat(projects().remove(project.locationId(), project)).isTrue();
    assertThat(parts().list(project.locationId(), project.id(), ProjectPart.PHOTOS)).isEmpty();
  }

  private Removal removedCopy(Project project) {
    return projects().removeCopy(project.locationId(), project);
  }

  private Project saved() {
    return save(
        aProject()
            .withId(projects().nextId())
            .in(TenantFixture.anyLocation())
            .with(ProjectField.TITLE, "Kitchen")
            .build());
  }

  private Project save(Project project) {
    assertThat(projects().save(project.locationId(), project))
        .isInstanceOf(SaveOutcome.Saved.class);
    return project.atVersion(project.version() + 1);
  }

  private PartEntry entry(Project project, String title) {
    return entry(project, ProjectPart.MILESTONES, title);
  }

  private PartEntry entry(Project project, ProjectPart part, String text) {
    String field = part.needed().getFirst().key();
    return PartEntry.made(parts().nextId(project.locationId()), text(field, text), "ann", START);
  }

  private static FieldChanges text(String key, String text) {
    return FieldChanges.of(FieldName.of(key), FieldValue.text(text));
  }

  private List<PartEntry> listed(Project project, ProjectPart part) {
    return parts().list(project.locationId(), project.id(), part).orElseThrow().items();
  }

  private Added add(Project project, ProjectPart part, PartEntry entry) {
    return parts().add(project.locationId(), project.id(), part, entry);
  }

  private boolean replace(Project project, long version, PartEntry entry) {
    return parts()
        .replace(project.locationId(), project.id(), ProjectPart.MILESTONES, version, entry);
  }

  private boolean remove(Project project, PartEntryId id, long version) {
    return parts().remove(project.locationId(), project.id(), ProjectPart.MILESTONES, id, version);
  }
}
