-- Clients that get access tokens for a tenant (RFC 6749 §4.4): by a secret, or by an assertion of who federates them
-- (RFC 7523 §2.2).
CREATE TABLE oauth_client (
  tenant_id uuid        NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id        uuid        NOT NULL UNIQUE,
  label     text        NOT NULL DEFAULT '',
  created   timestamptz NOT NULL DEFAULT now(),
  issuer    text,
  subject   text,
  audience  text,
  PRIMARY KEY (tenant_id, id),
  -- An assertion is of one client, so of one tenant.
  UNIQUE (issuer, subject, audience),
  CHECK (num_nonnulls(issuer, subject, audience) IN (0, 3))
);

CREATE TABLE oauth_secret (
  tenant_id   uuid        NOT NULL,
  client_id   uuid        NOT NULL,
  id          uuid        NOT NULL DEFAULT gen_random_uuid(),
  secret_hash bytea       NOT NULL CHECK (octet_length(secret_hash) = 32), -- SHA-256
  created     timestamptz NOT NULL DEFAULT now(),
  expires     timestamptz,
  last_used   timestamptz,
  PRIMARY KEY (tenant_id, client_id, id),
  UNIQUE (client_id, secret_hash),
  FOREIGN KEY (tenant_id, client_id) REFERENCES oauth_client ON DELETE CASCADE
);

-- Of an access token. It goes with its client.
ALTER TABLE token ADD COLUMN client_id uuid;
ALTER TABLE token ADD FOREIGN KEY (tenant_id, client_id) REFERENCES oauth_client ON DELETE CASCADE;
CREATE INDEX token_client ON token (tenant_id, client_id, expires) WHERE client_id IS NOT NULL;
