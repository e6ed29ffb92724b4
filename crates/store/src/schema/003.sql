-- The console: who may sign in, who is signed in, which programs may act, and what is being
-- written.

-- An account that ended stays: its name stands in timelines.
CREATE TABLE account (
    name TEXT NOT NULL PRIMARY KEY,
    permission TEXT NOT NULL,
    language TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
-- `hash` is the hash of the secret in the browser's cookie.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    hash TEXT NOT NULL UNIQUE,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_of_account ON session (account);
CREATE TABLE token (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    permission TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    ended_at BIGINT
);
-- Every state of a draft that was ever saved: the highest number is the newest. `base` is the one
-- that it was made from.
CREATE TABLE draft (
    id GROWING ID,
    incident TEXT NOT NULL REFERENCES incident (id),
    slot TEXT NOT NULL,
    number BIGINT NOT NULL,
    base BIGINT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    sheets TEXT NOT NULL,
    UNIQUE (incident, slot, number)
);
