-- Messages with compressed documents. The preset dictionary (FDICT) of a document is made of
-- compression.dictionary, then of these texts in UTF-8, nothing between them and nothing for null:
-- rooms.room_id, author_id, author, type, thread_id, message_id, text. So what is in a column
-- costs next to nothing in the document, and a column that was changed by hand is noticed.
-- Text that UTF-8 cannot say has U+FFFD in the columns; the document has it as it came.

CREATE TABLE messages (
  -- Live messages. What people look at is in columns; the rest is in the document.
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
  text          TEXT NOT NULL,              -- what it says; '' where it says nothing
  type          TEXT,                       -- of a system message
  author_id     TEXT,
  author        TEXT,                       -- the name that people are mentioned by
  json_bytes    INTEGER NOT NULL,           -- how long the document is in UTF-8
  document      BLOB NOT NULL               -- a zlib stream (RFC 1950) of that UTF-8
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
       m.author,
       m.text,
       m.type,
       strftime('%Y-%m-%dT%H:%M:%fZ', m.sent_at / 1000.0, 'unixepoch') AS sent_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', m.updated_at / 1000.0, 'unixepoch') AS updated_at,
       m.thread_id,
       m.reply_count
  FROM messages m JOIN rooms r USING (room_key);

