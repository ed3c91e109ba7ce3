-- What an identity provider really sends, kept for a while on an operator's word.
CREATE TABLE recording (
  tenant_id  uuid        NOT NULL REFERENCES tenant ON DELETE CASCADE,
  id         uuid        NOT NULL DEFAULT gen_random_uuid(),
  started    timestamptz NOT NULL DEFAULT now(),
  ends       timestamptz NOT NULL,               -- a stop moves it to its moment
  most_bytes bigint      NOT NULL CHECK (most_bytes > 0),
  bytes      bigint      NOT NULL DEFAULT 0,
  exchanges  bigint      NOT NULL DEFAULT 0,
  lost       bigint      NOT NULL DEFAULT 0,     -- exchanges that could not be kept
  is_full    boolean     NOT NULL DEFAULT false, -- an exchange did not fit: there are no gaps
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE recorded_exchange (
  tenant_id    uuid        NOT NULL,
  recording_id uuid        NOT NULL,
  started      timestamptz NOT NULL,
  number       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  entry        text        NOT NULL, -- of HAR 1.2, without secrets
  PRIMARY KEY (tenant_id, recording_id, started, number),
  FOREIGN KEY (tenant_id, recording_id) REFERENCES recording ON DELETE CASCADE
);
