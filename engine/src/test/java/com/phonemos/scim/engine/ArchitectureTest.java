package com.phonemos.scim.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.RecordCodec;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The architecture, as far as a machine can check it. */
@AnalyzeClasses(
    packages = "com.phonemos.scim.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ENGINE = "com.phonemos.scim.engine.";

  @ArchTest
  static final ArchRule dataFlowsOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("http")
          .definedBy(ENGINE + "http..")
          .layer("tenant")
          .definedBy(ENGINE + "tenant..")
          .layer("keycloak")
          .definedBy(ENGINE + "keycloak..")
          .layer("store")
          .definedBy(ENGINE + "store..")
          .layer("oauth")
          .definedBy(ENGINE + "oauth..")
          .layer("bus")
          .definedBy(ENGINE + "bus..")
          .layer("scim")
          .definedBy(ENGINE + "scim..")
          .layer("webhook")
          .definedBy(ENGINE + "webhook..")
          .layer("admin")
          .definedBy(ENGINE + "admin..")
          .layer("ops")
          .definedBy(ENGINE + "ops..")
          .whereLayer("http")
          .mayOnlyAccessLayers("oauth", "bus", "store", "scim")
          .whereLayer("oauth")
          .mayOnlyAccessLayers("store", "scim")
          .whereLayer("tenant")
          .mayOnlyAccessLayers("bus", "store", "scim")
          .whereLayer("keycloak")
          .mayOnlyAccessLayers("bus", "store", "scim")
          .whereLayer("webhook")
          .mayOnlyAccessLayers("bus", "store", "scim")
          .whereLayer("admin")
          .mayOnlyAccessLayers("keycloak", "bus", "store", "scim")
          .whereLayer("ops")
          .mayOnlyAccessLayers("store")
          .whereLayer("store")
          .mayOnlyAccessLayers("scim")
          .whereLayer("bus")
          .mayOnlyAccessLayers("scim")
          .whereLayer("scim")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule scimIsPure =
      noClasses()
          .that()
          .resideInAPackage(ENGINE + "scim..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.micrometer..", "org.slf4j..")
          .because("SCIM rules are tested with plain values; move I/O to store, http or keycloak");

  @ArchTest
  static final ArchRule onlyTheStoreSpeaksSql =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENGINE + "store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..")
          .because("SQL is read in one place; give the store a method that says what is wanted");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ENGINE + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule messagesAreValues =
      classes()
          .that()
          .resideInAPackage(ENGINE + "bus")
          .and()
          .areTopLevelClasses()
          // A codec and the names of addresses are no messages.
          .and()
          .doNotBelongToAnyOf(RecordCodec.class, BusAddress.class)
          .should(beRecordsEnumsOrInterfaces())
          .because("what passes between verticles must not change under way");

  private static ArchCondition<JavaClass> beRecordsEnumsOrInterfaces() {
    return new ArchCondition<>("be records, enums or interfaces") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean fits =
            type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || type.getSimpleName().equals("package-info");
        events.add(new SimpleConditionEvent(type, fits, type.getName()));
      }
    };
  }
}
