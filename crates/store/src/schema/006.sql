-- Delivery to very many, through faults.

-- What a save newly found accepted, and when: the curve of reach.
CREATE TABLE wave (
    dispatch BIGINT NOT NULL REFERENCES dispatch (id) ON DELETE CASCADE,
    base BIGINT NOT NULL,
    at BIGINT NOT NULL,
    accepted BYTES NOT NULL
);
CREATE INDEX wave_of_dispatch ON wave (dispatch, at);

-- Who is tried again when, and after how many tries.
ALTER TABLE shard ADD COLUMN later BYTES;
-- Those whom another channel was asked to tell instead.
ALTER TABLE shard ADD COLUMN passed BYTES;

-- A dispatch that steps in for another one on another channel, and the channel for which it does.
ALTER TABLE dispatch ADD COLUMN steps_in_for BIGINT;
ALTER TABLE dispatch ADD COLUMN instead_of TEXT;
-- The number of the notice that is corrected: it goes to exactly those who were sent that one.
ALTER TABLE dispatch ADD COLUMN corrects BIGINT;
CREATE INDEX dispatch_stepping_in ON dispatch (steps_in_for);

-- Who subscribed while a notice was on its way: told of it, unless they were counted already.
CREATE TABLE latecomer (
    recipient BIGINT NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
    dispatch BIGINT NOT NULL REFERENCES dispatch (id) ON DELETE CASCADE,
    PRIMARY KEY (dispatch, recipient)
);

-- How a channel fares, as each node sees it, and what the operator has set.
CREATE TABLE channel_health (
    channel TEXT NOT NULL,
    node TEXT NOT NULL,
    health TEXT NOT NULL,
    PRIMARY KEY (channel, node)
);
CREATE TABLE channel_switch (
    channel TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- How far a mailbox of bounces, or another place of replies, has been read, and how many mails in
-- it could not be made out.
CREATE TABLE inbox (
    channel TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    unclear BIGINT NOT NULL
);

-- For which channel somebody consented; NULL where it is the one by which they subscribed.
ALTER TABLE consent ADD COLUMN channel TEXT;

-- Addresses whose owners want nothing there any more, or who left: neither an import nor the
-- handbook brings them back. A keyed hash stands for the address.
CREATE TABLE fence (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (channel, address)
);

-- Who was taken by the other side and came back. Counted in the shard as soon as nobody works on it.
CREATE TABLE bounce (
    dispatch BIGINT NOT NULL REFERENCES dispatch (id) ON DELETE CASCADE,
    recipient BIGINT NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
    fate TEXT NOT NULL,
    reason TEXT NOT NULL,
    heard_at BIGINT NOT NULL,
    counted_at BIGINT,
    PRIMARY KEY (dispatch, recipient)
);
CREATE INDEX bounce_of_recipient ON bounce (recipient);
CREATE INDEX bounce_to_count ON bounce (dispatch, recipient) WHERE counted_at IS NULL;
