-- What the directory tells beyond rooms: entries that cannot be understood have a place in
-- quarantine, and rooms say whether their messages can carry the times of other clocks.
-- rooms.membership can also be INVITED or BANNED.

ALTER TABLE rooms ADD COLUMN
  other_clocks INTEGER NOT NULL DEFAULT 0; -- 1 where the room is federated, bridged or imported

UPDATE rooms SET other_clocks = 1
 WHERE room_json IS NOT NULL AND iif(json_valid(room_json),
   coalesce(room_json ->> '$.federated', 0) NOT IN (0, 'false')
     OR (room_json -> '$.federation') NOT IN ('null', 'false')
     OR (room_json -> '$.bridged') NOT IN ('null', 'false')
     OR (room_json -> '$.importIds') NOT IN ('null', '[]'), 0);

DROP VIEW quarantine_view;

ALTER TABLE quarantine RENAME TO quarantine_before;

CREATE TABLE quarantine (
  -- Entries of answers that could not be understood, verbatim: of a room's answer, or of one of the
  -- directory's lists.
  quarantine_key INTEGER PRIMARY KEY,
  room_key       INTEGER REFERENCES rooms, -- null for an entry of the directory
  list           TEXT,             -- SUBSCRIPTIONS, ROOMS; null for an entry of a room
  message_id     TEXT,             -- where one could be read
  json           TEXT NOT NULL,    -- exactly as the server sent it; need not be JSON at all
  json_sha256    BLOB NOT NULL,    -- of the UTF-8 text: the same entry is kept once
  reason         TEXT NOT NULL,
  updated_at     INTEGER,          -- its _updatedAt or else its ts, where one could be read
  is_deletion    INTEGER NOT NULL DEFAULT 0, -- 1 where it was among what is gone
  first_seen_at  INTEGER NOT NULL,
  written_page   INTEGER,          -- the page that it was in; null for an entry of the directory
  UNIQUE (room_key, json_sha256),
  UNIQUE (list, json_sha256),
  CHECK ((room_key IS NULL) <> (list IS NULL))
) STRICT;

INSERT INTO quarantine (quarantine_key, room_key, message_id, json, json_sha256, reason, updated_at,
    first_seen_at, written_page)
  SELECT quarantine_key, room_key, message_id, json, json_sha256, reason, updated_at, first_seen_at,
      written_page
    FROM quarantine_before;

DROP TABLE quarantine_before;

CREATE INDEX quarantine_by_age ON quarantine (first_seen_at, quarantine_key);

CREATE INDEX quarantine_by_room ON quarantine (room_key, first_seen_at, quarantine_key);

CREATE INDEX quarantine_by_message ON quarantine (message_id) WHERE message_id IS NOT NULL;

-- Most files have none of these, so that asking whether a room has is as cheap as can be.
CREATE INDEX IF NOT EXISTS messages_sent_ahead ON messages (room_key)
  WHERE sent_at > updated_at + 60000;

CREATE VIEW quarantine_view AS
SELECT q.quarantine_key,
       r.room_id,
       r.name AS room_name,
       q.list,
       q.message_id,
       q.reason,
       strftime('%Y-%m-%dT%H:%M:%fZ', q.first_seen_at / 1000.0, 'unixepoch') AS first_seen_at,
       q.json
  FROM quarantine q LEFT JOIN rooms r USING (room_key);

DROP VIEW room_view;

CREATE VIEW room_view AS
SELECT r.room_id,
       r.name,
       r.type,
       r.membership,
       r.unread,
       CASE
         WHEN r.membership IN ('GONE', 'BANNED') THEN 'stale: GONE'
         WHEN s.room_key IS NULL THEN 'unknown: never read'
         WHEN s.reconciling_started_at IS NOT NULL THEN 'stale: RECONCILING'
         WHEN s.stale_cause IS NOT NULL THEN 'stale: ' || s.stale_cause
         WHEN s.claim_as_of IS NULL THEN 'incomplete: never read to the end'
         WHEN NOT s.claim_to_beginning THEN 'incomplete: complete from '
           || strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(s.claim_floor, s.anchor) / 1000.0, 'unixepoch')
         WHEN EXISTS (SELECT 1 FROM in_question q WHERE q.room_key = r.room_key)
           THEN 'complete but for '
             || (SELECT count(*) FROM in_question q WHERE q.room_key = r.room_key)
             || ' in question'
         ELSE 'complete'
       END AS coverage,
       (SELECT count(*) FROM in_question q WHERE q.room_key = r.room_key) AS in_question,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.claim_as_of / 1000.0, 'unixepoch') AS as_of,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.updated_settled / 1000.0, 'unixepoch') AS updated_watermark,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.deleted_settled / 1000.0, 'unixepoch') AS deleted_watermark,
       -- By this device's clock, which may be wrong: for a look, never for a decision.
       CAST(unixepoch('now') - s.updated_settled / 1000 AS INTEGER) || ' s' AS updated_lag,
       CAST(unixepoch('now') - s.deleted_settled / 1000 AS INTEGER) || ' s' AS deleted_lag,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.reconciling_started_at / 1000.0, 'unixepoch')
         AS reconciling_since,
       u.outcome AS last_outcome,
       strftime('%Y-%m-%dT%H:%M:%fZ', u.finished_at / 1000.0, 'unixepoch') AS last_run_at,
       u.error_message AS last_error
  FROM rooms r
  LEFT JOIN room_state s USING (room_key)
  LEFT JOIN scope_runs u ON u.scope = 'room:' || r.room_id;
