--- People|Who you are to us|To give you places and tell you about them|{places}
select name as "Name", email as "Email address", created_at as "Since", surveys_stopped_at as "Wants no surveys since",
    renewals_stopped_at as "Wants no reminders of certificates since"
from people
where id = any(@person)
order by created_at;

--- Other names|Names and addresses that you had before|To know you again in older lists|As long as your name
select name as "Name", email as "Email address"
from person_aliases
where person_id = any(@person)
order by name, email;

--- E-learning|E-learning that you completed elsewhere|To show it beside your training here|As long as your name
select title as "Course", completed_on as "Completed"
from elearning_completions
where person_id = any(@person)
order by completed_on, title;

--- Places|Places on courses|To give you a place, to prove that you came, and to report on the programme|{places}; access needs {access-needs}
select course.title as "Course", run.runs_on as "Date", booking.reference as "Booking", place.delegate_name as "Name on the place",
    place.access_needs as "Access needs", before.title as "Course to take before", place.prerequisite_said as "What was said about it",
    place.prerequisite_detail as "When or where", place.state as "State", place.price_pence / 100.0 as "Price in pounds", place.price_rule as "Which fee",
    mark.mark as "Attendance", mark.minutes as "Minutes there", mark.late as "Minutes late", mark.left_early as "Minutes left early",
    place.created_at as "Booked", place.ended_at as "Ended"
from places place
join bookings booking on booking.id = place.booking_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
left join courses before on before.id = place.prerequisite_id
left join attendance_marks mark on mark.place_id = place.id
where place.id = any(@places)
order by run.starts_at;

--- Meetings|Attendance at each meeting|To prove that you took part|{places}
select course.title as "Course", run.runs_on as "Date", mark.meeting as "Meeting", mark.mark as "Attendance", mark.minutes as "Minutes there"
from meeting_marks mark
join places place on place.id = mark.place_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
where place.id = any(@places)
order by run.starts_at, mark.meeting;

--- Certificates|Certificates of attendance|To prove that you took part|The name: {certificates}
select number as "Number", person_name as "Name", course_title as "Course", array_to_string(days, ', ') as "Dates", minutes as "Minutes", level as "Level",
    is_part as "For a part", provider_name as "Trainer", partnership_name as "Issued by", issued_at as "Issued", valid_until as "Valid until", state as "State",
    ended_at as "Ended", reason as "Why it was withdrawn", reminded_at as "Reminded that it ends"
from certificates
where place_id = any(@places)
order by issued_at;

--- Bookings|Bookings that you made|To give places, and to know which organisations are trained|{bookers}
select booking.reference as "Booking", booking.created_at as "Made", booking.booker_name as "Name", booking.booker_email as "Email address",
    booking.organisation_name as "Organisation", sector.name as "Sector", area.name as "Area", booking.payment_method as "How it is paid",
    booking.purchase_order as "Purchase order", booking.state as "State",
    (select count(*) from places where places.booking_id = booking.id) as "Places"
from bookings booking
join sectors sector on sector.id = booking.sector_id
join areas area on area.id = booking.area_id
where booking.id = any(@booker)
order by booking.created_at;

--- Invoices|Invoices to you|To account for public money|{invoices}
select booking.reference as "Booking", booking.invoice_email as "Address for invoices", invoice.number as "Number", invoice.email as "Sent to",
    invoice.postal_address as "Postal address", invoice.purchase_order as "Purchase order", invoice.amount_pence / 100.0 as "Pounds",
    invoice.issued_on as "Issued", invoice.due_on as "Due", invoice.is_settled as "Settled"
from bookings booking
left join invoices invoice on invoice.booking_id = booking.id
where (booking.id = any(@booker) or booking.id = any(@invoice_address)) and (invoice.id is not null or booking.invoice_email is not null)
order by booking.created_at;

--- Payments|Payments for your bookings|To account for public money|{payment-notes}
select booking.reference as "Booking", payment.amount_pence / 100.0 as "Pounds", payment.state as "State", payment.provider as "By",
    payment.paid_at as "Paid", payment.desk_way as "How", payment.desk_reference as "Called",
    (select line.text from bank_lines line where line.id = payment.bank_line_id) as "What the bank said", payment.payment_intent_id as "At Stripe",
    payment.problem as "Problem", payment.problem_note as "Note",
    (select sum(amount_pence) / 100.0 from refunds where refunds.payment_id = payment.id) as "Pounds paid back"
from payments payment
join bookings booking on booking.id = payment.booking_id
where booking.id = any(@booker) or payment.id = any(@payment_note)
order by payment.created_at;

--- Free places|Applications for free places|To decide fairly and show why|{applications}; documents {evidence}
select application.organisation_name as "Organisation", application.applicant as "Kind", application.registered_number as "Number", application.about as "What you wrote",
    application.applicant_name as "Applicant", application.applicant_email as "Email address", application.turnover_pounds as "Yearly income in pounds",
    application.question as "What we asked", application.answer as "What you answered",
    (select string_agg(evidence.file_name || ' (' || octet_length(evidence.content) || ' bytes)', '; ' order by evidence.id)
        from free_place_evidence evidence where evidence.application_id = application.id) as "Documents, which you can ask us for",
    application.state as "State", application.reason as "Reason", application.created_at as "Asked", application.decided_at as "Decided"
from free_place_applications application
left join bookings booking on booking.free_place_application_id = application.id
where booking.id = any(@booker) or application.id = any(@free_place_words) or application.id = any(@free_place_applicant)
order by application.created_at;

--- Waiting lists|Waiting lists|To write to you when a place is free|{waiting-lists}
select course.title as "Course", run.runs_on as "Date", entry.name as "Name", entry.email as "Email address", entry.places_wanted as "Places wanted",
    entry.created_at as "Since", entry.state as "State"
from waiting_list_entries entry
join course_runs run on run.id = entry.run_id
join courses course on course.id = run.course_id
where entry.id = any(@waiting)
order by entry.created_at;

--- Wishes|Wishes to hear of dates, and interest in recordings|To write to you once|{date-wishes}
select course.title as "Course", run.runs_on as "Recording of", wish.email as "Email address", wish.asked_at as "Asked", wish.ends_at as "Until"
from date_wishes wish
join courses course on course.id = wish.course_id
left join course_runs run on run.id = wish.run_id
where wish.id = any(@date_wish)
order by wish.asked_at;

--- Contacts|As the contact of an organisation, a provider or a venue, or as a trainer|To ask you about bookings and arrange training|Of an organisation {organisation-contacts}; others {contacts}
select name as "Of", contact_name as "Name", contact_email as "Email address", contact_phone as "Phone", null as "Address for invoices",
    null as "Postal address for invoices", null as "About purchase orders"
from organisations
where id = any(@organisation_contact)
union all select name, null, null, null, invoice_email, invoice_address, purchase_order_note from organisations where id = any(@organisation_invoices)
union all select name, contact_name, email, phone, null, null, null from providers where id = any(@provider_contact)
union all select name, contact_name, null, contact_phone, null, null, null from venues where id = any(@venue_contact)
union all
    select provider.name, trainer.name, trainer.email, trainer.phone, null, null, null
    from trainers trainer
    join providers provider on provider.id = trainer.provider_id
    where trainer.id = any(@trainer)
order by 1, 2;

--- Acknowledgements|Changes of content that your provider acknowledged|To know that courses teach what reviews found|{acknowledgements}
select provider.name as "Provider", own.acknowledged_by as "Name", own.acknowledged_words as "What was written", own.acknowledged_at as "Acknowledged"
from provider_notices own
join providers provider on provider.id = own.provider_id
where own.provider_id = any(@provider_contact) and own.acknowledged_at is not null
order by own.acknowledged_at;

--- Leads|Organisations whose training you may see|So that you can look after it|{leads.period} after you last signed in
select organisation.name as "Organisation", lead.email as "Email address", lead.added_at as "Since", lead.accepted_at as "Accepted", lead.seen_at as "Last signed in"
from organisation_leads lead
join organisations organisation on organisation.id = lead.organisation_id
where lead.id = any(@training_lead) or lead.email = any(@own_addresses)
order by lead.added_at;

--- Sign-ins|Signing in with a code from an email|So that you see your bookings without a password|{address-sessions}; a code {sign-in-codes.period}
select 'Signed in' as "What", email as "Email address", created_at as "Since", expires_at as "Until" from address_sessions where email = any(@own_addresses)
union all select 'Asked for a code', email, created_at, expires_at from sign_in_codes where email = any(@own_addresses)
order by 3;

--- Account|Your account as a member of staff|So that you can sign in, and history says who did what|{staff-accounts}
select name as "Name", email as "Email address", user_name as "Signs in as", phone_number as "Phone", array_to_string(roles, ', ') as "Roles", created_at as "Opened",
    closed_at as "Closed", last_signed_in_at as "Last signed in"
from staff_users
where id = any(@staff_account)
order by created_at;

--- Drafts|What you typed and did not book|So that you can go back and change it|{drafts.period} after you last typed
select course.title as "Course", draft.answers::text as "Typed", draft.expires_at as "Until"
from booking_drafts draft
join course_runs run on run.id = draft.run_id
join courses course on course.id = run.course_id
where exists (select from unnest(@own_addresses) address where strpos(lower(draft.answers::text), to_json(address)::text) > 0)
order by draft.expires_at;

--- Emails|Emails to you|To see what we told you and whether it arrived|{emails}
select created_at as "Written", to_address as "To", subject as "Subject", state as "State", sent_at as "Sent", bounced_at as "Came back",
    coalesce(sent_text, model::text) as "What it says"
from outgoing_emails
where lower(to_address) = any(@own_addresses)
or (lower(to_address) = any(@addresses) and concat_ws(' ', subject, sent_text, model::text) ~* @mentions)
order by created_at;

--- Notices|What was told before a course|So that nothing is told twice|{place-notices}
select course.title as "Course", run.runs_on as "Date", notice.kind as "What", notice.sent_at as "Sent"
from place_notices notice
join places place on place.id = notice.place_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
where notice.person_id = any(@person)
order by notice.sent_at;

--- Surveys|Surveys about your courses|To learn whether training changes practice|With the place
select course.title as "Course", invitation.moment as "Moment", invitation.due_on as "Due", invitation.state as "State", invitation.sent_at as "Sent", invitation.reminders_sent as "Reminders", invitation.closes_at as "Closes"
from survey_invitations invitation
join places place on place.id = invitation.place_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
where place.id = any(@places)
order by invitation.due_on;

--- Answers|Survey answers that are still linked to you: yours, and your manager’s where you passed on a link|To learn whether training changes practice|The link: {survey-links}
select survey.title as "Survey", course.title as "Course", response.submitted_on as "Answered in the week from", question.wording as "Question",
    string_agg(answer.label, ', ' order by answer.position, answer.label) as "Answer"
from answers_of_places(@places) linked
join survey_responses response on response.id = linked.response_id
join survey_answers answer on answer.response_id = response.id
join survey_questions question on question.version_id = answer.version_id and question.key = answer.question_key
join survey_versions version on version.id = answer.version_id
join surveys survey on survey.id = version.survey_id
left join courses course on course.id = response.course_id
group by response.id, survey.title, course.title, question.version_id, question.key
order by response.submitted_on, course.title, question.position;

--- Comments|What you wrote in surveys, and your manager where you passed on a link|To learn what helps|The link: {survey-links}
select survey.title as "Survey", question.wording as "Question", comment.text as "Text", comment.created_at as "Written",
    (select string_agg(quote.text, ' / ') from survey_quotes quote where quote.comment_id = comment.id) as "Taken from it as a quote"
from survey_comments comment
join survey_questions question on question.version_id = comment.version_id and question.key = comment.question_key
join survey_versions version on version.id = comment.version_id
join surveys survey on survey.id = version.survey_id
where comment.state <> 'Concern' and (comment.id = any(@survey_comment) or exists (
    select from answers_of_places(@places) linked
    where linked.response_id = comment.response_id))
order by comment.created_at;

--- Notes|Notes and messages that name you|So that whoever you speak to next knows what was agreed|Notes {booking-notes}; messages {date-messages}
select booking.reference as "About", note.text as "Text", note.created_at as "Written"
from booking_notes note
join bookings booking on booking.id = note.booking_id
where note.id = any(@booking_note) or note.booking_id = any(@booker) or (note.booking_id = any(@bookings) and note.text ~* @mentions)
union all select message.subject, message.text, message.sent_at from date_messages message where message.id = any(@message)
order by 3;

--- Links|Private links to you. What they open, not the links themselves|So that you can act without an account|As shown
select purpose as "Opens", created_at as "Made", expires_at as "Until"
from secret_links
where subject_id = any(@link_subjects)
order by created_at;

--- Mailbox|What we know of your mailbox|To send nothing that is not wanted or does not arrive|{confirmed-addresses}
select 'It wants our emails' as "What", confirmed_at as "Since" from confirmed_addresses where address_hash = any(@hashes)
union all select 'It does not exist', since from undeliverable_addresses where address_hash = any(@hashes)
order by 2;

--- History|What was done to your records|To be able to say who did what|No end; it names nobody by itself
select at as "When", regexp_replace(record_type, '(?<=[a-z])(?=[A-Z])', ' ', 'g') as "Record", act as "What", note as "Note",
    (select string_agg(concat_ws(' ', change #>> '{What}', change #>> '{Before}', '→', change #>> '{After}'), '; ') from jsonb_array_elements(changes) change) as "Changes"
from history_entries
where record_id = any(@person || @booker || @organisation_contact || @organisation_invoices || @trainer || @provider_contact || @venue_contact || @staff_account || @request)
or (@names_query <> '' and searched @@ websearch_to_tsquery('simple', @names_query))
order by at;

--- Requests|What you asked or complained of|To answer you, and to show that we did|{data-requests}
select case when id = any(@request) then 'This request' end as "Which", reference as "Reference", kind as "Kind", name as "Name", email as "Email address", contact as "Other address", asked as "Asked for", identity as "How we checked who you are",
    received_on as "Received", due_on as "Due", acknowledged_on as "We told you that it came", extended_because as "More time because",
    case finding when 'Upheld' then 'You are right' when 'PartlyUpheld' then 'You are right in part' when 'NotUpheld' then 'We did nothing wrong'
        when 'Withdrawn' then 'You took it back' end as "What we found", answer as "Answer", answered_at as "Answered"
from data_requests
where id = any(@request) or id = any(@data_request) or lower(email) = any(@own_addresses)
order by received_on
