-- Where an organisation has its invoices sent, as staff know it, and what is printed on an invoice of it. Kept with its contact, and as long.
alter table organisations
    add column invoice_address varchar(500),
    add column invoice_email varchar(254),
    add column purchase_order_note varchar(200);

-- As it was when the invoice was issued. Only for what staff booked: a stranger who types the name is shown nothing of it.
alter table invoices add column postal_address varchar(500);
