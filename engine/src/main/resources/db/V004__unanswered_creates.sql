-- An identity provider that did not get the answer to its create sends it again, and must get it then
-- instead of a conflict. Whether it may not have got it is known from two signs.

-- The session that committed: if it is gone, so may be the process that was to answer.
ALTER TABLE journal ADD COLUMN session int;

-- The answers that were noticed not to arrive.
CREATE TABLE undelivered (
  tenant_id uuid        NOT NULL,
  id        uuid        NOT NULL,
  at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
