package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.ProductionClasses.ALL;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule, held against the classes that go into the war. */
class ArchitectureTest {
  private static final Set<String> OWNERS =
      Set.of(LocationId.class.getName(), CompanyId.class.getName());

  @ParameterizedTest
  @EnumSource
  void theProductKeepsTheRule(ArchitectureRule rule) {
    rule.in(Rings.OF_THE_PRODUCT).check(ALL);
  }

  @Test
  void everyRingWasImported() {
    for (String ring : Rings.OF_THE_PRODUCT.all()) {
      assertThat(ALL.that(resideInAPackage(Rings.within(ring)))).as(ring).hasSizeGreaterThan(3);
    }
  }

  /** No other method of a port can ask without a tenant (trap 50). */
  @Test
  void everyExceptionFromTheRuleOfTenantsIsStillNeeded() {
    List<JavaClass> ports =
        ALL.that(resideInAPackage(Rings.within(Rings.OF_THE_PRODUCT.domain()))).stream()
            .filter(TenancyRules::isPort)
            .toList();
    Set<String> withoutTenant =
        ports.stream()
            .flatMap(port -> port.getMethods().stream())
            .filter(method -> !TenancyRules.takesFirst(method, OWNERS))
            .map(TenancyRules::inShort)
            .collect(Collectors.toSet());

    assertThat(ports).hasSizeGreaterThan(8);
    assertThat(withoutTenant).isEqualTo(TenancyRules.NOT_OF_ONE_TENANT);
  }
}
