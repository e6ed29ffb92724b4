-- Subscriptions. While a form waits for its confirmation, the recipient is an "applicant" and the
-- `sole` of its contact is 2; the confirmation makes it 1.

-- When the last letter about a subscription went to somebody, and by which dispatch.
CREATE TABLE asked (
    recipient BIGINT NOT NULL PRIMARY KEY REFERENCES recipient (id) ON DELETE CASCADE,
    mailed_at BIGINT,
    dispatch BIGINT
);
CREATE INDEX asked_dispatch ON asked (dispatch);

-- That somebody consented, without the address. Kept apart, and for a while after the end.
CREATE TABLE consent (
    id GROWING ID,
    recipient BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    ended_at BIGINT,
    proof TEXT NOT NULL
);
CREATE INDEX consent_of_recipient ON consent (recipient);
