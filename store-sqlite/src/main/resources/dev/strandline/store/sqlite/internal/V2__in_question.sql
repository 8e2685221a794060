-- Messages of which it is not known whether the server still has them, and when the server last told
-- deletions to their end. Columns are added at the ends of their tables, which costs nothing per row.

CREATE TABLE in_question (
  -- Messages of which it is not known whether the server still has them, until it has been asked. The
  -- message may be stored or not.
  message_id TEXT PRIMARY KEY,
  room_key   INTEGER NOT NULL REFERENCES rooms,
  since      INTEGER NOT NULL, -- from when on it is not known; of DELETED_AND_SHOWN: when it was deleted
  why        TEXT NOT NULL     -- DELETED_AND_SHOWN, UNREADABLE_DELETION, LOST_ROOT, MOVED
) STRICT, WITHOUT ROWID;

CREATE INDEX in_question_by_room ON in_question (room_key, message_id);

-- When the server last told the room's deletions to their end: by a confirmed time or the Date header,
-- null where it had none; and the latest stamp that was heard by then. Both null while nothing is claimed.
ALTER TABLE room_state ADD COLUMN told_date INTEGER;
ALTER TABLE room_state ADD COLUMN told_stamp INTEGER;

-- The claim is not later than that was.
UPDATE room_state SET told_date = claim_as_of, told_stamp = claim_as_of;

-- Up to here every message and deletion was told of; see rooms.news.
ALTER TABLE directory RENAME COLUMN told_until TO news_as_of;

-- When both lists were last read, as in room_state. Both null while they never were.
ALTER TABLE directory ADD COLUMN read_date INTEGER;
ALTER TABLE directory ADD COLUMN read_stamp INTEGER;

-- Where it is known when there was no news, the lists were read then; else not before what they showed.
UPDATE directory
   SET read_date = news_as_of,
       read_stamp = coalesce(news_as_of, min(subscriptions_until, rooms_until));

CREATE VIEW in_question_view AS
SELECT q.message_id,
       r.room_id,
       r.name AS room_name,
       strftime('%Y-%m-%dT%H:%M:%fZ', q.since / 1000.0, 'unixepoch') AS since,
       q.why,
       EXISTS (SELECT 1 FROM messages m WHERE m.message_id = q.message_id) AS is_live,
       EXISTS (SELECT 1 FROM tombstones t WHERE t.message_id = q.message_id) AS has_tombstone
  FROM in_question q JOIN rooms r USING (room_key);

DROP VIEW room_view;

CREATE VIEW room_view AS
SELECT r.room_id,
       r.name,
       r.type,
       r.membership,
       r.unread,
       CASE
         WHEN r.membership = 'GONE' THEN 'stale: GONE'
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
