-- The ledger, as it is at its newest: migrations.py leads older ledgers here.
--
-- Keys are integers inside and never leave; ids are content hashes and are what everything outside uses.
-- A record's column "report" is the key of its report. Parts and lists are JSON.
-- Columns are those of the structs in model/ (tests/store/test_schema.py), and indexes serve `query --where`.
--
-- Ids are hashes, so an index led by them would be written to at random, some pages for every record: at
-- thousands of reports that takes most of the time. A record's id is therefore indexed under its report, and
-- found by one look into each report.

-- A text is stored once; equal reports point to the same one.
CREATE TABLE texts (
    key INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;

-- What reports were read with.
CREATE TABLE readings (
    key INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    parser_digest TEXT NOT NULL,
    knowledge_digest TEXT NOT NULL,
    dateline_version TEXT NOT NULL,
    UNIQUE (model, parser_digest, knowledge_digest, dateline_version)
) STRICT;

CREATE TABLE reports (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    published TEXT,
    published_from TEXT,
    published_to TEXT,
    published_basis TEXT NOT NULL,
    modified TEXT,
    modified_basis TEXT NOT NULL,
    retrieved TEXT,
    source TEXT,
    agency TEXT,
    url TEXT,
    author TEXT,
    language TEXT,
    words INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    revision_of TEXT,
    status TEXT NOT NULL,
    dateline TEXT,
    dateline_place TEXT,
    dateline_date TEXT,
    dateline_agency TEXT,
    date_candidates TEXT NOT NULL,
    blocks TEXT NOT NULL,
    marks TEXT NOT NULL,
    facts TEXT NOT NULL,
    text INTEGER NOT NULL REFERENCES texts (key),
    reading INTEGER NOT NULL REFERENCES readings (key)
) STRICT;
CREATE INDEX reports_url ON reports (url);
CREATE INDEX reports_text ON reports (text);
CREATE INDEX reports_reading ON reports (reading);

-- Records: drawn from one report, each with the words it came from.

CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (report, id)
) STRICT;

CREATE TABLE mentions (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    label TEXT NOT NULL,
    referent TEXT,
    actor TEXT,
    UNIQUE (report, id)
) STRICT;

CREATE TABLE referents (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mentions TEXT NOT NULL,
    sex TEXT,
    plural INTEGER NOT NULL,
    roles TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    actor TEXT,
    UNIQUE (report, id)
) STRICT;

CREATE TABLE quotations (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    passage INTEGER NOT NULL,
    inside_start INTEGER NOT NULL,
    inside_end INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    scare INTEGER NOT NULL,
    UNIQUE (report, id)
) STRICT;

CREATE TABLE statements (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    speaker TEXT,
    cue TEXT,
    content TEXT NOT NULL,
    kind TEXT NOT NULL,
    cue_class TEXT NOT NULL,
    voice TEXT NOT NULL,
    via TEXT NOT NULL,
    addressee TEXT,
    venue TEXT,
    act TEXT NOT NULL,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    about TEXT NOT NULL,
    said_on TEXT,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX statements_act ON statements (act);
CREATE INDEX statements_speaker ON statements (json_extract(speaker, '$.text'));

CREATE TABLE figures (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    bound TEXT NOT NULL,
    unit TEXT,
    si_value REAL,
    si_unit TEXT,
    counted TEXT,
    effect TEXT,
    base TEXT,
    comparator TEXT,
    realised INTEGER,
    claimant TEXT,
    claimant_is_party INTEGER,
    event TEXT,
    statement TEXT,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX figures_effect ON figures (effect);

CREATE TABLE times (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    basis TEXT NOT NULL,
    UNIQUE (report, id)
) STRICT;

CREATE TABLE places (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    name TEXT NOT NULL,
    lat REAL,
    lon REAL,
    geonames_id INTEGER,
    country TEXT,
    admin1 TEXT,
    feature TEXT,
    "precision" TEXT,
    metonym INTEGER NOT NULL,
    candidates TEXT NOT NULL,
    disputed TEXT,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX places_name ON places (name);

CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    actors TEXT NOT NULL,
    recipients TEXT NOT NULL,
    place TEXT,
    place_record TEXT,
    place_basis TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    time_basis TEXT NOT NULL,
    status TEXT NOT NULL,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    stage TEXT,
    voice TEXT NOT NULL,
    statement TEXT,
    quad TEXT,
    scale REAL,
    conditions TEXT NOT NULL DEFAULT '[]',
    UNIQUE (report, id)
) STRICT;
CREATE INDEX events_type ON events (type);
CREATE INDEX events_status ON events (status);

CREATE TABLE states (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    subject TEXT NOT NULL,
    relation TEXT NOT NULL,
    object TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    status TEXT NOT NULL,
    polarity TEXT NOT NULL,
    voice TEXT NOT NULL,
    statement TEXT,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX states_relation ON states (relation);

CREATE TABLE doubts (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    id TEXT NOT NULL,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT,
    suggestion TEXT,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX doubts_kind ON doubts (kind);

-- Derived rows: rebuilt as a whole from reports, records and judgements.

CREATE TABLE entities (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    names TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    roles TEXT NOT NULL,
    sex TEXT,
    wikidata TEXT,
    suggestions TEXT NOT NULL
) STRICT;

CREATE TABLE copies (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    a_report TEXT NOT NULL,
    a_start INTEGER NOT NULL,
    a_end INTEGER NOT NULL,
    b_report TEXT NOT NULL,
    b_start INTEGER NOT NULL,
    b_end INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    direction TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    copy TEXT NOT NULL,
    kind TEXT NOT NULL,
    a_start INTEGER NOT NULL,
    a_end INTEGER NOT NULL,
    a_text TEXT NOT NULL,
    b_start INTEGER NOT NULL,
    b_end INTEGER NOT NULL,
    b_text TEXT NOT NULL
) STRICT;

CREATE TABLE lineage (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    report TEXT NOT NULL,
    from_report TEXT,
    latent_origin TEXT,
    share REAL NOT NULL,
    direction TEXT NOT NULL
) STRICT;

CREATE TABLE utterances (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    speaker TEXT,
    statements TEXT NOT NULL,
    reports TEXT NOT NULL
) STRICT;

CREATE TABLE storylines (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    title TEXT NOT NULL,
    reports TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT
) STRICT;

CREATE TABLE incidents (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    place TEXT,
    "from" TEXT,
    "to" TEXT,
    status TEXT NOT NULL,
    events TEXT NOT NULL,
    reports TEXT NOT NULL,
    publishers TEXT NOT NULL,
    origins_low INTEGER NOT NULL,
    origins_high INTEGER NOT NULL,
    claimants TEXT NOT NULL,
    figures TEXT NOT NULL,
    seen_as TEXT
) STRICT;

CREATE TABLE conflicts (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    relation TEXT NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL
) STRICT;

CREATE TABLE positions (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL,
    score REAL NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    rests_on TEXT NOT NULL,
    actor TEXT NOT NULL,
    issue TEXT NOT NULL,
    stance TEXT NOT NULL,
    statements TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT
) STRICT;

-- What people decided: outside every rebuild, and append-only (see the triggers below).

CREATE TABLE judgements (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    "table" TEXT NOT NULL,
    target TEXT NOT NULL,
    verdict TEXT NOT NULL,
    field TEXT,
    value TEXT,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX judgements_target ON judgements (target);

CREATE TABLE ratings (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    "table" TEXT NOT NULL,
    target TEXT NOT NULL,
    scale TEXT NOT NULL,
    value TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX ratings_target ON ratings (target);

-- How the ledger came to be.

CREATE TABLE inputs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    report TEXT,
    digest TEXT,
    "offset" INTEGER,
    how TEXT
) STRICT;
CREATE INDEX inputs_name ON inputs (name);

CREATE TABLE manifest (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contract_version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    dateline_version TEXT NOT NULL,
    model TEXT,
    parser_digest TEXT,
    knowledge_digest TEXT,
    read_otherwise INTEGER NOT NULL,
    boundary_policy TEXT NOT NULL DEFAULT 'de_jure'
) STRICT;

CREATE TABLE failures (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key),
    extractor TEXT NOT NULL,
    passage INTEGER,
    error TEXT NOT NULL
) STRICT;
CREATE INDEX failures_report ON failures (report);

-- Which derived rows rest on a record.
CREATE TABLE rests (
    record TEXT NOT NULL,
    "table" TEXT NOT NULL,
    derived TEXT NOT NULL,
    PRIMARY KEY (record, "table", derived)
) STRICT, WITHOUT ROWID;

-- The parse cache: the digest of normalised passage and parser, and the parse, compressed.
CREATE TABLE parses (
    digest BLOB NOT NULL PRIMARY KEY,
    parse BLOB NOT NULL
) STRICT;

-- Knowledge that was imported: the files, and their actors in the order in which they were read, as JSON.
CREATE TABLE knowledge_files (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    form TEXT NOT NULL,
    actors INTEGER NOT NULL,
    offices INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;
CREATE TABLE knowledge_actors (
    key INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES knowledge_files (key) ON DELETE CASCADE,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX knowledge_actors_file ON knowledge_actors (file);

-- The words of the passages, for search.
CREATE VIRTUAL TABLE passages_words USING fts5 (
    quote, content = 'passages', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER passages_words_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_words (rowid, quote) VALUES (new.key, new.quote);
END;
CREATE TRIGGER passages_words_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_words (passages_words, rowid, quote) VALUES ('delete', old.key, old.quote);
END;
CREATE TRIGGER passages_words_changed AFTER UPDATE ON passages BEGIN
    INSERT INTO passages_words (passages_words, rowid, quote) VALUES ('delete', old.key, old.quote);
    INSERT INTO passages_words (rowid, quote) VALUES (new.key, new.quote);
END;

CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN
    SELECT RAISE (ABORT, 'judgements are append-only');
END;
CREATE TRIGGER judgements_last BEFORE DELETE ON judgements BEGIN
    SELECT RAISE (ABORT, 'judgements are append-only');
END;
-- REPLACE deletes without firing a trigger.
CREATE TRIGGER judgements_once BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE id = new.id OR key = new.key) BEGIN
    SELECT RAISE (ABORT, 'judgements are append-only');
END;

CREATE TRIGGER ratings_stay BEFORE UPDATE ON ratings BEGIN
    SELECT RAISE (ABORT, 'ratings are append-only');
END;
CREATE TRIGGER ratings_last BEFORE DELETE ON ratings BEGIN
    SELECT RAISE (ABORT, 'ratings are append-only');
END;
-- REPLACE deletes without firing a trigger.
CREATE TRIGGER ratings_once BEFORE INSERT ON ratings
WHEN EXISTS (SELECT 1 FROM ratings WHERE id = new.id OR key = new.key) BEGIN
    SELECT RAISE (ABORT, 'ratings are append-only');
END;

-- Where sentences are found by what they hold when copies are looked for (store/word_index.py). It can be made anew.

CREATE TABLE indexed_reports (
    report INTEGER PRIMARY KEY REFERENCES reports (key),
    first INTEGER NOT NULL UNIQUE,
    next INTEGER NOT NULL,
    sentences BLOB NOT NULL
) STRICT;

CREATE TABLE index_segments (
    key INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    firsts BLOB NOT NULL
) STRICT;

CREATE TABLE index_chunks (
    key INTEGER PRIMARY KEY,
    codes BLOB NOT NULL
) STRICT;

-- What the links were made with: of another maker they are made anew.
CREATE TABLE linked_with (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    maker TEXT NOT NULL
) STRICT;

CREATE INDEX copies_reports ON copies (a_report, b_report);
CREATE INDEX changes_copy ON changes (copy);
