package com.lpai.application.reconcile;

import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an operator sees and does of a location's reconciliation. */
public interface ProofUseCase {

  /** What became of a request for a proof. */
  sealed interface Started {
    record Begun(Proof proof) implements Started {}

    /** One is under way. */
    record UnderWay(Proof proof) implements Started {}

    /** There is no such location. */
    record Unknown() implements Started {}
  }

  /** Begins to compare everything; any instance goes on with it. Nothing of it changes a record. */
  Started start(LocationId locationId);

  /** Empty before anything of the location was reconciled. */
  Optional<Reconciliation> state(LocationId locationId);

  /**
   * What the latest finished proof found, and what became of it since, by id.
   *
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  Page<Difference> differences(LocationId locationId, String cursor, int limit);

  /** One field's values; cleared where a side has none. */
  record Both(FieldValue here, FieldValue there) {}

  /** The values of both sides as they are now. */
  sealed interface Values {
    record Told(Map<FieldName, Both> fields) implements Values {
      public Told {
        fields = Map.copyOf(fields);
      }
    }

    /** There is no such difference. */
    record Unknown() implements Values {}

    /** The CRM could not be asked. */
    record NotTold(String why) implements Values {}
  }

  /** Reads what differs, on both sides, for one difference; at most one call to the CRM. */
  Values values(LocationId locationId, String differenceId);

  /** What a repair would do, or was asked to do. */
  sealed interface Plan {
    /**
     * What is to be done.
     *
     * @param differences those concerned; the first of them where they are many
     * @param count how many they are
     * @param calls how many calls to the CRM it takes
     */
    record Of(List<Difference> differences, long count, long calls) implements Plan {
      public Of {
        differences = List.copyOf(differences);
      }
    }

    /** There is no finished proof to go by. */
    record NoReport() implements Plan {}

    /** A proof is under way, which will tell anew what differs. */
    record ProofUnderWay() implements Plan {}
  }

  /**
   * What a repair would do; changes nothing.
   *
   * @param ids of differences; empty for all
   */
  Plan plan(LocationId locationId, Set<String> ids);

  /**
   * Asks for the repair; any instance does it, each by the way that a record changes ordinarily.
   */
  Plan repair(LocationId locationId, Set<String> ids);

  /** How many locations have something to do now. */
  long countDue();
}
