-- How many letters went within the hour is counted at each form.
CREATE INDEX asked_mailed ON asked (mailed_at);

-- A subscribed webhook's messages are signed with a secret that is made from this and a key of
-- the data folder, so that the database alone gives none away. NULL for all others.
ALTER TABLE contact ADD COLUMN seed TEXT;

-- When a challenge last went to the address of a webhook, of which only a hash is kept.
CREATE TABLE challenge (
    address TEXT NOT NULL PRIMARY KEY,
    sent_at BIGINT NOT NULL
);
