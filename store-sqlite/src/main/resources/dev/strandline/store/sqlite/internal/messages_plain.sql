-- Messages with their documents as they came: every file, unless it is compact.

CREATE TABLE messages (
  -- Live messages. Text, author and type are in the document: json ->> '$.msg' and so on.
  message_key   INTEGER PRIMARY KEY,
  message_id    TEXT NOT NULL UNIQUE,
  room_key      INTEGER NOT NULL REFERENCES rooms,
  sent_at       INTEGER NOT NULL,           -- reading order, ties by message_id
  updated_at    INTEGER NOT NULL,           -- when the server last wrote it
  thread_id     TEXT,                       -- the root that this is a reply to
  reply_count   INTEGER NOT NULL DEFAULT 0, -- what the server counts below it
  last_reply_at INTEGER,                    -- as the server says; deletions do not set it back
  origin        TEXT NOT NULL,              -- the kind of answer it came from: ROOM, THREAD
  added_page    INTEGER,                    -- the page that stored it where it was not
  written_page  INTEGER,                    -- the page that last stored another content
  json          TEXT NOT NULL               -- the document, exactly as the server sent it
) STRICT;

CREATE INDEX messages_in_reading_order ON messages (room_key, sent_at, message_id);

-- Most files have none of these, so that asking whether a room has is as cheap as can be.
CREATE INDEX messages_sent_ahead ON messages (room_key)
  WHERE sent_at > updated_at + 60000;

CREATE INDEX replies_in_reading_order ON messages (thread_id, sent_at, message_id)
  WHERE thread_id IS NOT NULL;

CREATE VIEW message_view AS
SELECT m.message_id,
       r.room_id,
       r.name AS room_name,
       iif(json_valid(m.json), m.json ->> '$.u.username', NULL) AS author,
       iif(json_valid(m.json), m.json ->> '$.msg', NULL) AS text,
       iif(json_valid(m.json), m.json ->> '$.t', NULL) AS type,
       strftime('%Y-%m-%dT%H:%M:%fZ', m.sent_at / 1000.0, 'unixepoch') AS sent_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', m.updated_at / 1000.0, 'unixepoch') AS updated_at,
       m.thread_id,
       m.reply_count,
       m.json
  FROM messages m JOIN rooms r USING (room_key);

