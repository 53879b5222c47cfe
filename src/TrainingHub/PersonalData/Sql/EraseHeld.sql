delete from waiting_list_entries
where id = any(@waiting);

delete from date_wishes
where id = any(@date_wish) or email_key = any(@own_addresses);

delete from organisation_leads
where id = any(@training_lead) or email = any(@own_addresses);

delete from sign_in_codes
where email = any(@own_addresses);

delete from address_sessions
where email = any(@own_addresses);

update provider_notices
set acknowledged_by = null, acknowledged_words = null
where provider_id = any(@provider_contact);

update certificates
set person_name = null, reason = null, state = case state when 'Issued' then 'Forgotten' else state end, ended_at = coalesce(ended_at, @now)
where place_id = any(@places) and person_name is not null;

delete from secret_links
where subject_id = any(@link_subjects);

delete from booking_drafts
where exists (select from unnest(@own_addresses) address where strpos(lower(answers::text), to_json(address)::text) > 0);

update bookings
set booker_name = null, booker_email = null, invoice_email = null
where id = any(@booker) and not exists (select from places where places.booking_id = bookings.id and places.price_pence > 0);

update bookings
set invoice_email = null
where id = any(@invoice_address) and not exists (select from places where places.booking_id = bookings.id and places.price_pence > 0);

delete from free_place_evidence
where application_id in (
    select application.id
    from free_place_applications application
    left join bookings on bookings.free_place_application_id = application.id
    where application.decided_at is not null
    and (bookings.id = any(@booker) or application.id = any(@free_place_words)))
or application_id = any(@free_place_applicant);

update free_place_applications
set about = '', registered_number = null, reason = case when reason is null then null else '' end,
    question = null, answer = null, turnover_pounds = null, applicant_name = null, applicant_email = null
from bookings
where bookings.free_place_application_id = free_place_applications.id and bookings.id = any(@booker) and free_place_applications.decided_at is not null;

-- Without a booking, nobody is left to be told of a decision: what waits for one is withdrawn.
update free_place_applications
set about = '', registered_number = null, reason = case when reason is null then null else '' end,
    question = null, answer = null, turnover_pounds = null, applicant_name = null, applicant_email = null,
    state = case state when 'Pending' then 'Withdrawn' else state end, decided_at = coalesce(decided_at, @now)
where id = any(@free_place_applicant);

update free_place_applications
set about = regexp_replace(about, @mentions, '…', 'gi'), reason = regexp_replace(reason, @mentions, '…', 'gi'),
    question = regexp_replace(question, @mentions, '…', 'gi'), answer = regexp_replace(answer, @mentions, '…', 'gi')
where id = any(@free_place_words);

delete from booking_notes note
where note.booking_id = any(@bookings)
and not exists (select from places where places.booking_id = note.booking_id and places.person_id is not null)
and not exists (select from bookings where bookings.id = note.booking_id and bookings.booker_name is not null);

update booking_notes
set text = regexp_replace(text, @mentions, '…', 'gi')
where (booking_id = any(@bookings) or id = any(@booking_note)) and text ~* @mentions;

update date_messages
set subject = regexp_replace(subject, @mentions, '…', 'gi'), text = regexp_replace(text, @mentions, '…', 'gi')
where id = any(@message);

update payments
set problem_note = regexp_replace(problem_note, @mentions, '…', 'gi'), desk_reference = regexp_replace(desk_reference, @mentions, '…', 'gi')
where (booking_id = any(@bookings) or id = any(@payment_note)) and concat_ws(' ', problem_note, desk_reference) ~* @mentions;

update bank_lines
set payer = regexp_replace(payer, @mentions, '…', 'gi'), text = regexp_replace(text, @mentions, '…', 'gi'),
    outcome_note = regexp_replace(outcome_note, @mentions, '…', 'gi')
where id in (select bank_line_id from payments where booking_id = any(@bookings)) and concat_ws(' ', payer, text, outcome_note) ~* @mentions;

delete from bank_payers
where booking_id = any(@booker);

delete from survey_comments
using answers_of_places(@places) linked
where linked.response_id = survey_comments.response_id and survey_comments.state <> 'Concern';

update survey_comments
set text = regexp_replace(text, @mentions, '…', 'gi')
where id = any(@survey_comment) and not exists (select from held_comments held where held.comment_id = survey_comments.id);

update survey_comments
set text = '…'
from answers_of_places(@places) linked
where linked.response_id = survey_comments.response_id and survey_comments.state = 'Concern'
and not exists (select from held_comments held where held.comment_id = survey_comments.id);

update survey_quotes
set text = regexp_replace(text, @mentions, '…', 'gi')
where comment_id = any(@survey_comment);

update organisations
set contact_name = null, contact_email = null, contact_phone = null, version = version + 1
where id = any(@organisation_contact);

update organisations
set invoice_email = null, invoice_address = regexp_replace(invoice_address, @mentions, '…', 'gi'),
    purchase_order_note = regexp_replace(purchase_order_note, @mentions, '…', 'gi'), version = version + 1
where id = any(@organisation_invoices);

update outgoing_emails
set model = null, sent_text = null, subject = @forgotten, to_address = 'forgotten', unsubscribe_url = null,
    state = case when state in ('Queued', 'Waiting', 'Withheld') then 'Stopped' else state end
where lower(to_address) = any(@own_addresses) and state <> 'Sending';

update outgoing_emails
set model = null, subject = regexp_replace(subject, @mentions, '…', 'gi'), sent_text = regexp_replace(sent_text, @mentions, '…', 'gi'),
    state = case when state = 'Withheld' then 'Stopped' else state end
where about = any(@references) and state in ('Sent', 'Failed', 'Bounced', 'Withheld', 'Stopped')
and concat_ws(' ', subject, sent_text, model::text) ~* @mentions;

update outgoing_emails
set subject = regexp_replace(subject, @mentions, '…', 'gi'), model = regexp_replace(model::text, @mentions, '…', 'gi')::jsonb
where about = any(@references) and state in ('Queued', 'Waiting')
and concat_ws(' ', subject, model::text) ~* @mentions;

delete from confirmed_addresses
where address_hash = any(@hashes);

delete from undeliverable_addresses
where address_hash = any(@hashes);

update data_requests
set name = null, email = null, contact = null, asked = null, identity = case when identity is null then null else 'It was checked' end,
    extended_because = case when extended_because is null then null else 'Said then' end, answer = regexp_replace(answer, @mentions, '…', 'gi')
where (lower(email) = any(@own_addresses) or id = any(@data_request)) and answered_at is not null
