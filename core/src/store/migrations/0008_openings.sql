-- The openings of a dossier say whose it is: a hub asks at each push and each pull, and a scan over all
-- that the dossier holds would cost more with every record.

CREATE INDEX live_opening ON live (noun, dossier, entity, op) WHERE noun = 'dossier';
