-- What a staged tenant's identity provider sends is stored and answered, and nothing reaches Keycloak.
ALTER TABLE tenant
  DROP CONSTRAINT tenant_state_check,
  ADD CONSTRAINT tenant_state_check CHECK (state IN ('active', 'staged', 'disabled'));
