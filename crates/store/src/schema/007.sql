-- The handbook, edited by several people.

-- Who let a version into force, where a second person had to.
ALTER TABLE handbook ADD COLUMN approved_by TEXT;

-- What somebody makes of the handbook before it is a version.
CREATE TABLE handbook_draft (
    id TEXT NOT NULL PRIMARY KEY,
    author TEXT NOT NULL,
    -- The version it began with, 0 for none; what was saved is kept as changes of its files.
    origin BIGINT NOT NULL,
    -- The version into which it was put last.
    base BIGINT NOT NULL,
    stage TEXT NOT NULL,
    -- The number of what was saved last.
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    -- Who decided about it, and what they wrote.
    decided_by TEXT,
    remark TEXT
);
CREATE INDEX handbook_draft_by_stage ON handbook_draft (stage, changed_at);

-- Every state that was saved: the files that are different from the state before.
CREATE TABLE handbook_step (
    draft TEXT NOT NULL REFERENCES handbook_draft (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    files TEXT NOT NULL,
    -- People and partners who were given another key: their contact data follow.
    renamed TEXT NOT NULL,
    PRIMARY KEY (draft, number)
);

-- The day on which somebody last saw that this address works; NULL where nobody did.
ALTER TABLE person_contact ADD COLUMN verified_on TEXT;

-- 1 while a report may still be owed to an authority, also after the incident is over.
ALTER TABLE incident ADD COLUMN owes BIGINT NOT NULL DEFAULT 0;
