package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Provenance.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final List<FieldName> NAMES =
      List.of(
          FieldName.of("email"),
          FieldName.of("city"),
          FieldName.of("phone"),
          FieldName.element("tags", "vip"));
  private static final FieldName EMAIL = NAMES.getFirst();
  private static final FieldName VIP = NAMES.getLast();
  private static final FieldValue YES = new FieldValue.Flag(true);
  private static final Stamp COPY = new Stamp(Origin.SETUP, START);
  private static final Stamp EDIT = new Stamp(MirrorFixture.SOMEBODY, START.plusSeconds(1));
  private static final Fields ALL =
      Fields.of(Map.of(NAMES.get(0), YES, NAMES.get(1), YES, NAMES.get(2), YES, VIP, YES));
  private static final Provenance COPIED = Provenance.NONE.written(NAMES, ALL, Set.of(), COPY);

  @Test
  void aCopyHasOneStampForAll() {
    assertThat(COPIED).isEqualTo(new Provenance(COPY, new TreeMap<>()));
  }

  @Test
  void anEditStampsItsFieldOnly() {
    Provenance edited = COPIED.written(Set.of(EMAIL), ALL, Set.of(), EDIT);

    assertThat(edited.others()).containsExactly(Map.entry(EMAIL, EDIT));
    assertThat(edited.usual()).isEqualTo(COPY);
  }

  @Test
  void aClearedFieldIsRemembered() {
    Fields without = ALL.apply(FieldChanges.of(EMAIL, FieldValue.cleared()));

    assertThat(COPIED.written(Set.of(EMAIL), without, Set.of(), EDIT).of(EMAIL)).isEqualTo(EDIT);
  }

  @Test
  void anElementThatIsGoneIsRememberedUntilThatIsTold() {
    Fields without = ALL.apply(FieldChanges.of(VIP, FieldValue.cleared()));

    Provenance untold = COPIED.written(Set.of(VIP), without, Set.of(VIP), EDIT);

    assertThat(untold.of(VIP)).as("it may decide a conflict").isEqualTo(EDIT);
    assertThat(untold.written(Set.of(EMAIL), without, Set.of(), COPY)).isEqualTo(COPIED);
    assertThat(COPIED.written(Set.of(VIP), without, Set.of(), EDIT)).isEqualTo(COPIED);
  }

  /** However it is kept: each value has the stamp of who wrote it last. */
  @Property
  void eachValueHasTheStampOfItsLastWriting(
      @ForAll @Size(max = 20)
          List<@Size(min = 4, max = 4) List<@IntRange(max = 2) Integer>> writes) {
    Map<FieldName, Stamp> expected = new HashMap<>();
    Provenance provenance = Provenance.NONE;
    Fields fields = Fields.NONE;
    int second = 0;
    for (List<Integer> write : writes) {
      second++;
      Stamp stamp =
          new Stamp(second % 2 == 0 ? Origin.WEBHOOK : Origin.SETUP, START.plusSeconds(second));
      List<FieldName> written = new ArrayList<>();
      for (int i = 0; i < write.size(); i++) {
        FieldName name = NAMES.get(i);
        int what = write.get(i);
        if (what == 0 || (what == 2 && fields.get(name).isCleared())) {
          continue;
        }
        FieldValue value = what == 2 ? FieldValue.cleared() : FieldValue.text("at " + second);
        fields = fields.apply(FieldChanges.of(name, value));
        written.add(name);
        expected.put(name, stamp);
      }
      provenance = provenance.written(written, fields, Set.of(), stamp);
    }

    for (FieldName name : fields.values().keySet()) {
      assertThat(provenance.of(name)).isEqualTo(expected.get(name));
    }
    assertThat(provenance.others().keySet()).isSubsetOf(NAMES);
  }
}
