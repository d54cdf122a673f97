namespace SitSense.Service.Storage.Sqlite;

/// <summary>The tables, by version. A step once released is never edited: what changes later is a further step.</summary>
/// <remarks>Times are Unix milliseconds. <c>revision</c> counts every change that InfluxDB must hear of, through all tables.</remarks>
static class Schema
{
    /// <summary>Says "SITS" in the file's header, so that no other program's database is taken for a store.</summary>
    public const int ApplicationId = 0x53495453;

    /// <summary>Step n brings a file from version n to n + 1.</summary>
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE revision(newest INTEGER NOT NULL) STRICT;
        INSERT INTO revision VALUES(0);

        CREATE TABLE device(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            seen INTEGER NOT NULL,           -- arrival of its newest message
            status TEXT,
            posture INTEGER, since INTEGER,  -- its newest posture
            told INTEGER, told_boot INTEGER, told_seq INTEGER,  -- by what, at which time of the device
            health_at INTEGER, battery REAL, rssi INTEGER, heap INTEGER, journal INTEGER, firmware TEXT,
            revision INTEGER                 -- of its health
        ) STRICT;
        CREATE UNIQUE INDEX device_revision ON device(revision) WHERE revision IS NOT NULL;

        CREATE TABLE record(                 -- a change of posture, or a reminder
            device INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL,
            said INTEGER NOT NULL,           -- the device's time
            at INTEGER NOT NULL,             -- the same, but never before its predecessor's in the boot
            stamp INTEGER NOT NULL,          -- the same, but distinct among the device's changes (reminders)
            arrived INTEGER NOT NULL,
            posture INTEGER,                 -- null = a reminder
            reminder TEXT, sitting_ms INTEGER,
            revision INTEGER NOT NULL,
            PRIMARY KEY(device, boot, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_time ON record(device, at, boot, seq);
        CREATE UNIQUE INDEX record_revision ON record(revision);
        CREATE INDEX record_corrected ON record(device) WHERE at > said;

        CREATE TABLE heartbeat(              -- the first and the last of each record
            device INTEGER NOT NULL, boot INTEGER NOT NULL, seq INTEGER NOT NULL,
            first INTEGER NOT NULL, first_posture INTEGER NOT NULL,
            last INTEGER NOT NULL, last_posture INTEGER NOT NULL,
            PRIMARY KEY(device, boot, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE boot(                   -- from the first to the last time that anything of a boot speaks of
            device INTEGER NOT NULL, boot INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY(device, boot)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX boot_last ON boot(device, last);

        CREATE TABLE refused(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            arrived INTEGER NOT NULL, topic TEXT NOT NULL, reason TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;

        CREATE TABLE wearer(name TEXT PRIMARY KEY, zone TEXT, work TEXT, lunch TEXT) STRICT, WITHOUT ROWID;

        CREATE TABLE assignment(
            id INTEGER PRIMARY KEY,
            device TEXT NOT NULL, wearer TEXT NOT NULL,
            first INTEGER, last INTEGER      -- null = ever, until further notice
        ) STRICT;
        CREATE INDEX assignment_device ON assignment(device);
        CREATE INDEX assignment_wearer ON assignment(wearer);

        CREATE TABLE touched(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queued INTEGER NOT NULL,         -- the id of the oldest note that went into this one
            wearer TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, by_heartbeat INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX touched_wearer ON touched(wearer);
        CREATE INDEX touched_queued ON touched(queued);

        CREATE TABLE day(
            wearer TEXT NOT NULL, slice TEXT NOT NULL, date TEXT NOT NULL,
            midnight INTEGER NOT NULL,       -- when the local date starts
            figures TEXT NOT NULL,           -- the contract's JSON
            valid INTEGER NOT NULL,          -- 0 = something was known, and is no more
            waiting INTEGER,                 -- since when InfluxDB has not been told of its growth
            revision INTEGER NOT NULL,
            PRIMARY KEY(wearer, slice, date)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX day_revision ON day(revision);
        CREATE INDEX day_waiting ON day(waiting) WHERE waiting IS NOT NULL;

        CREATE TABLE bout(                   -- of slice day
            wearer TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
            cut INTEGER NOT NULL, device TEXT NOT NULL,
            date TEXT NOT NULL, waiting INTEGER, revision INTEGER NOT NULL,
            PRIMARY KEY(wearer, start)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bout_date ON bout(wearer, date);
        CREATE UNIQUE INDEX bout_revision ON bout(revision);
        CREATE INDEX bout_waiting ON bout(waiting) WHERE waiting IS NOT NULL;

        CREATE TABLE withdrawn(              -- what InfluxDB may have been told and no longer holds
            revision INTEGER PRIMARY KEY,
            measurement TEXT NOT NULL, wearer TEXT NOT NULL, device TEXT, slice TEXT, time INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX withdrawn_wearer ON withdrawn(wearer);

        CREATE TABLE published(target TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE retained(topic TEXT PRIMARY KEY, payload BLOB NOT NULL, qos INTEGER NOT NULL) STRICT;

        CREATE VIEW posture AS
            SELECT d.name AS device, r.boot, r.seq,
                   strftime('%Y-%m-%dT%H:%M:%S', r.at / 1000, 'unixepoch') || printf('.%03dZ', r.at % 1000) AS at,
                   CASE r.posture WHEN 1 THEN 'sitting' WHEN 2 THEN 'upright' WHEN 3 THEN 'object' WHEN 4 THEN 'off' ELSE 'unknown' END AS posture
            FROM record r JOIN device d ON d.id = r.device
            WHERE r.posture IS NOT NULL;
        """,
        """
        CREATE TABLE measure(                -- what a device measured beyond posture
            device INTEGER NOT NULL, at INTEGER NOT NULL, boot INTEGER NOT NULL,
            figures TEXT NOT NULL,           -- JSON: numbers by name
            revision INTEGER NOT NULL,
            PRIMARY KEY(device, at)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX measure_revision ON measure(revision);
        """,
        """
        ALTER TABLE wearer ADD COLUMN moves TEXT;   -- JSON: zones by the local date from which they hold
        ALTER TABLE wearer ADD COLUMN waking TEXT;  -- JSON, as lunch

        -- Days have more figures than they were stored with: all are worked out anew.
        INSERT INTO touched(queued, wearer, first, last, by_heartbeat)
        SELECT 0, wearer, min(midnight) + 3600000, max(midnight) + 3600000, 0 FROM day GROUP BY wearer;
        """,
        """
        CREATE TABLE cleaned(                -- what slice day was worked out from, as far as nothing is touched
            wearer TEXT NOT NULL, date TEXT NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL,  -- the day
            minimum INTEGER NOT NULL,        -- ns that a run had to last
            runs BLOB NOT NULL,
            PRIMARY KEY(wearer, date)
        ) STRICT;
        CREATE INDEX record_reminder ON record(device, at) WHERE posture IS NULL;
        """,
    ];
}
