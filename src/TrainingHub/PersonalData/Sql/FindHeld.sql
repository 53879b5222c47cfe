select 'person' as kind, array[person.id] as ids, person.name || ', ' || person.email as words,
    coalesce((
        select 'also ' || string_agg(alias.name || ', ' || alias.email, '; ' order by alias.name, alias.email)
        from person_aliases alias
        where alias.person_id = person.id) || ' · ', '')
        || (select case count(*) when 1 then '1 place' else count(*) || ' places' end from places where places.person_id = person.id) as facts,
    person.email_key = any(@emails)
        or exists (select from person_aliases alias where alias.person_id = person.id and alias.email_key = any(@emails)) as by_address
from people person
where person.id in (
    select id from people where email_key = any(@emails) or id = any(@known)
    union select id from people where cardinality(@names) > 0 and name_key like all(@names)
    union select person_id from person_aliases where email_key = any(@emails)
    union select person_id from person_aliases where cardinality(@names) > 0 and name_key like all(@names)
    limit @most)
union all (
    select 'booker', array_agg(id order by id), max(booker_name) || coalesce(', ' || max(booker_email), ''),
        case count(*) when 1 then 'Booking ' else count(*) || ' bookings, the last one ' end || (array_agg(reference order by created_at desc))[1]
            || coalesce(', with an application for free places: ' || (
                select string_agg(distinct application.organisation_name, '; ')
                from free_place_applications application
                where application.id = any(array_agg(free_place_application_id))), ''),
        coalesce(lower(booker_email) = any(@emails), false)
    from bookings
    where booker_name is not null
    and (booker_email ilike any(@whole) or (cardinality(@names) > 0 and booker_key like all(@names)) or id = any(@known))
    group by lower(booker_email), booker_key
    limit @most)
union all (
    select 'invoice_address', array_agg(booking.id order by booking.id), max(coalesce(invoice.email, booking.invoice_email)),
        case count(*) when 1 then 'Booking ' else count(*) || ' bookings, the last one ' end || (array_agg(booking.reference order by booking.created_at desc))[1], true
    from bookings booking
    left join invoices invoice on invoice.booking_id = booking.id
    where lower(booking.invoice_email) = any(@emails) or lower(invoice.email) = any(@emails)
    group by lower(coalesce(invoice.email, booking.invoice_email))
    limit @most)
union all (
    select 'waiting', array[entry.id], entry.name || ', ' || entry.email, course.title || ', ' || to_char(run.runs_on, 'FMDD FMMonth YYYY'), entry.email_key = any(@emails)
    from waiting_list_entries entry
    join course_runs run on run.id = entry.run_id
    join courses course on course.id = run.course_id
    where entry.email_key = any(@emails) or (cardinality(@names) > 0 and entry.name_key like all(@names)) or entry.id = any(@known)
    limit @most)
union all (
    select 'date_wish', array[wish.id], wish.email, course.title, true
    from date_wishes wish
    join courses course on course.id = wish.course_id
    where wish.email_key = any(@emails) or wish.id = any(@known)
    limit @most)
union all (
    select 'training_lead', array[lead.id], lead.email, organisation.name, true
    from organisation_leads lead
    join organisations organisation on organisation.id = lead.organisation_id
    where lead.email = any(@emails) or lead.id = any(@known)
    limit @most)
union all (
    select 'organisation_contact', array[id], coalesce(contact_name, 'No name') || coalesce(', ' || contact_email, ''), name, coalesce(lower(contact_email) = any(@emails), false)
    from organisations
    where (contact_name is not null or contact_email is not null)
    and (lower(contact_email) = any(@emails) or (cardinality(@names) > 0 and name_key(contact_name) like all(@names)) or id = any(@known))
    limit @most)
union all (
    select 'organisation_invoices', array[id], concat_ws(', ', invoice_email, replace(invoice_address, e'\n', ', ')), name, coalesce(lower(invoice_email) = any(@emails), false)
    from organisations
    where (invoice_email is not null or invoice_address is not null)
    and (lower(invoice_email) = any(@emails) or invoice_address ilike any(@within) or purchase_order_note ilike any(@within) or id = any(@known))
    limit @most)
union all (
    select 'trainer', array[trainer.id], trainer.name || coalesce(', ' || trainer.email, ''), provider.name, coalesce(lower(trainer.email) = any(@emails), false)
    from trainers trainer
    join providers provider on provider.id = trainer.provider_id
    where lower(trainer.email) = any(@emails) or (cardinality(@names) > 0 and name_key(trainer.name) like all(@names)) or trainer.id = any(@known)
    limit @most)
union all (
    select 'provider_contact', array[id], coalesce(contact_name, 'No name') || coalesce(', ' || email, ''), name, coalesce(lower(email) = any(@emails), false)
    from providers
    where lower(email) = any(@emails) or (cardinality(@names) > 0 and name_key(contact_name) like all(@names)) or id = any(@known)
    or (cardinality(@names) > 0 and exists (
        select from provider_notices own where own.provider_id = providers.id and name_key(own.acknowledged_by) like all(@names)))
    limit @most)
union all (
    select 'venue_contact', array[id], coalesce(contact_name, 'No name'), name, false
    from venues
    where (cardinality(@names) > 0 and name_key(contact_name) like all(@names)) or id = any(@known)
    limit @most)
union all (
    select 'staff_account', array[id], name || coalesce(', ' || email, ''), case when closed_at is null then 'open' else 'closed' end, coalesce(lower(email) = any(@emails), false)
    from staff_users
    where lower(email) = any(@emails) or (cardinality(@names) > 0 and name_key(name) like all(@names)) or id = any(@known)
    limit @most)
union all (
    select 'booking_note', array[note.id], left(note.text, 120), booking.reference, false
    from booking_notes note
    join bookings booking on booking.id = note.booking_id
    where note.text ilike any(@within) or note.id = any(@known)
    limit @most)
union all (
    select 'message', array[id], left(text, 120), subject, false
    from date_messages
    where text ilike any(@within) or subject ilike any(@within) or id = any(@known)
    limit @most)
union all (
    select 'payment_note', array[payment.id], left(concat_ws(' · ', payment.desk_reference, payment.problem_note), 120), booking.reference, false
    from payments payment
    join bookings booking on booking.id = payment.booking_id
    where payment.problem_note ilike any(@within) or payment.desk_reference ilike any(@within) or payment.id = any(@known)
    limit @most)
union all (
    select 'free_place_applicant', array[id], applicant_name || coalesce(', ' || applicant_email, ''), 'for ' || organisation_name || coalesce(', with documents: ' || (
            select string_agg(evidence.file_name, ', ' order by evidence.id) from free_place_evidence evidence where evidence.application_id = application.id), ''),
        coalesce(lower(applicant_email) = any(@emails), false)
    from free_place_applications application
    where applicant_name is not null
    and (applicant_email ilike any(@whole) or (cardinality(@names) > 0 and name_key(applicant_name) like all(@names)) or id = any(@known))
    limit @most)
union all (
    select 'free_place_words', array[id], left(concat_ws(' · ', about, reason, question, answer), 120), organisation_name, false
    from free_place_applications application
    where about ilike any(@within) or reason ilike any(@within) or question ilike any(@within) or answer ilike any(@within)
        or exists (select from free_place_evidence evidence where evidence.application_id = application.id and evidence.file_name ilike any(@within))
        or id = any(@known)
    limit @most)
union all (
    select 'survey_comment', array[id], 'A survey comment names them', null, false
    from survey_comments
    where (text ilike any(@within) and state <> 'Concern') or id = any(@known)
    limit @most)
union all (
    select 'data_request', array[id], coalesce(name || coalesce(', ' || email, ''), 'No name'),
        case kind when 'Complaint' then 'Complaint ' else 'Request ' end || reference || ', ' || to_char(received_on, 'FMDD FMMonth YYYY'),
        coalesce(lower(email) = any(@emails), false)
    from data_requests
    where id <> @asking
    and (lower(email) = any(@emails) or (cardinality(@names) > 0 and name_key(name) like all(@names)) or contact ilike any(@within) or id = any(@known))
    limit @most)
