package com.phonemos.scim.idp.scenario;

import com.phonemos.scim.idp.IdentityProvider;
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

/** Every identity provider in each of the ways in which it can be set up that matter most. */
public enum Simulator {
  /** Entra, default dialect, attributes of the Phonemos guide. */
  ENTRA {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(endpoint, EntraOptions.defaults(), directory);
    }
  },
  /** Entra with {@code ?aadOptscim062020}. */
  ENTRA_FLAG {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(
          endpoint, EntraOptions.defaults().withDialect(EntraShape.Dialect.FLAG), directory);
    }
  },
  /** Entra, default dialect, all of its default mapping. */
  ENTRA_FULL_MAPPING {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Entra.connect(endpoint, EntraOptions.defaults().withMapping(Mapping.FULL), directory);
    }
  },
  /** Okta, an application made with the wizard. */
  OKTA_AIW {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Okta.connect(endpoint, OktaOptions.defaults(OktaShape.AppType.AIW), directory);
    }
  },
  /** Okta, an application of the catalogue. */
  OKTA_OIN {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Okta.connect(endpoint, OktaOptions.defaults(OktaShape.AppType.OIN), directory);
    }
  },
  /** OneLogin with its default enterprise template. */
  ONELOGIN {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return DirectProvider.connect(
          endpoint, OneLogin.defaults(), DirectProvider.execution(), directory);
    }
  },
  /** JumpCloud. */
  JUMPCLOUD {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return DirectProvider.connect(
          endpoint, JumpCloud.defaults(), DirectProvider.execution(), directory);
    }
  },
  /** A client that follows the RFCs to the letter. */
  GENERIC {
    @Override
    public IdentityProvider connect(Endpoint endpoint, Directory directory) {
      return Generic.connect(endpoint, DirectProvider.execution(), directory);
    }
  };

  /** Sets it up; nothing is sent yet. */
  public abstract IdentityProvider connect(Endpoint endpoint, Directory directory);
}
