-- Every key starts with tenant_id, so that the schema can be partitioned or sharded without change.
-- The tables that are written by every mutation carry no foreign keys: their only writer holds the
-- lock of the tenant's row, and a check per row would cost more than the row.

CREATE TABLE tenant (
  id                     uuid        PRIMARY KEY,
  slug                   text        NOT NULL UNIQUE
                                     CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  state                  text        NOT NULL DEFAULT 'active'
                                     CHECK (state IN ('active', 'disabled')),
  policy                 jsonb       NOT NULL DEFAULT '{}',
  keycloak_url           text,
  keycloak_realm         text,
  keycloak_client_id     text,
  keycloak_client_secret bytea,      -- sealed, see SecretBox
  revision               bigint      NOT NULL DEFAULT 0,  -- of the last committed mutation
  user_count             bigint      NOT NULL DEFAULT 0,  -- so that totalResults needs no scan
  group_count            bigint      NOT NULL DEFAULT 0,
  created                timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT keycloak_target_is_whole CHECK (
    num_nonnulls(keycloak_url, keycloak_realm, keycloak_client_id, keycloak_client_secret) IN (0, 4))
) WITH (fillfactor = 50); -- one update per commit: room for HOT updates

CREATE TABLE token (
  tenant_id   uuid        NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id          uuid        NOT NULL,
  secret_hash bytea       NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32), -- SHA-256
  label       text        NOT NULL DEFAULT '',
  created     timestamptz NOT NULL DEFAULT now(),
  expires     timestamptz,
  revoked     timestamptz,
  last_used   timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE scim_user (
  tenant_id     uuid        NOT NULL,
  id            uuid        NOT NULL,
  user_name_key text        NOT NULL, -- folded; what a filter finds is what can conflict
  external_id   text,
  active        boolean     NOT NULL,
  email_keys    text[]      NOT NULL, -- folded
  resource      jsonb       NOT NULL, -- without id, meta and groups
  revision      bigint      NOT NULL,
  created       timestamptz NOT NULL,
  modified      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  -- Checked at the end of a statement, so that one statement may swap two names.
  CONSTRAINT scim_user_user_name UNIQUE (tenant_id, user_name_key) DEFERRABLE
);
CREATE INDEX scim_user_external_id ON scim_user (tenant_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX scim_user_modified ON scim_user (tenant_id, modified);
-- Without a pending list: its clean-up would fall on an unlucky request.
CREATE INDEX scim_user_email ON scim_user USING gin (email_keys) WITH (fastupdate = off);

CREATE TABLE scim_group (
  tenant_id        uuid        NOT NULL,
  id               uuid        NOT NULL,
  display_name_key text        NOT NULL, -- folded
  external_id      text,
  member_count     int         NOT NULL,
  resource         jsonb       NOT NULL, -- without id, meta and members
  revision         bigint      NOT NULL,
  created          timestamptz NOT NULL,
  modified         timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT scim_group_display_name UNIQUE (tenant_id, display_name_key) DEFERRABLE
);
CREATE INDEX scim_group_external_id ON scim_group (tenant_id, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE group_member (
  tenant_id uuid NOT NULL,
  group_id  uuid NOT NULL,
  member_id uuid NOT NULL,
  type      text NOT NULL CHECK (type IN ('User', 'Group')),
  PRIMARY KEY (tenant_id, group_id, member_id)
);
CREATE INDEX group_member_member ON group_member (tenant_id, member_id);

-- The audit trail and the change feed: one row per committed mutation, attribute by attribute.
CREATE TABLE journal (
  tenant_id     uuid        NOT NULL,
  revision      bigint      NOT NULL,
  at            timestamptz NOT NULL,
  actor         uuid        NOT NULL, -- token
  request_id    text        NOT NULL,
  operation     text        NOT NULL CHECK (operation IN ('create', 'replace', 'patch', 'delete')),
  resource_type text        NOT NULL CHECK (resource_type IN ('User', 'Group')),
  resource_id   uuid        NOT NULL,
  before        jsonb,
  after         jsonb,
  PRIMARY KEY (tenant_id, revision)
);

-- The outbox: the set of resources whose state in Keycloak may differ from the one here.
CREATE TABLE due (
  tenant_id  uuid        NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('USER', 'GROUP', 'MEMBERSHIP')),
  id         uuid        NOT NULL,           -- the user; the group where kind is GROUP
  group_id   uuid        NOT NULL,           -- of a MEMBERSHIP; otherwise the nil UUID
  priority   smallint    NOT NULL,           -- 0 loss of access, 1 group, 2 user, 3 membership
  cause      text        NOT NULL DEFAULT 'change' CHECK (cause IN ('change', 'reconcile')),
  generation bigint      NOT NULL DEFAULT 1, -- bumped by every mark; a push settles only what it saw
  attempts   int         NOT NULL DEFAULT 0,
  reason     text,                           -- of the last failure; why it waits or was given up
  marked_at  timestamptz NOT NULL,           -- oldest unsettled mark: the age we alert on
  due_at     timestamptz NOT NULL,           -- claiming, backing off and giving up move it forward
  PRIMARY KEY (tenant_id, kind, id, group_id)
) WITH (fillfactor = 70);
CREATE INDEX due_claim ON due (tenant_id, priority, due_at);

CREATE TABLE keycloak_link (
  tenant_id   uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('USER', 'GROUP')),
  id          uuid NOT NULL,
  keycloak_id text NOT NULL,
  PRIMARY KEY (tenant_id, kind, id),
  CONSTRAINT keycloak_link_target UNIQUE (tenant_id, kind, keycloak_id)
);

-- The folding of com.phonemos.scim.engine.scim.resource.Folding, for attributes without a key column.
CREATE FUNCTION scim_fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(upper(normalize(btrim(value, E' \t\n\r\f'), NFC) COLLATE pg_c_utf8) COLLATE pg_c_utf8);
