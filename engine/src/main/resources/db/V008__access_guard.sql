-- Whose loss of access has gone to Keycloak lately, waits for an operator, or was decided on.
CREATE TABLE access_loss (
  tenant_id uuid        NOT NULL,
  user_id   uuid        NOT NULL,
  state     text        NOT NULL CHECK (state IN ('passed', 'held', 'released', 'rejected')),
  at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX access_loss_state ON access_loss (tenant_id, state, at);

-- Deleted users of whom nothing personal may be left, whatever the tenant's policy says.
CREATE TABLE erasure (
  tenant_id uuid        NOT NULL,
  user_id   uuid        NOT NULL,
  at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id)
);

-- Whose it is, when several tenants share a realm.
CREATE INDEX keycloak_link_keycloak_id ON keycloak_link (keycloak_id);
