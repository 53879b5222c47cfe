-- The first answers of one invitation. The invitation comes first: who waits for it sees that it was answered, and adds nothing.
-- No row comes back when it takes no first answers: answered, closed, withdrawn or unknown.
with asked as (
    update survey_invitations
    set state = 'Answered', next_reminder_at = null
    where id = @invitation_id
      and state = any(@open_states)
      and closes_at > @now
      -- What was sent is what is answered.
      and version_id = @version_id
    returning place_id, version_id
),
response as (
    insert into survey_responses (
        id, course_id, run_id, area_id, sector_id, submitted_on, version_id, option_ids, origin)
    select
        @response_id, run.course_id, place.run_id, booking.area_id, booking.sector_id, @submitted_on, asked.version_id, @option_ids, 'Survey'
    from asked
    join places place on place.id = asked.place_id
    join bookings booking on booking.id = place.booking_id
    join course_runs run on run.id = place.run_id
    returning id, version_id
),
link as (
    insert into survey_links (invitation_id, response_id)
    select @invitation_id, id
    from response
),
comment as (
    insert into survey_comments (id, response_id, version_id, question_key, text, state, may_be_passed_on, created_at)
    select given.id, response.id, response.version_id, given.question_key, given.text, 'Unread', true, @now
    from response
    cross join unnest(@comment_ids, @question_keys, @texts) as given (id, question_key, text)
)
select id
from response
