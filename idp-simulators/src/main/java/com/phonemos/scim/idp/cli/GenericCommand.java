package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.direct.DirectProvider;
import com.phonemos.scim.idp.direct.Generic;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;

/** {@code idp-sim generic}. */
@Command(
    name = "generic",
    description =
        "Provisions as RFC 7643, 7644 and 9865 have it, with bulk, cursors and versions where the"
            + " endpoint announces them.",
    mixinStandardHelpOptions = true)
final class GenericCommand extends ProviderCommand {
  @Override
  IdentityProvider connect(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed) {
    return Generic.connect(endpoint, executed.apply(DirectProvider.execution()), directory);
  }
}
