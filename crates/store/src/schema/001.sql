-- Times are microseconds since 1970, flags 0 or 1, structures JSON texts. Written once for both
-- databases: BIGINT, BYTES and GROWING ID are rewritten (schema.rs), and a table ends with ");"
-- on a line of its own. A growing id is never given twice.

CREATE TABLE meta (
    format BIGINT NOT NULL
);
INSERT INTO meta (format) VALUES (0);

-- Versions of the handbook, immutable. `files` maps a path to its text.
CREATE TABLE handbook (
    number BIGINT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    files TEXT NOT NULL
);

-- People apart from the versions, so that a person can be erased.
CREATE TABLE person (
    key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    erased_at BIGINT
);
CREATE TABLE person_contact (
    person TEXT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    way TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (person, way)
);

-- `open_key` is taken while the incident is open: two racing verdicts cannot open two.
-- `listing` is what lists of incidents show.
CREATE TABLE incident (
    id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    drill BIGINT NOT NULL,
    open_key TEXT UNIQUE,
    listing TEXT NOT NULL
);
CREATE INDEX incident_newest ON incident (opened_at, id);
CREATE TABLE incident_event (
    incident TEXT NOT NULL REFERENCES incident (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (incident, seq)
);

-- A person or endpoint that notices go to; `key` names those that the handbook names.
CREATE TABLE recipient (
    id GROWING ID,
    kind TEXT NOT NULL,
    key TEXT,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    left_at BIGINT,
    UNIQUE (kind, key)
);
-- `sole` is 1 where an address may be registered only once (subscribers) and NULL where several
-- people may share one (the on-call telephone). What a subscriber consented to and asked for is
-- written by the subscription.
CREATE TABLE contact (
    id GROWING ID,
    recipient BIGINT NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    sole BIGINT,
    consent_at BIGINT,
    consent_proof TEXT,
    components TEXT,
    gone_at BIGINT,
    UNIQUE (recipient, channel),
    UNIQUE (channel, address, sole)
);

-- One notice version for one audience over one channel. `frozen_at` is when its shards were cut.
CREATE TABLE dispatch (
    id GROWING ID,
    incident TEXT REFERENCES incident (id),
    notice BIGINT,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    audience TEXT NOT NULL,
    body TEXT NOT NULL,
    drill BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    frozen_at BIGINT,
    superseded_by BIGINT,
    done_at BIGINT
);
CREATE INDEX dispatch_of_incident ON dispatch (incident, id);
CREATE INDEX dispatch_open ON dispatch (done_at, id);

-- Sets of recipients are roaring bitmaps. `due_at` is when somebody must look at the shard, NULL
-- when all is settled. A holder writes only under the epoch of its own lease.
CREATE TABLE shard (
    dispatch BIGINT NOT NULL REFERENCES dispatch (id) ON DELETE CASCADE,
    base BIGINT NOT NULL,
    planned BYTES NOT NULL,
    accepted BYTES NOT NULL,
    refused BYTES NOT NULL,
    gone BYTES NOT NULL,
    unsure BYTES NOT NULL,
    delivered BYTES NOT NULL,
    intent BYTES NOT NULL,
    doubted BYTES NOT NULL,
    settled BIGINT NOT NULL,
    due_at BIGINT,
    holder TEXT,
    epoch BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (dispatch, base)
);
CREATE INDEX shard_due ON shard (due_at);

-- What is known of each monitor; the time of the last beat of each heartbeat.
CREATE TABLE monitor (
    monitor TEXT NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE beat (
    monitor TEXT NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL
);
-- Notlicht's own troubles, such as monitoring that has stopped. `open_key` as with incidents.
CREATE TABLE alarm (
    id GROWING ID,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    open_key TEXT UNIQUE
);

-- One row: grows with every change of what the public page shows.
CREATE TABLE page (
    revision BIGINT NOT NULL
);
INSERT INTO page (revision) VALUES (0);

-- Emergency notices written without the database, merged exactly once.
CREATE TABLE journal (
    id TEXT NOT NULL PRIMARY KEY,
    written_at BIGINT NOT NULL,
    merged_at BIGINT NOT NULL,
    entry TEXT NOT NULL
);

-- Who carries out a recurring task.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    until BIGINT NOT NULL
);

-- Who did what when. Only ever added to.
CREATE TABLE audit (
    id GROWING ID,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
