package com.phonemos.scim.engine.demo;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/** What both identity providers do for a company, in their own ways. */
sealed interface Provisioning extends AutoCloseable {
  /** What an administrator starts, one step after the other: the test of the connection first. */
  List<Supplier<CycleReport>> start();

  /** Provisions what has changed since. */
  CycleReport changes();

  /** What the SCIM endpoint should hold by now. */
  Expectation expected();

  @Override
  void close();

  /** Entra's job. */
  record EntraJob(Entra entra) implements Provisioning {
    static EntraJob of(Endpoint endpoint, Directory directory, Progress progress) {
      return new EntraJob(
          Entra.connect(endpoint, EntraOptions.defaults().withProgress(progress), directory));
    }

    @Override
    public List<Supplier<CycleReport>> start() {
      return List.of(entra::testConnection, entra::initialCycle);
    }

    @Override
    public CycleReport changes() {
      entra.directory().clock().advance(Entra.INTERVAL);
      return entra.incrementalCycle();
    }

    @Override
    public Expectation expected() {
      return entra.expected();
    }

    @Override
    public void close() {
      entra.close();
    }
  }

  /** Okta's application. */
  record OktaApplication(Okta okta) implements Provisioning {
    static OktaApplication of(Endpoint endpoint, Directory directory, Progress progress) {
      return new OktaApplication(
          Okta.connect(endpoint, OktaOptions.defaults().withProgress(progress), directory));
    }

    @Override
    public List<Supplier<CycleReport>> start() {
      return List.of(
          okta::testConnection, okta::importEverything, okta::assignAll, okta::pushGroups);
    }

    @Override
    public CycleReport changes() {
      return okta.sync();
    }

    @Override
    public Expectation expected() {
      return okta.expected();
    }

    @Override
    public void close() {
      okta.close();
    }
  }
}
