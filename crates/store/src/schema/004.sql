-- What other programs reported. For each subject the newest beginning of a fault and its newest
-- end, 0 where there was none; both only grow, so two processes may write in any order.
CREATE TABLE report (
    source TEXT NOT NULL,
    subject TEXT NOT NULL,
    labels TEXT NOT NULL,
    detail TEXT NOT NULL,
    down_at BIGINT NOT NULL,
    up_at BIGINT NOT NULL,
    up_heard_at BIGINT NOT NULL,
    PRIMARY KEY (source, subject)
);
