-- Each session of an event counts the live places that chose it, and no more than its capacity
select session.id, session.places_taken, session.capacity, count(live.id) as live
from event_sessions session
left join session_choices choice on choice.session_id = session.id
left join live_places live on live.id = choice.place_id
group by session.id
having session.places_taken <> count(live.id)
or session.places_taken <> count(choice.place_id)
or count(live.id) > session.capacity
