-- What somebody else changed in Keycloak, and how it is found.

-- Where the scan of each tenant stands, and when it goes on.
CREATE TABLE drift_scan (
  tenant_id   uuid        PRIMARY KEY,
  due_at      timestamptz NOT NULL,  -- when it begins, or goes on; a lease moves it forward
  started     timestamptz,           -- absent: none is going on
  phase       text        CHECK (phase IN ('users', 'groups', 'members')),
  after_group uuid,                  -- of phase members: this group and those before it are done
  finished    timestamptz,           -- of the last one that came to its end
  problem     text,                  -- why the last one did not come to its end yet
  -- Of the poll of admin events between scans.
  poll_at     timestamptz NOT NULL,
  events_from timestamptz            -- what happened before this has been seen
);
CREATE INDEX drift_scan_due ON drift_scan (due_at);
CREATE INDEX drift_scan_poll ON drift_scan (poll_at);

CREATE TABLE drift_finding (
  tenant_id   uuid        NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('USER', 'GROUP', 'MEMBERSHIP')),
  id          uuid        NOT NULL,  -- the user; the group where kind is GROUP
  group_id    uuid        NOT NULL,  -- of a MEMBERSHIP; otherwise the nil UUID
  found       timestamptz NOT NULL,
  what        text        NOT NULL,
  keycloak_id text        NOT NULL,  -- the account; the group where kind is GROUP
  differences jsonb       NOT NULL,  -- [{"field", "expected", "actual"}]
  author      text,                  -- who did it, as far as the realm's admin events tell
  happened    timestamptz,
  repaired    timestamptz,           -- absent: it is due
  PRIMARY KEY (tenant_id, kind, id, group_id, found)
);
CREATE INDEX drift_finding_found ON drift_finding (tenant_id, found);
-- Looked at whenever something has reached Keycloak; mostly empty.
CREATE INDEX drift_finding_open ON drift_finding (tenant_id, kind, id, group_id) WHERE repaired IS NULL;

-- A listing that began before cannot have shown what was linked since.
ALTER TABLE keycloak_link ADD COLUMN linked timestamptz NOT NULL DEFAULT now();
