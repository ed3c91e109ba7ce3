-- A reader of the change feed whose place we keep, and to whom we bring what follows.
CREATE TABLE webhook (
  tenant_id uuid        NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id        uuid        NOT NULL,
  url       text        NOT NULL,
  secret    bytea       NOT NULL,           -- sealed, see SecretBox
  after     bigint      NOT NULL,           -- the last revision that was taken
  failures  int         NOT NULL DEFAULT 0, -- in a row
  reason    text,                           -- of the last failure
  next_at   timestamptz NOT NULL DEFAULT now(), -- 'infinity': given up
  created   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
