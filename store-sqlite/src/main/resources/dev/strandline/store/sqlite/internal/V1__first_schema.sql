-- Times are INTEGER milliseconds since 1970-01-01T00:00Z. Columns named *_at that come from the
-- server hold the server's clock; first_seen_at, started_at, finished_at and last_complete_at hold
-- this device's. Columns named *_page are numbers of journal_pages; null for written outside of a run.
-- docs/schema.md explains every table and the views for people.

CREATE TABLE owner (
  -- There is one row, or none in a store that was never filled.
  owner_key INTEGER PRIMARY KEY CHECK (owner_key = 1),
  account   TEXT NOT NULL, -- names server and account, without a secret
  server_id TEXT           -- the workspace's identity, where it tells one
) STRICT;

CREATE TABLE directory (
  -- There is one row, or none while the directory was never read.
  directory_key       INTEGER PRIMARY KEY CHECK (directory_key = 1),
  subscriptions_until INTEGER, -- how far subscriptions.get is settled
  rooms_until         INTEGER, -- how far rooms.get is settled
  told_until          INTEGER  -- up to here every message and deletion was told of; see rooms.news
) STRICT;

CREATE TABLE rooms (
  room_key          INTEGER PRIMARY KEY, -- ours and of this file only; the other tables refer to it
  room_id           TEXT NOT NULL UNIQUE,
  name              TEXT,
  type              TEXT NOT NULL DEFAULT 'OTHER',   -- CHANNEL, PRIVATE, DIRECT, LIVECHAT, OTHER
  membership        TEXT NOT NULL DEFAULT 'UNKNOWN', -- UNKNOWN, MEMBER, READER, GONE
  subscription_id   TEXT,
  updated_at        INTEGER, -- when the server last wrote the room's document
  last_message_at   INTEGER,
  unread            INTEGER NOT NULL DEFAULT 0,
  news              INTEGER NOT NULL DEFAULT 0, -- 1 where something was told of that is not read yet
  room_json         TEXT, -- as the server sent it
  subscription_json TEXT  -- as the server sent it
) STRICT;

-- Removals name the subscription only.
CREATE INDEX rooms_by_subscription ON rooms (subscription_id) WHERE subscription_id IS NOT NULL;

CREATE TABLE room_state (
  -- Where the synchronisation of a room stands. It changes only together with the rows that justify it.
  room_key               INTEGER PRIMARY KEY REFERENCES rooms,
  anchor                 INTEGER NOT NULL, -- where both feeds were begun
  updated_settled        INTEGER NOT NULL, -- the watermark of the UPDATED feed
  updated_seen           INTEGER NOT NULL, -- the latest stamp that it has shown
  deleted_settled        INTEGER NOT NULL, -- the same for the DELETED feed
  deleted_seen           INTEGER NOT NULL,
  history_floor          INTEGER,          -- history has been read down to here: a position, no claim
  history_to_beginning   INTEGER NOT NULL, -- 1 where there is nothing further down
  claim_as_of            INTEGER,          -- when the claim below was true; null while nothing is claimed
  claim_floor            INTEGER,          -- what was written here or later is complete; null: anchor
  claim_to_beginning     INTEGER,          -- 1 where the claim covers the whole history
  stale_cause            TEXT,             -- null where the rows are to be trusted
  stale_since            INTEGER,
  reconciling_started_at INTEGER,          -- null unless a whole reading is under way
  reconciling_from       INTEGER,          -- where the feeds are followed from after it; null: nothing read yet
  reconciling_floor      INTEGER,          -- how far down it has come
  reconciling_blind      INTEGER           -- 1 where the server hid deletions at some time since it began
) STRICT;

CREATE TABLE compression (
  -- There is one row where documents are kept compressed, none where they are plain: the table of
  -- messages and its view are those of messages_compact.sql or those of messages_plain.sql.
  compression_key INTEGER PRIMARY KEY CHECK (compression_key = 1),
  format          INTEGER NOT NULL, -- 1: what messages_compact.sql says
  dictionary      BLOB NOT NULL     -- what every document of this file is compressed against
) STRICT;

CREATE TABLE threads (
  -- Derived from messages, in the same transaction, so that a room's threads can be listed in order
  -- without reading all its messages. A thread has a row while its root or a reply is stored.
  room_key        INTEGER NOT NULL REFERENCES rooms,
  root_id         TEXT NOT NULL,
  replies         INTEGER NOT NULL DEFAULT 0, -- stored live replies
  newest_reply_at INTEGER,                    -- when the newest stored reply was sent
  has_root        INTEGER NOT NULL DEFAULT 0, -- 1 where a stored root says that it has replies
  PRIMARY KEY (room_key, root_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX threads_by_reply ON threads (room_key, newest_reply_at DESC, root_id);

CREATE TABLE thread_state (
  -- Where the synchronisation of one thread's own feed stands.
  root_id   TEXT PRIMARY KEY,
  room_key  INTEGER NOT NULL REFERENCES rooms,
  settled   INTEGER NOT NULL, -- the watermark
  seen      INTEGER NOT NULL,
  as_of     INTEGER,          -- when the feed was last read; null before that
  condition TEXT NOT NULL     -- ACTIVE, ROOT_GONE, THREADS_OFF
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_state_by_room ON thread_state (room_key, root_id);

CREATE TABLE tombstones (
  -- Messages that are gone. Kept, so that a page read late cannot bring them back.
  message_id   TEXT PRIMARY KEY,
  room_key     INTEGER NOT NULL REFERENCES rooms,
  deleted_at   INTEGER NOT NULL,
  reason       TEXT NOT NULL, -- DELETED (the server's word), HIDDEN, NOT_FOUND
  added_page   INTEGER,       -- the page that had added the message; null where it was not stored
  removed_page INTEGER,       -- the page that removed the message; null where it was not stored
  written_page INTEGER        -- the page that last wrote the tombstone
) STRICT, WITHOUT ROWID;

CREATE INDEX tombstones_by_room ON tombstones (room_key);

-- For people: what was deleted lately, and in which time.
CREATE INDEX tombstones_by_deletion ON tombstones (room_key, deleted_at, message_id);

CREATE TABLE quarantine (
  -- Entries of answers that could not be understood, verbatim.
  quarantine_key INTEGER PRIMARY KEY,
  room_key       INTEGER NOT NULL REFERENCES rooms,
  message_id     TEXT,             -- where one could be read
  json           TEXT NOT NULL,    -- exactly as the server sent it; need not be JSON at all
  json_sha256    BLOB NOT NULL,    -- of the UTF-8 text: the same entry is kept once
  reason         TEXT NOT NULL,
  updated_at     INTEGER,          -- its _updatedAt or else its ts, where one could be read
  first_seen_at  INTEGER NOT NULL,
  written_page   INTEGER,          -- the page that it was in
  UNIQUE (room_key, json_sha256)
) STRICT;

CREATE INDEX quarantine_by_age ON quarantine (first_seen_at, quarantine_key);

CREATE INDEX quarantine_by_room ON quarantine (room_key, first_seen_at, quarantine_key);

CREATE INDEX quarantine_by_message ON quarantine (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE seen (
  -- What the whole reading under way has shown. Empty while none is.
  room_key   INTEGER NOT NULL REFERENCES rooms,
  message_id TEXT NOT NULL,
  PRIMARY KEY (room_key, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE scope_runs (
  -- How the last run over each scope ended: for people, never for a decision.
  scope            TEXT PRIMARY KEY, -- room:ID or thread:ID
  finished_at      INTEGER NOT NULL,
  outcome          TEXT NOT NULL,    -- complete, partial, failed
  requests         INTEGER NOT NULL,
  error_kind       TEXT,
  error_message    TEXT,
  last_complete_at INTEGER
) STRICT, WITHOUT ROWID;

-- The journal: what runs did, page by page. For people, never for a decision; no content, no
-- credentials. It is pruned row by row, so what refers to a row of it need not find it. Numbers are
-- counted up and never used twice.

CREATE TABLE journal_runs (
  run         INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,    -- SYNC, RECONCILE, COMPARE
  asked       TEXT NOT NULL,    -- everything, or the first of the scopes and how many more
  first_page  INTEGER NOT NULL, -- the run's pages are those from here to the next run's
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,          -- null where it has not ended
  ending      TEXT,             -- COMPLETE, PARTIAL, FAILED, INTERRUPTED; null: still under way, or
                                -- interrupted and no run since
  requests    INTEGER NOT NULL, -- this and what follows: 0 where it has not ended
  added       INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  removed     INTEGER NOT NULL, -- live messages taken away; with those let go
  let_go      INTEGER NOT NULL, -- of those, the ones without a tombstone
  tombstones  INTEGER NOT NULL, -- messages newly known to be gone, stored or not
  unchanged   INTEGER NOT NULL,
  buried      INTEGER NOT NULL, -- skipped: a tombstone keeps the message out
  poorer      INTEGER NOT NULL, -- skipped: a thread's copy of what the room has shown
  quarantined INTEGER NOT NULL,
  error_kind  TEXT              -- what ended it before its end
) STRICT;

CREATE INDEX journal_runs_quiet ON journal_runs (run)
  WHERE added + changed + removed + tombstones + quarantined = 0;

CREATE TABLE journal_passes (
  -- What one run did in one scope. Columns as in journal_runs.
  pass        INTEGER PRIMARY KEY,
  run         INTEGER NOT NULL,
  scope       TEXT NOT NULL, -- room:ID or thread:ID
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  ending      TEXT,          -- SKIPPED, too: what ended the run would have ended this
  requests    INTEGER NOT NULL,
  added       INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  removed     INTEGER NOT NULL,
  let_go      INTEGER NOT NULL,
  tombstones  INTEGER NOT NULL,
  unchanged   INTEGER NOT NULL,
  buried      INTEGER NOT NULL,
  poorer      INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  error_kind  TEXT
) STRICT;

CREATE INDEX journal_passes_by_run ON journal_passes (run);

CREATE INDEX journal_passes_by_scope ON journal_passes (scope, pass);

CREATE INDEX journal_passes_quiet ON journal_passes (pass)
  WHERE added + changed + removed + tombstones + quarantined = 0;

CREATE TABLE journal_pages (
  -- One question, its answer and what became of it, in the transaction of the rows it describes.
  page             INTEGER PRIMARY KEY,
  run              INTEGER NOT NULL,
  pass             INTEGER,          -- null for what belongs to no scope, such as the directory
  purpose          TEXT NOT NULL,    -- HANDSHAKE, DIRECTORY, ANCHOR, CATCH_UP, HISTORY, RECONCILE,
                                     -- COUNT, CONCLUDE, THREAD, FIND_ROOT, CONFIRM, COMPARE
  question         TEXT,             -- UPDATED, DELETED, HISTORY, SINCE, THREAD_SINCE, LISTING,
                                     -- MESSAGE, SETTINGS, SUBSCRIPTIONS, ROOMS; null: nothing was asked
  route            TEXT,
  asked_after      INTEGER,          -- the bounds of the question, exclusive; the server's clock
  asked_before     INTEGER,
  asked_count      INTEGER,          -- 0 where the answer is not cut
  attempt          INTEGER NOT NULL, -- 1 for the first try
  requests         INTEGER NOT NULL,
  started_at       INTEGER NOT NULL,
  took_ms          INTEGER NOT NULL, -- to the end of the answer, waiting for the limiter included
  entries          INTEGER,          -- this and what follows: null where no answer came to its end
  bytes            INTEGER,
  date             INTEGER,          -- what the answer tells of the server's time
  continuation     INTEGER,          -- where it was cut off; null where it was not
  added            INTEGER NOT NULL, -- from here on as in journal_runs
  changed          INTEGER NOT NULL,
  removed          INTEGER NOT NULL,
  let_go           INTEGER NOT NULL,
  tombstones       INTEGER NOT NULL,
  unchanged        INTEGER NOT NULL,
  buried           INTEGER NOT NULL,
  poorer           INTEGER NOT NULL,
  quarantined      INTEGER NOT NULL,
  has_positions    INTEGER NOT NULL, -- 1 where the page belongs to a scope; then what follows is set
  before_updated   INTEGER,          -- the watermark of the UPDATED feed, or of a thread's own
  before_deleted   INTEGER,
  before_history   INTEGER,          -- how far down history had been read
  before_beginning INTEGER,          -- 1 where there is no more
  before_as_of     INTEGER,          -- for when completeness was claimed
  before_stale     TEXT,             -- why the rows were not to be trusted
  after_updated    INTEGER,
  after_deleted    INTEGER,
  after_history    INTEGER,
  after_beginning  INTEGER,
  after_as_of      INTEGER,
  after_stale      TEXT,
  state            TEXT NOT NULL,    -- APPLIED, UNFINISHED, LOOKED_AT, FAILED
  error_kind       TEXT
) STRICT;

CREATE INDEX journal_pages_quiet ON journal_pages (page)
  WHERE added + changed + removed + tombstones + quarantined = 0;

CREATE TABLE search_index (
  -- There is one row where the file has a full-text index, message_words, which is made on request.
  index_key INTEGER PRIMARY KEY CHECK (index_key = 1),
  built_to  INTEGER -- the message_key up to which it has been made so far; null where it is whole
) STRICT;

-- The views below are for people and their tools: names for keys, ISO-8601 for milliseconds.

CREATE VIEW room_view AS
SELECT r.room_id,
       r.name,
       r.type,
       r.membership,
       r.unread,
       CASE
         WHEN r.membership = 'GONE' THEN 'stale: GONE'
         WHEN s.room_key IS NULL THEN 'never synchronised'
         WHEN s.reconciling_started_at IS NOT NULL THEN 'stale: RECONCILING'
         WHEN s.stale_cause IS NOT NULL THEN 'stale: ' || s.stale_cause
         WHEN s.claim_as_of IS NULL THEN 'incomplete: never read to the end'
         WHEN s.claim_to_beginning THEN 'complete'
         ELSE 'incomplete: complete from '
           || strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(s.claim_floor, s.anchor) / 1000.0, 'unixepoch')
       END AS coverage,
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

CREATE VIEW tombstone_view AS
SELECT t.message_id,
       r.room_id,
       r.name AS room_name,
       strftime('%Y-%m-%dT%H:%M:%fZ', t.deleted_at / 1000.0, 'unixepoch') AS deleted_at,
       t.reason
  FROM tombstones t JOIN rooms r USING (room_key);

CREATE VIEW quarantine_view AS
SELECT q.quarantine_key,
       r.room_id,
       r.name AS room_name,
       q.message_id,
       q.reason,
       strftime('%Y-%m-%dT%H:%M:%fZ', q.first_seen_at / 1000.0, 'unixepoch') AS first_seen_at,
       q.json
  FROM quarantine q JOIN rooms r USING (room_key);

CREATE VIEW run_view AS
SELECT r.run,
       r.kind,
       r.asked,
       strftime('%Y-%m-%dT%H:%M:%fZ', r.started_at / 1000.0, 'unixepoch') AS started_at,
       r.finished_at - r.started_at AS took_ms,
       coalesce(r.ending, 'has not ended') AS ending,
       r.requests,
       r.added,
       r.changed,
       r.removed,
       r.unchanged,
       r.buried + r.poorer AS skipped,
       r.quarantined,
       r.error_kind
  FROM journal_runs r;

CREATE VIEW pass_view AS
SELECT p.pass,
       p.run,
       p.scope,
       strftime('%Y-%m-%dT%H:%M:%fZ', p.started_at / 1000.0, 'unixepoch') AS started_at,
       p.finished_at - p.started_at AS took_ms,
       coalesce(p.ending, 'has not ended') AS ending,
       p.requests,
       p.added,
       p.changed,
       p.removed,
       p.unchanged,
       p.buried + p.poorer AS skipped,
       p.quarantined,
       p.error_kind
  FROM journal_passes p;

CREATE VIEW page_view AS
SELECT g.page,
       g.run,
       p.scope,
       g.purpose,
       g.question,
       strftime('%Y-%m-%dT%H:%M:%fZ', g.asked_after / 1000.0, 'unixepoch') AS asked_after,
       strftime('%Y-%m-%dT%H:%M:%fZ', g.asked_before / 1000.0, 'unixepoch') AS asked_before,
       g.asked_count,
       g.attempt,
       strftime('%Y-%m-%dT%H:%M:%fZ', g.started_at / 1000.0, 'unixepoch') AS started_at,
       g.took_ms,
       g.entries,
       g.bytes,
       g.continuation IS NOT NULL AS is_cut,
       g.added,
       g.changed,
       g.removed,
       g.unchanged,
       g.buried + g.poorer AS skipped,
       g.quarantined,
       strftime('%Y-%m-%dT%H:%M:%fZ', g.after_updated / 1000.0, 'unixepoch') AS updated_watermark,
       strftime('%Y-%m-%dT%H:%M:%fZ', g.after_deleted / 1000.0, 'unixepoch') AS deleted_watermark,
       g.state,
       g.error_kind
  FROM journal_pages g LEFT JOIN journal_passes p USING (pass);
