package com.phonemos.scim.engine;

import com.phonemos.scim.engine.http.HttpRecorder;
import com.phonemos.scim.engine.keycloak.DriftRecorder;
import com.phonemos.scim.engine.keycloak.PushRecorder;
import com.phonemos.scim.engine.ops.Meters;
import com.phonemos.scim.engine.tenant.MutationRecorder;
import java.util.Optional;

/** What the packages have to tell, as metrics. */
final class Recorders {
  private Recorders() {}

  static MutationRecorder mutations(Meters meters) {
    return new MutationRecorder() {
      @Override
      public void mailboxFull() {
        meters.mailboxFull();
      }

      @Override
      public void waiting(int shard, int commands) {
        meters.waiting(shard, commands);
      }

      @Override
      public void waited(long nanos) {
        meters.waited(nanos);
      }

      @Override
      public void transaction(int commands, long nanos, boolean committed) {
        meters.transaction(commands, nanos, committed);
      }

      @Override
      public void command(String type, String outcome) {
        meters.command(type, outcome);
      }
    };
  }

  static HttpRecorder http(Meters meters) {
    return new HttpRecorder() {
      @Override
      public void answered(
          String operation, String resource, int status, Optional<String> scimType, long nanos) {
        meters.httpRequest(operation, resource, status, nanos);
        if (status >= 400) {
          meters.error(scimType.orElse("none"));
        }
      }
    };
  }

  static PushRecorder push(Meters meters) {
    return new PushRecorder() {
      @Override
      public void pushed(String outcome, long nanos) {
        meters.push(outcome, nanos);
      }

      @Override
      public void settled(boolean urgent, long lagMs) {
        meters.pushLag(urgent, lagMs);
      }

      @Override
      public void retried(String reason) {
        meters.pushRetry(reason);
      }

      @Override
      public void gate(String target, int circuit, int limit) {
        meters.pushTarget(target, circuit, limit);
      }

      @Override
      public void guardTripped() {
        meters.guardTripped();
      }

      @Override
      public void token(String outcome) {
        meters.keycloakToken(outcome);
      }
    };
  }

  static DriftRecorder drift(Meters meters) {
    return new DriftRecorder() {
      @Override
      public void found(String what) {
        meters.driftFound(what);
      }

      @Override
      public void scanned(String outcome, long nanos) {
        meters.driftScan(outcome, nanos);
      }

      @Override
      public void polled(String outcome) {
        meters.driftPoll(outcome);
      }
    };
  }
}
