-- This program cannot read who gave an answer, in the database's own rights
-- Warning: all works with one role, but then nothing but the program keeps answers and people apart.
select way from ways_to_identities()
