package dev.strandline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.strandline.error.StrandlineException;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The walls of the house, in one place. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.strandline");

  @Test
  void theCoreNeedsNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.strandline..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void theCoreNeedsNeitherNetworkNorDisk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.io..", "java.sql..")
        .check(CORE);
  }

  @Test
  void theModelKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.strandline.model")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.strandline",
            "dev.strandline.spi",
            "dev.strandline.error",
            "dev.strandline.internal..")
        .check(CORE);
  }

  @Test
  void portsDoNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("dev.strandline.spi")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.strandline", "dev.strandline.internal..")
        .check(CORE);
  }

  @Test
  void storesDoNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("dev.strandline.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.strandline", "dev.strandline.internal..")
        .check(CORE);
  }

  @Test
  void theEngineStandsOnFloors() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("engine")
        .definedBy("dev.strandline.internal.engine")
        .layer("directory")
        .definedBy("dev.strandline.internal.directory")
        .layer("reconcile")
        .definedBy("dev.strandline.internal.reconcile")
        .layer("feed")
        .definedBy("dev.strandline.internal.feed")
        .layer("commit")
        .definedBy("dev.strandline.internal.commit")
        .layer("ground")
        .definedBy("dev.strandline.internal.journal", "dev.strandline.internal.call")
        .whereLayer("engine")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("directory")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("reconcile")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("engine", "directory", "reconcile")
        .whereLayer("commit")
        .mayOnlyBeAccessedByLayers("engine", "reconcile", "feed")
        .check(CORE);
  }

  @Test
  void theInnerPackagesHaveNoCycles() {
    slices().matching("dev.strandline.internal.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void r1_nobodyReadsTheDevicesClockButTheDeviceClock() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("SystemDeviceClock")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CORE);
  }

  @Test
  void everyFailureDescendsFromTheOneRoot() {
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .should()
        .beAssignableTo(StrandlineException.class)
        .check(CORE);
  }
}
