package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.ScimClient;
import java.util.List;
import java.util.function.Supplier;

/** What a story needs of an identity provider, whichever it is. */
interface Provider extends AutoCloseable {
  /** The client, to be recorded and paced. */
  ScimClient client();

  /** The company. */
  Directory directory();

  /** The steps that bring everyone and every group to the endpoint for the first time. */
  List<Supplier<CycleReport>> begin();

  /** Provisions what has changed. */
  CycleReport follow();

  /** Lets a day pass and tries again what failed. */
  CycleReport heal();

  /** Whether anything waits to be tried again, or the job does not run normally. */
  boolean ailing();

  /** What the identity provider believes, for people. */
  String belief();

  /** What the endpoint should hold. */
  Expectation expected();

  @Override
  void close();
}
