-- Pages say at once what is left, also when what changed is whom the places are kept for.
drop trigger places_changed on course_runs;
create trigger places_changed after update of
    places_taken, extra_places, places_waited_for, places_offered, held_back, held_back_taken, held_back_for_id, held_back_until, books_until
    on course_runs
    for each statement execute function notify_places_changed();
