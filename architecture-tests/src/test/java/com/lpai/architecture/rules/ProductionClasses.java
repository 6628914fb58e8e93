package com.lpai.architecture.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;

/** The classes that go into the war, without tests and contract kits. */
final class ProductionClasses {
  /** Every ring; an import that misses one would prove nothing. */
  static final List<String> RINGS =
      List.of(
          "com.lpai.domain",
          "com.lpai.application",
          "com.lpai.adapter.ghl",
          "com.lpai.adapter.mongo",
          "com.lpai.adapter.web",
          "com.lpai.boot");

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(ProductionClasses::isNoTestJar)
          .importPackages(RINGS);

  private ProductionClasses() {}

  /** Kits arrive as test jars, which ArchUnit's own option does not know. */
  private static boolean isNoTestJar(Location location) {
    return !location.contains("-tests.jar") && !location.contains("/test-classes/");
  }
}
