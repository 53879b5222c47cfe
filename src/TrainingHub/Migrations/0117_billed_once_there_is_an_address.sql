-- A booking that is charged and has nobody to send an invoice to is billed as soon as somebody adds an address.
create function bill_once_there_is_an_address() returns trigger language plpgsql as $$
begin
    insert into bookings_to_bill (booking_id, since)
    select new.id, now()
    where exists (select from billed_places billed where billed.booking_id = new.id and billed.charged_pence <> billed.billed_pence)
    on conflict do nothing;
    return null;
end
$$;
create trigger bookings_have_an_address after update of invoice_email, booker_email on bookings
    for each row
    when (coalesce(old.invoice_email, old.booker_email) is null and coalesce(new.invoice_email, new.booker_email) is not null)
    execute function bill_once_there_is_an_address();
