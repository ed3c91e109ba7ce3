-- What identity providers asked and what they got. Written in batches, off the path of requests,
-- and without values: names of attributes, ids, and the hash of a name that was looked for or given.
CREATE TABLE request_log (
  tenant_id     uuid,                 -- absent: the token was not known
  at            timestamptz NOT NULL,
  request_id    text        NOT NULL,
  token_id      uuid,
  method        text        NOT NULL,
  operation     text        NOT NULL, -- what the route does, such as create; none where there is no route
  resource_type text,
  resource_id   uuid,
  subject       bytea       CHECK (octet_length(subject) = 32), -- see RequestLog.subject
  filter        text,                 -- its shape: values are question marks
  status        smallint    NOT NULL,
  scim_type     text,
  detail        text,                 -- of an error; never holds a value
  duration_us   int         NOT NULL
);
-- Times come in order, so a block range is all that finding and forgetting by time needs.
CREATE INDEX request_log_at ON request_log USING brin (at);
CREATE INDEX request_log_resource ON request_log (tenant_id, resource_id, at) WHERE resource_id IS NOT NULL;
CREATE INDEX request_log_subject ON request_log (tenant_id, subject, at) WHERE subject IS NOT NULL;
CREATE INDEX request_log_failed ON request_log (tenant_id, at) WHERE status >= 400;
CREATE INDEX request_log_id ON request_log (request_id);

-- What became of one resource, without reading everybody's journal.
CREATE INDEX journal_resource ON journal (tenant_id, resource_id, revision);
