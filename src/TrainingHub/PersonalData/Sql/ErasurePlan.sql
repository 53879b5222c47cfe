select 'people' as what, cardinality(@person)::bigint as count, null::date as until
union all select 'names', count(*), null from places where id = any(@places)
union all select 'certificates', count(*), null from certificates where place_id = any(@places) and person_name is not null
union all select 'waiting', cardinality(@waiting), null
union all select 'wishes', count(*), null from date_wishes where id = any(@date_wish) or email_key = any(@own_addresses)
union all select 'leads', count(*), null from organisation_leads where id = any(@training_lead) or email = any(@own_addresses)
union all select 'sign_ins', (select count(*) from address_sessions where email = any(@own_addresses)) + (select count(*) from sign_in_codes where email = any(@own_addresses)), null
union all select 'contacts', cardinality(@organisation_contact) + cardinality(@organisation_invoices) + cardinality(@provider_contact) + cardinality(@trainer) + cardinality(@venue_contact), null
union all select 'bookers', count(*), null
    from bookings
    where (id = any(@booker) or id = any(@invoice_address))
    and not exists (select from places where places.booking_id = bookings.id and places.price_pence > 0)
union all select 'applications', count(*), null
    from free_place_applications application
    left join bookings on bookings.free_place_application_id = application.id
    where (bookings.id = any(@booker) and application.decided_at is not null) or application.id = any(@free_place_applicant)
union all select 'notes',
    (select count(*) from booking_notes where (booking_id = any(@bookings) or id = any(@booking_note)) and text ~* @mentions)
    + (select count(*) from payments where (booking_id = any(@bookings) or id = any(@payment_note)) and concat_ws(' ', problem_note, desk_reference) ~* @mentions)
    + (select count(*) from bank_lines where id in (select bank_line_id from payments where booking_id = any(@bookings)) and concat_ws(' ', payer, text, outcome_note) ~* @mentions)
    + cardinality(@message) + cardinality(@free_place_words), null
union all select 'emails', count(*), null
    from outgoing_emails
    where lower(to_address) = any(@addresses)
    or (about = any(@references) and concat_ws(' ', subject, sent_text, model::text) ~* @mentions)
union all select 'requests', count(*), null
    from data_requests
    where (id = any(@data_request) or lower(email) = any(@own_addresses)) and answered_at is not null and name is not null
union all select 'links', count(*), null from secret_links where subject_id = any(@link_subjects)
union all select 'comments', count(*), null
    from survey_comments comment
    where not exists (select from held_comments held where held.comment_id = comment.id) and (comment.id = any(@survey_comment) or exists (
        select from answers_of_places(@places) linked
        where linked.response_id = comment.response_id))
union all select 'charged', count(distinct booking.id), (max(date_trunc('year', run.runs_on - interval '3 months')) + interval '7 years 3 months')::date
    from bookings booking
    join places place on place.booking_id = booking.id
    join course_runs run on run.id = place.run_id
    where (booking.id = any(@booker) or booking.id = any(@invoice_address))
    and exists (select from places priced where priced.booking_id = booking.id and priced.price_pence > 0)
union all select 'invoices', count(*), (max(date_trunc('year', issued_on - interval '3 months')) + interval '7 years 3 months')::date
    from invoices
    where booking_id = any(@booker) or booking_id = any(@invoice_address) or lower(email) = any(@addresses)
union all select 'marks', count(*), null from attendance_marks where place_id = any(@places)
union all select 'answers', count(*), (max(closes_at at time zone 'Europe/London') + interval '31 days')::date
    from answers_of_places(@places)
union all select 'accounts', cardinality(@staff_account), null
union all select 'history', count(*), null from history_entries where @names_query <> '' and searched @@ websearch_to_tsquery('simple', @names_query)
union all select 'public', sum(found)::bigint, null
    from (
        select count(*) as found from settings where value ~* @mentions
        union all select count(*) from courses where concat_ws(' ', summary, audience, search_words, outcomes, day_plan, bring, how_it_runs, resources) ~* @mentions
        union all select count(*) from course_runs where cancel_reason ~* @mentions
        union all select count(*) from programmes where summary ~* @mentions
        union all select count(*) from venues where concat_ws(' ', room, access, travel) ~* @mentions
        union all select count(*) from fee_schedules where reason ~* @mentions
        union all select count(*) from payer_classes where words ~* @mentions
        union all select count(*) from course_tags where words ~* @mentions
    ) shown
