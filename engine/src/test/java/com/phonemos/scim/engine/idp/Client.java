package com.phonemos.scim.engine.idp;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.direct.Dialect.Departure;
import com.phonemos.scim.idp.direct.DirectProvider;
import com.phonemos.scim.idp.direct.Generic;
import com.phonemos.scim.idp.direct.JumpCloud;
import com.phonemos.scim.idp.direct.OneLogin;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.entra.EntraScope.Mapping;
import com.phonemos.scim.idp.entra.EntraShape;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.okta.OktaShape;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.List;

/** An identity provider in one of the ways in which it can be set up. */
enum Client {
  ENTRA {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(endpoint, EntraOptions.defaults(), directory);
    }
  },
  ENTRA_FLAG("dialect=entra") {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(
          endpoint, EntraOptions.defaults().withDialect(EntraShape.Dialect.FLAG), directory);
    }
  },
  ENTRA_FULL_MAPPING {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(endpoint, EntraOptions.defaults().withMapping(Mapping.FULL), directory);
    }
  },
  OKTA_AIW {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Okta.connect(endpoint, OktaOptions.defaults(OktaShape.AppType.AIW), directory);
    }
  },
  OKTA_OIN {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Okta.connect(endpoint, OktaOptions.defaults(OktaShape.AppType.OIN), directory);
    }
  },
  ONELOGIN {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return DirectProvider.connect(
          endpoint,
          new OneLogin(OneLogin.Template.ENTERPRISE_DEFAULT, Departure.SUSPEND),
          DirectProvider.execution(),
          directory);
    }
  },
  JUMPCLOUD {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return DirectProvider.connect(
          endpoint, JumpCloud.defaults(), DirectProvider.execution(), directory);
    }
  },
  GENERIC("dialect=strict") {
    @Override
    IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Generic.connect(endpoint, DirectProvider.execution(), directory);
    }
  };

  private final List<String> policy;

  Client(String... policy) {
    this.policy = List.of(policy);
  }

  /** What an operator decides for its tenant. */
  List<String> policy() {
    return policy;
  }

  /** Sets it up; nothing is sent yet. */
  abstract IdentityProvider connect(Endpoint endpoint, Directory directory);
}
